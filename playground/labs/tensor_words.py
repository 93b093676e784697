"""What people write for a tensor, read without running any of it: shapes, numbers in brackets, parts of a tensor."""

import json
import math
import re
from collections.abc import Sequence
from types import EllipsisType
from typing import Any

MOST_AXES = 4
MOST_CELLS = 400
_MOST_TEXT = 4000
_LARGEST = 10**6

Index = int | slice | EllipsisType
Numbers = Any
"""A number, or lists of lists of numbers."""

_PART = re.compile(r"(-?\d+)?(?::(-?\d+)?(?::(-?\d+)?)?)?")


def shape_of(text: str, low: int = -1, high: int = MOST_CELLS) -> tuple[int, ...]:
    """The whole numbers of ``"3, 4"``, ``"(3, 4)"`` or ``"3 4"``; of an empty text none.

    Raises:
        ValueError: there is something else in it, a number lies outside, or there are more than four.
    """
    inner = text.strip().replace("×", " ").removeprefix("(").removesuffix(")")
    parts = [each for each in re.split(r"[,\s]+", inner) if each]
    if len(parts) > MOST_AXES or not all(re.fullmatch(r"[-−]?\d{1,6}", each) for each in parts):
        raise ValueError(f"Expected at most {MOST_AXES} whole numbers such as 3, 4; received {text[:60]!r}.")
    found = tuple(int(each.replace("−", "-")) for each in parts)
    for each in found:
        if not low <= each <= high:
            raise ValueError(f"Expected whole numbers from {low} to {high}, received {each}.")
    return found


def cells_of(shape: Sequence[int]) -> int:
    """How many cells a tensor of ``shape`` has.

    Raises:
        ValueError: more than the lab draws, or a negative place.
    """
    if any(each < 0 for each in shape):
        raise ValueError(f"Expected places of at least 0, received the shape {tuple(shape)}.")
    count = math.prod(shape)
    if count > MOST_CELLS:
        raise ValueError(f"Expected at most {MOST_CELLS} cells, received {count:,}: the shape {tuple(shape)}.")
    return count


def numbers_of(text: str) -> Numbers:
    """The numbers of ``"[[1, 2], [3, 4]]"``, as lists of equally long lists.

    Raises:
        ValueError: there is something else in it, the lists differ in length, or it is too large.
    """
    wanted = "Expected a number, or brackets with numbers such as [[1, 2], [3, 4]]"
    if len(text) > _MOST_TEXT:
        raise ValueError(f"{wanted}, at most {_MOST_TEXT} characters; received {len(text):,}.")
    if not re.fullmatch(r"[\[\]\d\s.,eE+-]*", text) or "[" * (MOST_AXES + 1) in "".join(text.split()):
        raise ValueError(f"{wanted}, at most {MOST_AXES} inside each other; received {text[:60]!r}.")
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{wanted}, received {text[:60]!r}.") from error
    cells_of(_shape_of_lists(found))
    return found


def index_of(text: str) -> tuple[Index, ...]:
    """What stands between the brackets of ``a[0:2, ::2]``.

    Raises:
        ValueError: it is something else than numbers, colons and one ``...``.
    """
    parts = [part.strip().replace("−", "-") for part in text.split(",")]
    if len(text) > 100 or len(parts) > MOST_AXES + 1:
        raise ValueError(f"Expected at most {MOST_AXES} parts such as 0:2, ::2; received {text[:60]!r}.")
    found: list[Index] = []
    for part in parts:
        match = _PART.fullmatch(part)
        if part in ("...", "…"):
            found.append(...)
        elif part and match is not None:
            numbers = [int(each) if each else None for each in match.groups()]
            if any(each is not None and abs(each) > _LARGEST for each in numbers):
                raise ValueError(f"Expected numbers of at most {_LARGEST:,}, received {part[:60]!r}.")
            found.append(slice(*numbers) if ":" in part else int(part))
        else:
            raise ValueError(f"Expected numbers, start:stop:step or ..., received {part[:60]!r}.")
    if found.count(...) > 1:
        raise ValueError("Expected ... once at most.")
    return tuple(found)


def spelled(index: Sequence[Index]) -> str:
    """``index`` as it stands between brackets."""
    return ", ".join(_part(each) for each in index)


def _part(of: Index) -> str:
    if isinstance(of, slice):
        start, stop, step = ("" if each is None else str(each) for each in (of.start, of.stop, of.step))
        return f"{start}:{stop}" + (f":{step}" if step else "")
    return "..." if of is ... else str(of)


def _shape_of_lists(found: Numbers) -> tuple[int, ...]:
    if not isinstance(found, list):
        if not math.isfinite(found):
            raise ValueError("Expected finite numbers, received one that is too large.")
        return ()
    shapes = {_shape_of_lists(each) for each in found}
    if len(shapes) > 1:
        raise ValueError("Expected lists of equal length inside each other: every row as long as the others.")
    return (len(found), *(shapes.pop() if shapes else ()))
