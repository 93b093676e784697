"""The lab of activations: what each does to a number and to a gradient, and what becomes of both in a deep network."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import (
    activations_choice,
    activations_depth,
    activations_initializers,
    activations_shares,
    activations_take,
    activations_tanh,
    activations_try,
    draft,
    lab_answers,
    lab_csv,
    lab_experiments,
    lab_fields,
    shell,
)
from playground.ui.activations_choice import Chosen
from playground.ui.lab_answers import Answer
from playground.ui.run_words import first_upper

_HEIGHT, _STACKED = 300, 230


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(_("Activations"), _("What each does to a number, to its gradient, and to a deep network"))
    lab_experiments.panel("activations", activations_try.look_for(), activations_try.experiments())
    chosen, far = activations_choice.choose()
    with row:
        activations_take.button(chosen)
    answers = _functions(chosen, far)
    parts = {
        "depth": _("Through many layers"),
        "initializers": _("Initializers"),
        "softmax": _("Softmax"),
        "tanh": _("Tanh from a sigmoid"),
        "train": _("Train them"),
    }
    draw = {
        "depth": activations_depth.panel,
        "initializers": activations_initializers.panel,
        "softmax": activations_shares.panel,
        "tanh": activations_tanh.panel,
        "train": activations_take.panel,
    }
    answers += draw[lab_fields.part(_("Part"), parts, "part")](chosen)
    lab_answers.missing(*answers)


def _functions(chosen: Sequence[Chosen], far: float) -> list[Answer]:
    """The functions and their two derivatives, and what they come to."""
    if not chosen:
        st.caption(_("Choose one or more activations above."))
        return []
    x = activations_choice.places(far)
    found = lab_answers.ask_all("activation", [{"kind": each.entry.id, "args": each.args} for each in chosen], x=x)
    there = [(each, answer) for each, answer in zip(chosen, found, strict=True) if answer.is_there]
    if there:
        at = np.asarray(x)
        lines = {
            name: [Line(each.label, at, answer.arrays[name]) for each, answer in there]
            for name in ("y", "slope", "second")
        }
        is_stacked = shell.is_phone()
        pixels = _STACKED if is_stacked else _HEIGHT
        panels = (
            Panel("f(x)", lines["y"], -far, far),
            Panel(_("Its slope, f′(x)"), lines["slope"], -2.5, 2.5),
            Panel(_("Its bend, f″(x)"), lines["second"], -2.5, 2.5),
        )
        st.echarts_chart(
            panels_chart(panels, "x", pixels, is_stacked=is_stacked, marks=(0.0,)),
            height=panels_height(3, pixels, is_stacked=is_stacked),
            key="activation-curves",
            alt="; ".join(f"{each.label}: {_reach(answer)}" for each, answer in there),
        )
        with st.container(gap=None):
            for each, answer in there:
                st.markdown(_facts(each, answer))
        lab_csv.offer("activations", ("activation", "x", "value", "slope", "bend"), lambda: _rows(there, at))
    return found


def _rows(there: Sequence[tuple[Chosen, Answer]], at: np.ndarray) -> lab_csv.Rows:
    for each, answer in there:
        yield from lab_csv.side_by_side(each.label, at, *(answer.arrays[name] for name in ("y", "slope", "second")))


def _facts(each: Chosen, answer: Answer) -> str:
    """What an activation comes to, in one line of Markdown."""
    slope, flat = answer.arrays["slope"].max(), 100 * answer.values["flat"]
    said = [_("values {reach}").format(reach=_reach(answer)), _("largest slope {n}").format(n=_number(slope))]
    if flat:
        said.append(_("no slope for {n} % of standard normal values").format(n=f"{flat:.0f}"))
    words = f"{_(each.entry.summary)} {first_upper(', '.join(said))}.{_sum(answer)}"
    return f":small[**{shell.plain(each.label)}** :gray[{words}] [{_('More')}]({each.entry.url})]"


def _reach(answer: Answer) -> str:
    low, high = answer.values["reach"]
    if low is None and high is None:
        return _("all numbers")
    if high is None:
        return _("{low} and more").format(low=_number(low))
    if low is None:
        return _("up to {high}").format(high=_number(high))
    return _("{low} to {high}").format(low=_number(low), high=_number(high))


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}".replace("-", "−")


def _sum(answer: Answer) -> str:
    """For a function of several values, how it is drawn and what its values add up to."""
    total = answer.values["total"]
    if total is None:
        return ""
    said = _("Drawn: the first of three values, the others 0; at (0.1, 0, 0) all three add up to {total}.")
    return " " + said.format(total=_number(total))
