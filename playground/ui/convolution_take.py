"""From the lab of convolution to the draft: a Conv2D with these settings, and the pooling after it."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.stack import added, place
from playground.ui import draft, shell
from playground.ui.convolution_choice import Choice
from playground.ui.lab_draft import facts_of

_POOLING = {"max": "MaxPooling2D", "average": "AveragePooling2D"}
_FILTERS = 16
_IMAGE_RANK = 3


def button(choice: Choice) -> None:
    """Draw the button that adds the layers to the draft."""
    of = draft.current()
    with st.popover(_("Use in my model"), icon=":material/layers:", type="primary"):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        facts = facts_of(of.spec)
        if facts is not None and len(facts.input_shape) != _IMAGE_RANK:
            said = _("The samples of the draft are no pictures; the Model page will say what is missing.")
            st.caption(f":orange[:material/warning:] {said}")
        filters = int(st.number_input("`filters`", 1, 512, _FILTERS, key="take-filters"))
        at = _first_place(of.spec, facts)
        before = of.spec.model.layers[at].name if at < len(of.spec.model.layers) else ""
        st.caption(
            _("Goes before {name}. It learns numbers of its own: those of this kernel are only for looking.").format(
                name=shell.plain(before)
            )
            if before
            else _("It learns numbers of its own: those of this kernel are only for looking.")
        )
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, choice, filters, facts)):
                st.switch_page(shell.MODEL, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def changed(spec: RunSpec, choice: Choice, filters: int, facts: Facts | None = None) -> RunSpec:
    """``spec`` with a ``Conv2D`` of the chosen settings, and its pooling, before the pictures are made flat."""
    at = _first_place(spec, facts)
    args = {
        "filters": filters,
        "kernel_size": choice.going.side,
        "strides": choice.going.stride,
        "padding": choice.going.padding,
        "dilation_rate": choice.going.dilation,
        "activation": "relu",
    }
    spec = _with(spec, "Conv2D", args, at)
    if choice.pooling:
        spec = _with(spec, _POOLING[choice.pooling], {"pool_size": choice.pool}, at + 1)
    return spec


def _with(spec: RunSpec, kind: str, args: dict[str, object], at: int) -> RunSpec:
    before = {layer.name for layer in spec.model.layers}
    spec = added(spec, kind, at)
    name = next(layer.name for layer in spec.model.layers if layer.name not in before)
    return with_value(spec, f"model.layers.{name}.args", args)


def _first_place(spec: RunSpec, facts: Facts | None) -> int:
    """Before the first layer that ends the pictures; before the output where none does."""
    ends = ("Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "Dense")
    found = (at for at, layer in enumerate(spec.model.layers) if layer.kind in ends)
    return next(found, place(spec, facts))
