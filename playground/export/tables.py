"""How a script gets the rows of a table of one's own, and prepares its columns with scikit-learn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground.data.own_table import corrected
from playground.data.plan import Plan
from playground.data.profile import ColumnProfile
from playground.data.table_file import MISSING
from playground.data.upload import profile_of
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression, Group
from playground.settings import settings
from playground.specs import DatasetSpec

_BOOLEANS = {"True", "False"}
_ENCODINGS = {"utf-8", ""}
_FILLS = {"zero": ("constant", 0.0)}
_SCALERS = {"standardise": "StandardScaler", "min_max": "MinMaxScaler", "robust": "RobustScaler"}


@dataclass(frozen=True, slots=True)
class TableLines:
    """Lines of a script for a table.

    Attributes:
        load: statements that end with ``x``, a frame of the columns that are used, and ``y`` of shape (n,).
        prepare: statements that make a float32 matrix of ``x`` and change ``y``, fitted on the rows ``train``.
        imports: what they import.
    """

    load: tuple[str, ...]
    prepare: tuple[str, ...]
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """What happens to one column: transformers one after the other, and whether its gaps get a column of their own."""

    column: ColumnProfile
    transformers: tuple[Expression, ...] = ()
    names: tuple[str, ...] = ()
    is_number: bool = False
    is_ready: bool = False
    has_gaps: bool = False
    has_indicator: bool = field(default=False)


def table_lines(spec: DatasetSpec, planned: Plan) -> TableLines:
    """The lines for the table of ``spec``.

    Raises:
        LookupError: no script can do one of the steps.
        DataError: the table is not here.
    """
    known = profile_of(planned.options["file"], settings())
    profile = known.model_copy(update={"columns": corrected(known, planned.options["types"] or {})})
    ways = [_way(profile.column(name)) for name in planned.source.features]
    targets: list[str] = []
    for step, (_, args) in zip(spec.steps, planned.steps, strict=True):
        if step.kind in _TARGETS:
            targets += _TARGETS[step.kind]
        else:
            ways = [_after(step.kind, args, way) for way in ways]
    target = value_of(planned.source.target)
    goal = profile.column(planned.source.target)
    load = [layout.laid_out(("table = ", *_read(profile.name, profile)))]
    if goal.missing:
        name = layout.flat(target)
        load.append(f"table = table[table[{name}].notna()]")
    load.append(layout.laid_out(("x = table[", *_list(planned.source.features), "]")))
    mixed = [way.column.name for way in ways if way.column.type == "number" and way.column.has_words]
    if mixed:
        names = layout.flat(_list(mixed))
        load.append(f'x = x.assign(**x[{names}].apply(pd.to_numeric, errors="coerce"))')
    if planned.task == "regression":
        load.append(layout.laid_out(("y = table[", *target, '].to_numpy("float64")')))
    else:
        classes = ("categories=", *_list(_spelled(goal, planned.source.classes)))
        load.append(
            layout.laid_out(("y = ", *layout.call("pd.Categorical", ("table[", *target, "]"), classes), ".codes"))
        )
    columns, names_used = _transformers(ways)
    prepare = [
        "# Fitted on the training rows only: the others are not known yet.",
        layout.laid_out(("columns = ", *layout.call("ColumnTransformer", columns, ("sparse_threshold=0",)))),
        "columns.fit(x.iloc[train])",
        'x = columns.transform(x).astype("float32")',
        *targets,
    ]
    return TableLines(tuple(load), tuple(prepare), ("import pandas as pd", *_imports(names_used)))


def _list(values: Any) -> Expression:
    return (Group("[]", tuple(map(value_of, values))),)


def _read(name: str, profile: Any) -> Expression:
    if not profile.encoding:
        return layout.call("pd.read_parquet", value_of(name))
    given: list[Expression] = [value_of(name)]
    if profile.separator != ",":
        given.append(("sep=", *value_of(profile.separator)))
    if profile.decimal != ".":
        given.append(("decimal=", *value_of(profile.decimal)))
    if profile.encoding not in _ENCODINGS:
        given.append(("encoding=", *value_of(profile.encoding)))
    given.append((f"header={0 if profile.has_header else None}",))
    given.append(("names=", *_list([column.name for column in profile.columns])))
    given += [("index_col=False",), ("na_values=", *_list(MISSING)), ("skipinitialspace=True",)]
    return layout.call("pd.read_csv", *given)


def _spelled(column: ColumnProfile, values: tuple[str, ...]) -> list[Any]:
    """The names of classes or categories as pandas reads them: numbers and truth values are no text."""
    if set(values) <= _BOOLEANS:
        return [value == "True" for value in values]
    try:
        return [int(value) if value.lstrip("-").isdigit() else float(value) for value in values]
    except ValueError:
        return list(values)


def _way(column: ColumnProfile) -> _Way:
    if column.type in ("date", "text"):
        raise LookupError(f"There is no script yet that prepares a column of the type {column.type}: {column.name!r}.")
    return _Way(column, is_number=column.type == "number", has_gaps=column.missing > 0)


def _after(kind: str, args: Mapping[str, Any], way: _Way) -> _Way:
    try:
        return _STEPS[kind](args, way)
    except KeyError:
        raise LookupError(f"There is no script yet with the step {kind} on a table.") from None


def _added(way: _Way, name: str, *arguments: Expression, **changes: Any) -> _Way:
    made = layout.call(name, *arguments)
    return replace(way, transformers=(*way.transformers, made), names=(*way.names, name), **changes)


def _fill(args: Mapping[str, Any], way: _Way) -> _Way:
    if not way.has_gaps or way.is_ready:
        return way
    if not way.is_number:
        if args["categories"] == "leave":
            return way
        raise LookupError("There is no script yet that fills gaps of categories.")
    how = args["numbers"]
    strategy, value = _FILLS.get(how, (how, None))
    given: list[Expression] = [("strategy=", *value_of(strategy))]
    given += [] if value is None else [("fill_value=", *value_of(value))]
    given.append(("keep_empty_features=True",))
    if args["indicator"] and way.transformers:
        raise LookupError("There is no script yet that says where gaps were after another step.")
    return _added(way, "SimpleImputer", *given, has_gaps=False, has_indicator=args["indicator"])


def _scaler(name: str) -> Callable[[Mapping[str, Any], _Way], _Way]:
    return lambda args, way: _added(way, name) if way.is_number else way


def _one_hot(args: Mapping[str, Any], way: _Way) -> _Way:
    if way.is_number or way.is_ready:
        return way
    values = way.column.values
    given: list[Expression] = [("categories=", Group("[]", (_list(_spelled(way.column, values)),)))]
    if len(values) == 2 and not way.has_gaps:
        given.append(('drop="first"',))
    else:
        given.append(('handle_unknown="ignore"',))
    if len(values) > args["max_categories"]:
        given.append((f"max_categories={args['max_categories']}",))
    given.append(("sparse_output=False",))
    return _added(way, "OneHotEncoder", *given, is_ready=True, has_gaps=False)


def _ordinal(args: Mapping[str, Any], way: _Way) -> _Way:
    if way.is_number or way.is_ready:
        return way
    names = _list(_spelled(way.column, way.column.values))
    return _added(way, "OrdinalEncoder", ("categories=", Group("[]", (names,))), is_number=True)


_STEPS: Mapping[str, Callable[[Mapping[str, Any], _Way], _Way]] = {
    "fill": _fill,
    "one_hot": _one_hot,
    "ordinal": _ordinal,
    **{kind: _scaler(name) for kind, name in _SCALERS.items()},
}

_TARGETS: Mapping[str, tuple[str, ...]] = {
    "standardise_target": ("y = (y - y[train].mean()) / (y[train].std() or 1.0)",),
    "log_target": ("y = np.log1p(y)",),
}


def _transformers(ways: list[_Way]) -> tuple[Expression, set[str]]:
    """The list that a ColumnTransformer takes, in the order of the app's columns, and the names it uses."""
    rows: list[Expression] = []
    used: set[str] = set()
    for way in ways:
        name, at = value_of(way.column.name), (Group("[]", (value_of(way.column.name),)),)
        used |= set(way.names)
        made = way.transformers[0] if len(way.transformers) == 1 else layout.call("make_pipeline", *way.transformers)
        if len(way.transformers) > 1:
            used.add("make_pipeline")
        rows.append((Group("()", (name, made if way.transformers else ('"passthrough"',), at)),))
        if way.has_indicator:
            used.add("MissingIndicator")
            said = layout.call("MissingIndicator", ('features="all"',))
            rows.append((Group("()", (value_of(f"{way.column.name} missing"), said, at)),))
    return (Group("[]", tuple(rows)),), used


_MODULES = {
    "sklearn.compose": ("ColumnTransformer",),
    "sklearn.impute": ("MissingIndicator", "SimpleImputer"),
    "sklearn.pipeline": ("make_pipeline",),
    "sklearn.preprocessing": ("MinMaxScaler", "OneHotEncoder", "OrdinalEncoder", "RobustScaler", "StandardScaler"),
}


def _imports(used: set[str]) -> list[str]:
    """The lines that import the names in ``used``."""
    lines = []
    for module, names in _MODULES.items():
        wanted = [name for name in names if name in used | {"ColumnTransformer"}]
        if wanted:
            lines.append(f"from {module} import {', '.join(wanted)}")
    return lines
