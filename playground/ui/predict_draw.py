"""Drawing for a network: a sheet for mouse, finger, pen and keyboard, and what the network makes of it at once."""

import functools
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent

from playground.locale.text import _
from playground.specs.facts import Facts
from playground.ui import draft, predict_answer, predict_ask, shell
from playground.ui.predict_runs import Chosen

_KEY = "predict-pad"
_DRAWN = "predict.drawn"
_PENS = (20, 220)
_USUAL_EXTENT = 0.7  # of the sheet, that people fill
_SIDE = 1000
_PX, _PHONE_PX = 360, 270
_STROKES, _POINTS = 2_000, 50_000
_EMPTY: dict[str, Any] = {"strokes": [], "pen": 0, "n": 0, "turn": 0}


@functools.cache
def _pad() -> CustomComponent:
    # A frame of its own: Streamlit 1.67 keeps the state of a component of version 2 as an instance of a class inside a
    # function, which enforceSerializableSessionState refuses.
    return declare_component("pad", path=shell.STATIC / "pad")


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the sheet, and beside it what the network answers to what is drawn."""
    left, right = st.columns((1, 1.25), gap="large")
    now = draft.get(_DRAWN, _EMPTY)
    pen = now["pen"] or _usual_pen(inputs)
    with left:
        _pad()(
            key=_KEY,
            strokes=now["strokes"],
            pen=pen,
            pens=_PENS,
            n=now["n"],
            turn=f"{chosen.spec.dataset.source} {now['turn']}",
            limit=_STROKES,
            width=_PHONE_PX if shell.is_phone() else _PX,
            line=st.get_option(f"theme.{shell.theme()}.borderColor"),
            words={
                "canvas": _(
                    "Sheet to draw on. Arrow keys move, Space paints, Shift with an arrow paints a line, Backspace "
                    "takes back, Delete clears."
                ),
                "hint": _("Draw here with mouse, finger or pen; or press Tab, then arrows and Space"),
                "pen": _("Pen"),
                "undo": _("Undo"),
                "clear": _("Clear"),
                "cell": _("Row, column"),
                "painted": _("Painted row, column"),
            },
            on_change=_sent,
        )
    with right:
        if not now["strokes"]:
            predict_answer.nothing_yet(_("Draw something: the answer appears here and moves with every stroke."))
            return
        asked = {
            "strokes": now["strokes"],
            "pen": pen,
            "frame": inputs["frame"],
            "range": inputs["range"],
        }
        answer = predict_ask.ask(chosen, "predict_drawing", asked)
        predict_answer.draw(answer, facts, inputs, "drawing")


def _usual_pen(inputs: dict[str, Any]) -> int:
    """A pen that makes strokes as wide as the training images have them, on a drawing that fills most of the sheet."""
    return round(min(max(inputs["frame"]["pen"] * _USUAL_EXTENT * _SIDE, _PENS[0]), _PENS[1]))


def _sent() -> None:
    """Keep what is drawn; a callback. What comes from a browser may be anything."""
    sent = draft.widget(_KEY)
    if not isinstance(sent, dict):
        return
    strokes, pen, n = sent.get("strokes"), sent.get("pen"), sent.get("n")
    if not isinstance(strokes, list) or not isinstance(pen, int | float) or not isinstance(n, int):
        return
    is_flat = all(isinstance(each, list) and all(isinstance(at, int | float) for at in each) for each in strokes)
    if not is_flat or len(strokes) > _STROKES or sum(map(len, strokes)) > 2 * _POINTS:
        return
    now = draft.get(_DRAWN, _EMPTY)
    kept = round(min(max(pen, _PENS[0]), _PENS[1]))
    draft.put(_DRAWN, {"strokes": strokes, "pen": kept, "n": n, "turn": now["turn"]})
