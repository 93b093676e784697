"""Evaluate: how good a trained network is on rows it has not learned from, where it fails, and beside what."""

import streamlit as st

from playground.data import Prepared, opened
from playground.locale.text import _
from playground.runs.evaluations import Evaluation, kept
from playground.settings import settings
from playground.ui import (
    draft,
    evaluate_choice,
    evaluate_classes,
    evaluate_folds,
    evaluate_history,
    evaluate_numbers,
    evaluate_rebuilt,
    evaluate_report,
    evaluate_scores,
    job_answer,
    shell,
    stepper,
)
from playground.ui.evaluate_choice import Chosen, Missing
from playground.ui.reader import View

_HEIGHT = 420
_PANELS = {
    "binary": evaluate_classes.panel,
    "multiclass": evaluate_classes.panel,
    "regression": evaluate_numbers.panel,
    "reconstruction": evaluate_rebuilt.panel,
}


def panel() -> None:
    """Draw the evaluation of the run in the address, else of the draft's or the newest run."""
    of = draft.current()
    view = evaluate_choice.run(
        Missing(
            _("Nothing to evaluate yet"),
            _("Train a network; its mistakes are then looked at here."),
            _("It can be evaluated as soon as it has ended."),
        )
    )
    if view is None:
        return
    with shell.heading(_("How good is it?"), _summary(view)):
        evaluate_choice.choose_run(view)
        if shell.is_page(shell.PREDICT):
            st.page_link(
                shell.PREDICT,
                label=_("Next: predict"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=draft.address() | {"run": view.run.id},
            )
    stepper.panel(of, "evaluate")
    chosen = evaluate_choice.choose(view)
    if chosen is not None:
        _of(chosen)


def _of(chosen: Chosen) -> None:
    found = kept(settings().run_dir(chosen.view.run.id), chosen.asking.key)
    prepared = opened(chosen.view.spec.dataset, chosen.view.spec.seed, settings())
    if found is None or prepared is None:
        _missing(chosen)
        return
    evaluate_scores.panel(chosen, found, prepared)
    st.fragment(_pictures)(chosen, found, prepared)
    evaluate_history.panel(chosen, prepared)
    evaluate_report.panel(chosen.view)


def _pictures(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    _PANELS[prepared.facts.task](chosen, found, prepared)
    evaluate_folds.panel(chosen.view.run)


def _missing(chosen: Chosen) -> None:
    """Ask for what is not there; also once more for what a job has made and somebody has removed since."""
    answer = job_answer.answer(chosen.asking)
    if answer.error:
        job_answer.refused(chosen.asking, answer.error)
    elif answer.result is None:
        job_answer.wait(chosen.asking, _HEIGHT)
    elif kept(settings().run_dir(chosen.view.run.id), chosen.asking.key) is not None:
        st.rerun()
    else:
        job_answer.refused(chosen.asking, _("What was found about this run is not there any more."))


def _summary(view: View) -> str:
    return shell.plain(view.run.name or _("Run"))
