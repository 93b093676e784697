"""The part of a script that loads, divides and prepares the data, step for step as the app does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.data.plan import Plan, plan
from playground.export import layout
from playground.export.sources import SOURCES
from playground.export.tables import table_lines
from playground.specs import RunSpec
from playground.specs.labels import reads_labels


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
    if planned.columns is not None:
        load.append(layout.laid_out(("x = x[:, ", layout.Group("[]", tuple((f"{n}",) for n in planned.columns)), "]")))
    prepare = _split(planned)
    imports = list(source.imports)
    if any("train_test_split" in line for line in prepare):
        imports.append("from sklearn.model_selection import train_test_split")
    prepare += ["", *steps] if (steps := _steps(planned, spec)) else []
    prepare += ["", *_targets(planned, spec)]
    prepare += [f"x_{part}, y_{part} = x[{part}], y[{part}]" for part in parts(spec)]
    return Loading(tuple(imports), source.functions, "\n".join(load), "\n".join(prepare))


def _of_table(spec: RunSpec, planned: Plan) -> Loading:
    lines = table_lines(spec.dataset, planned)
    prepare = [*_split(planned), "", *lines.prepare, "", *_targets(planned, spec)]
    prepare += [f"x_{part}, y_{part} = x[{part}], y[{part}]" for part in parts(spec)]
    drawn = ("from sklearn.model_selection import train_test_split",)
    imports = (*lines.imports, *(drawn if any("train_test_split" in line for line in prepare) else ()))
    return Loading(
        tuple(sorted(imports, key=lambda line: (line.startswith("from"), line))),
        (),
        "\n".join(lines.load),
        "\n".join(prepare),
    )


def parts(spec: RunSpec) -> list[str]:
    """The parts that the split of ``spec`` makes, of ``train``, ``validation`` and ``test``."""
    planned = plan(spec.dataset)
    args = planned.split_args
    wanted = {
        "train": True,
        "validation": planned.split != "none" and args["validation"] > 0,
        "test": planned.split != "holdout" or args["test"] > 0,
    }
    return [part for part, is_there in wanted.items() if is_there]


def _split(planned: Plan) -> list[str]:
    args: Mapping[str, Any] = planned.split_args
    if planned.split == "none":
        return ["train = test = np.arange(len(x))  # trained and tested on the same rows"]
    is_stratified = planned.split == "holdout" and args["stratify"] and planned.source.task != "regression"
    if planned.split == "given":
        lines = ["train = np.arange(len(x) - n_test)", "test = np.arange(len(x) - n_test, len(x))"]
        whole = "len(train)"
    else:
        lines = ["train = np.arange(len(x))"]
        whole = "len(x)"
    drawn = ("validation",) if planned.split == "given" else ("test", "validation")
    for part in drawn:
        if args[part] > 0:
            given = [("train",), (f"test_size=round({args[part]!r} * {whole})",), ("random_state=SEED",)]
            given += [("stratify=y[train]",)] if is_stratified else []
            lines.append(layout.laid_out((f"train, {part} = ", *layout.call("train_test_split", *given))))
    return lines


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


_STEPS = {"scale": _scale, "standardise": _standardise, "min_max": _min_max, "add_channel": _add_channel}
"""Lines for each step of the catalogue, from its arguments and the axis that statistics run over."""


def _steps(planned: Plan, spec: RunSpec) -> list[str]:
    is_table = len(planned.source.input_shape) == 1
    lines: list[str] = []
    for step, (_, args) in zip(spec.dataset.steps, planned.steps, strict=True):
        lines += _STEPS[step.kind](args, "axis=0, " if is_table else "")
    return lines


def _targets(planned: Plan, spec: RunSpec) -> list[str]:
    if planned.task == "reconstruction":
        return ["y = x  # what comes out is compared with what went in"]
    if planned.task != "multiclass":
        return ['y = y.astype("float32")[:, np.newaxis]']
    if reads_labels(spec.training.loss):
        return ['y = y.astype("int32")']
    return [f"y = keras.utils.to_categorical(y, {len(planned.source.classes)})"]
