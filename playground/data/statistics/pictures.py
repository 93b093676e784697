"""The pictures there are, by name, and how many rows each is taken of so that it comes at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.data.errors import DataError
from playground.data.options import suggestion
from playground.data.source import Progress
from playground.data.statistics.asked import Asked
from playground.data.statistics.histograms import histograms
from playground.data.statistics.images import class_means, pixels
from playground.data.statistics.picture import Picture
from playground.data.statistics.plane import plane
from playground.data.statistics.sampled import Sampled, sampled
from playground.data.statistics.seasons import seasons
from playground.data.statistics.summary import summary
from playground.data.statistics.words import words
from playground.settings import Settings

Draw = Callable[[Sampled, Asked], Picture]
"""What makes a picture that is drawn where charts are, of the rows and the request."""


@dataclass(frozen=True)
class Kind:
    """One kind of picture.

    Attributes:
        rows: of how many rows it is taken at most.
        take: makes it, of rows, request and progress; ``None`` where it is drawn by whoever calls :func:`taken`.
        has_columns: whether columns can be chosen.
        has_after: whether it can be taken after the steps too.
    """

    rows: int
    take: Callable[[Sampled, Asked, Progress], Picture] | None
    has_columns: bool = False
    has_after: bool = True


def _plain(take: Draw) -> Callable[[Sampled, Asked, Progress], Picture]:
    return lambda found, asked, progress: take(found, asked)


PICTURES: Mapping[str, Kind] = {
    "summary": Kind(100_000, _plain(summary)),
    "histograms": Kind(100_000, _plain(histograms), has_columns=True),
    "pairs": Kind(500, None, has_columns=True),
    "correlation": Kind(20_000, None, has_columns=True),
    "class_means": Kind(10_000, _plain(class_means)),
    "pixels": Kind(10_000, _plain(pixels)),
    "words": Kind(2_000, _plain(words), has_columns=True, has_after=False),
    "seasons": Kind(1_000_000, _plain(seasons), has_after=False),
    "map": Kind(5_000, plane),
}
"""In the order in which they are offered."""

_TSNE_ROWS = 500
"""Of which t-SNE takes about a second; its time grows faster than the rows."""


def taken(
    asked: Asked, settings: Settings, progress: Progress | None = None, drawn: Mapping[str, Draw] | None = None
) -> Picture:
    """The picture that is asked for.

    Args:
        asked: which, and of what.
        settings: whose home has the data.
        progress: told how far it is; whatever it raises ends the work.
        drawn: what draws the kinds that are not made here.

    Raises:
        DataError: it cannot be taken of this data; the message says why.
    """
    if asked.picture not in PICTURES:
        raise DataError(f"There is no picture {asked.picture!r}. {suggestion(asked.picture, PICTURES)}")
    kind = PICTURES[asked.picture]
    report = progress or (lambda fraction, message: None)
    rows = _TSNE_ROWS if asked.method == "tsne" else kind.rows
    found = sampled(asked, rows, settings, report)
    report(0.5, "Counting")
    if kind.take is not None:
        return kind.take(found, asked, report)
    return (drawn or {})[asked.picture](found, asked)
