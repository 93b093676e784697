"""Pictures of a dataset as a job takes them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.statistics import Asked, Picture, keep_picture, kept_picture, taken
from playground.data.statistics.pictures import Draw
from playground.data.statistics.relations import correlated, paired
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import listed
from playground.settings import Settings


def take_picture(asked: Asked, settings: Settings, progress: Callable[[float, str], None]) -> Picture:
    """The picture that is asked for, kept from now on. For jobs: it imports matplotlib.

    Raises:
        DataError: it cannot be taken of this data.
    """
    found = kept_picture(asked, settings)
    if found is None:
        found = taken(asked, settings, progress, DRAWN)
        keep_picture(asked, found, settings)
    return found


def _pairs(found: Sampled, asked: Asked) -> Picture:
    """``values["columns"]`` are those that can be chosen, ``values["shown"]`` those that were."""
    from playground.charts.statistics import pairs_svg

    frame = paired(found, asked)
    svg = pairs_svg(
        frame, np.asarray(found.y, np.int64) if found.classes else [], found.classes, asked.theme or "light"
    )
    table: dict[str, list[Any]] = {str(name): listed(frame[name]) for name in frame.columns}
    if found.classes:
        table |= {found.target: [found.classes[int(label)] for label in found.y]}
    shown = [str(name) for name in frame.columns]
    return Picture(
        shown=len(frame), of=found.of, values={"columns": found.numbers(), "shown": shown}, table=table, svg=svg
    )


def _correlation(found: Sampled, asked: Asked) -> Picture:
    """``values["columns"]`` as above; ``values["strongest"]``: the pair that is correlated most, and how much."""
    from playground.charts.statistics import correlation_svg

    matrix = correlated(found, asked)
    names = [str(name) for name in matrix.columns]
    strengths = np.nan_to_num(np.abs(np.tril(matrix.to_numpy(), -1)))
    first, second = np.unravel_index(int(strengths.argmax()), strengths.shape)
    at = matrix.to_numpy()[first, second]
    strongest = {"of": [names[int(first)], names[int(second)]], "r": listed([at])[0]}
    table: dict[str, list[Any]] = {"column": names, **{name: listed(matrix[name]) for name in names}}
    values = {"columns": found.numbers(), "shown": names, "strongest": strongest}
    return Picture(
        shown=len(found.y),
        of=found.of,
        values=values,
        table=table,
        svg=correlation_svg(matrix, asked.theme or "light"),
    )


DRAWN: Mapping[str, Draw] = {"pairs": _pairs, "correlation": _correlation}
"""The pictures that are drawings, by name."""
