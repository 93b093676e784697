"""How a script gets the rows of a public table, and what is known of its columns."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playground.data.downloads.seaborn import URL
from playground.data.sets import movie_reviews
from playground.data.sets.plotly_tables import PLOTLY
from playground.data.sets.seaborn_tables import SEABORN
from playground.data.source import Source
from playground.data.table import Column
from playground.data.uploads.profile import ColumnProfile
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression


class KnownTable(NamedTuple):
    """A table that a script can read.

    Attributes:
        read: the expression that gives a frame of all its columns.
        columns: what is known of each, by name.
        imports: what ``read`` imports besides pandas.
        then: statements that change ``table`` once it is read.
        first: statements that come before ``read``.
    """

    read: Expression
    columns: Mapping[str, ColumnProfile]
    imports: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def _movie_reviews(known: Mapping[str, ColumnProfile]) -> KnownTable:
    """The reviews out of their archive, in the order of their names."""
    first = (
        "origin = (",
        f"    {layout.flat(value_of(movie_reviews.FILE.url))}",
        ")",
        "with tarfile.open(keras.utils.get_file(origin=origin)) as archive:",
        "    reviews = {",
        '        member.name: archive.extractfile(member).read().decode("latin-1").strip()',
        "        for member in archive",
        '        if member.name.startswith("txt_sentoken/") and member.isfile()',
        "    }",
        'labels = {"neg": "negative", "pos": "positive"}',
        'rows = [(labels[name.split("/")[1]], reviews[name]) for name in sorted(reviews)]',
    )
    read = layout.call("pd.DataFrame", ("rows",), ('columns=["review", "text"]',))
    return KnownTable(read, known, ("import tarfile",), first=first)


READ: dict[str, Callable[[Mapping[str, ColumnProfile]], KnownTable]] = {"movie_reviews": _movie_reviews}
"""Tables that are read in a way of their own."""

NAMES = frozenset(PLOTLY | SEABORN) | READ.keys()
"""The sources that :func:`named_table` knows."""


def named_table(name: str, source: Source) -> KnownTable:
    """The table of the source called ``name``.

    Raises:
        LookupError: no script can read it.
    """
    if name not in NAMES:
        raise LookupError(f"There is no script yet that loads {name}.")
    columns = [*(source.columns or ()), Column(source.target, "category" if source.classes else "number")]
    known = {column.name: _profile(column) for column in columns}
    if name in READ:
        return READ[name](known)
    if name in PLOTLY:
        return KnownTable(layout.call(f"plotly.data.{name}"), known, ("import plotly.data",))
    return KnownTable(layout.call("pd.read_csv", value_of(f"{URL}/{name}.csv")), known)


def _profile(column: Column) -> ColumnProfile:
    return ColumnProfile(
        name=column.name,
        type="number" if column.type == "ready" else column.type,
        reason="",
        missing=int(column.has_gaps),
        distinct=len(column.values),
        values=column.values,
    )
