"""A table for a network: one row in a form, or many rows at once."""

from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.specs.facts import Facts
from playground.ui import draft, lab_fields, predict_answer, predict_ask, predict_many, shell
from playground.ui.predict_runs import Chosen

_ROW = "predict.row"
_FIRST = 12
_NONE = "–"
_TEXT_PX = 160
_HARMLESS = frozenset(" ().,/%-")


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the choice between a form and many rows, and that way."""
    ways = {"row": _("One row"), "many": _("Many rows")}
    if lab_fields.part(_("How many rows"), ways, "way") == "many":
        predict_many.panel(chosen, inputs)
        return
    number = draft.get(_ROW, 0) % max(1, len(inputs["rows"]))
    left, right = st.columns((1.5, 1), gap="large")
    with left:
        cells = _form(chosen, inputs, number)
        st.button(
            _("Another row of the data"),
            icon=":material/shuffle:",
            key="predict-another-row",
            on_click=draft.put,
            args=(_ROW, number + 1),
        )
        _outside(inputs, cells)
    with right:
        answer = predict_ask.ask(chosen, "predict_row", {"cells": cells})
        predict_answer.draw(answer, facts, inputs, "row")
        if answer.is_there and answer.values["unknown"]:
            share = f"{100 * answer.values['unknown']:.0f} %"
            st.caption(_("{share} of the words are new to the network: it does not read them.").format(share=share))
        if inputs["rows"] and list(cells.values()) == inputs["rows"][number]:
            predict_answer.truth(facts, inputs, number)


def _form(chosen: Chosen, inputs: dict[str, Any], number: int) -> dict[str, Any]:
    """Draw a field for each column, set to the row ``number`` of the data; returns the cells by column."""
    columns = inputs["columns"]
    row = inputs["rows"][number] if inputs["rows"] else [each.get("usual") for each in columns]
    key = f"predict-cell-{chosen.run.id}-{number}"
    cells: dict[str, Any] = {}
    places = list(enumerate(zip(columns, row, strict=True)))
    with st.container(key="predict-form"):
        _fields(places[:_FIRST], cells, key)
        if len(places) > _FIRST:
            with st.expander(_("{n} more").format(n=len(places) - _FIRST), type="compact"):
                _fields(places[_FIRST:], cells, key)
    return cells


def _fields(places: list[Any], cells: dict[str, Any], key: str) -> None:
    is_text = any(column["type"] == "text" for _at, (column, _value) in places)
    with st.grid(1 if is_text and len(places) == 1 else 3, min_column_width=150, gap="small"):
        for at, (column, value) in places:
            cells[column["name"]] = _field(column, value, f"{key}-{at}")


def _field(column: dict[str, Any], value: Any, key: str) -> Any:
    label, kind = _label(column["name"]), column["type"]
    if column["values"]:
        options = [*column["values"], *([_NONE] if column["may_be_empty"] else [])]
        at = options.index(value) if value in options else len(options) - 1
        chosen = st.selectbox(label, options, index=at, key=key)
        return None if chosen == _NONE and _NONE not in column["values"] else chosen
    if kind == "text":
        return st.text_area(label, value or "", key=key, height=_TEXT_PX)
    if kind == "date":
        text = st.text_input(label, value or "", key=key, placeholder=column["date_format"])
        return text.strip() or None
    said = _observed(column)
    if column.get("is_whole") and (value is None or float(value).is_integer()):
        return st.number_input(label, value=None if value is None else int(value), step=1, key=key, help=said)
    return st.number_input(label, value=None if value is None else float(value), format="%.6g", key=key, help=said)


def _label(name: str) -> str:
    """A column's name as a label; escaped only where it must be, for a screen reader would read the escapes out."""
    inside = name.replace("_", "") if not name.startswith("_") and not name.endswith("_") else name
    return name if all(sign.isalnum() or sign in _HARMLESS for sign in inside) else shell.plain(name)


def _observed(column: dict[str, Any]) -> str | None:
    if "minimum" not in column:
        return None
    low, high = (predict_answer.number(column[end]) for end in ("minimum", "maximum"))
    return _("In the data from {low} to {high}").format(low=low, high=high)


def _outside(inputs: dict[str, Any], cells: dict[str, Any]) -> None:
    """Say which numbers lie outside of what there was in the data."""
    found = [
        f"{column['name']} ({predict_answer.number(column['minimum'])} – {predict_answer.number(column['maximum'])})"
        for column in inputs["columns"]
        if "minimum" in column
        and isinstance(value := cells[column["name"]], int | float)
        and not column["minimum"] <= value <= column["maximum"]
    ]
    if found:
        words = _("Outside of what there was in the data, where the answer is a guess: {columns}")
        st.caption(f":material/info: {shell.plain(words.format(columns=', '.join(found)))}")
