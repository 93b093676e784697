"""The states of the pages that pictures are taken of, each brought about when its turn comes."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from playground import data, recipes
from playground.engine import comparisons
from playground.engine.client import Client
from playground.export.link import packed
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.run_spec import RECONSTRUCTED
from playground.specs.stack import added
from playground.specs.templates import started
from tests import clicks
from tests.faults.engine import long_spec, training, wait_for


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, what to wait for, and what to do before."""

    name: str
    path: str
    text: str
    act: Callable[[Page], None] = lambda page: None


def shots(client: Client) -> Iterator[Shot]:
    """All states, one after another."""
    yield from runs(client)
    yield from builder(client)
    yield from models(client)


def runs(client: Client) -> Iterator[Shot]:
    """Home, and the pages of a run from its beginning to its end."""
    yield Shot("home-empty", "/", "Every run is kept")
    finished = wait_for(client, client.submit(recipes.recipe("digits-cnn").spec), lambda run: run.is_ended)
    yield Shot("train-finished", f"/Train?run={finished.id}", "Result on the test part")
    wild = with_value(recipes.recipe("digits-mlp").spec, "learning_rate", 1e38)
    failed = wait_for(client, client.submit(wild), lambda run: run.is_ended)
    yield Shot("train-failed", f"/Train?run={failed.id}", "Failed")
    running = wait_for(client, client.submit(long_spec(epochs=4_000, name="Digits, slowly")), training)
    client.request(running.id, "speed", epochs_per_s=15)  # it is still going on in the last of these pictures
    queued = client.submit(recipes.recipe("iris-mlp").spec)
    yield Shot("home", "/", "Watch it learn")
    yield Shot("train", f"/Train?run={running.id}", "Batch line")
    yield Shot("train-queued", f"/Train?run={queued}", "Next in line")
    client.request(queued, "stop")
    client.request(running.id, "pause")
    wait_for(client, running.id, lambda run: run.state == "paused")
    yield Shot("train-paused", f"/Train?run={running.id}", "Paused")
    client.request(running.id, "stop")
    wait_for(client, running.id, lambda run: run.is_ended)
    yield Shot("train-stopped", f"/Train?run={running.id}", "Stopped")
    split = {"kind": "kfold", "args": {"folds": 4}}
    folds = with_value(with_value(recipes.recipe("iris-mlp").spec, "dataset.split", split), "training.epochs", 60)
    compared = comparisons.submit(client, comparisons.folds_of(folds), "Iris MLP")
    for member in compared.members:
        wait_for(client, member.run_id, lambda run: run.is_ended)
    yield Shot("compare-folds", f"/Compare?compare={compared.id}", "Mean of 4")
    yield Shot("compare-missing", "/Compare?compare=nothing", "There is no such comparison")
    yield Shot("train-missing", "/Train?run=nothing", "There is no such run")


def builder(client: Client) -> Iterator[Shot]:
    """The pages of the builder, from an empty draft to several runs of one."""
    yield Shot("data-none", "/Data", "Digits")
    for source in ("digits", "iris", "spirals", "diabetes", "tips", "seasonal", "points"):
        yield Shot(f"data-{source}", f"/Data?draft={kept(client, begun(source))}", "Class balance|Target|Split")
    yield Shot("data-offline", f"/Data?draft={kept(client, begun('mnist'))}", "mnist.npz")
    yield Shot("model-none", "/Model", "dataset")
    yield Shot("model-empty", f"/Model?draft={kept(client, begun('digits'))}", "MLP")
    cnn = begun("digits", "cnn")
    fitting = kept(client, cnn)
    yield Shot("model-cnn", f"/Model?draft={fitting}", "Everything fits")
    wrong = added(begun("digits", "mlp"), "Conv2D", 1)
    yield Shot("model-does-not-fit", f"/Model?draft={kept(client, wrong)}", "expects")
    deep = begun("iris", "mlp")
    for _ in range(30):
        deep = added(deep, "Dense")
    yield Shot("model-deep", f"/Model?draft={kept(client, deep)}", "Everything fits|Worth a look")
    yield Shot("train-ready", f"/Train?draft={fitting}", "Start")
    blocked = with_value(begun("digits", "mlp"), "training.loss", {"kind": "MeanSquaredError"})
    blocked = with_value(blocked, "model.layers.output.units", 3)
    yield Shot("train-blocked", f"/Train?draft={kept(client, blocked)}", "Start")
    several = client.store.drafts.create(begun("digits", "mlp"), client.settings.owner)
    for rate in (0.0003, 0.001, 0.003):
        spec = with_value(several.spec, "learning_rate", rate)
        several = client.store.drafts.save(several.id, spec, several.revision)
        run = wait_for(client, client.submit(spec, draft_id=several.id), lambda run: run.is_ended)
        client.store.drafts.ran(several.id, run.id)
    yield Shot("train-overlaid", f"/Train?draft={several.id}", "Result on the test part")


