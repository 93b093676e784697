"""The lab of tensors: how they are made, reshaped, reduced, broadcast and multiplied, cell by cell."""

from collections.abc import Mapping
from typing import cast

import numpy as np
import streamlit as st

from playground.catalog.tensor_ops import OpGroup
from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_experiments,
    lab_fields,
    shell,
    tensors_fields,
    tensors_picture,
    tensors_take,
    tensors_try,
    tensors_types,
    tensors_words,
)
from playground.ui.lab_answers import Answer
from playground.ui.tensors_fields import Given

_WIDTH = 1000
_TYPES = "types"
_WITHOUT_LAYER = ("make",)
"""Parts with nothing that a layer could do: they read no tensor."""


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(
        _("Tensors"), _("Numbers in rows, in tables and in stacks of tables: what every layer takes and gives")
    )
    lab_experiments.panel("tensors", tensors_try.look_for(), tensors_try.experiments())
    parts = {
        "make": _("Make"),
        "shape": _("Reshape and cut"),
        "reduce": _("Reduce"),
        "broadcast": _("Broadcast"),
        "product": _("Matrix product"),
        _TYPES: _("Types of numbers"),
    }
    part = lab_fields.part(_("Part"), parts, "part")
    if part == _TYPES:
        lab_answers.missing(tensors_types.panel())
        return
    of = tensors_fields.given(cast(OpGroup, part))
    asked = {"op": of.op.id, "args": of.args, "inputs": of.inputs}
    answer = lab_answers.ask("tensor", asked)
    if of.op.group not in _WITHOUT_LAYER:
        with row:
            tensors_take.button(of, answer)
    if answer.is_there:
        _shown(of, asked, answer)
    lab_answers.missing(answer)


def _shown(of: Given, asked: Mapping[str, object], answer: Answer) -> None:
    arrays, cell = dict(answer.arrays), -1
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="tensor-words"):
        if of.op.group == "broadcast":
            with st.container(width="content"):
                st.markdown(tensors_words.axes_table(arrays["a"].shape, arrays["b"].shape))
        with st.container(gap="xsmall"):
            if of.op.reads > 1 and not of.op.is_list:
                st.markdown(tensors_words.fitting(of.op, arrays["a"].shape, arrays["b"].shape))
            if "result" not in arrays:
                said = _("Keras says: {words}").format(words=answer.values["why"])
                st.error(shell.plain(said), icon=":material/block:")
            elif of.op.reads and arrays["result"].size:
                cell = _cell(of, arrays["result"].size)
                told = lab_answers.ask("tensor", {**asked, "cell": cell})
                if told.is_there:
                    arrays = dict(told.arrays)
                    st.markdown(tensors_words.made_of(of.op, arrays, cell))
    _pictures(of, answer, arrays, cell)
    _code(answer)


def _cell(of: Given, size: int) -> int:
    """The cell of the result that is looked at, counted row by row."""
    if size == 1:
        return 0
    key = f"{of.op.group}.cell.{size}"
    return int(lab_fields.slider(_("Cell of the result"), 0, size - 1, 0, key, width=420))


def _pictures(of: Given, answer: Answer, arrays: Mapping[str, np.ndarray], cell: int) -> None:
    shown = [name for name in ("a", "b", "result") if name in arrays]
    marked = {
        "a": set(arrays.get("from_a", np.zeros(0, int)).tolist()),
        "b": set(arrays.get("from_b", np.zeros(0, int)).tolist()),
        "result": {cell} if cell >= 0 else set(),
    }
    is_moved = of.op.group == "shape"
    ends = tensors_picture.ends_of(*(arrays[name] for name in shown)) if is_moved else None
    columns = st.columns(len(shown), gap="medium")
    for place, name in zip(columns, shown, strict=True):
        with place:
            tensors_picture.panel(
                name,
                arrays[name],
                answer.values[name],
                _WIDTH // len(shown) - 30,
                ends or tensors_picture.ends_of(arrays[name]),
                marked[name],
            )
    tensors_picture.download({name: arrays[name] for name in shown})


def _code(answer: Answer) -> None:
    told = [(name, answer.values[name]) for name in ("a", "b", "result") if answer.values.get(name)]
    lines = [f"{name} = {each['code']}" for name, each in told]
    st.code("\n".join(["import keras", "", *lines]), language="python")
