"""Lines of a script that read a table file as the app does, leave rows out and spell values out."""

from collections.abc import Sequence
from typing import Any

from playground.data.transforms.text_steps import DATE_PARTS
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.table_file import MISSING
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression, Group
from playground.specs import DatasetSpec

_BOOLEANS = {"True", "False"}

_ENCODINGS = {"utf-8", ""}


def listed(values: Any) -> Expression:
    """A list of ``values`` in Python."""
    return (Group("[]", tuple(map(value_of, values))),)


def as_numbers(column: ColumnProfile, values: Expression) -> Expression:
    """``values`` of ``column`` as numbers, where there are words among them."""
    return layout.call("pd.to_numeric", values, ('errors="coerce"',)) if column.has_words else values


def read(name: str, profile: Profile) -> Expression:
    """The call that reads the file called ``name``, whose profile is ``profile``."""
    given: list[Expression]
    if profile.sheet:
        given = [value_of(name), ("sheet_name=", *value_of(profile.sheet)), (f"skiprows={profile.skipped}",)]
        given += [(f"header={0 if profile.has_header else None}",)]
        given += [("names=", *listed([column.name for column in profile.columns])), ("na_values=", *listed(MISSING))]
        return (*layout.call("pd.read_excel", *given), '.dropna(how="all")')
    if not profile.encoding:
        return layout.call("pd.read_parquet", value_of(name))
    given = [value_of(name)]
    if profile.separator != ",":
        given.append(("sep=", *value_of(profile.separator)))
    if profile.decimal != ".":
        given.append(("decimal=", *value_of(profile.decimal)))
    if profile.encoding not in _ENCODINGS:
        given.append(("encoding=", *value_of(profile.encoding)))
    given.append((f"header={0 if profile.has_header else None}",))
    given.append(("names=", *listed([column.name for column in profile.columns])))
    given += [("index_col=False",), ("na_values=", *listed(MISSING)), ("skipinitialspace=True",)]
    return layout.call("pd.read_csv", *given)


def spelled(column: ColumnProfile, values: tuple[str, ...]) -> list[Any]:
    """The names of classes or categories as pandas reads them: numbers and truth values are no text."""
    if set(values) <= _BOOLEANS:
        return [value == "True" for value in values]
    try:
        return [int(value) if value.lstrip("-").isdigit() else float(value) for value in values]
    except ValueError:
        return list(values)


def row_lines(spec: DatasetSpec, columns: Sequence[ColumnProfile] | None = None) -> list[str]:
    """Lines that leave out the rows that steps of ``spec`` leave out, of an array or a frame ``x``."""
    lines: list[str] = []
    for step in spec.steps:
        if step.kind == "drop_duplicates" and columns is None:
            if spec.split.kind in ("given", "own_parts"):
                raise LookupError("There is no script yet that drops duplicate rows of a set that comes divided.")
            lines += [
                "_, kept = np.unique(np.column_stack([x.reshape(len(x), -1), y]), axis=0, return_index=True)",
                "x, y = x[np.sort(kept)], y[np.sort(kept)]  # each of equal rows once",
            ]
        elif step.kind == "drop_duplicates":
            lines += ['kept = ~x.assign(**{"its target": y}).duplicated().to_numpy()']
            lines += ["x, y, table = x[kept], y[kept], table[kept]"]
        elif step.kind == "drop_gaps":
            names = [column.name for column in columns or () if column.type != "text"]
            lines.append(layout.laid_out(("kept = x[", *listed(names), "].notna().all(axis=1).to_numpy()")))
            lines += ["x, y, table = x[kept], y[kept], table[kept]"]
    return lines


def spelled_out(column: ColumnProfile) -> list[str]:
    """Lines that make numbers of a date, and text of what is missing."""
    place = ("x[", *value_of(column.name), "]")
    if column.type == "text":
        return [layout.laid_out((*place, " = ", *place, '.fillna("").astype(str)'))]
    if column.type != "date":
        return []
    spelling = ("format=", *value_of(column.date_format))
    lines = [layout.laid_out(("when = ", *layout.call("pd.to_datetime", place, spelling, ('errors="coerce"',))))]
    for part, of in DATE_PARTS.items():
        lines.append(layout.laid_out(("x[", *value_of(f"{column.name} {part}"), f"] = when.dt.{of}")))
    return lines
