"""A formula as a small immutable tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SIGNS = ("+", "-", "*", "/", "**")
"""The operators between two values."""

MINUS = "minus"
"""The operator before one value."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of at least 0, as it was written."""

    value: float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a parameter or a named number."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator, a comparison or a function, applied to values."""

    what: str
    to: tuple["Node", ...]
    at: int = field(default=0, compare=False)


Node = Number | Name | Apply
"""``at`` is the character of the text that it begins with; two that differ only there are equal."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What somebody wrote, understood.

    Attributes:
        tree: the expression.
        parameters: names with their values, in the order in which they were given.
        table: the catalogue's table that its role stands in.
    """

    tree: Node
    parameters: tuple[tuple[str, float], ...]
    table: str

    @property
    def values(self) -> Mapping[str, float]:
        """The parameters by name."""
        return dict(self.parameters)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything in it."""
    yield node
    if isinstance(node, Apply):
        for each in node.to:
            yield from walk(each)
