"""The widget of one plain argument, by its kind. Every change edits the draft at once."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.catalog import Param
from playground.catalog.formulas import LONGEST
from playground.ui import draft
from playground.ui.form_words import NONE, hint, label, numbers, spelled


def plain_field(param: Param, value: Any, place: str, *, is_idle: bool = False) -> None:
    """Draw the widget of an argument that is no object.

    Args:
        param: the argument.
        value: what it is.
        place: its path in the spec.
        is_idle: whether it has no effect now; it is shown, and cannot be changed.
    """
    draw = {
        "int": _int,
        "float": _float,
        "flag": _flag,
        "choice": _choice,
        "text": _text,
        "formula": _formula,
        "shape": _list,
        "list": _list,
    }
    key = draft.key(place)
    common = {
        "label": label(param),
        "key": key,
        "help": hint(param) or None,
        "disabled": is_idle,
        "on_change": _set,
        "args": (place, key),
    }
    draw[param.kind](param, value, common)


def _set(place: str, key: str, read: Callable[[Any], Any] = lambda value: value) -> None:
    try:
        value = read(draft.widget(key))
    except ValueError as error:
        draft.refuse(error)
        return
    draft.set_value(place, value)


def _int(param: Param, value: Any, common: dict[str, Any]) -> None:
    low = None if param.minimum is None else int(param.minimum) + (1 if param.exclusive else 0)
    high = None if param.maximum is None else int(param.maximum) - (1 if param.exclusive else 0)
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    st.number_input(value=number, min_value=low, max_value=high, step=1, placeholder=NONE, **common)


def _float(param: Param, value: Any, common: dict[str, Any]) -> None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    size = abs(number) if number else 1.0
    st.number_input(
        value=number,
        min_value=None if param.minimum is None else float(param.minimum),
        max_value=None if param.maximum is None else float(param.maximum),
        step=10.0 ** (len(f"{size:.0f}") - 2) if size >= 10 else 0.1 if size > 0.5 else size / 5,
        format="%.6g",
        placeholder=NONE,
        **common,
    )


def _flag(param: Param, value: Any, common: dict[str, Any]) -> None:
    st.toggle(value=bool(value), **common)


def _choice(param: Param, value: Any, common: dict[str, Any]) -> None:
    choices = [*([None] if param.optional else []), *param.choices]
    index = choices.index(value) if value in choices else 0
    st.selectbox(options=choices, index=index, format_func=spelled, **common)


def _text(param: Param, value: Any, common: dict[str, Any]) -> None:
    st.text_input(value=value or "", max_chars=200, **common)


def _formula(param: Param, value: Any, common: dict[str, Any]) -> None:
    text = value if isinstance(value, str) else ""
    st.text_input(value=text, max_chars=max(LONGEST, len(text)), icon=":material/function:", **common)


def _list(param: Param, value: Any, common: dict[str, Any]) -> None:
    common["args"] = (*common["args"], lambda text: numbers(text, param))
    st.text_input(value=spelled(value), placeholder=NONE, max_chars=200, **common)
