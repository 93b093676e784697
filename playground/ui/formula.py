"""The formula box: write an activation, a loss or a schedule, see it and its slope, and train with it."""

from typing import Any

import numpy as np
import streamlit as st

from playground.catalog.formulas import CONSTANTS, FUNCTIONS, ROLES, Role
from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.export.formulas import definition
from playground.locale.text import _
from playground.specs.formulas import Formula
from playground.specs.formulas.written import text_of
from playground.ui import (
    draft,
    formula_axis,
    formula_take,
    formula_text,
    formula_try,
    lab_answers,
    lab_csv,
    lab_experiments,
    lab_fields,
    shell,
)
from playground.ui.formula_axis import Axis
from playground.ui.lab_answers import Answer

ROLE = "role"
_HEIGHT, _STACKED = 330, 250
_FURTHEST = 1e4
_CLOSE = 1e-4


def panel() -> None:
    """Draw the page; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(_("Formula"), _("An activation, a loss or a schedule that you write yourself"))
    lab_experiments.panel("formula", formula_try.look_for(), formula_try.experiments())
    roles = {"activations": _("Activation"), "losses": _("Loss"), "schedules": _("Schedule")}
    table = lab_fields.part(_("What it is"), roles, ROLE)
    formula = formula_text.write(table)
    left, right = st.columns([1, 3], gap="medium")
    with left:
        axis = formula_axis.choose(table)
        if formula is not None:
            formula_text.parameters(formula)
        _allowed(ROLES[table])
    with row:
        formula_take.button(formula, axis)
    if formula is None:
        with right:
            st.caption(_("The picture comes back as soon as the formula can be read."))
        return
    asked: dict[str, Any] = {"table": table, "formula": text_of(formula), "fixed": axis.fixed}
    answer = lab_answers.ask("formula", asked, x=axis.places)
    with right:
        if answer.is_there:
            _pictures(formula, axis, answer)
        lab_answers.missing(answer)
        with st.expander(_("As Python"), icon=":material/code:", type="compact"):
            st.code(definition(formula), language="python")


def _pictures(formula: Formula, axis: Axis, answer: Answer) -> None:
    at = np.asarray(axis.places)
    y, slope, quotient = (np.asarray(answer.arrays[name]) for name in ("y", "slope", "quotient"))
    is_stacked = shell.is_phone()
    pixels = _STACKED if is_stacked else _HEIGHT
    panels = (
        Panel(_("Value"), [Line(_("value"), at, y)], -_FURTHEST, _FURTHEST),
        Panel(
            _("Slope, found in two ways"),
            [Line(_("automatic differentiation"), at, slope), Line(_("difference quotient"), at, quotient)],
            -_FURTHEST,
            _FURTHEST,
        ),
    )
    reach = _("From {low} to {high} over {axis} from {first} to {last}").format(
        low=_number(np.nanmin(y)) if np.isfinite(y).any() else "–",
        high=_number(np.nanmax(y)) if np.isfinite(y).any() else "–",
        axis=axis.name,
        first=_number(at[0]),
        last=_number(at[-1]),
    )
    st.echarts_chart(
        panels_chart(panels, axis.name, pixels, is_stacked=is_stacked, marks=axis.marks),
        height=panels_height(2, pixels, is_stacked=is_stacked),
        key="formula-curves",
        alt=f"{text_of(formula)}. {reach}. {_apart(answer, axis)}",
    )
    lab_fields.outcome([reach, _apart(answer, axis)])
    for words in (_gaps(y, at, axis.name, _("value")), _gaps(slope, at, axis.name, _("slope"))):
        if words:
            st.markdown(f":orange[:material/warning:] {words}")
    rows = zip(at.tolist(), y.tolist(), slope.tolist(), quotient.tolist(), strict=True)
    lab_csv.offer("formula", (axis.name, "value", "automatic_slope", "difference_quotient"), rows)


def _apart(answer: Answer, axis: Axis) -> str:
    """How far the two slopes are from each other."""
    apart = answer.values["apart"]
    if apart is None:
        return _("There is no slope to compare")
    said = _("The two slopes differ by at most {n}, at {axis} = {at}")
    if apart > _CLOSE:
        said = _("The two slopes differ by at most {n}, at {axis} = {at}: a corner or a jump, or very steep there")
    return said.format(n=f"{apart:.1e}", axis=axis.name, at=_number(answer.values["at"]))


def _gaps(values: np.ndarray, at: np.ndarray, name: str, what: str) -> str:
    """Where there is no number; empty where there is one everywhere."""
    bad = np.flatnonzero(~np.isfinite(values))
    if not len(bad):
        return ""
    said = _("The {what} is no number at {n} of {all} places, the first at {axis} = {at}.")
    return said.format(what=what, n=len(bad), all=len(at), axis=shell.plain(name), at=_number(at[bad[0]]))


def _number(value: float) -> str:
    return f"{float(value) + 0.0:.4g}".replace("-", "−")


def _allowed(role: Role) -> None:
    """What may stand in a formula of this role."""
    with st.expander(_("What may be used"), icon=":material/menu_book:", type="compact", key="formula-allowed"):
        variables = [f"| `{name}` | {_(what)} |" for name, what in role.variables.items()]
        constants = [f"| `{name}` | {value:.6g} |" for name, value in CONSTANTS.items()]
        signs = [
            f"| `+ - * /` | {_('as in arithmetic')} |",
            f"| `**` | {_('to the power of')} |",
            f"| `with b = 1` | {_('the value of a parameter, at the end')} |",
        ]
        functions = [
            f"| `{each.name}({', '.join(each.takes)})` | {_(each.summary)} |"
            for each in FUNCTIONS.values()
            if role.is_across or not each.is_across
        ]
        st.markdown("\n".join(["| | |", "| --- | --- |", *variables, *signs, *constants, *functions]))
