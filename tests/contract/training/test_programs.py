"""Every layer, loss, metric, optimizer, schedule and template of the catalogue in each program that may train it.

The reference is ``train_on_batch`` on the same rows. Layers stand side by side in one model, a branch each, so that
one program covers many of them and the weights still tell which one is wrong.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf

from playground import catalog
from playground.catalog import Entry
from playground.data import outline
from playground.specs import RunSpec
from playground.specs.facts import Facts, Task
from playground.specs.first_dataset import first_dataset
from playground.specs.order import order
from playground.specs.templates import fitting, started
from playground.training import objects
from playground.training.build import build, compile_model
from playground.training.programs import can_compile
from playground.training.resident import Resident
from playground.training.targets import targets
from tests.contract.test_templates import WITHOUT_FILE
from tests.contract.tiny import BY_TASK, ROWS, labels, reads_whole_numbers, required, rows
from tests.contract.training.specs import MULTICLASS, chosen, layer, spec
from tests.sweeps import some

BATCH, EPOCHS = 8, 3
EVEN, UNEVEN = 48, 52
"""Rows; with ``UNEVEN``, the last batch of an epoch has 4, which takes a program of its own and so twice the time."""
TOGETHER = 10
SHAPES = {1: (6,), 2: (6, 4), 3: (6, 6, 3), 4: (4, 4, 4, 2), 5: (2, 4, 4, 4, 2)}
NO_KERNEL = ("CategoryEncoding",)
"""Layers that Keras says XLA can compile, and TensorFlow has no kernel for."""
UNLIKE = {
    "AugMix": "which operations it mixes is drawn by Python when Keras traces it, not when it trains",
    "RandomElasticTransform": "Keras bends all images of a batch alike where it does not know the size of the batch",
}
"""Layers that do not repeat plain Keras, each with its reason."""


class Case(NamedTuple):
    run: RunSpec
    shape: tuple[int, ...]
    is_whole: bool = False
    task: Task = "multiclass"
    n_rows: int = UNEVEN


def beside(entries: Sequence[Entry], rank: int, *, is_whole: bool) -> Case:
    """A classifier in which each of the layers reads the input, and the output reads them all."""
    layers: list[dict[str, Any]] = []
    for each in entries:
        name = each.id.lower()
        args = {**each.usual, **required(each, rank)}
        layers.append(layer(each.id, name, *["input"] * each.reading.least, **args))
        layers.append(layer("Flatten", f"{name}_flat", name))
        layers.append(layer("Dense", f"{name}_out", f"{name}_flat", units=3, activation="tanh"))
    ends = [f"{each.id.lower()}_out" for each in entries]
    if len(ends) > 1:
        layers.append(layer("Add", "sum", *ends))
    layers.append(layer("Dense", "output", units=3, activation="softmax"))
    run = spec(layers, "iris", loss=MULTICLASS, optimizer=chosen("SGD", learning_rate=0.01), batch_size=BATCH)
    return Case(run, SHAPES[rank], is_whole)


def layer_cases() -> dict[str, Case]:
    found: dict[str, Case] = {}
    by_kind: dict[tuple[int, bool, bool], list[Entry]] = {}
    for each in catalog.entries("layers"):
        if each.id not in UNLIKE:
            rank = each.ranks[0] if each.ranks else 2
            may_compile = (
                each.id not in NO_KERNEL and objects.made("layers", each.id, required(each, rank)).supports_jit
            )
            by_kind.setdefault((rank, reads_whole_numbers(each), may_compile), []).append(each)
    for (rank, is_whole, _), entries in by_kind.items():
        for at in range(0, len(entries), TOGETHER):
            some = entries[at : at + TOGETHER]
            found[f"rank {rank}: {some[0].id} to {some[-1].id}"] = beside(some, rank, is_whole=is_whole)
    return found


def facts_of(case: Case) -> Facts:
    classes = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c")}.get(case.task, ())
    return Facts(task=case.task, input_shape=case.shape, classes=classes, n_train=case.n_rows)


def made(case: Case) -> keras.Model:
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(2)
    model = build(case.run.model, case.shape)
    compile_model(model, case.run.training)
    return model


def rows_of(case: Case) -> tuple[np.ndarray, np.ndarray]:
    rng, shape = np.random.default_rng(4), (case.n_rows, *case.shape)
    x = rng.integers(0, 2, shape) if case.is_whole else rng.random(shape)
    x, facts = x.astype(np.float32), facts_of(case)
    y = (
        np.arange(case.n_rows) % len(facts.classes)
        if facts.classes
        else x
        if case.task == "reconstruction"
        else x.sum(axis=1) / 6
    )
    return x, targets(y, facts, case.run.training)


def batches(n_rows: int) -> list[np.ndarray]:
    return [order(2, epoch, n_rows)[at : at + BATCH] for epoch in range(EPOCHS) for at in range(0, n_rows, BATCH)]


def plain(case: Case) -> tuple[list[float], dict[str, list[np.ndarray]]]:
    """Losses and last weights by layer of ``train_on_batch``."""
    model, (x, y) = made(case), rows_of(case)
    model.optimizer.build(model.trainable_variables)
    losses = []
    for at in batches(case.n_rows):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x[at], y[at], return_dict=True)["loss"]))
    return losses, weights(model)


def ours(case: Case, *, is_xla: bool) -> tuple[list[float], dict[str, list[np.ndarray]]]:
    """The same of the app's own program."""
    model, (x, y) = made(case), rows_of(case)
    resident = Resident(model, x, y, BATCH)
    if is_xla:
        resident.compile()
        resident.is_xla = True
    values: list[float] = []
    for epoch in range(EPOCHS):
        at, done = order(2, epoch, case.n_rows), 0
        while done < resident.steps_per_epoch:
            found = resident.block(at, done, 4).values[:, resident.batch_names.index("loss")]
            values, done = [*values, *found.tolist()], done + len(found)
    return values, weights(model)


