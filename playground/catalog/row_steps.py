"""Steps of preparation that leave rows out."""

from playground.catalog.entry import Entry

DROP_DUPLICATES = Entry(
    "drop_duplicates",
    "steps",
    "Rows",
    "Drop duplicate rows",
    "Keeps the first of rows that are equal, so that no row is both learned from and tested on.",
)
DROP_GAPS = Entry(
    "drop_gaps",
    "steps",
    "Rows",
    "Drop rows with gaps",
    "Leaves out every row in which a value is missing, also of the validation and test parts.",
)
