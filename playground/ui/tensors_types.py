"""Two numbers in every type: how each is kept, and what comes of them."""

from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.ui import lab_answers, lab_fields, shell
from playground.ui.data_look_csv import table_csv
from playground.ui.lab_answers import Answer
from playground.ui.tensors_fields import BOUND

X, Y, OPERATION = "x", "y", "do"
_SIGNS = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "floor_divide": "//"}
_FAR = 1e12


def panel() -> Answer:
    """Draw the two numbers, and a row for every type."""
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", gap="small", key="tensor-fields"):
        how: dict[str, Any] = {"format": "%.10g", "width": 170, **BOUND}
        x = st.number_input("`x`", -_FAR, _FAR, 250.0, key=X, **how)
        operation = st.selectbox(
            _("Function"), list(_SIGNS), format_func=_SIGNS.__getitem__, key=OPERATION, width=110, **BOUND
        )
        y = st.number_input("`y`", -_FAR, _FAR, 10.0, key=Y, **how)
    answer = lab_answers.ask("number_kept", {"x": x, "y": y, "operation": operation})
    if answer.is_there:
        _table(answer, x, y, _SIGNS[operation])
    return answer


def _table(answer: Answer, x: float, y: float, sign: str) -> None:
    rows = answer.values["rows"]
    exact = next(_number(each["result"]) for each in rows if each["dtype"] == "float64")
    result = f"x {sign} y"
    table: dict[str, list[Any]] = {
        _("type"): [each["dtype"] for each in rows],
        _("bytes"): [each["n_bytes"] for each in rows],
        _("lowest"): [_short(each["lowest"]) for each in rows],
        _("highest"): [_short(each["highest"]) for each in rows],
        _("next after 1"): [_short(1 + _number(each["gap"]), 17) for each in rows],
        "x": [_marked(each["x"], x) for each in rows],
        "y": [_marked(each["y"], y) for each in rows],
        result: [_marked(each["result"], exact) for each in rows],
        _("type of it"): [each["result_dtype"] if each["result"] is not None else "–" for each in rows],
    }
    st.dataframe(table, hide_index=True, height="content", key="types-table")
    off = [each["dtype"] for each in rows if _number(each["result"]) != exact]
    lab_fields.outcome(
        [
            _("≠ stands before what is not what float64 has."),
            _("Another result than float64's: {types}.").format(types=", ".join(off)) if off else "",
            *dict.fromkeys(shell.plain(each["why"]) for each in rows if each["why"]),
        ]
    )
    st.download_button(
        _("Numbers (CSV)"),
        lambda: table_csv(table),
        "types.csv",
        "text/csv",
        key="types-csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
    chosen = lab_fields.part(_("Code in"), {each["dtype"]: each["dtype"] for each in rows}, "type")
    st.code(f"import keras\n\nresult = {answer.values['code'][chosen]}", language="python")


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _marked(value: Any, exact: float) -> str:
    if value is None:
        return "–"
    number = _number(value)
    return _short(number, 12) if number == exact else f"≠ {_short(number, 12)}"


def _short(value: Any, digits: int = 4) -> str:
    number = _number(value)
    if abs(number) < 1e15 and number == int(number):
        return f"{int(number):,}"
    return f"{number:.{digits}g}"
