"""What a report is made of: sections with words, figures, tables and pictures."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Figure(NamedTuple):
    """One number with its name, and what is said of it in small."""

    name: str
    value: str
    note: str = ""


class Picture(NamedTuple):
    """A drawing as SVG text, and what it shows in words."""

    svg: str
    alt: str

    @property
    def address(self) -> str:
        """The drawing as an address that needs no other file; what is in it can run nothing."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes:
        head: names of the columns.
        rows: cells; the first of a row is its name.
        title: above it.
        shades: how dark each cell is, from -1 (orange) to 1 (blue), a row each; none where nothing is shaded.
        is_text: whether the cells are words and no numbers.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    shades: Sequence[Sequence[float]] = ()
    is_text: bool = False

    def shade(self, row: int, column: int) -> str:
        """The ground of a cell as a colour of CSS."""
        share = self.shades[row][column - 1] if self.shades and column else 0.0
        colour = "8, 119, 189" if share > 0 else "245, 147, 34"
        return f"rgba({colour}, {0.75 * abs(share):.2f})"


@dataclass(frozen=True)
class Section:
    """A part of a report under a title; what is empty is left out.

    Attributes:
        title: its heading.
        words: sentences, a paragraph each.
        figures: numbers in a row.
        pictures: drawings, as many beside each other as there is room for.
        tables: tables, below each other.
        code: text to be copied.
    """

    title: str
    words: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = field(default_factory=tuple)
    code: str = ""
