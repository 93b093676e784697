"""From the formula box to the draft: into its hidden layers, as its loss, or as the plan of its learning rate."""

from typing import Any

import streamlit as st

from playground.catalog.formulas import FORMULA
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.formulas import Formula
from playground.specs.formulas.written import text_of
from playground.specs.hidden_layers import bent_layers, with_activation
from playground.specs.planned_steps import planned_steps
from playground.ui import draft, shell
from playground.ui.formula_axis import Axis
from playground.ui.lab_draft import facts_of


def button(formula: Formula | None, axis: Axis) -> None:
    """Draw the button that takes the formula into the draft."""
    of = draft.current()
    with st.popover(_("Use in my draft"), icon=":material/layers:", type="primary", disabled=formula is None):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        if formula is None:
            return
        facts = facts_of(of.spec)
        layers = bent_layers(of.spec, facts)
        if formula.table == "activations" and not layers:
            st.caption(_("The draft has no hidden layer that an activation could be put into."))
            return
        st.code(text_of(formula), language=None)
        said = {
            "activations": _("Becomes the activation of {names}. The output layer keeps its own."),
            "losses": _("Becomes the loss of the draft."),
            "schedules": _("Becomes the plan of the learning rate, over the steps that the draft trains."),
        }
        st.caption(said[formula.table].format(names=", ".join(layers)))
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, formula, axis, facts)):
                to = shell.MODEL if formula.table == "activations" else shell.TRAIN
                st.switch_page(to, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def changed(spec: RunSpec, formula: Formula, axis: Axis, facts: Facts | None) -> RunSpec:
    """``spec`` with ``formula`` in the place of its role.

    A schedule takes the first rate that it is drawn with, and the steps that ``spec`` trains where they are known.
    """
    args: dict[str, Any] = {"formula": text_of(formula)}
    if formula.table == "activations":
        return with_activation(spec, FORMULA, args, facts)
    if formula.table == "losses":
        return with_value(spec, "training.loss", {"kind": FORMULA, "args": args})
    steps = planned_steps(spec, facts) or round(axis.fixed["total"])
    args |= {"initial_learning_rate": axis.fixed["rate"], "decay_steps": steps}
    return with_value(spec, "training.optimizer.args.learning_rate", {"kind": FORMULA, "args": args})
