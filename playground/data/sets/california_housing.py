"""California housing from the archive that scikit-learn takes: one text file of numbers, no pickles."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings, setting

FILE = Published(
    "California housing",
    "https://ndownloader.figshare.com/files/5976036",
    "aaa5c9a6afe2225cc2aed2723682ae403280c4a3695a2ddda4ffb5d8215ea681",
    1_000_000,
    "cal_housing.tgz",
)
_MEMBER = "CaliforniaHousing/cal_housing.data"
_MAX_BYTES = 20_000_000
_COLUMNS = 9
_UNIT = 100_000.0
_REMEDY = "Replace it, or remove it to have the published one downloaded."


def stamp(settings: Settings) -> str | None:
    """Size and time of the file, or ``None`` while there is none that can be reached."""
    return published.stamp([FILE.path(settings)])


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """One row a block of houses: x float64 (n, 8) as ``fetch_california_housing`` has it, y float64 (n,) in 100,000 $.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file is damaged, holds something else or cannot be written.
    """
    (path,) = fetched([FILE], settings, progress)
    from playground.loaders.archive import members
    from playground.loaders.pickled import LoadError

    try:
        with path.open("rb") as file:
            texts = [content for _, content in members(file, [_MEMBER], _MAX_BYTES)]
        if not texts:
            raise LoadError(f"expected {_MEMBER} in it")
        lines = texts[0].decode("ascii").splitlines()
        if not 0 < len(lines) <= settings.max_samples:
            raise LoadError(
                f"{len(lines):,} rows, expected at most {settings.max_samples:,} ({setting('max_samples')})"
            )
        found = np.loadtxt(lines, delimiter=",", ndmin=2)
        if found.shape[1] != _COLUMNS or not np.isfinite(found).all() or not found[:, 6].all():
            raise LoadError(f"expected {_COLUMNS} numbers in every row")
    except (LoadError, OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    longitude, latitude, age, rooms, bedrooms, population, households, income, value = found.T
    x = np.column_stack(
        [
            income,
            age,
            rooms / households,
            bedrooms / households,
            population,
            population / households,
            latitude,
            longitude,
        ]
    )
    return Loaded(x, value / _UNIT)


CALIFORNIA_HOUSING = Source(
    load,
    "regression",
    (8,),
    None,
    (),
    ("MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude"),
    unit="100,000 $",
    licence="no licence is stated; from the US census of 1990",
    origin="R. K. Pace and R. Barry, Sparse Spatial Autoregressions, 1997",
    stamp=stamp,
)
