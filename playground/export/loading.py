"""The part of a script that loads, divides and prepares the data, step for step as the app does."""

import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.data import generated
from playground.data.plan import Plan, plan
from playground.export.calls import literal
from playground.specs import RunSpec
from playground.specs.labels import reads_labels


@dataclass(frozen=True, slots=True)
class Loading:
    """Lines of a script: what it imports, functions it carries, and the code."""

    imports: tuple[str, ...]
    functions: tuple[str, ...]
    code: str


def loading(spec: RunSpec) -> Loading:
    """The lines that end with ``x_train``, ``y_train`` and, as far as there are any, the other parts.

    Raises:
        DataError: the dataset, a step or the split is not on offer.
    """
    planned = plan(spec.dataset)
    source = spec.dataset.source
    imports, functions, lines = ["import numpy as np"], [], []
    points = getattr(generated, source, None)
    if source == "mnist":
        lines += [
            "(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()",
            "n_test = len(x_test)",
            'x = np.concatenate([x, x_test]).astype("float32")',
            "y = np.concatenate([y, y_test])",
        ]
    elif points is not None and inspect.isfunction(points):
        functions.append(textwrap.dedent(inspect.getsource(points)).rstrip())
        options = "".join(f", {name}={literal(value)}" for name, value in planned.options.items())
        lines.append(f"x, y = {source}(np.random.default_rng([SEED, {generated.STREAM}]){options})")
    else:
        imports.append(f"from sklearn.datasets import load_{source}")
        shape = planned.source.input_shape
        reshaped = f".reshape(-1, {', '.join(map(str, shape))})" if len(shape) > 1 else ""
        lines += [f"x, y = load_{source}(return_X_y=True)", f'x = x{reshaped}.astype("float32")']
    if planned.columns is not None:
        lines.append(f"x = x[:, {list(planned.columns)}]")
    lines += ["", *_split(planned)]
    if any("train_test_split" in line for line in lines):
        imports.append("from sklearn.model_selection import train_test_split")
    lines += _steps(planned, spec)
    lines += ["", *_targets(planned, spec)]
    for part in _parts(planned):
        lines.append(f"x_{part}, y_{part} = x[{part}], y[{part}]")
    return Loading(tuple(imports), tuple(functions), "\n".join(lines))


def has(spec: RunSpec, part: str) -> bool:
    """Whether the split of ``spec`` makes a part of that name: ``train``, ``validation`` or ``test``."""
    return part in _parts(plan(spec.dataset))


def _parts(planned: Plan) -> list[str]:
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
        return ["train = test = np.arange(len(x))"]
    lines = []
    is_stratified = planned.split == "holdout" and args["stratify"] and planned.source.task != "regression"
    if planned.split == "given":
        lines.append("train, test = np.arange(len(x) - n_test), np.arange(len(x) - n_test, len(x))")
        whole = "len(train)"
    else:
        lines.append("train = np.arange(len(x))")
        whole = "len(x)"
    drawn = ("validation",) if planned.split == "given" else ("test", "validation")
    for part in drawn:
        if args[part] > 0:
            size = f"round({args[part]!r} * {whole})"
            stratify = ", stratify=y[train]" if is_stratified else ""
            lines.append(f"train, {part} = train_test_split(train, test_size={size}, random_state=SEED{stratify})")
    return lines


def _scale(args: Mapping[str, Any], axis: str) -> list[str]:
    return [f"x = x / np.float32({args['maximum']!r})"]


def _standardise(args: Mapping[str, Any], axis: str) -> list[str]:
    over = f"{axis}dtype=np.float64"
    return [
        f"mean, std = x[train].mean({over}), x[train].std({over})  # of the training rows only",
        "x = (x - np.float32(mean)) / np.float32(np.where(std == 0, 1, std))",
    ]


def _min_max(args: Mapping[str, Any], axis: str) -> list[str]:
    over = axis.rstrip(", ")
    return [
        f"low, high = x[train].min({over}), x[train].max({over})  # of the training rows only",
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
    return ["", *lines] if lines else []


def _targets(planned: Plan, spec: RunSpec) -> list[str]:
    if planned.source.task != "multiclass":
        return ['y = y.astype("float32")[:, np.newaxis]']
    if reads_labels(spec.training.loss):
        return ['y = y.astype("int32")']
    return [f"y = keras.utils.to_categorical(y, {len(planned.source.classes)})"]
