"""How a script gets the rows of a table of columns of different types, and prepares them with scikit-learn."""

from dataclasses import dataclass, replace

from playground.data.plan import Plan
from playground.data.sets.own_table import corrected
from playground.data.transforms.row_steps import ROW_STEPS
from playground.data.uploads.upload import profile_of
from playground.export import layout, plane_lines, table_words
from playground.export.calls import value_of
from playground.export.lines import Lines
from playground.export.named_tables import KnownTable, named_table
from playground.export.openml_table import openml_table
from playground.export.table_read import as_numbers, listed, read, row_lines, spelled, spelled_out
from playground.export.table_ways import Way, after, date_parts, imports_of, transformers
from playground.export.target_lines import TARGET_LINES
from playground.settings import settings
from playground.specs import DatasetSpec


@dataclass(frozen=True, slots=True)
class TableLines:
    """Lines of a script for a table.

    Attributes:
        load: statements that end with ``x``, a frame of the columns that are used, and ``y`` of shape (n,).
        prepare: statements that make a float32 matrix of ``x`` and change ``y``, fitted on the rows ``train``.
        imports: what they import.
        functions: functions that they call.
    """

    load: tuple[str, ...]
    prepare: tuple[str, ...]
    imports: tuple[str, ...]
    functions: tuple[str, ...] = ()


def table_lines(spec: DatasetSpec, planned: Plan) -> TableLines:
    """The lines for the table of ``spec``.

    Raises:
        LookupError: no script can do one of the steps.
        DataError: the table is not here.
    """
    table = _of_file(planned) if "file" in planned.options else named_table(spec.source, planned.source)
    ways = [Way.of(table.columns[name]) for name in _used(planned)]
    targets: list[str] = []
    prepare: list[str] = []
    names_used: set[str] = set()
    numbered: list[str] = []
    words = Lines(())
    for step, (_, args) in zip(spec.steps, planned.steps, strict=True):
        if step.kind in TARGET_LINES:
            targets += TARGET_LINES[step.kind]
        elif step.kind == "date_parts":
            ways = [part for way in ways for part in date_parts(way)]
        elif step.kind in ROW_STEPS:
            ways = [replace(way, has_gaps=way.has_gaps and step.kind != "drop_gaps") for way in ways]
        elif step.kind == "plane_features":
            prepare += _matrix(ways, names_used)
            lines, ways = plane_lines.of_table(args, ways)
            prepare += lines
        elif step.kind in table_words.KINDS and any(map(table_words.is_text, ways)):
            words = table_words.needed(args)
            if step.kind == "sequences":
                numbered = table_words.sequences(args, ways[0])  # whose column is the only one
            else:
                ways = [table_words.multi_hot(args, way) for way in ways]
        else:
            ways = [after(step.kind, args, way) for way in ways]
    target = value_of(planned.source.target)
    goal = table.columns[planned.source.target]
    load = [*table.first, layout.laid_out(("table = ", *table.read)), *table.then]
    if goal.missing:
        name = layout.flat(target)
        load.append(f"table = table[table[{name}].notna()]")
    load += [layout.laid_out(("features = ", *listed(_used(planned)))), "x = table[features]"]
    mixed = [way.column.name for way in ways if way.column.type == "number" and way.column.has_words]
    if mixed:
        names = layout.flat(listed(mixed))
        load.append(f'x = x.assign(**x[{names}].apply(pd.to_numeric, errors="coerce"))')
    if planned.task == "regression":
        load.append(layout.laid_out(("y = ", *as_numbers(goal, ("table[", *target, "]")), '.to_numpy("float64")')))
    else:
        classes = ("categories=", *listed(spelled(goal, planned.source.classes)))
        load.append(
            layout.laid_out(("y = ", *layout.call("pd.Categorical", ("table[", *target, "]"), classes), ".codes"))
        )
    columns_used = [table.columns[name] for name in _used(planned)]
    load += row_lines(spec, columns_used)
    load += [line for column in columns_used for line in spelled_out(column)]
    prepare += [*(numbered or [*_matrix(ways, names_used), 'x = x.astype("float32")']), *targets]
    imports = ("import pandas as pd",) if any("pd." in line for line in load + prepare) else ()
    imports = (*imports, *words.imports, *table.imports, *imports_of(names_used))
    return TableLines(tuple(load), tuple(prepare), imports, words.functions)


def _matrix(ways: list[Way], used: set[str]) -> list[str]:
    """Lines that make a matrix of the frame ``x``; what they import is put into ``used``."""
    if not any(way.transformers or way.has_indicator for way in ways):
        return ['x = x.to_numpy("float64")']
    columns, names = transformers(ways)
    used |= names | {"ColumnTransformer"}
    return [
        "# Fitted on the training rows only: the others are not known yet.",
        layout.laid_out(("columns = ", *layout.call("ColumnTransformer", columns, ("sparse_threshold=0",)))),
        "columns.fit(x.iloc[train])",
        "x = columns.transform(x)",
    ]


def _of_file(planned: Plan) -> KnownTable:
    known = profile_of(planned.options["file"], settings())
    profile = known.model_copy(update={"columns": corrected(known, planned.options["types"] or {})})
    if profile.openml:
        return openml_table(profile)
    return KnownTable(read(profile.name, profile), {column.name: column for column in profile.columns})


def _used(planned: Plan) -> tuple[str, ...]:
    """The columns that are learned from, before any step."""
    features = planned.source.features
    return features if planned.columns is None else tuple(features[at] for at in planned.columns)
