"""Which activations the lab looks at, with which arguments. The choice stands in the address."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.catalog import Entry
from playground.catalog.bends import bends
from playground.locale.text import _, ngettext
from playground.ui import lab_fields

SHOWN, MORE, FAR = "show", "also", "upto"
_FIRST = ("relu", "tanh", "sigmoid", "gelu")
_OFFERED = 11
_MOST = 8
_POINTS = 400  # an even number: no point lies at 0, where many activations have a corner


class Chosen(NamedTuple):
    """An activation that is looked at: its entry, its arguments that are not Keras's defaults, what it is called."""

    entry: Entry
    args: dict[str, Any]
    label: str


def choose() -> tuple[list[Chosen], float]:
    """Draw the choice of activations and their arguments; returns them, and how far the x axis reaches."""
    every = bends()
    names = {each.id: each for each in every}
    first = [each.id for each in every[:_OFFERED]]
    rest = [each.id for each in every[_OFFERED:]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chosen"):
        picked = lab_fields.several(_("Activations"), first, _FIRST, SHOWN)
        with st.popover(ngettext("{n} more", "{n} more", len(rest)).format(n=len(rest))):
            label = _("Others, and layers that are an activation")
            picked = [*picked, *lab_fields.several(label, rest, (), MORE, has_label=True)]
        entries = [names[name] for name in picked][:_MOST]
        with st.popover(_("Arguments"), icon=":material/tune:"):
            far = lab_fields.slider(_("x up to"), 1, 20, 5, FAR)
            chosen = [_with_arguments(entry) for entry in entries]
            if not any(lab_fields.movable(each.entry, "activations") for each in chosen):
                st.caption(_("None of these has an argument: choose leaky_relu, elu, ReLU or another that has."))
    if len(picked) > _MOST:
        st.caption(_("The first {n} are drawn.").format(n=_MOST))
    return chosen, float(far)


def _with_arguments(entry: Entry) -> Chosen:
    if lab_fields.movable(entry, "activations"):
        st.markdown(f"**{entry.id}**")
    args = lab_fields.arguments(entry, "activations")
    said = ", ".join(f"{name}={_spelled(value)}" for name, value in args.items())
    return Chosen(entry, args, f"{entry.id}({said})" if said else entry.id)


def _spelled(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['args']['value']:g}"
    return str(value) if isinstance(value, bool) else f"{value:g}"


def places(far: float) -> tuple[float, ...]:
    """The places that functions are drawn at, from ``-far`` to ``far``."""
    return tuple(np.linspace(-far, far, _POINTS).tolist())
