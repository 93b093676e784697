"""A line fitted with each loss to points of which one lies far off, and can be dragged."""

import functools
import math

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent

from playground.locale.text import _
from playground.ui import draft, lab_answers, lab_csv, lab_fields, shell
from playground.ui.lab_answers import Answer
from playground.ui.losses_choice import Looked

HEIGHT, PLACE = "outlier", "outlier_at"
_KEY = "outlier-plane"
_SLOPE, _HEIGHT_0 = 0.5, 1.0
_OFF = (0.1, -0.2, 0.15, 0.0, -0.1, 0.2, -0.15, 0.05, 0.1, -0.1)
_PLACES, _AT = (0.0, 9.0), 8.5
_HEIGHTS, _FIRST = (0.5, 20.0), 14.0
_MARGIN = 0.5
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "14 4")
_GREY, _ORANGE = "#8A93A0", "#E07B00"


@functools.cache
def _plane() -> CustomComponent:
    # A frame of its own, as for points set by hand: one of version 2 cannot send anything here.
    return declare_component("outlier", path=shell.STATIC / "outlier")


def panel(looked: Looked) -> list[Answer]:
    """Draw ten points on a line, one that lies off it, and the best line of each loss."""
    st.markdown(f"### {_('A line, and one point that lies far off')}")
    columns = st.columns([1, 3], gap="medium")
    with columns[0]:
        st.caption(_("Drag the orange point, or move it with the arrow keys or these sliders."))
        height = float(lab_fields.slider(_("Height of the orange point"), *_HEIGHTS, _FIRST, HEIGHT, step=0.1))
        place = float(lab_fields.slider(_("Place of the orange point"), *_PLACES, _AT, PLACE, step=0.1))
        true = _("Without that point the line is y = {slope} x + {height}.").format(slope=_SLOPE, height=_HEIGHT_0)
        st.caption(true)
    x = (*(float(each) for each in range(len(_OFF))), place)
    y = (*(_HEIGHT_0 + _SLOPE * at + off for at, off in zip(x, _OFF, strict=False)), height)
    asked = [{"kind": each.entry.id, "args": each.args} for each in looked.losses]
    found = lab_answers.ask_all("fitted_line", asked, x=x, y=y)
    there = [(each.label, answer.values) for each, answer in zip(looked.losses, found, strict=True) if answer.is_there]
    if there:
        lines = [(label, values["slope"], values["intercept"]) for label, values in there]
        with columns[1]:
            _draw(x, y, lines)
            rows = [("point", *pair) for pair in zip(x, y, strict=True)]
            lab_csv.offer("fitted-lines", ("what", "x or slope", "y or intercept"), [*rows, *lines])
        with columns[0]:
            for label, slope, start in lines:
                said = f"{slope:.2f} x {'+' if start >= 0 else '−'} {abs(start):.2f}"
                st.caption(f"**{shell.plain(label)}**: y = {said}")
    return found


def _draw(x: tuple[float, ...], y: tuple[float, ...], lines: list[tuple[str, float, float]]) -> None:
    theme = shell.theme()
    colours = list(st.get_option(f"theme.{theme}.chartCategoricalColors"))
    _plane()(
        key=_KEY,
        points=[list(pair) for pair in zip(x[:-1], y[:-1], strict=True)],
        at=[x[-1], y[-1]],
        reach=[[_PLACES[0] - _MARGIN, _PLACES[1] + _MARGIN], [0.0, _HEIGHTS[1] + _MARGIN]],
        bounds=[list(_PLACES), list(_HEIGHTS)],
        ticks=[list(range(0, 10, 2)), list(range(0, 21, 5))],
        lines=[
            {
                "name": label,
                "slope": slope,
                "start": start,
                "colour": colours[at % len(colours)],
                "dash": _DASHES[at % len(_DASHES)],
            }
            for at, (label, slope, start) in enumerate(lines)
        ],
        grey=_GREY,
        orange=_ORANGE,
        line=st.get_option(f"theme.{theme}.borderColor"),
        words={
            "plane": "; ".join(f"{label}: {slope:.3g} x + {start:.3g}" for label, slope, start in lines),
            "moved": _("The point to drag, at {x}, {y}; arrow keys move it"),
        },
        on_change=_moved,
    )


def _moved() -> None:
    """Take over where the point was dragged to; a callback."""
    sent = draft.widget(_KEY)
    if not isinstance(sent, list) or len(sent) != len((PLACE, HEIGHT)):
        return
    for key, value, (low, high) in zip((PLACE, HEIGHT), sent, (_PLACES, _HEIGHTS), strict=True):
        if isinstance(value, int | float) and math.isfinite(value):
            draft.set_widget(key, round(min(max(float(value), low), high), 1))
