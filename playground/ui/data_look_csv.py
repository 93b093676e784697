"""The numbers of a picture as a file that a spreadsheet opens without running anything in it."""

import csv
import io
from typing import Any

from playground.data.harmless import harmless


def table_csv(table: dict[str, list[Any]]) -> str:
    """Columns of equal length as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(name) for name in table])
    writer.writerows([harmless(value) for value in row] for row in zip(*table.values(), strict=True))
    return text.getvalue()
