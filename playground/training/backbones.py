"""Networks of ``keras.applications`` as one layer: built, and frozen or thawed."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from playground import catalog

_OWN = ("pooling", "alpha")
"""Arguments of the networks that are Keras's own; the others say where weights come from and what trains."""


def backbone(kind: str, args: Mapping[str, Any], name: str, shape: Sequence[int | None]) -> keras.Model:
    """The network ``kind`` without its top, behind its own preprocessing, as one model called ``name``.

    Its weights are random; ``published_weights`` brings the published ones. Batch normalisation that is pretrained
    never trains: Keras hands ``training`` of a model on to the models in it, whatever these were called with, so only
    a layer that is not trainable stays in inference mode.

    Args:
        kind: an id of :data:`playground.catalog.BACKBONES`.
        args: as the spec has them.
        name: the layer's.
        shape: of the images that it reads, without the batch axis.

    Raises:
        LookupError: it has no such argument.
        ValueError: what Keras says of the images.
    """
    about = catalog.BACKBONES[kind]
    for each in args:
        if about.entry.param(each) is None:
            raise LookupError(f"{kind} has no argument {each!r} on offer.")
    refused = about.entry.refusal(shape)
    if refused:
        raise ValueError(refused)
    chosen = {param.name: args.get(param.name, param.default) for param in about.entry.params}
    base = getattr(keras.applications, kind)(
        input_shape=tuple(shape),
        include_top=False,
        weights=None,
        **{each: chosen[each] for each in _OWN if each in chosen},
    )
    base.trainable = chosen["trainable"]
    if chosen["trainable"]:
        last = chosen["trainable_layers"]
        for layer in base.layers[: -last if last else 0]:
            layer.trainable = False
        if last or chosen["weights"]:
            for layer in base.layers:
                if isinstance(layer, keras.layers.BatchNormalization):
                    layer.trainable = False
    images = keras.Input(tuple(shape))
    prepared = getattr(keras.applications, about.module).preprocess_input(images)
    return keras.Model(images, base(prepared), name=name)
