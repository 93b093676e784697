"""Residual blocks for images, after He et al. (2016), "Deep residual learning for image recognition"."""

import math
from typing import Any

from playground.specs.templates.template import Layers, layer

_LARGE_SIDE = 64
_FILTERS = 16


def resnet(side: int) -> Layers:
    """A stem, two to four residual blocks and an average over the image.

    Every block but the first halves the image with stride 2 and doubles the filters; its shortcut is then a
    convolution of one pixel with the same stride.

    Args:
        side: the shorter side of the image, in pixels.
    """
    is_large = side > _LARGE_SIDE
    layers = [
        _conv("stem_conv", _FILTERS, strides=2 if is_large else 1),
        layer("BatchNormalization", "stem_norm"),
        layer("Activation", "stem_relu", activation="relu"),
    ]
    if is_large:
        layers.append(layer("MaxPooling2D", "stem_pool", pool_size=2))
    for number in range(1, max(2, min(4, int(math.log2(side)) - 1)) + 1):
        reads = layers[-1]["name"]
        layers += _block(f"block_{number}", reads, _FILTERS * 2 ** (number - 1), 1 if number == 1 else 2)
    return [*layers, layer("GlobalAveragePooling2D", "average")]


def _block(name: str, reads: str, filters: int, strides: int) -> Layers:
    shortcut: Layers = []
    around = reads
    if strides > 1:
        around = f"{name}_shortcut_norm"
        shortcut = [
            _conv(f"{name}_shortcut_conv", filters, reads, size=1, strides=strides),
            layer("BatchNormalization", around),
        ]
    return [
        *shortcut,
        _conv(f"{name}_conv_1", filters, reads, strides=strides),
        layer("BatchNormalization", f"{name}_norm_1"),
        layer("Activation", f"{name}_relu_1", activation="relu"),
        _conv(f"{name}_conv_2", filters),
        layer("BatchNormalization", f"{name}_norm_2"),
        layer("Add", f"{name}_add", f"{name}_norm_2", around),
        layer("Activation", f"{name}_relu_2", activation="relu"),
    ]


def _conv(name: str, filters: int, *inputs: str, size: int = 3, strides: int = 1) -> dict[str, Any]:
    """A convolution without bias, since the normalisation after it has one."""
    args: dict[str, Any] = {"filters": filters, "kernel_size": size, "padding": "same", "use_bias": False}
    if strides > 1:
        args["strides"] = strides
    return layer("Conv2D", name, *inputs, **args)
