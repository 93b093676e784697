"""The pictures of one step: the network with its numbers, the line over its points, the way down the loss."""

import numpy as np
import streamlit as st

from playground.charts.hand_network import UP, Column, hand_network_chart
from playground.charts.hand_plane import Stroke, hand_plane_chart
from playground.charts.network import PALETTES
from playground.locale.text import _
from playground.ui import shell
from playground.ui.by_hand_latex import plain_number
from playground.ui.by_hand_trace import Step, Trace

_ORANGE = {"light": "#D55E00", "dark": "#F5A34A"}
_LINES = {"light": "#8DA2B5", "dark": "#5F7183"}
_PAD = 0.15
_VALUES = 2  # weights that span a plane


def network(trace: Trace, step: Step, row: int) -> None:
    """Draw the network with the numbers of one row of the batch."""
    features = trace.answer["features"]
    came = step.x[row]
    names = features if len(features) == len(came) else [f"x{at + 1}" for at in range(len(came))]
    inputs = tuple((_short(name), plain_number(x)) for name, x in zip(names, came, strict=True))
    columns = [Column(_("Input"), inputs)]
    for at, layer in enumerate(trace.layers):
        values = step.values[layer["name"]]
        kernel, bias = (step.before.get(f"{layer['name']}/{name}") for name in ("kernel", "bias"))
        out = "ŷ" if at == len(trace.layers) - 1 else "h"
        units = []
        for unit, value in enumerate(values["out"][row]):
            said = [f"{out} = {plain_number(value)}"]
            if "pre" in values:
                said.append(f"z = {plain_number(values['pre'][row, unit])}")
            if bias is not None:
                said.append(f"b = {plain_number(bias[unit])}")
            said.append(f"∂L/∂{out} = {plain_number(values['d_out'][row, unit])}")
            units.append(tuple(said))
        weights = () if kernel is None else tuple(tuple((w, plain_number(w)) for w in column) for column in kernel.T)
        columns.append(Column(f"{layer['name']} {layer['activation']}".strip(), tuple(units), weights))
    wanted = [f"y = {plain_number(y)}" for y in step.y[row][:8]]
    columns.append(Column(_("Loss"), ((f"L = {plain_number(step.loss)}", *wanted),)))
    theme = shell.theme()
    alt = _("The network in step {n}: loss {loss}, answers {answers}, targets {targets}.").format(
        n=step.number,
        loss=plain_number(step.loss),
        answers=", ".join(map(plain_number, step.values[trace.layers[-1]["name"]]["out"][row])),
        targets=", ".join(map(plain_number, step.y[row])),
    )
    st.image(hand_network_chart(columns, PALETTES[theme], theme), width="content", alt=alt)


def line(trace: Trace, step: Step) -> None:
    """Draw the line of a model with one weight and one bias over its points, before and after the step."""
    points = trace.answer["points"]
    x, y = (np.asarray(points[name], np.float64).ravel() for name in ("x", "y"))
    low, high = _corners(x, y)
    theme = shell.theme()
    lines = []
    for values, width, opacity in ((trace.path[0], 1.0, 0.45), (_values(trace, step), 2.5, 1.0)):
        w, b = values
        lines.append(Stroke([(at, w * at + b) for at in (low[0], high[0])], UP[theme], width, 0, opacity))
    dots = Stroke(list(zip(x, y, strict=True)), PALETTES[theme]["text"], 0, 4.0, 0.85)
    picture = hand_plane_chart([*lines, dots], low, high, ("x", "y"), PALETTES[theme])
    w, b = (plain_number(value) for value in _values(trace, step))
    st.image(picture, width="stretch", alt=_("The points and the line y = {w} x + {b}.").format(w=w, b=b))


def way(trace: Trace, step: Step) -> None:
    """Draw the way that two weights have taken so far, over lines of equal loss."""
    found = trace.answer["surface"]
    theme = shell.theme()
    levels = [Stroke(each["points"], _LINES[theme], 1.0) for each in found["lines"]]
    path = trace.path[: step.number + 1]
    way_down = Stroke(path.tolist(), _ORANGE[theme], 1.5, 2.2)
    now = Stroke([path[-1].tolist()], _ORANGE[theme], 0, 6.0)
    names = _two_names(trace)
    picture = hand_plane_chart(
        [*levels, way_down, now], tuple(found["low"]), tuple(found["high"]), names, PALETTES[theme]
    )
    first, last = ([plain_number(value) for value in path[at]] for at in (0, -1))
    words = _("Lines of equal loss, and the way of ({names}) from ({first}) to ({last}).")
    st.image(
        picture,
        width="stretch",
        alt=words.format(names=", ".join(names), first=", ".join(first), last=", ".join(last)),
    )


def is_line(trace: Trace) -> bool:
    """Whether the model is one line: one number in, one out, a weight and a bias."""
    layers = trace.layers
    shapes = [values.shape for values in trace.weights.values()]
    return len(layers) == 1 and not layers[0]["activation"] and shapes == [(1, 1), (1,)] and "points" in trace.answer


def _values(trace: Trace, step: Step) -> tuple[float, float]:
    w, b = trace.path[step.number]
    return float(w), float(b)


def _two_names(trace: Trace) -> tuple[str, str]:
    if is_line(trace):
        return "w", "b"
    return trace.names[0], trace.names[1]


def _corners(x: np.ndarray, y: np.ndarray) -> tuple[tuple[float, float], tuple[float, float]]:
    pads = [_PAD * max(float(np.ptp(values)), 1e-3) for values in (x, y)]
    low = (float(x.min()) - pads[0], float(y.min()) - pads[1])
    return low, (float(x.max()) + pads[0], float(y.max()) + pads[1])


def _short(name: str) -> str:
    return name if len(name) <= 15 else f"{name[:14]}…"
