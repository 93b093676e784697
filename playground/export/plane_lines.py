"""Lines of a script that make features of two numbers."""

from collections.abc import Mapping
from typing import Any

from playground.data.transforms.plane_features import asked, names
from playground.data.uploads.profile import ColumnProfile
from playground.export import layout
from playground.export.layout import Expression, Group
from playground.export.table_read import listed
from playground.export.table_ways import Way


def features(args: Mapping[str, Any]) -> Expression:
    """The expression that makes the features of the columns ``x1`` and ``x2``: a matrix, one column each."""
    times = "" if args["frequency"] == 1 else f"{args['frequency']!r} * "
    made = tuple((feature.code.format(f=times),) for feature in asked(args))
    return layout.call("np.column_stack", (Group("[]", made),))


def of_table(args: Mapping[str, Any], ways: list[Way]) -> tuple[list[str], list[Way]]:
    """Lines that make a frame ``x`` of the features from the matrix ``x``, and what its columns are.

    Args:
        args: the step's.
        ways: the two columns, with what has happened to them.

    Raises:
        LookupError: two features have the same name, so that a frame cannot tell them apart.
    """
    called = names((ways[0].column.name, ways[1].column.name), args)
    if len(set(called)) < len(called):
        raise LookupError("There is no script yet with features of the plane that have the same name.")
    has_gaps = any(way.has_gaps for way in ways)
    columns = [ColumnProfile(name=name, type="number", reason="", missing=int(has_gaps), distinct=0) for name in called]
    frame = layout.call("pd.DataFrame", features(args), ("columns=", *listed(called)))
    return ["x1, x2 = x.T", layout.laid_out(("x = ", *frame))], [Way.of(column) for column in columns]
