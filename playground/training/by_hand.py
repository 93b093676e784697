"""Every step of a small network in numbers: what goes forward, what comes back, and what the optimizer does with it.

All numbers are Keras's own: the real model is called layer by layer under a gradient tape, and its own optimizer takes
the step. Seed, first weights and row order are the run's, so the losses are those that the run records.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.data import Prepared
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.by_hand import MAX_NUMBERS, MAX_STEPS, by_hand_refusal
from playground.specs.order import order
from playground.training.build import build, compile_model
from playground.training.objective import surface
from playground.training.shapes import summarise
from playground.training.targets import targets
from playground.training.weights import load


class ByHandError(ValueError):
    """A run that is not followed by hand; the message says why."""


class _Pass(NamedTuple):
    """A batch forward and back, before the optimizer's step.

    Attributes:
        values: by ``layer/pre`` and ``layer/out`` what the layers made of it, by ``layer/d_...`` the loss's gradients.
        loss: of the batch, penalties included.
        gradients: of the loss with respect to each weight that is trained.
        scaled: the same as the optimizer takes them.
        after: the weights after the optimizer's step; none before.
    """

    values: dict[str, Any]
    loss: Any
    gradients: list[Any]
    scaled: list[Any]
    after: list[Any]


def by_hand(
    spec: RunSpec,
    prepared: Prepared,
    settings: Settings,
    progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """The first steps of the run of ``spec``, as JSON values and lists.

    ``layers``: by layer name, kind, activation (empty for none) and names of its weights, in order; ``names``: of all
    weights, in order; ``weights``: by name, its values before the first step; ``steps``: see below; ``total``: steps of
    the whole run; ``points``: the training part as ``x`` and ``y``, where it is small; ``surface``: of a model with two
    weights, see :func:`playground.training.objective.surface`.

    A step has ``step`` and ``epoch``, from 1, ``rate``, ``rows`` (positions in the training part), ``x`` and ``y`` of
    the batch, ``loss``, ``gradients`` and ``after``, by weight, and ``values``: by layer its output ``out`` and, where
    it has weights and an activation, ``pre`` before that; ``d_out`` and ``d_pre`` are the loss's gradients by them.

    Args:
        spec: the run.
        prepared: its data.
        settings: limits.
        progress: told how far it is; may raise to cancel.

    Raises:
        ByHandError: it is not small and plain enough.
        BuildError, LimitError: it cannot be built.
    """
    facts = prepared.facts
    found = summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
    n = len(prepared.array("x_train"))
    if why := by_hand_refusal(spec, facts.model_copy(update={"n_train": n}), found.parameters):
        raise ByHandError(why)
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.model, facts.input_shape, facts.input_dtype)
    if spec.model.weights is not None:
        load(model, spec.model.weights, settings)
    compile_model(model, spec.training)
    x = np.array(prepared.array("x_train"))
    y = x if facts.task == "reconstruction" else targets(np.array(prepared.array("y_train")), facts, spec.training)
    names = _weight_names(model)
    made: dict[str, Any] = {
        "layers": [_described(layer) for layer in model.layers[1:]],
        "names": names,
        "weights": {name: _listed(weight) for name, weight in zip(names, model.trainable_weights, strict=True)},
        "features": list(facts.features),
        "total": spec.training.epochs * -(-n // spec.training.batch_size),
    }
    begun = [np.array(weight.numpy()) for weight in model.trainable_weights]
    made["steps"] = _steps(model, names, spec, x, y, made["total"], progress)
    if n <= _POINTS and len(facts.input_shape) == 1:
        made["points"] = {"x": _rounded(x), "y": _rounded(y)}
    if sum(weight.size for weight in begun) == 2:
        path = [np.concatenate([weight.ravel() for weight in begun])]
        path += [np.concatenate([np.ravel(step["after"][name]) for name in names]) for step in made["steps"]]
        made["surface"] = surface(model, x, y, np.array(path))
    return made


_POINTS = 500


def _steps(
    model: keras.Model,
    names: Sequence[str],
    spec: RunSpec,
    x: np.ndarray,
    y: np.ndarray,
    total: int,
    progress: Callable[[float, str], None],
) -> list[dict[str, Any]]:
    """The steps as they come, as many as there is room for."""
    last = min(total, MAX_STEPS)
    stepped = tf.function(lambda x, y: _stepped(model, x, y), autograph=False, jit_compile=False)
    steps: list[dict[str, Any]] = []
    numbers = 0
    for epoch, rows in _batches(spec, len(x), last):
        progress(len(steps) / last, "Following the run step by step")
        rate = float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))
        passed = stepped(tf.constant(x[rows]), tf.constant(y[rows]))
        values: dict[str, dict[str, Any]] = {}
        for name, value in passed.values.items():
            layer, _, what = name.rpartition("/")
            values.setdefault(layer, {})[what] = _rounded(value.numpy())
        steps.append(
            {
                "step": len(steps) + 1,
                "epoch": epoch + 1,
                "rate": _rounded(np.float32(rate)),
                "rows": rows.tolist(),
                "x": _rounded(x[rows]),
                "y": _rounded(y[rows]),
                "loss": _rounded(passed.loss.numpy()),
                "values": values,
                "gradients": {name: _rounded(g.numpy()) for name, g in zip(names, passed.gradients, strict=True)},
                "after": {name: _rounded(w.numpy()) for name, w in zip(names, passed.after, strict=True)},
            }
        )
        numbers += sum(int(tf.size(value)) for value in passed.values.values()) + 2 * model.count_params()
        if numbers > MAX_NUMBERS or not np.isfinite(steps[-1]["loss"]):
            break
    return steps


def _batches(spec: RunSpec, n: int, last: int) -> Iterator[tuple[int, np.ndarray]]:
    """Epoch, from 0, and rows of the first ``last`` batches, in the run's own order."""
    done = 0
    for epoch in range(spec.training.epochs):
        rows = order(spec.seed, epoch, n)
        for start in range(0, n, spec.training.batch_size):
            if done == last:
                return
            yield epoch, rows[start : start + spec.training.batch_size]
            done += 1


