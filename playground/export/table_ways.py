"""What a script does to each column of a table: scikit-learn's transformers, in the order of the steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground.data.table import CLASSES
from playground.data.transforms.text_steps import DATE_PARTS
from playground.data.uploads.profile import ColumnProfile
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression, Group
from playground.export.table_read import listed, spelled

_SCALERS = {"standardise": "StandardScaler", "min_max": "MinMaxScaler", "robust": "RobustScaler"}


@dataclass(frozen=True, slots=True)
class Way:
    """What happens to one column: transformers one after the other, and whether its gaps get a column of their own."""

    column: ColumnProfile
    transformers: tuple[Expression, ...] = ()
    names: tuple[str, ...] = ()
    is_number: bool = False
    is_ready: bool = False
    has_gaps: bool = False
    has_indicator: bool = False

    @classmethod
    def of(cls, column: ColumnProfile) -> "Way":
        """A column to which nothing has happened yet."""
        return cls(column, is_number=column.type == "number", has_gaps=column.missing > 0)


def after(kind: str, args: Mapping[str, Any], way: Way) -> Way:
    try:
        return _STEPS[kind](args, way)
    except KeyError:
        raise LookupError(f"There is no script yet with the step {kind} on a table.") from None


def date_parts(way: Way) -> list[Way]:
    if way.column.type != "date" or way.is_ready:
        return [way]
    parts = [
        way.column.model_copy(update={"name": f"{way.column.name} {part}", "type": "number"}) for part in DATE_PARTS
    ]
    return [Way(part, is_number=True, has_gaps=way.has_gaps) for part in parts]


def _added(way: Way, name: str, *arguments: Expression, **changes: Any) -> Way:
    made = layout.call(name, *arguments)
    return replace(way, transformers=(*way.transformers, made), names=(*way.names, name), **changes)


def _fill(args: Mapping[str, Any], way: Way) -> Way:
    if not way.has_gaps or way.is_ready:
        return way
    if not way.is_number:
        if way.column.type in ("date", "text"):
            return way
        if args["categories"] == "leave":
            return way
        raise LookupError("There is no script yet that fills gaps of categories.")
    how = args["numbers"]
    given: list[Expression] = [("strategy=", *value_of(how))]
    given += [("fill_value=", *value_of(args["value"]))] if how == "constant" else []
    given.append(("keep_empty_features=True",))
    if args["indicator"] and way.transformers:
        raise LookupError("There is no script yet that says where gaps were after another step.")
    return _added(way, "SimpleImputer", *given, has_gaps=False, has_indicator=args["indicator"])


def _scaler(name: str) -> Callable[[Mapping[str, Any], Way], Way]:
    return lambda args, way: _added(way, name) if way.is_number else way


def _one_hot(args: Mapping[str, Any], way: Way) -> Way:
    if way.is_number or way.is_ready or way.column.type not in CLASSES:
        return way
    values = way.column.values
    given: list[Expression] = [("categories=", Group("[]", (listed(spelled(way.column, values)),)))]
    if len(values) == 2 and not way.has_gaps:
        given.append(('drop="first"',))
    else:
        given.append(('handle_unknown="ignore"',))
    if len(values) > args["max_categories"]:
        given.append((f"max_categories={args['max_categories']}",))
    given.append(("sparse_output=False",))
    return _added(way, "OneHotEncoder", *given, is_ready=True, has_gaps=False)


def _ordinal(args: Mapping[str, Any], way: Way) -> Way:
    if way.is_number or way.is_ready or way.column.type not in CLASSES:
        return way
    names = listed(spelled(way.column, way.column.values))
    return _added(way, "OrdinalEncoder", ("categories=", Group("[]", (names,))), is_number=True)


def _tfidf(args: Mapping[str, Any], way: Way) -> Way:
    if way.column.type != "text" or way.is_ready:
        return way
    n = args["max_words"]
    words = layout.call("TfidfVectorizer", (f"max_features={n}",), ("sublinear_tf=True",))
    # As wide as the network expects, whatever the number of words that are there.
    pad = layout.call("np.pad", ("words.toarray()",), (f"((0, 0), (0, {n} - words.shape[1]))",))
    made = layout.call("FunctionTransformer", ("lambda words: ", *pad))
    names = (*way.names, "TfidfVectorizer", "FunctionTransformer")
    return replace(way, transformers=(words, made), names=names, is_ready=True, has_gaps=False)


_STEPS: Mapping[str, Callable[[Mapping[str, Any], Way], Way]] = {
    "fill": _fill,
    "one_hot": _one_hot,
    "ordinal": _ordinal,
    "tfidf": _tfidf,
    **{kind: _scaler(name) for kind, name in _SCALERS.items()},
}


def transformers(ways: list[Way]) -> tuple[Expression, set[str]]:
    """The list that a ColumnTransformer takes, in the order of the app's columns, and the names it uses."""
    rows: list[Expression] = []
    used: set[str] = set()
    for way in ways:
        name, at = value_of(way.column.name), (Group("[]", (value_of(way.column.name),)),)
        used |= set(way.names)
        made = way.transformers[0] if len(way.transformers) == 1 else layout.call("make_pipeline", *way.transformers)
        if len(way.transformers) > 1:
            used.add("make_pipeline")
        at_once = name if way.column.type == "text" else at  # a text is a row, and not a column of one
        rows.append((Group("()", (name, made if way.transformers else ('"passthrough"',), at_once)),))
        if way.has_indicator:
            used.add("MissingIndicator")
            said = layout.call("MissingIndicator", ('features="all"',))
            rows.append((Group("()", (value_of(f"{way.column.name} missing"), said, at)),))
    return (Group("[]", tuple(rows)),), used


_MODULES = {
    "sklearn.compose": ("ColumnTransformer",),
    "sklearn.feature_extraction.text": ("CountVectorizer", "TfidfVectorizer"),
    "sklearn.impute": ("MissingIndicator", "SimpleImputer"),
    "sklearn.pipeline": ("make_pipeline",),
    "sklearn.preprocessing": (
        "FunctionTransformer",
        "MinMaxScaler",
        "OneHotEncoder",
        "OrdinalEncoder",
        "RobustScaler",
        "StandardScaler",
    ),
}


def imports_of(used: set[str]) -> list[str]:
    """The lines that import the names in ``used``."""
    lines = []
    for module, names in _MODULES.items():
        wanted = [name for name in names if name in used]
        if wanted:
            lines.append(f"from {module} import {', '.join(wanted)}")
    return lines
