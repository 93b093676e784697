"""A run as one zip: its settings, what it recorded, and its model in several forms, each read again and checked."""

import contextlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np

from playground import data
from playground.data import DataError
from playground.data.scratch import PREFIX
from playground.insight import export_check
from playground.insight.archive_words import check_json, readme, requirements
from playground.insight.fresh_check import fresh_check
from playground.insight.model_forms import FORMS, FormError, tolerance, versions, write
from playground.insight.predict import predictions
from playground.insight.report import report
from playground.insight.rows import Progress
from playground.insight.run_records import write_records
from playground.insight.trained import trained
from playground.runs import Store
from playground.runs.artifacts import EVENT_FILES, REPORT
from playground.runs.weights import path as weights_path
from playground.settings import Settings, setting
from playground.specs import RunSpec
from playground.training.formulas import PACKAGE

_ROWS = 32
_INPUT_VALUES = 5_000_000  # of all rows together: 20 MB
_BYTES_A_WEIGHT = 4
_STORED = (".h5", ".keras", ".tflite", ".npy", ".parquet")  # already small, or nothing to gain

TEXTS = ("script.py", "notebook.ipynb", "formulas.py")
"""What may be handed over: texts that are made of the settings alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be in the zip besides the settings and the records.

    Attributes:
        forms: of the model; none for no model.
        which: ``best`` or ``last``, the weights.
        texts: by name, among :data:`TEXTS`.
    """

    forms: tuple[str, ...] = ()
    which: Any = "best"
    texts: Mapping[str, str] = field(default_factory=dict)


