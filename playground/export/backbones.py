"""Pretrained layers as functions of a script, each of which makes one network of ``keras.applications``."""

from typing import Any

from playground import catalog
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression
from playground.specs import LayerSpec, ModelSpec

_OWN = ("pooling", "alpha")
_FROZEN_NORMS = """    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False  # it keeps the statistics that it has learned"""


def function_of(layer: LayerSpec) -> str:
    """The name of the function that makes the pretrained ``layer``."""
    return f"pretrained_{layer.name}"


def functions(model: ModelSpec) -> tuple[str, ...]:
    """A function for each pretrained layer of ``model``: it takes the images and gives the network's answer to them.

    Raises:
        LookupError: a layer has an argument that is not on offer, or a value that Keras could not take.
    """
    return tuple(_function(layer) for layer in model.layers if layer.kind in catalog.BACKBONES)


def _function(layer: LayerSpec) -> str:
    about = catalog.BACKBONES[layer.kind]
    for name in layer.args:
        if about.entry.param(name) is None:
            raise LookupError(f"{layer.kind} has no argument {name!r} on offer.")
    chosen = {param.name: layer.args.get(param.name, param.default) for param in about.entry.params}
    is_trainable = bool(chosen["trainable"])
    state = "which trains" if is_trainable else "frozen"
    lines = [
        f"def {function_of(layer)}(images):",
        f'    """{layer.kind} without its top, {state}, behind its own preprocessing."""',
        "    shape = images.shape[1:]",
    ]
    file = about.file(layer.args)
    weights: Expression = value_of(chosen["weights"])
    if file is not None and about.is_by_size:
        fetched = layout.call(
            "keras.utils.get_file", value_of(file.name), value_of(file.url), ("cache_subdir=", *value_of("models"))
        )
        lines.append("    " + layout.laid_out(("weights = ", *fetched), 4))
        weights = ("weights",)
    made = layout.call(
        f"keras.applications.{layer.kind}",
        ("input_shape=shape",),
        ("include_top=False",),
        ("weights=", *weights),
        *((f"{name}=", *_written(name, chosen[name])) for name in _OWN if name in chosen),
    )
    lines.append("    " + layout.laid_out(("base = ", *made), 4))
    lines += _trained(chosen) if is_trainable else ["    base.trainable = False"]
    return "\n".join(
        [
            *lines,
            "    source = keras.Input(shape)",
            f"    prepared = keras.applications.{about.module}.preprocess_input(source)",
            f"    return keras.Model(source, base(prepared), name={value_of(layer.name)[0]})(images)",
        ]
    )


def _written(name: str, value: Any) -> Expression:
    try:
        return value_of(value)
    except TypeError as error:
        raise LookupError(f"{name}: {error}.") from error


def _trained(chosen: dict[str, Any]) -> list[str]:
    """The lines that freeze what does not train of a network that does."""
    last = chosen["trainable_layers"]
    lines = []
    if last:
        lines += [f"    for layer in base.layers[: -{int(last)}]:", "        layer.trainable = False"]
    if last or chosen["weights"]:
        lines.append(_FROZEN_NORMS)
    return lines
