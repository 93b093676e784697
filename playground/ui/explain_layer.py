"""What a layer gives for a row, and the weights it has learned."""

import numpy as np
import streamlit as st

from playground.charts.grid import GROUNDS, grid_chart, signed
from playground.charts.heat import tiles
from playground.locale.text import _
from playground.ui import (
    explain_ask,
    explain_choice,
    explain_sample,
    lab_fields,
    live_part,
    predict_ask,
    shell,
)
from playground.ui.explain_choice import Chosen
from playground.ui.live_part import Table
from playground.ui.pictures_inline import inline

SHOWN, FIRST, CHANNEL = "of", "from", "input"
_MAP_PX, _FILTER_PX = 72, 64
_MAPS = 32
_ACROSS, _WIDE_PX = 16, 620
_ROW_PX = 24
_MOST_ROWS = 40


def panel(chosen: Chosen) -> None:
    """Draw the choice of a layer, and what it gives for a row or has learned."""
    if not chosen.layers:
        st.caption(_("This network has no layer that can be looked at."))
        return
    names = [each["name"] for each in chosen.layers]
    left, right = st.columns([2, 3], gap="large")
    with right:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            layer = explain_choice.layer(chosen, names, names[0])
            first = _first(chosen, layer)
        kinds = {"activations": _("What it gives for the row"), "filters": _("What it has learned")}
        shown = lab_fields.part(_("What is shown"), kinds, SHOWN)
    with left:
        sample = explain_sample.choose(chosen)
    with right:
        if shown == "activations":
            _activations(chosen, layer, sample.at, first)
        else:
            _filters(chosen, layer, first)


def _first(chosen: Chosen, layer: str) -> int:
    """Draw the choice of the first map or unit, where there are more than fit; returns it, from 0."""
    shape = next(each["shape"] for each in chosen.layers if each["name"] == layer)
    n = shape[-1] or 0 if shape else 0
    if n <= _MAPS or (len(shape) == 1 and not n):
        return 0
    pages = -(-n // _MAPS)
    page = explain_choice.number(_("Units, page"), pages, FIRST, f"{chosen.view.run.id}-{layer}")
    return (page - 1) * _MAPS


def _activations(chosen: Chosen, layer: str, at: int, first: int) -> None:
    answer = explain_ask.ask(
        chosen.view, chosen.which, chosen.step, "explain_layer", part=chosen.part, at=at, layer=layer, first=first
    )
    if not answer.is_there:
        predict_ask.missing(answer)
        return
    values, output = answer.values, answer.arrays["output"]
    said = _("{layer} gives {low} to {high}; {zero} % of it is 0.").format(
        layer=layer,
        low=live_part.number(values["low"]),
        high=live_part.number(values["high"]),
        zero=f"{100 * values['zero']:.0f}",
    )
    if output.ndim == 3:
        _tiles(output, int(values["first"]), _MAP_PX, said)
    elif output.ndim == 2:
        _grid(output.T, said, rows=_numbered(output.shape[1], int(values["first"])))
    else:
        _units(output, said)
    if output.ndim < 3 and output.size < np.prod(values["shape"], dtype=np.int64):
        st.caption(_("A part of it: all of it are {n} numbers.").format(n=f"{int(np.prod(values['shape'])):,}"))
    _below(chosen, said, f"explain-layer-{layer}-{at}", output, first)


def _filters(chosen: Chosen, layer: str, first: int) -> None:
    view = chosen.view
    channel = 0
    shape = explain_ask.ask(view, chosen.which, chosen.step, "explain_filters", layer=layer, first=0, channel=0)
    if shape.is_there and len(shape.values["shape"]) == 4 and shape.values["shape"][2] > 1:
        n = int(shape.values["shape"][2])
        channel = explain_choice.number(_("Input map"), n, CHANNEL, f"{view.run.id}-{layer}") - 1
    answer = explain_ask.ask(
        view, chosen.which, chosen.step, "explain_filters", layer=layer, first=first, channel=channel
    )
    if not answer.is_there:
        predict_ask.missing(answer)
        return
    if "kernel" not in answer.arrays:
        st.caption(_("{layer} has no kernel that could be drawn.").format(layer=shell.plain(layer)))
        return
    kernel, start = answer.arrays["kernel"], int(answer.values["first"])
    largest = live_part.number(float(np.abs(kernel).max(initial=0)))
    said = _("Weights of {layer}: blue is above zero, orange below; the largest is {n}.").format(layer=layer, n=largest)
    image = answer.values["image"]
    if kernel.ndim == 3:
        _tiles(kernel, start, _FILTER_PX, said)
    elif image is not None:
        pictures = kernel.reshape(*image, -1)
        pictures = pictures.mean(axis=2) if pictures.ndim == 4 else pictures
        _tiles(pictures, start, _FILTER_PX, said)
        said += " " + _("Each unit reads the whole image: its weights, drawn as one.")
    else:
        _grid(kernel[:_MOST_ROWS], said, columns=_numbered(kernel.shape[1], start))
        if len(kernel) > _MOST_ROWS:
            st.caption(_("The first {n} of {of} inputs.").format(n=_MOST_ROWS, of=f"{len(kernel):,}"))
    _below(chosen, said, f"explain-filters-{layer}", kernel, start)


def _numbered(n: int, first: int) -> list[str]:
    return [str(first + at + 1) for at in range(n)]


def _tiles(maps: np.ndarray, first: int, px: int, said: str) -> None:
    pictures = tiles(maps, GROUNDS[shell.theme()], 2 * px)
    names = _numbered(maps.shape[-1], first)
    shown = [inline(each) for each in pictures]
    with st.container(key="explain-tiles"):
        st.image(shown, caption=names, width=px, alt=[_("Number {n}. {words}").format(n=n, words=said) for n in names])


def _units(values: np.ndarray, said: str) -> None:
    """One number a unit, sixteen a row."""
    rows = -(-len(values) // _ACROSS)
    cells = np.full(rows * _ACROSS, np.nan)
    cells[: len(values)] = values
    if len(values) <= _ACROSS:
        cells, across = values, len(values)
    else:
        across = _ACROSS
    grid = np.nan_to_num(np.asarray(cells, np.float64).reshape(rows, across))
    starts = [str(1 + row * across) for row in range(rows)]
    _grid(grid, said, rows=starts)


def _grid(values: np.ndarray, said: str, rows: list[str] | None = None, columns: list[str] | None = None) -> None:
    colours = signed(values, GROUNDS[shell.theme()])
    option = grid_chart(values, colours, px=_WIDE_PX, rows=rows or (), columns=columns or ())
    st.echarts_chart(option, height=60 + _ROW_PX * len(values), key="explain-grid", alt=said)


def _below(chosen: Chosen, said: str, name: str, values: np.ndarray, first: int) -> None:
    live_part.below(chosen.view, name, said, lambda: _table(values, first))


def _table(values: np.ndarray, first: int) -> Table:
    """The place on each axis, the number of the unit, the value."""
    *places, unit = (each.ravel() + 1 for each in np.indices(values.shape))
    table: Table = {f"place_{axis + 1}": place.tolist() for axis, place in enumerate(places)}
    return {**table, "unit": (unit + first).tolist(), "value": values.ravel().tolist()}
