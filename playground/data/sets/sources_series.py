"""Every series that needs no file, in the catalogue's order."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.sets import generated_series
from playground.data.source import Source

STOCKS = 105
"""Weeks in Plotly's table of stock prices."""


def _stock(options: Mapping[str, Any], seed: int) -> np.ndarray:
    from plotly import data  # a tenth of a second

    return np.asarray(data.stocks()[options["company"]], np.float64)


SERIES: dict[str, Source] = {
    "seasonal": Source(
        generated_series.cut(generated_series.drawn(generated_series.seasonal)),
        "regression",
        (24,),
        is_series=True,
        chosen=generated_series.windowed(),
        target="value",
    ),
    "stocks": Source(
        generated_series.cut(_stock),
        "regression",
        (8,),
        licence="MIT, as part of Plotly",
        origin="prices of six companies in 2018 and 2019, by week, the first one being 1; as Plotly provides it",
        is_series=True,
        chosen=generated_series.windowed(STOCKS),
        target="price",
    ),
}
