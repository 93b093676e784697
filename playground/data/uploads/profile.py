"""What is known of a table that was taken in, as plain JSON."""

from pydantic import BaseModel, ConfigDict

from playground.data.errors import DataError
from playground.data.options import suggestion
from playground.data.table import ColumnType


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnProfile(_Known):
    """One column.

    Attributes:
        name: its name, different from all others.
        type: what its values are, as far as one can tell.
        reason: why, in words.
        missing: how many values are missing.
        distinct: how many different values there are.
        examples: a few of them, as text.
        minimum, maximum: of its numbers, or ``None``.
        values: all different values as text, in order; empty where there are too many for a category.
        fewest: rows of the rarest of ``values``; 0 without.
        date_format: how its dates are spelled, or empty.
        has_words: whether some values of a number column are no numbers, and so missing.
        aside: why it is proposed not to be learned from, in words; empty where it is.
    """

    name: str
    type: ColumnType
    reason: str
    missing: int
    distinct: int
    examples: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    fewest: int = 0
    date_format: str = ""
    has_words: bool = False
    aside: str = ""


class Profile(_Known):
    """A table.

    Attributes:
        file: the SHA-256 of the file as it came.
        name: what the file was called.
        n_rows: its rows.
        duplicates: how many rows are equal to an earlier one.
        columns: its columns, in order.
        target: the column that is proposed to be predicted.
        target_reason: why, in words.
        task: what is proposed to be learned: ``binary``, ``multiclass``, ``regression`` or ``series``.
        task_reason: why, in words.
        encoding, separator, decimal, has_header: how its file spells it; empty and true for Parquet.
        sheet: the sheet of an Excel workbook that was read; empty for other files.
        skipped: how many empty rows of that sheet are above the table.
        openml: its number at OpenML; 0 where it does not come from there.
    """

    file: str
    name: str
    n_rows: int
    duplicates: int
    columns: tuple[ColumnProfile, ...]
    target: str
    target_reason: str
    task: str
    task_reason: str
    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    has_header: bool = True
    sheet: str = ""
    skipped: int = 0
    openml: int = 0

    def column(self, which: str | int) -> ColumnProfile:
        """The column of that name or position; -1 is the last one.

        Raises:
            DataError: there is none; the message names the nearest.
        """
        if isinstance(which, int):
            if not -len(self.columns) <= which < len(self.columns):
                last = len(self.columns) - 1
                raise DataError(f"{self.name} has no column {which}: expected a position from 0 to {last}.")
            return self.columns[which]
        for column in self.columns:
            if column.name == which:
                return column
        raise DataError(f"{self.name} has no column {which!r}. {suggestion(which, [c.name for c in self.columns])}")
