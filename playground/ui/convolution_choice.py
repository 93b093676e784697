"""Which kernel goes over which picture, and how. The choice stands in the address."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground.catalog.kernels import KERNELS, PICTURES, Kernel, Picture, kernel, picture
from playground.locale.text import _
from playground.ui import convolution_kernel
from playground.ui.convolution_sizes import Going

PICTURE, KERNEL, STRIDE, PADDING, DILATION, POOLING, POOL = (
    "picture",
    "kernel",
    "stride",
    "padding",
    "dilation",
    "pooling",
    "pool",
)
_STRIDES, _DILATIONS, _POOLS = (1, 2, 3, 4), (1, 2, 3), (2, 3, 4)
_PADDINGS = ("valid", "same")
_BOUND: Mapping[str, Any] = {"bind": "query-params", "persist_state": "session"}


class Choice(NamedTuple):
    """All that decides the result but the numbers of the kernel.

    Attributes:
        picture: what it goes over.
        kernel: where its numbers begin.
        going: stride, padding and dilation.
        pooling: ``"max"``, ``"average"`` or empty.
        pool: pixels a side that pooling makes one of.
    """

    picture: Picture
    kernel: Kernel
    going: Going
    pooling: str
    pool: int


def choose() -> Choice:
    """Draw the choice; returns it."""
    pictures = {each.id: _(each.label) for each in PICTURES}
    kernels = {each.id: _(each.label) for each in KERNELS}
    poolings = {"none": _("None"), "max": _("Largest"), "average": _("Mean")}
    with (
        st.container(border=True, key="convolution-choice"),
        st.container(horizontal=True, gap="small", vertical_alignment="bottom"),
    ):
        shown = st.selectbox(
            _("Picture"), list(pictures), format_func=pictures.__getitem__, key=PICTURE, width=178, **_BOUND
        )
        begun = st.selectbox(
            _("Kernel"),
            list(kernels),
            format_func=kernels.__getitem__,
            key=KERNEL,
            width=190,
            on_change=convolution_kernel.begin_anew,
            **_BOUND,
        )
        told = _("Pixels that the kernel goes on.")
        stride = st.selectbox("`strides`", _STRIDES, key=STRIDE, help=told, width=92, **_BOUND)
        told = _("same: zeros around the picture.")
        padding = st.selectbox("`padding`", _PADDINGS, key=PADDING, help=told, width=104, **_BOUND)
        told = _("How far apart the numbers of the kernel lie. Keras takes more than 1 only where strides is 1.")
        dilation = st.selectbox("`dilation_rate`", _DILATIONS, key=DILATION, help=told, width=126, **_BOUND)
        pooling = st.selectbox(
            _("Pooling after it"), list(poolings), format_func=poolings.__getitem__, key=POOLING, width=124, **_BOUND
        )
        pool = st.selectbox("`pool_size`", _POOLS, key=POOL, disabled=pooling == "none", width=96, **_BOUND)
    going = Going(len(kernel(begun).cells), int(stride), padding, int(dilation))
    return Choice(picture(shown), kernel(begun), going, "" if pooling == "none" else pooling, int(pool))


def refusal(choice: Choice) -> str:
    """Why Keras would not take the choice, and what would help; empty where it does."""
    if choice.going.stride > 1 and choice.going.dilation > 1:
        return _("Keras takes either strides or dilation_rate above 1, not both. Set one of them to 1.")
    return ""