def archive(
    store: Store, run_id: str, wanted: Wanted, to: Path, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Write the zip to ``to``; returns what is in it as JSON values.

    ``size`` in bytes; ``rows``, how many the model was checked with; ``forms``, of each its ``form``, the ``files``,
    the largest ``difference`` of its answers from the network's and the ``tolerance``, the ``versions`` of what has
    written it, a ``note``, and as ``error`` why it was left out, empty where it was not.

    Raises:
        NotFoundError: there is no such run.
        DataError: its data cannot be had, or the zip would be too large.
        UntrainedError: it has kept no such weights.
        CheckError: the files could not be read again.
        OSError: there is no room.
    """
    run, spec = store.runs.run(run_id), store.runs.spec(run_id)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=to.parent) as name:
        folder = Path(name)
        forms, n_rows = _model(spec, settings.run_dir(run_id), wanted, folder, settings, progress)
        progress(0.75, "Writing what was recorded")
        _records(store, run_id, spec, wanted, folder, settings)
        _report(store, run_id, folder, settings, progress)
        names = [each.name for each in folder.iterdir()]
        (folder / "requirements.txt").write_text(requirements(forms), "utf-8")
        (folder / "README.md").write_text(readme(run, names, forms, n_rows), "utf-8")
        _refuse_large(sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()), settings)
        part = folder.with_suffix(".zip")
        try:
            _zipped(folder, part, f"run-{run_id}", progress)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
    return {"size": to.stat().st_size, "rows": n_rows, "forms": forms}


def _model(
    spec: RunSpec, run_folder: Path, wanted: Wanted, folder: Path, settings: Settings, progress: Progress
) -> tuple[list[dict[str, Any]], int]:
    """Write the forms of the model but for those that do not answer alike; what is known of each, and how many rows."""
    if not wanted.forms:
        return [], 0
    prepared = data.prepare(spec.dataset, spec.seed, settings, lambda share, words: progress(0.1 * share, words))
    model = trained(run_folder, spec, settings, wanted.which)
    _refuse_large(_BYTES_A_WEIGHT * model.count_params() * len(wanted.forms), settings)
    inputs = _inputs(prepared, model)
    answers = predictions(model, inputs)
    np.save(folder / "inputs.npy", inputs, allow_pickle=False)
    np.save(folder / "answers.npy", answers, allow_pickle=False)
    largest = float(np.max(np.abs(answers), initial=0.0, where=np.isfinite(answers)))
    found = []
    for place, form in enumerate(wanted.forms):
        progress(0.1 + 0.4 * place / len(wanted.forms), "Writing the model")
        found.append(_written(model, form, folder, tolerance(form, spec.training.precision, largest)))
    there = [each for each in found if not each["error"]]
    if there:
        _checked(there, folder, _formulas(model), lambda share, words: progress(0.5 + 0.25 * share, words))
        for each in there:
            if each["error"]:
                _remove(each["form"], folder)
    tolerances = {each["form"]: each["tolerance"] for each in found if not each["error"]}
    (folder / "check.json").write_text(check_json(tolerances), "utf-8")
    shutil.copyfile(export_check.__file__, folder / "check.py")
    return found, len(inputs)


def _inputs(prepared: data.Prepared, model: keras.Model) -> np.ndarray:
    """Rows of the validation part, or of the training part where that is empty; the test part stays closed."""
    x = prepared.array("x_validation" if prepared.facts.n_validation else "x_train")
    most = max(1, min(_ROWS, _INPUT_VALUES // max(1, x[0].size)))
    (source,) = model.inputs
    return np.asarray(x[:most], source.dtype)


def _formulas(model: keras.Model) -> list[str]:
    """The activations in ``model`` that people wrote as formulas: a file only names them."""
    config, prefix = model.to_json(), f"{PACKAGE}>"
    names = [name for name in keras.saving.get_custom_objects() if name.startswith(prefix)]
    return [name.removeprefix(prefix) for name in names if json.dumps(name) in config]


def _written(model: keras.Model, form: str, folder: Path, allowed: float) -> dict[str, Any]:
    found = {"form": form, "files": list(FORMS[form].files), "tolerance": allowed, "versions": versions(form)}
    try:
        return {**found, "note": write(model, form, folder), "difference": None, "error": ""}
    except FormError as error:
        _remove(form, folder)
        return {**found, "note": "", "difference": None, "error": f"It cannot be written so. {error}"}


def _checked(forms: Sequence[dict[str, Any]], folder: Path, formulas: Sequence[str], progress: Progress) -> None:
    """Say of each of ``forms`` how far its answers are off in a fresh process, and what is wrong where they are."""
    told = fresh_check(folder, [each["form"] for each in forms], formulas, progress)
    for each, found in zip(forms, told, strict=True):
        if "error" in found:
            each["error"] = f"It was written, and cannot be read again. {found['error']}"
            continue
        each["difference"] = float(found["difference"])
        if each["difference"] > each["tolerance"]:
            off, allowed = f"{each['difference']:.2g}", f"{each['tolerance']:.2g}"
            each["error"] = f"Its answers differ by {off}, more than the {allowed} that are allowed."
            each["difference"] = None


def _remove(form: str, folder: Path) -> None:
    for name in FORMS[form].files:
        shutil.rmtree(folder / name, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):
            (folder / name).unlink()


def _records(store: Store, run_id: str, spec: RunSpec, wanted: Wanted, folder: Path, settings: Settings) -> None:
    (folder / "settings.json").write_text(spec.to_json(indent=1), "utf-8")
    for name in TEXTS:
        if wanted.texts.get(name):
            (folder / name).write_text(wanted.texts[name], "utf-8")
    write_records(store, run_id, folder)
    if (source := settings.run_dir(run_id) / EVENT_FILES).is_dir():
        shutil.copytree(source, folder / EVENT_FILES)
    if spec.model.weights is not None and (source := weights_path(spec.model.weights, settings)).exists():
        shutil.copyfile(source, folder / source.name)


def _report(store: Store, run_id: str, folder: Path, settings: Settings, progress: Progress) -> None:
    """The report that somebody has had made, else a new one."""
    kept = settings.run_dir(run_id) / REPORT
    if kept.exists():
        shutil.copyfile(kept, folder / REPORT)
        return
    text = report(store, run_id, settings, None, lambda share, words: progress(0.75 + 0.1 * share, words))
    (folder / REPORT).write_text(text, "utf-8")


def _refuse_large(size: int, settings: Settings) -> None:
    most = settings.max_export_mb
    if size > most * 10**6:
        limit = f"{most:,} MB ({setting('max_export_mb')})"
        raise DataError(f"It would have about {size / 1e6:,.0f} MB, at most {limit} are given away: take fewer forms.")


def _zipped(folder: Path, to: Path, inside: str, progress: Progress) -> None:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for place, file in enumerate(files):
            progress(0.85 + 0.15 * place / len(files), "Packing")
            kind = zipfile.ZIP_STORED if file.suffix in _STORED else zipfile.ZIP_DEFLATED
            made.write(file, f"{inside}/{file.relative_to(folder)}", kind)