def weights(model: keras.Model) -> dict[str, list[np.ndarray]]:
    return {each.name: [weight.copy() for weight in each.get_weights()] for each in model.layers if each.weights}


def same(found: Any, expected: Any, rtol: float) -> None:
    (losses, last), (theirs, at_last) = found, expected
    assert np.isfinite(theirs).all()
    wrong = {
        name: max(float(np.abs(mine - plain).max()) for mine, plain in zip(last[name], values, strict=True))
        for name, values in at_last.items()
        if not all(np.allclose(*pair, rtol=rtol, atol=rtol) for pair in zip(last[name], values, strict=True))
    }
    assert wrong == {}, "these layers have other weights, by as much"
    np.testing.assert_allclose(losses, theirs, rtol=rtol, atol=rtol)


def in_each_program(case: Case) -> None:
    expected = plain(case)
    same(ours(case, is_xla=False), expected, 2e-6)
    if any(each.kind in NO_KERNEL for each in case.run.model.layers):
        with pytest.raises(tf.errors.OpError):
            ours(case, is_xla=True)
    elif can_compile(made(case)):
        same(ours(case, is_xla=True), expected, 2e-4)


LAYERS = layer_cases()


@pytest.mark.parametrize("name", some(LAYERS, 4))
def test_layers(name):
    in_each_program(LAYERS[name])


EVERYTHING = chosen(
    "Adam",
    learning_rate=0.01,
    amsgrad=True,
    weight_decay=0.01,
    global_clipnorm=0.5,
    use_ema=True,
    ema_momentum=0.9,
    gradient_accumulation_steps=3,
)


def of_task(task: Task, n_rows: int = UNEVEN, **changes: Any) -> Case:
    """A small network for the task, trained as ``changes`` say."""
    end = dict(BY_TASK[task])
    units = 6 if task == "reconstruction" else None
    last = end["layers"][-1]
    layers = [
        layer("Dense", "hidden", units=8, activation="tanh"),
        {**last, "args": {**last["args"], **({"units": units} if units else {})}},
    ]
    made_of = {
        **end,
        "layers": layers,
        "optimizer": chosen("SGD", learning_rate=0.05),
        "batch_size": BATCH,
        "metrics": (),
    }
    return Case(spec(**{**made_of, **changes}), SHAPES[1], task=task, n_rows=n_rows)


