"""How much of the curves is shown, and how quiet they are made: what is chosen under them."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from playground.charts.smoothing import smoothed
from playground.locale.text import _

_MOST = 0.98


class Shown(NamedTuple):
    """What is chosen.

    Attributes:
        smoothing: the share of the average before that stays at every point, 0 for none.
        first, last: the epochs between which curves are drawn; ``None`` for all.
        is_metric_log: whether the metric has a logarithmic axis.
    """

    smoothing: float = 0.0
    first: int | None = None
    last: int | None = None
    is_metric_log: bool = False

    @property
    def is_zoomed(self) -> bool:
        """Whether a part of the epochs is shown."""
        return self.first is not None

    def has(self, epoch: float) -> bool:
        """Whether that epoch is shown."""
        return self.first is None or self.last is None or self.first <= epoch <= self.last

    def part(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The shown part of a curve, made quiet; x in epochs, both float64 of shape (n,)."""
        if self.smoothing:
            y = smoothed(y, self.smoothing)
        if self.first is None or self.last is None:
            return x, y
        inside = (x >= self.first) & (x <= self.last)
        return x[inside], y[inside]


def control(run_id: str, epochs: int, *, has_metric: bool) -> Shown:
    """Draw the choice behind a button; returns what is chosen.

    Args:
        run_id: the run whose curves these are.
        epochs: where their axis ends.
        has_metric: whether there is a curve beside that of the loss.
    """
    with st.popover(_("Smooth, zoom"), icon=":material/zoom_in:", type="tertiary", key=f"shown-{run_id}"):
        smoothing = st.slider(
            _("Smoothing"),
            0.0,
            _MOST,
            0.0,
            0.02,
            key=f"smoothing-{run_id}",
            help=_("The share of the moving average that stays at every point. At 0.9 it looks back over ten points."),
        )
        first, last = 0, epochs
        if epochs > 1:
            first, last = st.slider(
                _("Epochs"),
                0,
                epochs,
                (0, epochs),
                key=f"zoom-{run_id}-{epochs}",
                help=_("Of a shorter stretch more single points are drawn."),
            )
        is_log = has_metric and st.toggle(_("Metric on a logarithmic axis"), key=f"metric-log-{run_id}")
    is_all = last <= first or (first, last) == (0, epochs)
    return Shown(float(smoothing), None if is_all else first, None if is_all else last, bool(is_log))
