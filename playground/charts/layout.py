"""Where the boxes of a directed drawing lie: rows from top to bottom, and lanes for arrows that pass rows.

The steps of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system structures"
(1981): rows by the longest way from the top, a stand-in in every row that an arrow passes, an order in each row with
few crossings, and places for that order. Arrows bend between rows only, so none can run through a box.
"""

import bisect
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SWEEPS = 4
_ROUNDS = 12
_LANE = 14.0  # pixels that an arrow takes in a row it passes
_STRAIGHT = {0: 4.0, 1: 0.5, 2: 8.0}  # how stiff an arrow is, by how many of its ends are stand-ins


@dataclass(eq=False, slots=True)
class _Place:
    """A box or a stand-in in its row."""

    row: int
    left: float
    right: float
    x: float = 0.0
    is_lane: bool = False
    above: "list[_Place]" = field(default_factory=list)
    below: "list[_Place]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in pixels; the middle of the leftmost thing may be anywhere.

    Attributes:
        row: of each name, from 0 at the top.
        x: the middle of each name's box.
        lanes: by ``(name, position among what it reads)``, the places at which that arrow passes rows, from the top.
    """

    row: Mapping[str, int]
    x: Mapping[str, float]
    lanes: Mapping[tuple[str, int], tuple[float, ...]]


def layout(reads: Mapping[str, Sequence[str]], room: Mapping[str, tuple[float, float]], beside: float) -> Layout:
    """Places for boxes that read others.

    Args:
        reads: what each name reads; only names before it count.
        room: how far each name reaches to the left and to the right of its middle.
        beside: pixels between two things in a row.
    """
    places: dict[str, _Place] = {}
    rows: list[list[_Place]] = []
    lanes: dict[tuple[str, int], tuple[_Place, ...]] = {}
    for name, sources in reads.items():
        row = 1 + max((places[source].row for source in sources if source in places), default=-1)
        place = _Place(row, *room[name])
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row].append(place)
        for at, source in enumerate(sources):
            if source in places:
                lanes[name, at] = _joined(places[source], place, rows)
        places[name] = place
    _order(rows)
    _spread(rows, beside)
    return Layout(
        {name: place.row for name, place in places.items()},
        {name: place.x for name, place in places.items()},
        {key: tuple(each.x for each in passed) for key, passed in lanes.items()},
    )


def _joined(source: _Place, target: _Place, rows: list[list[_Place]]) -> tuple[_Place, ...]:
    """Link two places; returns the stand-ins in the rows between them."""
    passed = [_Place(row, _LANE / 2, _LANE / 2, is_lane=True) for row in range(source.row + 1, target.row)]
    ends = [source, *passed, target]
    for each in passed:
        rows[each.row].append(each)
    for upper, lower in itertools.pairwise(ends):
        upper.below.append(lower)
        lower.above.append(upper)
    return tuple(passed)


def _order(rows: list[list[_Place]]) -> None:
    """Put each row into the order, out of some that follow their neighbours', with the fewest crossings."""
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        is_down = sweep % 2 == 0
        for settled, row in itertools.pairwise(rows if is_down else rows[::-1]):
            at = {id(place): number for number, place in enumerate(settled)}
            middle = {}
            for number, place in enumerate(row):
                if is_down:
                    beside = [float(at[id(each)]) for each in place.above]
                else:
                    beside = [at[id(each)] + _port(place, each) for each in place.below]
                middle[id(place)] = sum(beside) / len(beside) if beside else number
            row.sort(key=lambda place: middle[id(place)])
        crossings = _crossings(rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    for row, order in zip(rows, best, strict=True):
        row[:] = order


def _port(upper: _Place, lower: _Place) -> float:
    """Where an arrow arrives, from 0 at the left to below 1: in the order in which ``lower`` reads."""
    return lower.above.index(upper) / len(lower.above)


def _crossings(rows: list[list[_Place]]) -> int:
    total = 0
    for upper, lower in itertools.pairwise(rows):
        at = {id(place): number for number, place in enumerate(lower)}
        ends = [sorted(at[id(each)] + _port(place, each) for each in place.below) for place in upper]
        reached = [end for group in ends for end in group]
        before: list[float] = []
        for end in reached:
            total += len(before) - bisect.bisect_right(before, end)
            bisect.insort(before, end)
    return total


def _spread(rows: list[list[_Place]], beside: float) -> None:
    """Give every place its x: arrows as straight as the room beside each other allows."""
    downwards = [_Pulled(row, [place.above for place in row], beside) for row in rows]
    upwards = [_Pulled(row, [place.below for place in row], beside) for row in rows]
    for pulled in downwards:
        _settle(pulled, [0.0] * len(pulled.row))
    for turn in range(_ROUNDS):
        for pulled in downwards if turn % 2 == 0 else reversed(upwards):
            _settle(pulled, pulled.wanted())


class _Pulled:
    """A row, what its places are drawn to, and how much room they need."""

    def __init__(self, row: list[_Place], near: list[list[_Place]], beside: float) -> None:
        self.row = row
        self._near = [
            [(_STRAIGHT[place.is_lane + each.is_lane], each) for each in others]
            for place, others in zip(row, near, strict=True)
        ]
        self.weights = [sum(stiff for stiff, _each in others) or 1.0 for others in self._near]
        room = [upper.right + beside + lower.left for upper, lower in itertools.pairwise(row)]
        self.offsets = list(itertools.accumulate(room, initial=0.0))[: len(row)]

    def wanted(self) -> list[float]:
        """Where each place would be if it were alone in its row."""
        return [
            sum(stiff * each.x for stiff, each in others) / weight if others else place.x
            for place, others, weight in zip(self.row, self._near, self.weights, strict=True)
        ]


def _settle(pulled: _Pulled, wanted: list[float]) -> None:
    """Place a row as near to ``wanted`` as its order and room allow: least squares, by pooling adjacent violators."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for want, weight, place_offset in zip(wanted, pulled.weights, pulled.offsets, strict=True):
        mean, count = want - place_offset, 1
        while blocks and blocks[-1][0] > mean:
            other, heavy, more = blocks.pop()
            mean, weight, count = (mean * weight + other * heavy) / (weight + heavy), weight + heavy, count + more
        blocks.append((mean, weight, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    for place, mean, place_offset in zip(pulled.row, means, pulled.offsets, strict=True):
        place.x = mean + place_offset
