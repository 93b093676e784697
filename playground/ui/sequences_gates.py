"""Gates and states of a recurrent cell along a sequence: all units as pictures, one of them as lines and numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.catalog.gates import CELLS, Cell, cell
from playground.charts import Line
from playground.charts.grid import GROUNDS
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.charts.states import Field, states_chart, states_height
from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_csv,
    lab_fields,
    sequences_choice,
    sequences_numbers,
    sequences_runs,
    sequences_take,
    shell,
)
from playground.ui.lab_answers import Answer

STEP, UNIT, SAMPLE = "step", "unit", "sample"
_LINES, _STACKED = 220, 200
_LEAST_PX, _MOST_PX, _ROW_PX = 60, 150, 14
_LAST = 10_000
_IN_A_ROW = 3


def panel(row: DeltaGenerator) -> list[Answer]:
    """Draw the choice, the pictures and the numbers; returns what was asked.

    Args:
        row: of the heading, for the button into the draft.
    """
    with st.container(border=True, gap="small", key="gates-choice"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            trained = sequences_runs.choose()
            of = sequences_choice.choose_cell() if trained is None else CELLS[0]
        if trained is None:
            choice = sequences_choice.choose((of,))
            asked = lab_answers.ask("gates", choice.asked(of.id))
            units = choice.units
        else:
            at = st.number_input(
                _("Sample of the validation part"),
                1,
                _LAST,
                1,
                key=SAMPLE,
                bind="query-params",
                persist_state="session",
                width=220,
            )
            asked = lab_answers.ask(
                "gates_of_run",
                {
                    "spec": trained.spec.model_dump(mode="json"),
                    "run": trained.run_id,
                    "layer": trained.layer,
                    "at": int(at) - 1,
                },
            )
            if not asked.is_there:
                return [asked]
            of, units = cell(asked.values["kind"]), asked.arrays["h"].shape[1]
            if first := asked.values["first"]:
                st.caption(
                    _("The last {n} steps; {before} before them.").format(n=len(asked.arrays["h"]), before=first)
                )
    with row:
        sequences_take.layer_button([of.id], units)
    if asked.is_there:
        _drawn(of, asked)
    if trained is None and not sequences_runs.found():
        st.caption(_("Train a network with an LSTM, GRU or SimpleRNN, and its weights can be looked at here too."))
    return [asked]


def _drawn(of: Cell, found: Answer) -> None:
    names: Sequence[str] = found.values["steps"]
    parts = {each.id: found.arrays[each.id] for each in of.inner}
    steps, units = parts["h"].shape
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="gates-cursor")
    with row:
        at = _slider(_("Look at step"), steps, STEP)
        unit = _slider(_("Look at unit"), units, UNIT)
    is_phone = shell.is_phone()
    fields = [
        Field(_("Input x"), found.arrays["x"]),
        *(Field(_(each.label), parts[each.id], unit) for each in of.inner),
    ]
    columns = 1 if is_phone else -(-len(fields) // (1 if len(fields) <= _IN_A_ROW else 2))
    px = min(max(_LEAST_PX, _ROW_PX * units), _MOST_PX)
    st.echarts_chart(
        states_chart(fields, names, at, px, columns, GROUNDS[shell.theme()]),
        height=states_height(fields, px, columns),
        key="gates-states",
        alt="; ".join(_told(_(each.label), parts[each.id]) for each in of.inner),
    )
    lab_fields.outcome([_("A row a unit, a column a step. Blue above zero, orange below.")])
    st.markdown(f"### {_('Unit {n} over time').format(n=unit + 1)}")
    _lines(of, parts, at, unit)
    functions = found.values["activation"], found.values["recurrent_activation"]
    sequences_numbers.panel(of, parts, at, unit, names[at], functions)
    rows = [
        (name, step + 1, names[step], unit + 1, float(f"{values[step, unit]:.7g}"))
        for name, values in {"x": found.arrays["x"], **parts}.items()
        for step, unit in np.ndindex(values.shape)
    ]
    lab_csv.offer("gates", ("part", "step", "name", "unit", "value"), rows)


def _lines(of: Cell, parts: Mapping[str, np.ndarray], at: int, unit: int) -> None:
    x = np.arange(1, len(parts["h"]) + 1)
    gates = [Line(_(each.label), x, parts[each.id][:, unit]) for each in of.inner if each.is_gate]
    states = [Line(_(each.label), x, parts[each.id][:, unit]) for each in of.inner if not each.is_gate]
    panels = [Panel(_("Gates"), gates, 0, 1)] if gates else []
    panels.append(Panel(_("Candidate and states") if gates else _("State"), states))
    is_stacked = shell.is_phone()
    px = _STACKED if is_stacked else _LINES
    st.echarts_chart(
        panels_chart(panels, _("step"), px, is_stacked=is_stacked, marks=(at + 1,)),
        height=panels_height(len(panels), px, is_stacked=is_stacked),
        key="gates-lines",
        alt=", ".join(f"{line.name}: {line.y[at]:.3f}" for each in panels for line in each.lines),
    )


def _slider(label: str, n: int, key: str) -> int:
    """The chosen one of ``n``, from 0; a slider that follows a shorter sequence or fewer units."""
    if n < 2:
        return 0
    now = draft.widget(key)
    if now is not None and now > n:
        draft.set_widget(key, n)
    return int(lab_fields.slider(label, 1, n, min(n, 2) if key == STEP else 1, key, width=260)) - 1


def _told(label: str, values: np.ndarray) -> str:
    return _("{label} from {low} to {high}").format(label=label, low=f"{values.min():.2f}", high=f"{values.max():.2f}")
