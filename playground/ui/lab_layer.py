"""From a lab to the draft: one more layer, with the arguments that the lab shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.stack import added
from playground.ui import draft, shell


def button(kinds: Sequence[str], args: Mapping[str, Any], said: str) -> None:
    """Draw the button that adds a layer to the draft, before the output.

    Args:
        kinds: the layers that can be taken; of several the user chooses one.
        args: its arguments that are not the usual ones.
        said: what the layer does there, Markdown; without ``kinds``, why there is none.
    """
    of = draft.current()
    label, why = _("Use in my model"), None if kinds else said
    with st.popover(label, icon=":material/layers:", type="primary", disabled=not kinds, help=why):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        if not kinds:
            return
        kind = st.radio(_("Layer"), list(kinds), key="take-layer") if len(kinds) > 1 else kinds[0]
        st.markdown(f":small[`{kind}`. {said}]")
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, kind, args)):
                st.switch_page(shell.MODEL, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def changed(spec: RunSpec, kind: str, args: Mapping[str, Any]) -> RunSpec:
    """``spec`` with a layer of ``kind`` before the output."""
    before = {layer.name for layer in spec.model.layers}
    found = added(spec, kind)
    layer = next(each for each in found.model.layers if each.name not in before)
    return with_value(found, f"model.layers.{layer.name}.args", {**layer.args.plain(), **args})
