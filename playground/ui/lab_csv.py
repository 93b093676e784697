"""The numbers of a lab's picture as a file."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import streamlit as st

from playground.locale.text import _

Rows = Iterable[Sequence[object]]


def offer(name: str, head: Sequence[str], rows: Rows | Callable[[], Rows], label: str = "") -> None:
    """Draw the button that gives a table away as CSV.

    Args:
        name: of the file, without its ending; also the key of the button.
        head: names of the columns.
        rows: text and numbers, or what gives them once somebody asks for the file.
        label: of the button; says that it has the numbers by default.
    """
    st.download_button(
        label or _("Numbers (CSV)"),
        lambda: table(head, rows() if callable(rows) else rows),
        f"{name}.csv",
        "text/csv",
        key=f"csv-{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def table(head: Sequence[str], rows: Rows) -> str:
    """``rows`` under ``head`` as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def cells(part: str, values: np.ndarray) -> list[tuple[object, ...]]:
    """``values`` as rows of a table: ``part``, the positions from 1 on every axis, the number."""
    return [(part, *(each + 1 for each in at), float(f"{values[at]:.7g}")) for at in np.ndindex(values.shape)]


def side_by_side(part: str, *columns: np.ndarray) -> list[tuple[object, ...]]:
    """``columns`` of equal length (n,) as n rows of a table: ``part``, then a number of each."""
    numbers = ([float(f"{value:.7g}") for value in each.tolist()] for each in columns)
    return [(part, *row) for row in zip(*numbers, strict=True)]
