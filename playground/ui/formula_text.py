"""The box that a formula is written into, what is wrong with it, examples, and its parameters as sliders."""

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from playground.catalog.formulas import LONGEST, ROLES
from playground.locale.text import _
from playground.specs.formulas import Formula, FormulaError, parsed
from playground.specs.formulas.written import text_of
from playground.ui import draft, shell

KEYS = {"activations": "activation", "losses": "loss", "schedules": "schedule"}
"""The names of the boxes in the address, by table."""

_SMALL, _FAR = 0.01, 5.0


def write(table: str) -> Formula | None:
    """Draw the box of a role with its examples; returns what stands in it, ``None`` while that is no formula."""
    role, key = ROLES[table], KEYS[table]
    examples = role.examples
    text: str = st.text_input(
        _heads()[table],
        next(iter(examples.values())),
        key=key,
        max_chars=LONGEST,
        icon=":material/function:",
        help=_("Press Enter to have it drawn. Parameters get their values at the end: with b = 1, c = 2."),
        bind="query-params",
        persist_state="session",
    )
    found = None
    try:
        found = parsed(text, table)
    except FormulaError as error:
        _wrong(text, error, key)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="formula-examples"):
        st.caption(_("Examples"), width="content")
        for name, example in examples.items():
            st.button(_(name), key=f"example-{name}", type="tertiary", on_click=draft.set_widget, args=(key, example))
    return found


def parameters(formula: Formula) -> None:
    """Draw a slider for each parameter; moving one writes its value into the box."""
    for name, value in formula.parameters:
        key = f"parameter-{formula.table}-{name}"
        if draft.widget(key) != value:
            draft.set_widget(key, value)
        how: dict[str, Any] = {"key": key, "on_change": _move, "args": (formula, name, key)}
        if 0 < abs(value) < _SMALL:
            st.number_input(f"`{name}`", format="%g", step=abs(value), **how)
            continue
        far = _FAR if abs(value) <= _FAR else 10.0 ** math.ceil(math.log10(abs(value)))
        low = 0.0 if value >= 0 else -far
        st.slider(f"`{name}`", low, far, step=far / 100, format="%g", **how)


def _heads() -> dict[str, str]:
    return {
        "activations": _("f(x) ="),
        "losses": _("loss(y_true, y_pred) ="),
        "schedules": _("learning rate(step, total, rate) ="),
    }


def _move(formula: Formula, name: str, key: str) -> None:
    value = draft.widget(key)
    if value is None:
        return
    moved = tuple((each, float(value) if each == name else old) for each, old in formula.parameters)
    draft.set_widget(KEYS[formula.table], text_of(replace(formula, parameters=moved)))


def _wrong(text: str, error: FormulaError, key: str) -> None:
    """The text with a mark under what is wrong, why, and the remedy where there is one."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    st.code(f"{shown}\n{' ' * error.at}{'^' * min(error.length, max(1, len(shown) - error.at))}", language=None)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        words = _("At character {n}: {why}").format(n=error.at + 1, why=shell.plain(str(error)))
        st.markdown(f":orange[:material/error:] {words}")
        if error.fix:
            st.button(
                _("Write {text}").format(text=f"`{error.fix}`"),
                key="mend-formula",
                icon=":material/build:",
                on_click=draft.set_widget,
                args=(key, error.fix),
            )
