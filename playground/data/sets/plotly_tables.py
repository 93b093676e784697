"""The tables that come with Plotly and make a problem to learn; nothing is downloaded.

Left out: ``iris``, which scikit-learn brings too; ``medals``, nine numbers; ``carshare`` and ``experiment``, in which a
random forest finds nothing (R2 0.02, and accuracy 0.35 on two classes of one size).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playground.data.sets.named_table import NamedTable, Read, category, number
from playground.data.source import Progress
from playground.data.table import Column
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_COMPASS = ("E", "ENE", "ESE", "N", "NE", "NNE", "NNW", "NW", "S", "SE", "SSE", "SSW", "SW", "W", "WNW", "WSW")


def _read(name: str) -> Read:
    def read(settings: Settings, progress: Progress) -> "pd.DataFrame":
        from plotly import data  # a tenth of a second

        frame: pd.DataFrame = getattr(data, name)()
        return frame

    return read


def _table(
    name: str,
    target: str,
    columns: Sequence[Column],
    n_rows: int,
    classes: tuple[str, ...] = (),
    groups: tuple[str, int] | None = None,
) -> NamedTable:
    return NamedTable(f"plotly.data.{name}()", _read(name), target, tuple(columns), n_rows, classes, groups)


PLOTLY: dict[str, NamedTable] = {
    "tips": _table(
        "tips",
        "tip",
        (
            *number("total_bill"),
            category("sex", ("Female", "Male")),
            category("smoker", ("No", "Yes")),
            category("day", ("Thur", "Fri", "Sat", "Sun")),
            category("time", ("Lunch", "Dinner")),
            *number("size"),
        ),
        244,
    ),
    "gapminder": _table(
        "gapminder",
        "lifeExp",
        (
            category("continent", ("Africa", "Americas", "Asia", "Europe", "Oceania")),
            *number("year", "pop", "gdpPercap"),
        ),
        1704,
        groups=("country", 142),
    ),
    "wind": _table(
        "wind",
        "frequency",
        (
            category("direction", _COMPASS),
            category("strength", ("0-1", "1-2", "2-3", "3-4", "4-4", "4-5", "5-6", "6+")),
        ),
        128,
    ),
    "election": _table(
        "election",
        "winner",
        number("Coderre", "Bergeron", "Joly", "total"),
        58,
        ("Bergeron", "Coderre", "Joly"),
    ),
}
"""By the source's name in the catalogue."""