def models(client: Client) -> Iterator[Shot]:
    """Larger networks, and what the Model page says of one."""
    resnet = kept(client, begun("digits", "resnet"))
    yield Shot("model-templates", f"/Model?draft={resnet}", "Everything fits", clicks.templates)
    yield Shot("model-resnet", f"/Model?draft={resnet}", "Everything fits", clicks.row("block_1_conv_1"))
    yield Shot("model-inception", f"/Model?draft={kept(client, begun('digits', 'inception'))}", "Everything fits")
    recurrent = kept(client, nested())
    yield Shot("model-nested-form", f"/Model?draft={recurrent}", "Everything fits", clicks.row("both_ways", "L2"))
    yield Shot("model-search", f"/Model?draft={recurrent}", "Everything fits", clicks.search("memory"))
    yield Shot("model-cost", f"/Model?draft={resnet}", "Everything fits", clicks.tab("Cost", "A training step"))
    yield Shot("model-summary", f"/Model?draft={resnet}", "Everything fits", clicks.inside("Summary", "Total params"))
    trained = client.store.drafts.create(begun("digits", "mlp"), client.settings.owner)
    run = wait_for(client, client.submit(trained.spec, draft_id=trained.id), lambda run: run.is_ended)
    client.store.drafts.ran(trained.id, run.id)
    yield Shot("model-weights", f"/Model?draft={trained.id}", "Everything fits", clicks.inside("Weights", "Best epoch"))
    file = saved_by_keras(client.settings.home / "from-elsewhere.keras")
    yield Shot(
        "model-import", f"/Model?draft={kept(client, begun('mnist', 'mlp'))}", "Everything fits", clicks.importing(file)
    )
    yield Shot("model-problems", f"/Model?draft={kept(client, unwise())}", "cannot be trained yet")
    yield Shot("home-shared", f"/?spec={packed(begun('digits', 'resnet'))}", "Everything fits")
    pictures = first_dataset("digits").model_copy(update={"target": RECONSTRUCTED})
    rebuilding = started(pictures, data.outline(pictures), "autoencoder")
    yield Shot("data-autoencoder", f"/Data?draft={kept(client, rebuilding)}", "the picture itself")
    measured = kept(client, with_value(begun("breast_cancer", "mlp"), "training.metrics", METRICS))
    yield Shot("train-metrics", f"/Train?draft={measured}", "Start", clicks.more_settings)


WRAPPED = {
    "kind": "LSTM",
    "args": {"units": 32, "kernel_regularizer": {"kind": "L2", "args": {"l2": 0.001}}},
}
METRICS = [
    {"kind": "accuracy", "args": {}},
    {"kind": "F1Score", "args": {"average": "macro", "threshold": 0.5}},
    {"kind": "PrecisionAtRecall", "args": {"recall": 0.9}},
]
UNWISE = (
    ("Dense", "without_bend", {"units": 4000}),
    ("Dense", "again_without", {"units": 64}),
    ("Dropout", "almost_all", {"rate": 0.95}),
    ("BatchNormalization", "normalise", {}),
)
SAVED = """
import sys, keras
from keras import layers
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(16, 3, activation="relu", name="edges"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax", name="digit"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.save(sys.argv[1])
"""


def begun(source: str, template: str | None = None) -> RunSpec:
    """A spec on the usual form of a dataset, with the layers of a template."""
    dataset = first_dataset(source)
    return started(dataset, data.outline(dataset), template)


def kept(client: Client, spec: RunSpec) -> str:
    """The id of a new draft of ``spec``."""
    return client.store.drafts.create(spec, client.settings.owner).id


def nested() -> RunSpec:
    """A spec whose first layer wraps another, with a regularizer that has an argument."""
    return with_value(begun("digits", "bidirectional_lstm"), "model.layers.both_ways.layer", WRAPPED)


def unwise() -> RunSpec:
    """A spec that many rules have something to say about."""
    spec = begun("digits", "mlp")
    for kind, name, args in UNWISE:
        spec = added(spec, kind)
        last = f"model.layers.{spec.model.layers[-2].name}"
        spec = with_value(with_value(spec, f"{last}.args", args), f"{last}.name", name)
    for path, value in {"loss": "MeanSquaredLogarithmicError", "learning_rate": 0.5}.items():
        spec = with_value(spec, path, value)
    return with_value(spec, "model.layers.output.units", 3)


def saved_by_keras(path: Path) -> Path:
    """A model file as Keras writes it, in a process of its own."""
    subprocess.run([sys.executable, "-c", SAVED, str(path)], check=True, capture_output=True)
    return path
