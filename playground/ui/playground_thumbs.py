"""Small pictures of the datasets of the page Playground, in the colours that its network is drawn in."""

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from playground import catalog
from playground.data import SOURCES
from playground.settings import settings
from playground.ui.pictures_inline import inline

_N = 130
_WIDTH, _HEIGHT, _SCALE = 96, 60, 4
_RADIUS = 1.9
_REACH = 1.15


@st.cache_data(show_spinner=False)
def thumb(source: str, theme: str) -> str:
    """Some points of ``source`` as the address of a PNG that holds itself, for the ``theme`` light or dark."""
    entry = catalog.entry("datasets", source)
    assert entry is not None
    options = {param.name: param.default for param in entry.params}
    if "n_samples" in options:
        options["n_samples"] = _N
    loaded = SOURCES[source].load(options, 1, settings(), lambda fraction, message: None)
    classes = None if entry.tasks == ("regression",) else int(np.max(loaded.y)) + 1
    size = (_WIDTH * _SCALE, _HEIGHT * _SCALE)
    image = Image.new("RGB", size, st.get_option(f"theme.{theme}.secondaryBackgroundColor"))
    pen = ImageDraw.Draw(image)
    half = size[1] / 2
    for (x, y), value in zip(np.asarray(loaded.x), np.asarray(loaded.y), strict=True):
        across, up = size[0] / 2 + x / _REACH * half, half - y / _REACH * half
        r = _RADIUS * _SCALE
        pen.ellipse([across - r, up - r, across + r, up + r], fill=_colour(value, classes, theme))
    return inline(np.asarray(image.resize((2 * _WIDTH, 2 * _HEIGHT), Image.Resampling.LANCZOS)))


def ends(theme: str) -> tuple[str, str]:
    """The colours of -1 and 1, of the classes 1 and 2 where there are two, in the ``theme`` light or dark."""
    scale = st.get_option(f"theme.{theme}.chartDivergingColors")
    return scale[2], scale[-2]


def _colour(value: float, classes: int | None, theme: str) -> str:
    if classes is None:
        return ends(theme)[int(value > 0)]
    if classes == 2:
        return ends(theme)[int(value)]
    series: list[str] = st.get_option(f"theme.{theme}.chartCategoricalColors")
    return series[int(value) % len(series)]