def _stepped(model: keras.Model, x: Any, y: Any) -> _Pass:
    """A batch forward and back, and the optimizer's step."""
    passed = _passed(model, x, y)
    model.optimizer.apply_gradients(zip(passed.scaled, model.trainable_weights, strict=True))
    return passed._replace(after=[tf.identity(weight.value) for weight in model.trainable_weights])


def _passed(model: keras.Model, x: Any, y: Any) -> _Pass:
    weights = model.trainable_weights
    seen: dict[str, Any] = {}
    with tf.GradientTape(persistent=True) as tape:
        value = x
        for layer in model.layers[1:]:
            value = _called(layer, value, seen, tape)
        loss = model.compute_loss(x=x, y=y, y_pred=value, training=True)
        # Keras takes a loss behind a sigmoid or softmax from the numbers before it; this one goes by the output.
        bare = tf.identity(value)
        seen_loss = model.compute_loss(x=x, y=y, y_pred=bare, training=True)
        scaled = model.optimizer.scale_loss(loss)
    back = {
        f"{name.rpartition('/')[0]}/d_{name.rpartition('/')[2]}": tape.gradient(loss, at) for name, at in seen.items()
    }
    output = f"{model.layers[-1].name}/d_out"
    if back[output] is None:
        back[output] = tape.gradient(seen_loss, bare)
    zeros = {name: tf.zeros_like(at) for name, at in zip(back, seen.values(), strict=True)}
    values = {**seen, **{name: zeros[name] if value is None else value for name, value in back.items()}}
    return _Pass(values, loss, tape.gradient(loss, weights), tape.gradient(scaled, weights), [])


def _called(layer: keras.Layer, value: Any, seen: dict[str, Any], tape: tf.GradientTape) -> Any:
    """The output of ``layer``, with its activation taken apart where it has one of its own beside weights."""
    activation = getattr(layer, "activation", None)
    if activation is None or activation is keras.activations.linear or not layer.weights:
        value = layer(value, training=True)
        seen[f"{layer.name}/out"] = value
        tape.watch(value)
        return value
    layer.activation = keras.activations.linear
    try:
        before = layer(value, training=True)
    finally:
        layer.activation = activation
    tape.watch(before)
    after = activation(before)
    seen[f"{layer.name}/pre"], seen[f"{layer.name}/out"] = before, after
    return after


def _described(layer: keras.Layer) -> dict[str, Any]:
    activation = getattr(layer, "activation", None)
    name = "" if activation is None or activation is keras.activations.linear else activation.__name__
    weights = [f"{layer.name}/{weight.name}" for weight in layer.trainable_weights]
    return {"name": layer.name, "kind": type(layer).__name__, "activation": name, "weights": weights}


def _weight_names(model: keras.Model) -> list[str]:
    return [f"{layer.name}/{weight.name}" for layer in model.layers for weight in layer.trainable_weights]


def _listed(weight: keras.Variable) -> Any:
    return _rounded(weight.numpy())


def _rounded(values: Any) -> Any:
    """``values`` with the digits of a 32-bit number and no more, as numbers and lists."""
    found = np.asarray(values)
    if found.dtype != np.float32:
        return found.tolist()
    return found.astype(str).astype(np.float64).tolist()
