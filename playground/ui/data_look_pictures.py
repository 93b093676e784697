"""How each picture of a dataset is drawn on the page."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playground.data.statistics import Picture
from playground.locale.text import _
from playground.ui import data_look_images, data_look_series, data_look_tables


class Drawn(NamedTuple):
    """One kind of picture on the page: what it is called, how high it is about, and what draws it."""

    label: Callable[[], str]
    height: int
    panel: Callable[[Picture], None]


DRAWN: Mapping[str, Drawn] = {
    "summary": Drawn(lambda: _("Statistics"), 320, data_look_tables.summary),
    "histograms": Drawn(lambda: _("Histograms"), 400, data_look_tables.histograms),
    "pairs": Drawn(lambda: _("Pairs"), 640, data_look_tables.pairs),
    "correlation": Drawn(lambda: _("Correlation"), 480, data_look_tables.correlation),
    "class_means": Drawn(lambda: _("Class means"), 400, data_look_images.class_means),
    "pixels": Drawn(lambda: _("Pixel values"), 260, data_look_images.pixels),
    "words": Drawn(lambda: _("Words"), 480, data_look_series.words),
    "seasons": Drawn(lambda: _("Seasons"), 560, data_look_series.seasons),
    "map": Drawn(lambda: _("Map"), 480, data_look_images.plane),
}
"""By the names of the pictures that can be taken."""
