"""The part of a script that loads, divides and prepares the data, step for step as the app does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground import data
from playground.data.plan import Plan, plan
from playground.data.transforms.row_steps import ROW_STEPS, RowStep
from playground.export import images, layout, plane_lines
from playground.export.sources import SOURCES
from playground.export.splits import parts, split_lines
from playground.export.table_read import row_lines
from playground.export.tables import table_lines
from playground.export.target_lines import TARGET_LINES
from playground.specs import RunSpec
from playground.specs.labels import reads_labels
from playground.specs.run_spec import RECONSTRUCTED


@dataclass(frozen=True, slots=True)
class Loading:
    """Lines of a script: what it imports, functions it carries, and the code of two steps."""

    imports: tuple[str, ...]
    functions: tuple[str, ...]
    load: str
    prepare: str


def loading(spec: RunSpec) -> Loading:
    """The lines that end with ``x_train``, ``y_train`` and, as far as there are any, the other parts.

    Raises:
        DataError: the dataset, a step or the split is not on offer.
        LookupError: no script can get its rows.
    """
    planned = plan(spec.dataset)
    if planned.source.columns is not None:
        return _of_table(spec, planned)
    try:
        source = SOURCES[spec.dataset.source](planned)
    except KeyError:
        raise LookupError(f"There is no script yet that loads {spec.dataset.source}.") from None
    load = list(source.code)
    known = data.SOURCES.get(spec.dataset.source)
    if known is not None and spec.dataset.target not in (None, RECONSTRUCTED):
        at = known.given(planned.options).features.index(planned.source.target)
        load.append(f"x, y = np.delete(x, {at}, axis=1), x[:, {at}]  # of this column")
    if planned.columns is not None:
        load.append(layout.laid_out(("x = x[:, ", layout.Group("[]", tuple((f"{n}",) for n in planned.columns)), "]")))
    load += row_lines(spec.dataset) if any(isinstance(step, RowStep) for step, _ in planned.steps) else []
    prepare, imports = split_lines(spec, planned)
    imports = [*source.imports, *imports]
    needed = [images.NEEDED[step.kind] for step in spec.dataset.steps if step.kind in images.NEEDED]
    imports += [
        line for each in needed for line in each.imports if not any(known.startswith(line) for known in imports)
    ]
    functions = [*source.functions, *(function for each in needed for function in each.functions)]
    prepare += ["", *steps] if (steps := _steps(planned, spec)) else []
    prepare += ["", *_targets(planned, spec)]
    prepare += [f"x_{part}, y_{part} = x[{part}], y[{part}]" for part in parts(spec)]
    return Loading(tuple(imports), tuple(dict.fromkeys(functions)), "\n".join(load), "\n".join(prepare))


def _of_table(spec: RunSpec, planned: Plan) -> Loading:
    lines = table_lines(spec.dataset, planned)
    divided, imports = split_lines(spec, planned)
    prepare = [*divided, "", *lines.prepare, "", *_targets(planned, spec)]
    prepare += [f"x_{part}, y_{part} = x[{part}], y[{part}]" for part in parts(spec)]
    imports = [*lines.imports, *imports]
    return Loading(
        tuple(sorted(dict.fromkeys(imports), key=lambda line: (line.startswith("from"), line))),
        lines.functions,
        "\n".join(lines.load),
        "\n".join(prepare),
    )


_OF_TRAINING = "# Of the training rows only: the others are not known yet."


def _scale(args: Mapping[str, Any], axis: str) -> list[str]:
    return [f"x = x / np.float32({args['maximum']!r})"]


def _standardise(args: Mapping[str, Any], axis: str) -> list[str]:
    over = f"{axis}dtype=np.float64"
    return [
        _OF_TRAINING,
        f"mean = x[train].mean({over})",
        f"std = x[train].std({over})",
        "x = (x - np.float32(mean)) / np.float32(np.where(std == 0, 1, std))",
    ]


def _min_max(args: Mapping[str, Any], axis: str) -> list[str]:
    over = axis.rstrip(", ")
    return [
        _OF_TRAINING,
        f"low, high = x[train].min({over}), x[train].max({over})",
        "x = (x - low) / np.where(high == low, np.float32(1), high - low)",
    ]


def _add_channel(args: Mapping[str, Any], axis: str) -> list[str]:
    return ["x = x[..., np.newaxis]  # one channel"]


def _plane_features(args: Mapping[str, Any], axis: str) -> list[str]:
    return ["x1, x2 = x[:, 0], x[:, 1]", layout.laid_out(("x = ", *plane_lines.features(args)))]


def _of_target(kind: str) -> Callable[[Mapping[str, Any], str], list[str]]:
    return lambda args, axis: list(TARGET_LINES[kind])


_STEPS = {
    "scale": _scale,
    "standardise": _standardise,
    "min_max": _min_max,
    "add_channel": _add_channel,
    "plane_features": _plane_features,
    **images.STEPS,
    **{kind: _of_target(kind) for kind in TARGET_LINES},
}
"""Lines for each step of the catalogue, from its arguments and the axis that statistics run over."""


def _steps(planned: Plan, spec: RunSpec) -> list[str]:
    is_table = len(planned.source.input_shape) == 1
    lines: list[str] = []
    for step, (_, args) in zip(spec.dataset.steps, planned.steps, strict=True):
        if step.kind not in ROW_STEPS:
            lines += _STEPS[step.kind](args, "axis=0, " if is_table else "")
    return lines


def _targets(planned: Plan, spec: RunSpec) -> list[str]:
    if planned.task == "reconstruction":
        return ["y = x  # what comes out is compared with what went in"]
    if planned.target_shape and planned.task != "multiclass":
        return ['y = y.astype("float32")']
    if planned.task != "multiclass":
        return ['y = y.astype("float32")[:, np.newaxis]']
    if reads_labels(spec.training.loss):
        return ['y = y.astype("int32")']
    return [f"y = keras.utils.to_categorical(y, {len(planned.source.classes)})"]
