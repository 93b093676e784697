"""A run as one page to keep, to print or to hand in: a file of HTML that needs no other file and no connection."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from playground import data
from playground.data import DataError, Prepared
from playground.insight.evaluate import evaluate
from playground.insight.report_answers import evaluated, tested
from playground.insight.report_parts import Section
from playground.insight.report_settings import dataset, environment, network, spelled_out, training
from playground.insight.report_training import curves, result
from playground.insight.rows import Progress
from playground.insight.trained import UntrainedError, trained
from playground.locale.text import _
from playground.runs import Run, Store
from playground.runs.evaluations import Evaluation
from playground.runs.history import history
from playground.runs.judged import epoch_curves
from playground.runs.openings import opened
from playground.settings import Settings
from playground.specs import RunSpec

_TEMPLATE = "report.html"
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def report(
    store: Store,
    run_id: str,
    settings: Settings,
    beside: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = lambda _share, _words: None,
) -> str:
    """The report of a run: settings, curves, evaluation, baselines, environment; HTML without any other file.

    Args:
        store: where the run is.
        run_id: the run; best one that has ended.
        settings: limits and folders.
        beside: by an estimator's name, its ``scores`` by part as :func:`playground.training.beside.fitted_beside`
            has them.
        progress: told how far it is; may raise to cancel.

    Raises:
        NotFoundError: there is no such run.
    """
    run, spec = store.runs.run(run_id), store.runs.spec(run_id)
    found, prepared, why = _evaluation(run, spec, settings, progress)
    progress(0.85, "Drawing")
    measured = epoch_curves(history(store.runs, run_id))
    sections = [
        result(run, spec, measured, found),
        curves(run, measured),
        evaluated(found, prepared, why, beside or {}),
        tested(run, opened(store, run_id)),
        dataset(spec, run, settings),
        network(spec, settings),
        training(spec, run),
        environment(run),
        spelled_out(spec),
    ]
    return written(run.name or _("Run"), _summary(run), [section for section in sections if section is not None])


def written(title: str, summary: str, sections: Sequence[Section]) -> str:
    """``sections`` under a title as HTML; whatever stands in them is text."""
    page: str = _TEMPLATES.get_template(_TEMPLATE).render(title=title, summary=summary, sections=sections)
    return page


def _evaluation(
    run: Run, spec: RunSpec, settings: Settings, progress: Progress
) -> tuple[Evaluation | None, Prepared | None, str]:
    """How good its best weights are on validation rows; else nothing, and why."""
    part = "validation" if run.n_validation else "train"
    try:
        model = trained(settings.run_dir(run.id), spec, settings)
        prepared = data.prepare(spec.dataset, spec.seed, settings, progress)
        return evaluate(model, spec, prepared, part, progress, settings), prepared, ""
    except (UntrainedError, DataError, ValueError) as error:
        return None, None, str(error)


def _summary(run: Run) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.started_at or run.created_at))
    state = {
        "finished": _("finished"),
        "stopped": _("stopped"),
        "failed": _("failed"),
        "lost": _("lost"),
    }.get(run.state, _("still training"))
    said = _("{when} · {state} · {epochs} epochs in {seconds} s on {device}")
    return said.format(
        when=when,
        state=state,
        epochs=f"{run.epoch:,}",
        seconds=f"{np.round(run.seconds, 2):,}",
        device=run.device or "–",
    )
