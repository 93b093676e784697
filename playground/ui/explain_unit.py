"""What most excites one unit: an input made for it, and the rows that come closest."""

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts.effects import effects_chart, effects_height
from playground.charts.looks import series_chart
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.ui import (
    data_samples,
    evaluate_samples,
    explain_ask,
    explain_choice,
    explain_words,
    lab_csv,
    live_part,
    shell,
)
from playground.ui.explain_choice import Chosen
from playground.ui.explain_why import most_words
from playground.ui.pictures_inline import inline

UNIT = "unit"
_PX, _HEIGHT, _CLIMB_PX = 240, 420, 180
_BARS = 20


def panel(chosen: Chosen) -> None:
    """Draw the choice of a layer and a unit, the input that excites it most, and the rows that do."""
    units = {each["name"]: each["shape"][-1] or 0 for each in chosen.layers if each["shape"]}
    names = [name for name, n in units.items() if n]
    if not names:
        st.caption(_("This network has no layer that can be looked at."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        layer = explain_choice.layer(chosen, names, names[-1])
        unit = explain_choice.number(_("Unit"), int(units[layer]), UNIT, f"{chosen.view.run.id}-{layer}") - 1
        classes = chosen.prepared.facts.classes
        if layer == chosen.layers[-1]["name"] and len(classes) == units[layer]:
            st.caption(shell.plain(_("its class is {name}").format(name=classes[unit])), width="content")
    found = explain_ask.explanation(chosen, "unit", _HEIGHT, layer=layer, unit=unit)
    if found is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"### {_('Made for it')}")
        _made(chosen, found, f"{layer}-{unit + 1}")
    with right:
        st.markdown(f"### {_('Rows that excite it most')}")
        _best(chosen, found, f"{layer}-{unit + 1}")


def _made(chosen: Chosen, found: Evaluation, name: str) -> None:
    if not found.values["is_made"]:
        st.caption(_("Between two words there is nothing: an input of words cannot be made step by step."))
        return
    made, climb = found.arrays["made"], found.arrays["climb"]
    facts = chosen.prepared.facts
    best = found.arrays["best_values"]
    said = _("The unit gives {value} for it, {first} for the average input, and {best} for the best row.").format(
        value=live_part.number(float(climb[-1])),
        first=live_part.number(float(climb[0])),
        best=live_part.number(float(best[0])),
    )
    if evaluate_samples.is_image(facts):
        st.image(inline(data_samples.coloured(made[None], _PX)[0]), width=_PX, alt=said)
    elif chosen.inputs["kind"] in ("series", "steps"):
        lines = made.reshape(len(made), -1)
        option = series_chart(range(1, len(made) + 1), lines[:, 0].astype(float).tolist())
        st.echarts_chart(option, height=_CLIMB_PX, key="explain-made", alt=said)
    else:
        names = explain_words.names(chosen, made.size)
        flat = made.ravel().astype(np.float64)
        top = np.argsort(-np.abs(flat), kind="stable")[:_BARS]
        option = effects_chart([names[at] for at in top], flat[top], is_phone=shell.is_phone())
        st.echarts_chart(
            option, height=effects_height(len(top)), key="explain-made", alt=f"{said} {most_words(names, flat)}"
        )
        st.caption(_("The numbers as the network reads them, after the preparation."))
    st.caption(shell.plain(said))
    lab_csv.offer(f"explain-unit-{name}", ("unit", *_places(made), "value"), lab_csv.cells(name, made))
    words = _("What the unit gives before its activation function, step by step, while the input is changed.")
    option = series_chart(range(len(climb)), climb.astype(float).tolist())
    st.echarts_chart(option, height=_CLIMB_PX, key="explain-climb", alt=f"{words} {said}")
    table = {"step": list(range(len(climb))), "value": climb.tolist()}
    live_part.below(chosen.view, f"explain-climb-{name}", words, lambda: table)


def _places(made: np.ndarray) -> list[str]:
    return [f"place_{axis + 1}" for axis in range(made.ndim)]


def _best(chosen: Chosen, found: Evaluation, name: str) -> None:
    at, values = found.arrays["best"], found.arrays["best_values"]
    said = [
        _("row {n}: {value}").format(n=f"{row + 1:,}", value=live_part.number(float(value)))
        for row, value in _both(at, values)
    ]
    evaluate_samples.panel(chosen.prepared, chosen.view.spec.dataset, chosen.part, at, said, "explain-best")
    words = _("For all rows it gives {mean} in the mean.").format(mean=live_part.number(float(found.arrays["mean"][0])))
    table = pd.DataFrame({"row": at + 1, "value": values})
    live_part.below(
        chosen.view, f"explain-best-{name}", words, lambda: {str(each): list(table[each]) for each in table.columns}
    )


def _both(at: np.ndarray, values: np.ndarray) -> list[tuple[int, float]]:
    return list(zip(at.tolist(), values.tolist(), strict=True))
