"""The parts of the live view, in the order of their switches."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playground.locale.text import _
from playground.ui import live_answers, live_histograms, live_layers, live_samples
from playground.ui.looks import Look
from playground.ui.reader import View


class Part(NamedTuple):
    """One part.

    Attributes:
        label: what its switch says.
        panel: draws it from the run and its looks, of which there may be none yet.
        is_free: whether it is drawn from what is recorded anyway, so that nothing need look at the network.
    """

    label: Callable[[], str]
    panel: Callable[[View, tuple[Look, ...]], None]
    is_free: bool = False


PARTS: Mapping[str, Part] = {
    "learning_rate": Part(lambda: _("Learning rate"), live_layers.learning_rate, is_free=True),
    "gradients": Part(lambda: _("Gradients"), live_layers.gradients),
    "histograms": Part(lambda: _("Histograms"), live_histograms.panel),
    "units": Part(lambda: _("Dead units"), live_layers.units),
    "samples": Part(lambda: _("Samples"), live_samples.panel),
    "confusion": Part(lambda: _("Confusion"), live_answers.confusion),
    "surface": Part(lambda: _("Surface"), live_answers.surface),
}
"""By the names of the probes, beside those that need none."""
