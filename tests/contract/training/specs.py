"""Small specs for the tests of training."""

from typing import Any

from playground.specs import RunSpec


def layer(kind: str, name: str, *inputs: str, **args: Any) -> dict[str, Any]:
    """A layer as JSON."""
    return {"kind": kind, "name": name, "args": args, "inputs": list(inputs)}


def chosen(kind: str, **args: Any) -> dict[str, Any]:
    """An optimizer, loss, metric or callback as JSON."""
    return {"kind": kind, "args": args}


MLP = [layer("Dense", "hidden", units=8, activation="tanh"), layer("Dense", "output", units=1, activation="sigmoid")]
DIGITS_CNN = [
    layer("Conv2D", "conv", filters=4, kernel_size=[3, 3], padding="same", use_bias=False),
    layer("BatchNormalization", "norm"),
    layer("Activation", "bend", activation="relu"),
    layer("Dropout", "drop", rate=0.25),
    layer("Flatten", "flatten"),
    layer("Dense", "output", units=10, activation="softmax", kernel_regularizer={"kind": "L2", "args": {"l2": 0.001}}),
]
DIGITS_LSTM = [layer("LSTM", "read", units=6, dropout=0.1), layer("Dense", "output", units=10, activation="softmax")]
TWO_ARMS = [
    layer("Dense", "left", "input", units=4, activation="relu"),
    layer("Dense", "right", "input", units=4, activation="tanh"),
    layer("Concatenate", "both", "left", "right"),
    layer("Dense", "output", units=1),
]
BINARY, MULTICLASS, SQUARED = (
    chosen("BinaryCrossentropy"),
    chosen("SparseCategoricalCrossentropy"),
    chosen("MeanSquaredError"),
)
SGD = chosen("SGD", learning_rate=0.1, momentum=0.9, nesterov=True)
ADAM = chosen("Adam", learning_rate=0.01)
RMSPROP_DECAYING = chosen(
    "RMSprop",
    learning_rate=chosen("ExponentialDecay", initial_learning_rate=0.01, decay_steps=10, decay_rate=0.9),
)


def spec(
    layers: list[dict[str, Any]] = MLP,
    source: str = "moons",
    *,
    options: dict[str, Any] | None = None,
    steps: tuple[dict[str, Any], ...] = (),
    loss: dict[str, Any] = BINARY,
    optimizer: dict[str, Any] = ADAM,
    metrics: tuple[dict[str, Any], ...] = (chosen("accuracy"),),
    callbacks: tuple[dict[str, Any], ...] = (),
    epochs: int = 3,
    batch_size: int = 32,
    seed: int = 3,
    split: dict[str, Any] | None = None,
    target: str | None = None,
) -> RunSpec:
    """A spec; by default a small network on 200 points of two moons."""
    if options is None:
        options = {"n_samples": 200} if source in ("moons", "plane", "spirals", "xor") else {}
    return RunSpec.from_dict(
        {
            "version": 1,
            "name": "Test",
            "seed": seed,
            "dataset": {
                "source": source,
                "options": options,
                "target": target,
                "features": [],
                "steps": list(steps),
                "split": split or chosen("holdout", validation=0.2, test=0.2),
            },
            "model": {"layers": layers},
            "training": {
                "optimizer": optimizer,
                "loss": loss,
                "metrics": list(metrics),
                "epochs": epochs,
                "batch_size": batch_size,
                "callbacks": list(callbacks),
            },
        }
    )


SCALED = chosen("scale", maximum=16)
CHANNEL = chosen("add_channel")