def training_cases() -> dict[str, Case]:
    found = {
        f"{each.id} for {task}": of_task(task, EVEN, loss=chosen(each.id, **required(each)))
        for each in catalog.entries("losses")
        for task in each.tasks
    }
    for each in catalog.entries("optimizers"):
        found[each.id] = of_task("regression", EVEN, optimizer=chosen(each.id, **required(each)))
    found["Adam with everything"] = of_task("regression", optimizer=EVERYTHING)
    for each in catalog.entries("schedules"):
        rate = chosen(each.id, **required(each))
        found[each.id] = of_task("regression", EVEN, optimizer=chosen("SGD", learning_rate=rate))
    return found


TRAINING = training_cases()


@pytest.mark.parametrize("name", some(TRAINING, 4))
def test_losses_optimizers_and_schedules(name):
    in_each_program(TRAINING[name])


def metric_cases() -> dict[str, Case]:
    """All metrics of a task at once; those that read labels apart from those that read rows of 0 and 1."""
    found = {}
    for task in BY_TASK:
        for is_sparse in (False, True):
            entries = [
                each
                for each in catalog.entries("metrics")
                if task in each.tasks and (each.id.startswith("Sparse") or each.id == "accuracy") == is_sparse
            ]
            loss = {"loss": chosen("CategoricalCrossentropy")} if task == "multiclass" and not is_sparse else {}
            if entries:
                metrics = tuple(chosen(each.id, **required(each)) for each in entries)
                found[f"{task}{' by label' if is_sparse else ''}"] = of_task(task, metrics=metrics, **loss)
    return found


METRICS = metric_cases()


@pytest.mark.parametrize("name", some(METRICS, 3))
def test_metrics_of_an_epoch(name):
    case = METRICS[name]
    model, (x, y) = made(case), rows_of(case)
    at = order(2, 0, case.n_rows)
    history = model.fit(x[at], y[at], batch_size=BATCH, shuffle=False, verbose=0).history
    expected = {key: float(np.mean(values)) for key, values in history.items()}
    assert len(expected) == 1 + len(case.run.training.metrics)
    for is_xla in (False, True):
        resident = Resident(made(case), x, y, BATCH)
        if is_xla:
            resident.compile()
            resident.is_xla = True
        done, closed = 0, {}
        while done < resident.steps_per_epoch:
            block = resident.block(at, done, 4)
            done, closed = done + len(block.values), block.closed
        assert closed == pytest.approx(expected, rel=2e-4, abs=2e-5)


def templates() -> dict[str, RunSpec]:
    """Each template on the first dataset it fits."""
    found: dict[str, RunSpec] = {}
    for source in WITHOUT_FILE:
        dataset = first_dataset(source)
        facts = outline(dataset)
        for template in fitting(facts):
            if template.name not in found:
                found[template.name] = started(dataset, facts, template.name)
    return found


TEMPLATES = templates()


@pytest.mark.parametrize("name", some(TEMPLATES, 4))
def test_templates(name):
    run = TEMPLATES[name]
    facts = outline(run.dataset)
    x, y = rows(facts.input_shape, facts.vocabulary is not None), targets(labels(facts), facts, run.training)
    losses = []
    for is_ours in (False, True):
        model = made(Case(run, facts.input_shape))
        model.optimizer.build(model.trainable_variables)
        resident = Resident(model, x, y, 3) if is_ours else None
        for number in range(3):
            part = np.arange(3 * number, min(3 * number + 3, ROWS))
            if resident is None:
                model.reset_metrics()
                losses.append(float(model.train_on_batch(x[part], y[part], return_dict=True)["loss"]))
            else:
                values = resident.block(np.arange(ROWS), number, 1).values
                losses.append(float(values[0, resident.batch_names.index("loss")]))
    assert losses[3:] == pytest.approx(losses[:3], rel=2e-5)
    assert len(set(losses[:3])) == 3
