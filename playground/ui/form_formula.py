"""The parameters of a formula in a form: a field for each, which writes its value into the formula's text."""

from dataclasses import replace
from typing import Any

import streamlit as st

from playground.catalog import Entry
from playground.catalog.formulas import role_of
from playground.specs import Args
from playground.specs.formulas import Formula, FormulaError, parsed
from playground.specs.formulas.written import text_of
from playground.ui import draft


def parameters(entry: Entry, args: Args, path: str) -> None:
    """Draw a field for each parameter of the formula in ``args``; nothing where ``entry`` takes none, or it is wrong.

    Args:
        entry: what is chosen.
        args: its arguments as they are.
        path: where they are in the spec.
    """
    if role_of(entry.kind, entry.id) is None:
        return
    try:
        formula = parsed(str(args.get("formula", "")), entry.kind)
    except FormulaError:
        return
    if not formula.parameters:
        return
    with st.container(horizontal=True, gap="small", key=f"parameters-{path}"):
        for name, value in formula.parameters:
            key = draft.key(f"{path}.formula.{name}")
            _field(name, value, {"key": key, "on_change": _put, "args": (f"{path}.formula", formula, name, key)})


def _field(name: str, value: float, how: dict[str, Any]) -> None:
    st.number_input(f"`{name}`", value=value, step=abs(value) / 5 or 0.1, format="%.6g", width=140, **how)


def _put(place: str, formula: Formula, name: str, key: str) -> None:
    value = draft.widget(key)
    if value is None:
        return
    values = tuple((each, float(value) if each == name else old) for each, old in formula.parameters)
    draft.set_value(place, text_of(replace(formula, parameters=values)), by_widget=False)
