"""Zips of runs: how one is asked for, and where it lies. Nothing of Keras."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from playground.engine.asked import Asking
from playground.settings import Settings

FORMS: tuple[str, ...] = ("keras", "h5", "saved_model", "weights", "tflite")
"""What a model can be written as, as :data:`playground.insight.model_forms.FORMS` has it."""


def export_of(
    run_id: str,
    seq: int,
    forms: Sequence[str],
    which: str,
    texts: Mapping[str, str],
) -> Asking:
    """A zip of a run; see :func:`playground.insight.run_archive.archive`.

    Args:
        run_id: the run.
        seq: its last event: a run that goes on is packed anew.
        forms: of the model, among :data:`FORMS`; none for no model.
        which: the weights of the ``best`` epoch or of the ``last``.
        texts: by name, what is made of the settings alone: ``script.py``, ``notebook.ipynb``, ``formulas.py``.
    """
    asked = {"forms": list(forms), "which": which, "texts": dict(texts)}
    return Asking("export", {"run": run_id, "seq": seq, **asked})


def export_path(settings: Settings, run_id: str, key: str) -> Path:
    """The zip that the job of that ``key`` has made: in the run's folder, and deleted with it."""
    return settings.run_dir(Path(run_id).name) / "exports" / f"{Path(key).name[:24]}.zip"
