"""How a script gets the rows of a dataset of OpenML, which scikit-learn downloads."""

from playground.data.table import CLASSES
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.export import layout
from playground.export.named_tables import KnownTable
from playground.export.table_read import listed, spelled


def openml_table(profile: Profile) -> KnownTable:
    """The table whose profile is ``profile``.

    Raises:
        LookupError: a column is spelled in a way that no script can read.
    """
    # Slower than pandas, which takes a comma within single quotes for the next column.
    given = ((f"data_id={profile.openml}",), ("as_frame=True",), ('parser="liac-arff"',))
    then = [
        'named = table.select_dtypes(exclude="number").columns',
        'table[named] = table[named].astype("str")',
    ]
    if numbers := [column.name for column in profile.columns if column.type in CLASSES and _has_numbers(column)]:
        then += [
            layout.laid_out(("numbers = ", *listed(numbers))),
            'table[numbers] = table[numbers].astype("float64")  # names that are numbers',
        ]
    return KnownTable(
        (*layout.call("fetch_openml", *given), ".frame"),
        {column.name: column for column in profile.columns},
        ("from sklearn.datasets import fetch_openml",),
        tuple(then),
    )


def _has_numbers(column: ColumnProfile) -> bool:
    names = spelled(column, column.values)
    if any(isinstance(name, bool) for name in names):
        raise LookupError("There is no script yet with truth values of OpenML.")
    return bool(names) and not any(isinstance(name, str) for name in names)
