"""A tensor as a grid of cells, what it is, and its numbers as a file."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import streamlit as st

from playground.charts.cells import Shades, cells_chart, room_for, written
from playground.locale.text import _, ngettext
from playground.ui import shell
from playground.ui.data_look_csv import table_csv

_TOLD = 12


def panel(
    name: str,
    values: np.ndarray,
    told: Mapping[str, Any],
    width: int,
    ends: tuple[float, float],
    marked: Collection[int] = (),
) -> None:
    """Draw one tensor.

    Args:
        name: what the code calls it.
        values: its numbers.
        told: what the workbench says of it: ``dtype`` and ``bytes``.
        width: pixels there are.
        ends: the numbers of the first and the last colour, the same for all tensors of a picture.
        marked: cells with a border, counted row by row.
    """
    st.markdown(f"#### {shell.plain(name)}")
    st.caption(facts(values.shape, told))
    if not values.size:
        st.caption(_("It has no cells: one of its axes has no place."))
        return
    wide = min(width, 330) if shell.is_phone() else width
    room = room_for(values.shape, wide)
    st.echarts_chart(
        cells_chart(values, room, shades(), ends, marked),
        width=room.width,
        height=room.height,
        key=f"tensor-{name}",
        alt=_alt(name, values, marked),
    )


def facts(shape: tuple[int, ...], told: Mapping[str, Any]) -> str:
    """Rank, shape, type and size of a tensor, in one line."""
    n = int(np.prod(shape, dtype=np.int64))
    return " · ".join(
        (
            _("rank {n}").format(n=len(shape)),
            _("shape {shape}").format(shape=f"**{shape}**"),
            str(told["dtype"]),
            ngettext("{n} number", "{n} numbers", n).format(n=n),
            _("{n} bytes").format(n=told["bytes"]),
        )
    )


def ends_of(*tensors: np.ndarray) -> tuple[float, float]:
    """The lowest and the highest finite number of several tensors."""
    every = np.concatenate([np.asarray(each, np.float64).reshape(-1) for each in tensors])
    every = every[np.isfinite(every)]
    return (float(every.min()), float(every.max())) if every.size else (0.0, 0.0)


def shades() -> Shades:
    """The colours of the theme that the browser shows."""
    theme = shell.theme()
    return Shades(
        st.get_option(f"theme.{theme}.chartSequentialColors"), st.get_option(f"theme.{theme}.backgroundColor")
    )


def download(tensors: Mapping[str, np.ndarray]) -> None:
    """Draw the button that gives the cells of ``tensors`` as a file."""
    st.download_button(
        _("Numbers (CSV)"),
        lambda: csv_of(tensors),
        "tensors.csv",
        "text/csv",
        key="tensors-csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def csv_of(tensors: Mapping[str, np.ndarray]) -> str:
    """A row a cell: the tensor, the cell's place, its number."""
    rows = [
        (name, " ".join(map(str, place)), value.item())
        for name, values in tensors.items()
        for place, value in np.ndenumerate(values)
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return table_csv(dict(zip(("tensor", "place", "number"), map(list, columns), strict=True)))


def _alt(name: str, values: np.ndarray, marked: Collection[int]) -> str:
    flat = values.reshape(-1).tolist()
    said = ", ".join(written(each) for each in flat[:_TOLD]) + (" …" if len(flat) > _TOLD else "")
    words = _("{name}, shape {shape}: {numbers}").format(name=name, shape=values.shape, numbers=said)
    if marked:
        cells = ", ".join(written(flat[at]) for at in sorted(marked))
        words += "; " + _("marked: {numbers}").format(numbers=cells)
    return words
