"""Inputs beside what the network made of them, and where it is off."""

import numpy as np
import streamlit as st

from playground.charts import histogram_chart
from playground.data import Prepared
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.ui import data_samples, evaluate_samples, lab_fields, live_part, shell
from playground.ui.evaluate_choice import Chosen
from playground.ui.pictures_inline import inline

_PX, _MAP_PX = 72, 200
_SHOWN = 8
_HEIGHT = 280


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Draw the worst, the usual and the best rows with their answers, and the error by place."""
    st.markdown(f"### {_('Inputs and what became of them')}")
    kinds = {"worst": _("Worst"), "usual": _("Usual"), "best": _("Best")}
    kind = lab_fields.part(_("Which rows"), kinds, "rows")
    picked, errors = found.arrays["picked"], found.arrays["errors"]
    middle = max(0, len(picked) // 2 - _SHOWN // 2)
    at = {
        "worst": np.arange(min(_SHOWN, len(picked))),
        "usual": np.arange(middle, min(len(picked), middle + _SHOWN)),
        "best": np.arange(len(picked))[::-1][:_SHOWN],
    }[kind]
    rows = picked[at]
    x, y = np.asarray(prepared.array(f"x_{chosen.part}")[rows]), found.arrays["answered"][at]
    off = [_("error {n}").format(n=live_part.number(float(errors[each]))) for each in rows]
    if evaluate_samples.is_image(prepared.facts):
        _pictures(x, y, off)
    else:
        _tables(chosen, prepared, x, y, rows)
    said = _("Mean squared error of a row: {low} to {high}.").format(
        low=live_part.number(float(errors.min())), high=live_part.number(float(errors.max()))
    )
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"### {_('How often it is how far off')}")
        option = histogram_chart(errors, _("mean squared error"))
        st.echarts_chart(option, height=_HEIGHT, key="rebuilt-errors", alt=said)
        table = {"position": found.arrays["at"].tolist(), "error": errors.tolist()}
        live_part.below(chosen.view, f"evaluate-rebuilt-{chosen.part}", said, lambda: table)
    with right:
        _map(chosen, found, prepared)


def _pictures(x: np.ndarray, y: np.ndarray, off: list[str]) -> None:
    low, high = float(x.min(initial=0)), float(x.max(initial=1))
    both = data_samples.coloured(np.concatenate([x, np.clip(y, low, high)]), _PX)
    for name, pictures, said in (
        (_("The input"), both[: len(x)], None),
        (_("What the network made of it"), both[len(x) :], [shell.plain(each) for each in off]),
    ):
        st.caption(name)
        st.image([inline(each) for each in pictures], caption=said, width=_PX, alt=[f"{name}, {each}" for each in off])


def _tables(chosen: Chosen, prepared: Prepared, x: np.ndarray, y: np.ndarray, rows: np.ndarray) -> None:
    numbers = np.asarray(prepared.array(f"rows_{chosen.part}"))[rows]
    dataset, facts = chosen.view.spec.dataset, prepared.facts
    st.caption(_("The input"))
    st.dataframe(evaluate_samples.inputs(dataset, facts, x, numbers), hide_index=True, key="rebuilt-inputs")
    st.caption(_("What the network made of it, as prepared numbers"))
    names = list(facts.features) or [str(n) for n in range(1, y[0].size + 1)]
    flat = {name: y.reshape(len(y), -1)[:, at] for at, name in enumerate(names)}
    st.dataframe(flat, hide_index=True, key="rebuilt-answers")


def _map(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Where the error lies: in which part of a picture, or in which column."""
    st.markdown(f"### {_('Where it is off')}")
    errors = found.arrays["error_map"]
    names = list(prepared.facts.features) or ["-".join(map(str, place)) for place in np.ndindex(errors.shape)]
    worst = np.unravel_index(int(errors.argmax()), errors.shape)
    said = _("Most at {place}: mean squared error {n}.").format(
        place=names[int(errors.argmax())] if prepared.facts.features else " × ".join(str(int(at) + 1) for at in worst),
        n=live_part.number(float(errors.max())),
    )
    if evaluate_samples.is_image(prepared.facts):
        (picture,) = data_samples.coloured(errors.mean(axis=-1)[None] if errors.ndim == 3 else errors[None], _MAP_PX)
        st.image(inline(picture), width=_MAP_PX, alt=said)
    else:
        st.bar_chart({"error": errors.ravel()}, height=_MAP_PX)
    table = {"place": names, "mean_squared_error": errors.ravel().tolist()}
    live_part.below(chosen.view, f"evaluate-map-{chosen.part}", said, lambda: table)
