"""A run as a Keras script that stands alone and gives the same numbers."""

import keyword
import re

from playground import catalog
from playground.data import outline
from playground.export.calls import call, literal
from playground.export.loading import has, loading
from playground.specs import LayerSpec, RunSpec

_TAKEN = {
    "batches",
    "history",
    "inputs",
    "keras",
    "model",
    "np",
    "rng",
    "rows",
    "test",
    "train",
    "validation",
    "x",
    "y",
}


def script(spec: RunSpec) -> str:
    """Python source that loads the data, builds, compiles and trains the model of ``spec``, tests and saves it.

    Same seed, split, row order and first weights as the app, so the same losses up to rounding.

    Raises:
        DataError, LookupError: something in the spec is not on offer.
    """
    loaded = loading(spec)
    title = "".join(letter for letter in spec.name if letter.isprintable()).strip() or "A network"
    training = spec.training
    parts = [
        f"# {title}",
        "\n".join(["import keras", *loaded.imports]),
        f"SEED = {spec.seed}\nEPOCHS = {training.epochs}\nBATCH_SIZE = {training.batch_size}",
        *(f"\n{function}\n" for function in loaded.functions),
        f"# Load and prepare\n{loaded.code}",
        f"# Define\nkeras.utils.set_random_seed(SEED)\n{_model(spec)}",
        f"# Compile\n{_compile(spec)}",
        f"\n{_ORDER}",
        f"# Fit\n{_fit(spec)}",
    ]
    if has(spec, "test"):
        test = "model.evaluate(x_test, y_test, batch_size=BATCH_SIZE, return_dict=True, verbose=0)"
        parts.append(f"# Evaluate\ntest = {test}\nprint(test)")
    parts.append(f"# Save\nmodel.save({literal(_slug(spec.name) + '.keras')})")
    return "\n\n".join(parts) + "\n"


_ORDER = '''def batches():
    """Batches for all epochs; each epoch has an order of its own, which follows from the seed."""
    for epoch in range(EPOCHS):
        rng = np.random.Generator(np.random.Philox(key=[SEED, epoch]))
        rows = rng.permutation(len(x_train))
        for start in range(0, len(rows), BATCH_SIZE):
            batch = rows[start : start + BATCH_SIZE]
            yield x_train[batch], y_train[batch]
'''


def _model(spec: RunSpec) -> str:
    shape = literal(outline(spec.dataset).input_shape)
    layers = spec.model.layers
    made = [call("layers", layer.kind, layer.args, name=layer.name) for layer in layers]
    if all(not layer.inputs and _reading(layer) == catalog.Reading() for layer in layers):
        listed = [f'keras.Input({shape}, name="input")', *made]
        rows = [f"        {each}," for each in listed]
        return "\n".join(["model = keras.Sequential(", "    [", *rows, "    ]", ")", "model.summary()"])
    lines = [f'inputs = keras.Input({shape}, name="input")']
    names = {"input": "inputs"}
    last = "inputs"
    for layer, source in zip(layers, made, strict=True):
        read = [names[name] for name in layer.inputs] or [last]
        last = names[layer.name] = _variable(layer)
        lines.append(f"{last} = {source}({_given(layer, read)})")
    return "\n".join([*lines, f"model = keras.Model(inputs, {last})", "model.summary()"])


def _reading(layer: LayerSpec) -> catalog.Reading:
    entry = catalog.entry("layers", layer.kind)
    return entry.reading if entry else catalog.Reading()


def _given(layer: LayerSpec, read: list[str]) -> str:
    """The arguments of the layer's call, in the form that its class wants."""
    reading = _reading(layer)
    given = ", ".join(reading.given(read))
    return f"[{given}]" if reading.form == "list" else given


def _compile(spec: RunSpec) -> str:
    training = spec.training
    metrics = [
        literal(metric.kind) if metric.kind == "accuracy" else call("metrics", metric.kind, metric.args)
        for metric in training.metrics
    ]
    return "\n".join(
        [
            "model.compile(",
            f"    optimizer={call('optimizers', training.optimizer.kind, training.optimizer.args)},",
            f"    loss={call('losses', training.loss.kind, training.loss.args)},",
            f"    metrics=[{', '.join(metrics)}],",
            "    jit_compile=False,  # compiled by XLA, dropout would draw other numbers",
            ")",
            "model.optimizer.build(model.trainable_variables)",
        ]
    )


def _fit(spec: RunSpec) -> str:
    callbacks = [call("callbacks", each.kind, each.args) for each in spec.training.callbacks]
    lines = ["history = model.fit(", "    batches(),", "    steps_per_epoch=-(-len(x_train) // BATCH_SIZE),"]
    lines.append("    epochs=EPOCHS,")
    if has(spec, "validation"):
        lines += ["    validation_data=(x_validation, y_validation),", "    validation_batch_size=BATCH_SIZE,"]
    if callbacks:
        lines += ["    callbacks=[", *(f"        {each}," for each in callbacks), "    ],"]
    return "\n".join([*lines, "    verbose=2,", ")"])


def _variable(layer: LayerSpec) -> str:
    taken = keyword.iskeyword(layer.name) or layer.name in _TAKEN
    return f"{layer.name}_" if taken else layer.name


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "model"
