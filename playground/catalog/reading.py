"""How a layer takes what it reads: one tensor, a list of several, or several arguments of its call."""

from dataclasses import dataclass
from typing import Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """How many layers a layer may read, and in what form Keras wants them.

    Attributes:
        form: ``one`` is ``layer(x)``, ``list`` is ``layer([x, y])``, ``arguments`` is ``layer(x, y)``.
        least, most: how many layers it may read.
        roles: what each of them is to the layer, where that differs; a lone one then takes the first two roles,
            as in self-attention, where queries and values are the same.
    """

    form: Literal["one", "list", "arguments"] = "one"
    least: int = 1
    most: int = 1
    roles: tuple[str, ...] = ()

    def given(self, read: list[T]) -> list[T]:
        """What the call receives for ``read``, which are between ``least`` and ``most`` things."""
        return read * 2 if self.roles and len(read) == 1 else read

    def in_words(self) -> str:
        """What it expects: "one layer", "two or more layers", "one to three layers (query, value, key)"."""
        number = ("no", "one", "two", "three", "four")
        if self.least == self.most:
            words = f"{number[self.least]} layer{'s' if self.least > 1 else ''}"
        elif self.most > len(number):
            words = f"{number[self.least]} or more layers"
        else:
            words = f"{number[self.least]} to {number[self.most]} layers"
        return f"{words} ({', '.join(self.roles)})" if self.roles else words


ONE = Reading()
MERGED = Reading("list", 2, 64)
PAIR = Reading("list", 2, 2)
ATTENDED = Reading("list", 1, 3, ("query", "value", "key"))
ATTENDED_BY_CALL = Reading("arguments", 1, 3, ("query", "value", "key"))
