"""What can be asked of a workbench by the labs of tensors and metrics, answered by Keras itself."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.catalog.tensor_ops import tensor_op
from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.labs import metric_curves, metric_points, metrics, number_types, tensor_cells, tensors
from playground.settings import Settings


def tensor(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The tensor that ``args["op"]`` with ``args["args"]`` makes of ``args["inputs"]``.

    ``inputs`` are up to two of ``{"shape", "fill", "seed"}``, called ``a`` and ``b``. Each tensor comes as its array
    and, in the header, as ``{"code", "dtype", "bytes"}`` under its name, ``result`` for the one that was made. Of its
    cell ``args["cell"]`` the arrays ``from_a`` and ``from_b`` say what it is made of. Where Keras does not make one,
    ``why`` says so, and the inputs come all the same.
    """
    header: dict[str, Any] = {"why": "", "result": None}
    try:
        op = tensor_op(args["op"])
        inputs = {
            name: tensors.filled(str(each["shape"]), each["fill"], int(each.get("seed", 0)))
            for name, each in zip("ab", args["inputs"][: op.reads], strict=False)
        }
    except (LookupError, ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    found = {name: made.values for name, made in inputs.items()}
    header |= {name: _told(made) for name, made in inputs.items()}
    given = {name: made.tensor for name, made in inputs.items()}
    try:
        result = tensors.applied(op.id, args["args"], given)
    except tensors.TensorError as error:
        return header | {"why": str(error)}, found
    except (LookupError, ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    found["result"] = result.values
    header["result"] = _told(result)
    cell = int(args.get("cell", -1))
    if op.reads and 0 <= cell < result.values.size:
        a, b = given["a"], given.get("b", np.zeros(0, np.int32))
        found["from_a"], found["from_b"] = tensor_cells.met(op, args["args"], a, b, cell)
    return header, found


def number_kept(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``args["x"]`` and ``args["y"]`` in every type: ``rows`` of ``number_types.Kept``, and the ``code`` of each."""
    x, y, operation = float(args["x"]), float(args["y"]), str(args["operation"])
    try:
        rows = number_types.kept(x, y, operation)
    except ValueError as error:
        raise RefusedError(str(error)) from error
    code = {each.dtype: number_types.code_of(each.dtype, x, y, operation) for each in rows}
    return {"rows": [each._asdict() for each in rows], "code": code}, {}


def class_answers(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """What ``args["threshold"]`` makes of the two classes of ``args["points"]``: the fields of ``Answers``."""
    try:
        found = metric_curves.answers(_two_classes(args["points"], arrays), float(args["threshold"]))
    except (ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    return dict(found._asdict()), {}


def class_curves(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``targets`` and ``answers`` of the two classes of ``args["points"]``, and the fields of ``Curves``."""
    try:
        points = _two_classes(args["points"], arrays)
    except (ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    fields = metric_curves.curves(points)._asdict()
    found = {name: value for name, value in fields.items() if isinstance(value, np.ndarray)}
    header = {name: value for name, value in fields.items() if name not in found}
    return header, found | {"targets": points.targets, "answers": points.answers}


def metric_values(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``values`` of metrics that fit ``args["view"]`` on ``args["points"]``, by id: fields of ``Value``.

    With ``args["threshold"]`` those that have a threshold, without it the others; the targets and answers as well.
    Points of numbers come as the arrays ``x`` and ``y`` and the line in ``args["points"]``; answers of a network as
    ``targets`` and ``answers``, of several classes one row after the other, their number in ``args["points"]``.
    """
    view, asked = args["view"], args["points"]
    try:
        if view == "binary":
            points = _two_classes(asked, arrays)
        elif view == "multiclass" and "answers" in arrays:
            shares = arrays["answers"].reshape(-1, int(asked["classes"]))
            points = metric_points.answered(arrays["targets"], shares, float(asked["temperature"]))
        elif view == "multiclass":
            points = metric_points.several_classes(
                float(asked["separation"]), int(asked["n"]), int(asked["seed"]), float(asked["temperature"])
            )
        elif view == "regression":
            points = metric_points.on_a_line(arrays["x"], arrays["y"], float(asked["slope"]), float(asked["intercept"]))
        else:
            raise ValueError(f"View: expected binary, multiclass or regression, received {view!r}.")
    except (ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    threshold = args.get("threshold")
    found = metrics.values(view, points, None if threshold is None else float(threshold))
    header = {"values": {name: value._asdict() for name, value in found.items()}}
    return header, {"targets": points.targets, "answers": points.answers}


def _two_classes(asked: dict[str, Any], arrays: dict[str, np.ndarray]) -> metric_points.Points:
    """Answers of a network that come as the arrays ``targets`` and ``answers``, else samples that are drawn."""
    moved = {int(at): (float(shift), bool(is_turned)) for at, shift, is_turned in asked.get("moved", [])[:10]}
    if "answers" in arrays:
        return metric_points.answered(arrays["targets"], arrays["answers"], float(asked["temperature"]), moved)
    return metric_points.two_classes(
        float(asked["separation"]),
        float(asked["share"]),
        int(asked["n"]),
        int(asked["seed"]),
        float(asked["temperature"]),
        moved,
    )


def _told(made: tensors.Made) -> dict[str, Any]:
    return {"code": made.code, "dtype": made.dtype, "bytes": made.n_bytes}


TENSOR_QUESTIONS: dict[str, Callable[..., Message]] = {
    "tensor": tensor,
    "number_kept": number_kept,
    "class_answers": class_answers,
    "class_curves": class_curves,
    "metric_values": metric_values,
}
