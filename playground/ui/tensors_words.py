"""What a cell of a result is made of, written out, and why two shapes fit together or do not."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.catalog.tensor_ops import TensorOp
from playground.charts.cells import written
from playground.locale.text import _

_MOST = 12


def made_of(op: TensorOp, arrays: dict[str, np.ndarray], cell: int) -> str:
    """How the cell ``cell`` comes about, in Markdown.

    Args:
        op: the operation.
        arrays: as the workbench gave them: ``result``, ``a``, perhaps ``b``, ``from_a`` and ``from_b``.
        cell: counted row by row.
    """
    result = arrays["result"]
    name = f"result{_place(result.shape, cell)}"
    value = written(result.reshape(-1)[cell].item())
    a, b = ([(tensor, int(at)) for at in arrays[f"from_{tensor}"]] for tensor in "ab")
    if op.group == "shape":
        tensor, at = (a + b)[0]
        return _("**{result}** is **{source}**: {value}").format(
            result=name, source=f"{tensor}{_place(arrays[tensor].shape, at)}", value=value
        )
    if op.group == "product":
        terms = [f"{_number(arrays, *one)}·{_number(arrays, *two)}" for one, two in zip(a, b, strict=True)]
    else:
        terms = [_number(arrays, *each) for each in a + b]
    if len(terms) > _MOST:
        terms = [*terms[: _MOST - 1], "…", terms[-1]]
    line = op.sign.join(terms)
    if op.sign == ", ":
        line = f"{op.label}({line})"
    return f"**{name}** = {line} = **{value}**"


def axes_table(a: Sequence[int], b: Sequence[int]) -> str:
    """Two shapes under each other, aligned as for broadcasting, and what becomes of each axis; Markdown."""
    rank = max(len(a), len(b))
    head = [_("axis"), *(f"−{rank - at}" for at in range(rank))]
    lines = [head, [":-", *["-:"] * rank]]
    padded = [[None] * (rank - len(shape)) + list(shape) for shape in (a, b)]
    for name, sizes in zip("ab", padded, strict=True):
        lines.append([f"**{name}**", *("–" if size is None else str(size) for size in sizes)])
    found = [_meeting(one, other) for one, other in zip(*padded, strict=True)]
    lines.append([_("together"), *found])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def conflicts(a: Sequence[int], b: Sequence[int]) -> list[int]:
    """The axes, as negative numbers from the last, whose places do not fit together."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return [-at for at, (one, other) in enumerate(pairs, 1) if one != other and 1 not in (one, other)]


def fitting(op: TensorOp, a: Sequence[int], b: Sequence[int]) -> str:
    """Why two shapes go together or do not, in Markdown."""
    if op.group == "product":
        return _product(a, b)
    if bad := conflicts(a, b):
        axes = ", ".join(f"−{-each}" for each in bad)
        said = _("Axis {axes}: two sizes go together where they are equal or one of them is 1. These do not.")
        return said.format(axes=axes)
    return _("Shapes are laid under each other from the right. A 1, or nothing, is stretched to the other size.")


def _product(a: Sequence[int], b: Sequence[int]) -> str:
    """Which numbers of two shapes a matrix product needs to be equal."""
    if not a or not b:
        return _("A single number has no rows and no columns: multiply it instead.")
    inner_a, inner_b = a[-1], b[-2] if len(b) > 1 else b[0]
    if inner_a != inner_b:
        return _(
            "The columns of **a** ({a}) and the rows of **b** ({b}) differ: every row of a needs a partner for each of "
            "its numbers in a column of b."
        ).format(a=inner_a, b=inner_b)
    return _("{n} columns of **a** meet {n} rows of **b**: {n} products for every cell of the result.").format(
        n=inner_a
    )


def _meeting(one: int | None, other: int | None) -> str:
    if one is None or other is None:
        return str(other if one is None else one)
    if one == other:
        return f"**{one}**"
    if 1 in (one, other):
        return f":blue[1 → **{max(one, other) if 0 not in (one, other) else 0}**]"
    return f":red[{one} ≠ {other}]"


def _number(arrays: dict[str, np.ndarray], tensor: str, at: int) -> str:
    found: Any = arrays[tensor].reshape(-1)[at].item()
    words = written(found)
    return f"({words})" if words.startswith("−") else words


def _place(shape: Sequence[int], cell: int) -> str:
    where = ", ".join(str(int(each)) for each in np.unravel_index(cell, shape)) if shape else ""
    return f"\\[{where}\\]" if where else ""
