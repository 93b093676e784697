"""The lab of convolution: a kernel over a picture, number by number, and what pooling makes of the result."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import streamlit as st

from playground.charts.grid import GROUNDS, Cell, bright, grid_chart, signed
from playground.locale.text import _
from playground.ui import (
    convolution_choice,
    convolution_kernel,
    convolution_place,
    convolution_sizes,
    convolution_sum,
    convolution_take,
    convolution_try,
    draft,
    lab_answers,
    lab_csv,
    lab_experiments,
    shell,
)
from playground.ui.convolution_choice import Choice
from playground.ui.lab_answers import Answer

_HEIGHT, _NARROW_HEIGHT = 320, 240
_SHARES = (1.0, 1.05, 1.0, 0.75)
_OUTPUT = "convolution-output"


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    row = shell.heading(_("Convolution"), _("A small kernel slides over a picture: what is multiplied, what comes out"))
    lab_experiments.panel("convolution", convolution_try.look_for(), convolution_try.experiments())
    choice = convolution_choice.choose()
    with row:
        convolution_take.button(choice)
    if why := convolution_choice.refusal(choice):
        st.info(why, icon=":material/info:")
        return
    is_playing = convolution_place.is_playing()
    first = lab_answers.ask("convolution", _asked(choice))
    if first.is_starting:
        lab_answers.missing(first)
        return
    st.fragment(_live, run_every=convolution_place.TICK_S if is_playing else None)(choice, is_playing)


def _asked(choice: Choice) -> dict[str, Any]:
    values = convolution_kernel.current(choice.kernel, choice.picture.channels)
    return {
        "picture": choice.picture.id,
        "kernel": values.tolist(),
        "stride": choice.going.stride,
        "padding": choice.going.padding,
        "dilation": choice.going.dilation,
        "pooling": choice.pooling,
        "pool": choice.pool,
    }


def _live(choice: Choice, was_playing: bool) -> None:
    """What changes with the kernel and its place."""
    asked = _asked(choice)
    found = lab_answers.ask("convolution", asked)
    if not found.is_there:
        st.caption(f":material/info: {shell.plain(found.error)}")
        convolution_kernel.grid(choice.kernel, choice.picture.channels)
        return
    height, width = found.arrays["output"].shape
    if was_playing:
        convolution_place.play_on((height, width))
    if convolution_place.is_playing() != was_playing:
        st.rerun()  # the ticking begins or ends
    place = convolution_place.at((height, width))
    seen = lab_answers.ask("convolution_window", {**asked, "at": place})
    convolution_place.transport((height, width))
    columns = st.columns(_SHARES if choice.pooling else _SHARES[:3], gap="medium")
    with columns[0]:
        st.markdown(f"#### {_('Picture')}")
        _input(choice, found, place)
    with columns[1]:
        st.markdown(f"#### {_('Kernel')}")
        convolution_kernel.grid(choice.kernel, choice.picture.channels)
        st.caption(_(choice.kernel.summary))
    with columns[2]:
        st.markdown(f"#### {_('Result')}")
        _result(choice, found.arrays["output"], place)
    if choice.pooling:
        with columns[3]:
            st.markdown(f"#### {_('After pooling')}")
            _pooled(choice, found, place)
    with st.container() if choice.pooling or choice.picture.channels > 1 else columns[1]:
        if seen.is_there:
            output = float(found.arrays["output"][place])
            convolution_sum.panel(seen, np.asarray(asked["kernel"]), output, place)
    kernel_size = (len(choice.kernel.cells), len(choice.kernel.cells[0]))
    convolution_sizes.panel(found, kernel_size, choice.going, choice.pool if choice.pooling else 0)
    _numbers(found, seen)


def _result(choice: Choice, output: np.ndarray, place: tuple[int, int]) -> None:
    low, high = _minus(output.min()), _minus(output.max())
    words = _("Result, {rows} × {columns}: {low} to {high}")
    _chart(
        output,
        signed(output, GROUNDS[shell.theme()]),
        {place},
        _block(place, choice.pool) if choice.pooling else (),
        key=_OUTPUT,
        alt=words.format(rows=output.shape[0], columns=output.shape[1], low=low, high=high),
        px=_px(choice),
        on_click=lambda: convolution_place.clicked(_OUTPUT, (output.shape[0], output.shape[1])),
    )
    st.caption(_("{low} to {high}: blue above zero, orange below. Click a cell.").format(low=low, high=high))


def _pooled(choice: Choice, found: Answer, place: tuple[int, int]) -> None:
    pooled = found.arrays["pooled"]
    here = place[0] // choice.pool, place[1] // choice.pool
    colours = signed(pooled, GROUNDS[shell.theme()], float(np.abs(found.arrays["output"]).max()))
    alt = _("After pooling, {rows} × {columns}").format(rows=pooled.shape[0], columns=pooled.shape[1])
    _chart(pooled, colours, {here}, key="convolution-pooled", alt=alt, px=round(_px(choice) * _SHARES[3]))


def _input(choice: Choice, found: Answer, place: tuple[int, int]) -> None:
    """The picture with its padding, and a frame around the pixels under the kernel."""
    picture, out, before = found.arrays["picture"], found.arrays["output"].shape, found.values["before"]
    going, sides = choice.going, (len(choice.kernel.cells), len(choice.kernel.cells[0]))
    reach = [
        (each - 1) * going.stride + going.dilation * (side - 1) + 1 for each, side in zip(out, sides, strict=False)
    ]
    around = [
        (start, max(0, end - size - start)) if going.padding == "same" else (0, 0)
        for start, end, size in zip(before, reach, picture.shape, strict=False)
    ]
    padded = np.pad(picture, (*around, (0, 0)))
    ground = np.array(GROUNDS[shell.theme()])
    colours = np.broadcast_to((ground + 128) // 2, (*padded.shape[:2], 3)).copy()
    inner = tuple(slice(start, start + size) for (start, _end), size in zip(around, picture.shape, strict=False))
    colours[inner] = bright(picture)
    framed = {
        (place[0] * going.stride + row * going.dilation, place[1] * going.stride + column * going.dilation)
        for row in range(sides[0])
        for column in range(sides[1])
    }
    values = padded[:, :, 0] if picture.shape[2] == 1 else padded
    first = -around[0][0], -around[1][0]
    alt = _("Picture: {name}").format(name=_(choice.picture.label))
    _chart(values, colours, framed, key="convolution-input", alt=alt, px=_px(choice), first=first)
    if choice.picture.source:
        st.caption(_(choice.picture.source))


def _chart(
    values: np.ndarray,
    colours: np.ndarray,
    framed: Collection[Cell],
    faint: Collection[Cell] = (),
    *,
    key: str,
    alt: str,
    px: int,
    first: Cell = (0, 0),
    on_click: Callable[[], None] | None = None,
) -> None:
    option = grid_chart(values, colours, framed, faint, px=px, first=first, is_clickable=on_click is not None)
    st.echarts_chart(option, height=min(_HEIGHT, px), key=key, alt=alt, on_select=on_click or "ignore")


def _px(choice: Choice) -> int:
    """About how wide a picture is."""
    return _NARROW_HEIGHT if choice.pooling and not shell.is_phone() else _HEIGHT


def _block(place: tuple[int, int], pool: int) -> set[tuple[int, int]]:
    """The numbers that pooling takes together with the one at ``place``."""
    top, left = place[0] // pool * pool, place[1] // pool * pool
    return {(top + row, left + column) for row in range(pool) for column in range(pool)}


def _numbers(found: Answer, seen: Answer) -> None:
    parts = {name: found.arrays[name] for name in ("output", "pooled") if name in found.arrays}
    rows = [(*row[:3], "", row[3]) for name, values in parts.items() for row in lab_csv.cells(name, values)]
    rows += lab_csv.cells("picture", found.arrays["picture"])
    for name in ("values", "products"):
        rows += lab_csv.cells(name, seen.arrays[name]) if seen.is_there else []
    lab_csv.offer("convolution", ("part", "row", "column", "channel", "value"), rows)


def _minus(value: float) -> str:
    return f"{float(value):.3g}".replace("-", "−")
