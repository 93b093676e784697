"""In how many bits a network computes."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.run_spec import FULL
from playground.ui import draft

_PATH = "training.precision"


def panel(spec: RunSpec) -> None:
    """Draw the choice of precision."""
    words = {
        FULL: _("32 bits (float32)"),
        "mixed_bfloat16": _("16 and 32 bits (mixed bfloat16)"),
        "mixed_float16": _("16 and 32 bits (mixed float16)"),
    }
    key = draft.key(_PATH)
    st.selectbox(
        _("Precision"),
        list(words),
        index=list(words).index(spec.training.precision),
        format_func=words.__getitem__,
        key=key,
        help=_(
            "Layers that compute in 16 bits are faster on newer GPUs and take less of their memory; weights and the "
            "last layer keep 32. bfloat16 has the range of 32 bits and fewer digits. float16 has more digits and a "
            "small range, so Keras scales the loss for it."
        ),
        on_change=_set,
        args=(key,),
    )


def _set(key: str) -> None:
    draft.set_value(_PATH, draft.widget(key))
