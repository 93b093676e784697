"""Series that somebody publishes as a CSV file with a column of values in the order of time, or the other way round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.sets.generated_series import windowed
from playground.data.sets.own_series import windows
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings

_BROWNLEE = "https://raw.githubusercontent.com/jbrownlee/Datasets/master"
_REMEDY = "Replace it by the published file, or remove it to have that one downloaded."


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """One series.

    Attributes:
        file: where it is published.
        column: the column with the values.
        n: how many values there are.
        is_newest_first: whether the file begins with the last value.
    """

    file: Published
    column: str
    n: int
    is_newest_first: bool = False

    def stamp(self, settings: Settings) -> str | None:
        """Size and time of the file, or ``None`` while there is none that can be reached."""
        return published.stamp([self.file.path(settings)])

    def values(self, settings: Settings, progress: Progress) -> np.ndarray:
        """The values in the order of time, float64 (n,).

        Raises:
            OfflineError: there is no file and it cannot be downloaded.
            DataError: the file is damaged, holds something else or cannot be written.
        """
        import pandas as pd

        (path,) = fetched([self.file], settings, progress)
        try:
            if path.stat().st_size > self.file.max_bytes:
                raise ValueError(f"it is larger than {self.file.max_bytes:,} bytes")
            frame = pd.read_csv(path)
            if self.column not in frame.columns:
                raise ValueError(f"expected a column {self.column!r}, received {', '.join(map(str, frame.columns))}")
            values = frame[self.column].to_numpy(np.float64)
            if len(values) != self.n or not np.isfinite(values).all():
                raise ValueError(f"expected {self.n:,} numbers in {self.column!r}, received {len(values):,} values")
        except (OSError, ValueError) as error:  # pandas's own errors and those of an encoding are values
            raise DataError(f"{path} cannot be read ({str(error)[:200]}). {_REMEDY}") from error
        return values[::-1] if self.is_newest_first else values

    def load(self, options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        """Windows in the order of time: x float64 (m, window), y float64 (m,). Raises as :meth:`values`."""
        series = self.values(settings, progress)
        x, y, last = windows(series, options["window"], options["horizon"], difference=options["difference"])
        return Loaded(x, y, last=last)


SERIES_FILES: dict[str, PublishedSeries] = {
    "sunspots": PublishedSeries(
        Published("Monthly sunspots", f"{_BROWNLEE}/monthly-sunspots.csv", None, 1_000_000, "monthly-sunspots.csv"),
        "Sunspots",
        2_820,
    ),
    "temperatures": PublishedSeries(
        Published(
            "Daily minimum temperatures",
            f"{_BROWNLEE}/daily-min-temperatures.csv",
            None,
            1_000_000,
            "daily-min-temperatures.csv",
        ),
        "Temp",
        3_650,
    ),
    "sp500": PublishedSeries(
        Published(
            "S&P 500",
            "https://raw.githubusercontent.com/FGC77/PublicMLDatasets/"
            "ab86eea90790027a8f4d9dbae36269c7cc8627e4/sp500.csv",
            None,
            1_000_000,
            "sp500.csv",
        ),
        "Close/Last",
        843,
        is_newest_first=True,
    ),
}
"""By the source's name in the catalogue; what is read of a file is checked by its column and its number of rows."""


def _source(name: str, window: int, target: str, unit: str, origin: str) -> Source:
    series = SERIES_FILES[name]
    return Source(
        series.load,
        "regression",
        (window,),
        unit=unit,
        licence="no licence is stated",
        origin=origin,
        stamp=series.stamp,
        target=target,
        is_series=True,
        chosen=windowed(series.n),
    )


_LIBRARY = "Time Series Data Library; J. Brownlee's collection"
PUBLISHED_SERIES: dict[str, Source] = {
    "sunspots": _source(
        "sunspots", 24, "sunspots", "", f"Zurich, 1749 to 1983, D. Andrews and A. Herzberg; {_LIBRARY}"
    ),
    "temperatures": _source(
        "temperatures",
        24,
        "temperature",
        "°C",
        f"Melbourne, 1981 to 1990, Australian Bureau of Meteorology; {_LIBRARY}",
    ),
    "sp500": _source(
        "sp500", 1, "close", "points", "daily closes, October 2014 to February 2018; FGC77/PublicMLDatasets on GitHub"
    ),
}
"""What is known of them."""
