"""The fields of the lab of tensors: what to do, with which arguments and tensors. All stand in the address."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground.catalog import Param
from playground.catalog.tensor_ops import OpGroup, TensorOp, tensor_op, tensor_ops
from playground.locale.text import _

BOUND: Mapping[str, Any] = {"bind": "query-params", "persist_state": "session"}
FIRST_SHAPES: Mapping[str, tuple[str, str]] = {
    "shape": ("3, 4", "3, 4"),
    "reduce": ("3, 4", ""),
    "broadcast": ("3, 1", "4"),
    "product": ("3, 4", "4, 2"),
}
"""The shapes of a and b that a part of the lab begins with."""
_LONGEST = 400
_WIDE = 300


class Given(NamedTuple):
    """What is to be done: the operation, its arguments, and what it is done to."""

    op: TensorOp
    args: dict[str, Any]
    inputs: list[dict[str, Any]]


def given(group: OpGroup) -> Given:
    """Draw the fields of a part of the lab; returns what is in them."""
    ops = tensor_ops(group)
    names = {each.id: each.label if each.id != "getitem" else "a[…]" for each in ops}
    with st.container(border=True, gap="small", key="tensor-fields"):
        op = ops[0]
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            if len(ops) > 1:
                found = st.selectbox(
                    _("Function"),
                    list(names),
                    format_func=names.__getitem__,
                    key=op_key(group),
                    width=190,
                    **BOUND,
                )
                op = tensor_op(found)
            args = {param.name: _argument(op, param) for param in op.params}
            inputs = [_input(group, name, at) for at, name in enumerate("ab"[: op.reads])]
        st.caption(_(op.summary))
    return Given(op, args, inputs)


def op_key(group: OpGroup) -> str:
    """The key of the choice of a function of a part of the lab."""
    return f"{group}_function"


def argument_key(op: TensorOp, name: str) -> str:
    """The key of the field of an argument."""
    return f"{op.label}.{name}"


def input_keys(group: OpGroup, name: str) -> tuple[str, str]:
    """The keys of the fields of a tensor's shape and of what it is filled with."""
    return f"{group}_{name}", f"{group}_{name}_fill"


def _input(group: OpGroup, name: str, at: int) -> dict[str, Any]:
    fills = {
        "count": _("0, 1, 2, …"),
        "tens": _("10, 20, 30, …"),
        "ones": _("ones"),
        "random": _("random digits"),
    }
    shape_key, fill_key = input_keys(group, name)
    label = _("Shape of {name}").format(name=name)
    shape = st.text_input(label, FIRST_SHAPES[group][at], max_chars=_LONGEST, key=shape_key, width=110, **BOUND)
    label = _("Numbers of {name}").format(name=name)
    fill = st.selectbox(label, list(fills), at, fills.__getitem__, fill_key, width=150, **BOUND)
    return {"shape": shape, "fill": fill, "seed": at}


def _argument(op: TensorOp, param: Param) -> Any:
    key, label = argument_key(op, param.name), f"`{param.name}`"
    shared: dict[str, Any] = {"key": key, "help": _(param.help) or None, **BOUND}
    if param.kind == "flag":
        return st.toggle(label, bool(param.default), **shared)
    if param.kind == "choice":
        names = {each: _("as Keras chooses") if each is None else str(each) for each in param.choices}
        spelled = {str(each or ""): name for each, name in names.items()}
        at = list(names).index(param.default)
        return st.selectbox(label, list(spelled), at, spelled.__getitem__, width=160, **shared) or None
    if param.kind in ("int", "float"):
        number = int if param.kind == "int" else float
        low, high = (None if each is None else number(each) for each in (param.minimum, param.maximum))
        value = None if param.default is None else number(param.default)
        step = 1 if param.kind == "int" else 0.1
        how: dict[str, Any] = {"placeholder": _("none"), "width": 125, "step": step, **shared}
        if param.kind == "float":
            how["format"] = "%.6g"
        return st.number_input(label, low, high, value, **how)
    width = _WIDE if param.kind == "list" else 120
    return st.text_input(label, str(param.default), max_chars=_LONGEST, width=width, **shared)
