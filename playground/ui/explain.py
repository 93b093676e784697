"""The page Explain: what a trained network looks at, and what it has learned."""

from collections.abc import Callable, Mapping

import streamlit as st

from playground.data import opened
from playground.engine.predict_files import inputs_of
from playground.locale.text import _
from playground.settings import settings
from playground.ui import (
    draft,
    evaluate_choice,
    explain_ask,
    explain_choice,
    explain_columns,
    explain_layer,
    explain_map,
    explain_unit,
    explain_why,
    job_answer,
    lab_answers,
    lab_fields,
    shell,
    stepper,
)
from playground.ui.evaluate_choice import Missing
from playground.ui.explain_choice import Chosen
from playground.ui.reader import View

LOOK = "look"
_HEIGHT = 420
_PANELS: Mapping[str, Callable[[Chosen], None]] = {
    "why": explain_why.panel,
    "layer": explain_layer.panel,
    "columns": explain_columns.panel,
    "map": explain_map.panel,
    "unit": explain_unit.panel,
}


def panel() -> None:
    """Draw the ways of looking into the run in the address, else of the draft's or the newest run."""
    view = evaluate_choice.run(
        Missing(
            _("Nothing to explain yet"),
            _("Train a network; what it has learned is then looked at here."),
            _("It can be explained as soon as it has ended."),
        )
    )
    if view is None:
        return
    with shell.heading(_("What has it learned?"), shell.plain(view.run.name or _("Run"))):
        evaluate_choice.choose_run(view)
        if shell.is_page(shell.PREDICT):
            query = draft.address() | {"run": view.run.id}
            st.page_link(shell.PREDICT, label=_("Try it yourself"), icon=":material/draw:", query_params=query)
    stepper.panel(draft.current(), "evaluate")
    chosen = _chosen(view)
    if chosen is None:
        return
    looks = {
        "why": _("Why this answer"),
        "layer": _("Inside a layer"),
        "columns": _("Which columns"),
        "map": _("Map of the rows"),
        "unit": _("What excites a unit"),
    }
    if chosen.inputs["kind"] != "columns":
        del looks["columns"]
    look = lab_fields.part(_("What is looked at"), looks, LOOK)
    _PANELS[look](chosen)


def _chosen(view: View) -> Chosen | None:
    """What is explained; ``None`` while something of it is missing, and the page says so."""
    part, step, which = explain_choice.choose(view)
    asking = inputs_of(view.spec)
    found = job_answer.answer(asking)
    if found.error:
        job_answer.refused(asking, found.error)
        return None
    if found.result is None:
        job_answer.wait(asking, _HEIGHT)
        return None
    prepared = opened(view.spec.dataset, view.spec.seed, settings())
    if prepared is None:
        job_answer.refused(asking, _("The prepared data of this run is not on this server any more."))
        return None
    listed = explain_ask.ask(view, which, step, "explain_layers")
    if not listed.is_there:
        lab_answers.missing(listed)
        return None
    return Chosen(view, which, step, part, prepared, found.result, listed.values["layers"], listed.values["see"])
