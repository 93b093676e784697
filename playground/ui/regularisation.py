"""The lab of regularisation: one network that learns few points by heart, and the ways against that, side by side."""

import streamlit as st

from playground.locale.text import _
from playground.ui import (
    draft,
    lab_experiments,
    lab_fields,
    regularisation_answers,
    regularisation_balls,
    regularisation_choice,
    regularisation_pictures,
    regularisation_take,
    regularisation_try,
    shell,
)
from playground.ui.regularisation_answers import Trained
from playground.ui.regularisation_choice import Choice

_TICK_S = 0.4
_COLUMNS = 3
PART = "picture"


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(_("Regularisation"), _("What keeps a network from learning its training points by heart"))
    lab_experiments.panel("regularisation", regularisation_try.look_for(), regularisation_try.experiments())
    parts = {"ways": _("Side by side"), "balls": _("The balls of L1 and L2"), "train": _("On my own network")}
    chosen = lab_fields.part(_("Part"), parts, PART)
    if chosen == "balls":
        regularisation_balls.panel()
        return
    choice = regularisation_choice.choose()
    with row:
        regularisation_take.button(choice)
    if chosen == "train":
        regularisation_take.panel(choice)
    elif not choice.contestants:
        st.caption(_("Choose one or more ways above."))
    else:
        is_pending = any(each.is_pending for each in regularisation_answers.trained(choice.contestants))
        st.fragment(_ways, run_every=_TICK_S if is_pending else None)(choice, is_pending)


def _ways(choice: Choice, was_pending: bool) -> None:
    """What changes while networks are trained."""
    trained = regularisation_answers.trained(choice.contestants)
    is_pending = any(each.is_pending for each in trained)
    if is_pending != was_pending:
        st.rerun(scope="app")  # the ticking begins or ends
    if is_pending:
        _progress(choice, trained)
    elif regularisation_answers.was_cancelled():
        icon = ":material/refresh:"
        st.button(_("Train what is missing"), key="train-again", icon=icon, on_click=regularisation_answers.again)
    columns = 1 if shell.is_phone() else _COLUMNS
    for start in range(0, len(trained), columns):
        places = st.columns(columns, gap="medium")
        for place, each in zip(places, trained[start : start + columns], strict=False):
            with place:
                regularisation_pictures.card(choice.problem, each, trained)
    there = [each for each in trained if each.result is not None]
    if there:
        regularisation_pictures.curves(choice.problem, there)
        regularisation_pictures.weights(there)


def _progress(choice: Choice, trained: list[Trained]) -> None:
    done = sum(1.0 if not each.is_pending else each.job.progress if each.job is not None else 0.0 for each in trained)
    n = sum(not each.is_pending for each in trained)
    said = _("Training: {n} of {total} networks are there").format(n=n, total=len(trained))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(done / len(trained), text=said)
        st.button(
            _("Cancel"),
            key="cancel-training",
            icon=":material/close:",
            type="tertiary",
            on_click=regularisation_answers.cancel,
            args=(choice.contestants,),
        )
