"""The lab of sequences: gates and states of recurrent cells, the reach of gradients, attention."""

import streamlit as st

from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_experiments,
    lab_fields,
    sequences_attention,
    sequences_gates,
    sequences_reach,
    sequences_try,
    shell,
)


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(_("Sequences"), _("What recurrent layers keep of the past, and what attention looks at"))
    lab_experiments.panel("sequences", sequences_try.look_for(), sequences_try.experiments())
    parts = {"gates": _("Gates and states"), "reach": _("How far the gradient reaches"), "attention": _("Attention")}
    draw = {"gates": sequences_gates.panel, "reach": sequences_reach.panel, "attention": sequences_attention.panel}
    lab_answers.missing(*draw[lab_fields.part(_("Part"), parts, sequences_try.PART)](row))
