"""From the lab of sequences to the draft: a recurrent layer, or one of attention."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.stack import added
from playground.ui import draft, shell


def layer_button(kinds: Sequence[str], units: int) -> None:
    """Draw the button that adds a recurrent layer, one of ``kinds``, to the draft."""
    said = _("With {n} units, before the output. It learns weights of its own.").format(n=units)
    _button(kinds, {"units": units}, said)


def attention_button(kind: str, heads: int, key_dim: int, *, is_causal: bool) -> None:
    """Draw the button that adds a layer of attention to the draft; every step looks at all others."""
    args: dict[str, Any] = {"num_heads": heads, "key_dim": key_dim} if kind == "MultiHeadAttention" else {}
    words = [_("Before the output; every step looks at all steps of what it reads.")]
    if is_causal:
        words.append(_("The mask is not taken along: Keras wants it with every call."))
    _button([kind], args, " ".join(words))


def changed(spec: RunSpec, kind: str, args: Mapping[str, Any]) -> RunSpec:
    """``spec`` with a layer of ``kind`` before the output."""
    before = {layer.name for layer in spec.model.layers}
    found = added(spec, kind)
    layer = next(each for each in found.model.layers if each.name not in before)
    return with_value(found, f"model.layers.{layer.name}.args", {**layer.args.plain(), **args})


def _button(kinds: Sequence[str], args: Mapping[str, Any], said: str) -> None:
    of = draft.current()
    with st.popover(_("Use in my model"), icon=":material/layers:", type="primary"):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        kind = st.radio(_("Layer"), list(kinds), key="take-layer") if len(kinds) > 1 else kinds[0]
        st.markdown(f":small[`{kind}`. {said}]")
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, kind, args)):
                st.switch_page(shell.MODEL, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")
