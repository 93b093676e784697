"""Templates of convolutions, for images of any size and number of channels."""

import math
from typing import Any

from playground.specs.facts import Facts
from playground.specs.templates.residual import resnet
from playground.specs.templates.template import Layers, Misfit, Template, layer

_LEAST_SIDE = 4
_LARGE_SIDE = 64
_SMALL_SIDE = 16
_PRETRAINED_SIDE = 96  # the least that MobileNetV2 was trained on; below, its last maps are one pixel
_SCALED = 10.0  # images with no larger value are no pixels from 0 to 255 any more


def is_image(facts: Facts) -> bool:
    """Whether a sample can be read as an image: two sides of at least four, and perhaps channels."""
    return len(facts.input_shape) in (2, 3) and side(facts) >= _LEAST_SIDE


def side(facts: Facts) -> int:
    """The shorter side of an image, in pixels."""
    return min(facts.input_shape[:2])


def channelled(facts: Facts) -> Layers:
    """What gives an image its axis of channels, where it has none."""
    grey = len(facts.input_shape) == 2
    return [layer("Reshape", "image", target_shape=[*facts.input_shape, 1])] if grey else []


def _misfit(facts: Facts) -> Misfit | None:
    if not is_image(facts):
        return Misfit.NO_IMAGE
    if facts.is_sequence_answered:
        return Misfit.NO_STEPS
    return Misfit.NO_RECONSTRUCTION if facts.task == "reconstruction" else None


def _conv(name: str, filters: int, size: int = 3, *inputs: str, activation: str = "relu") -> dict[str, Any]:
    return layer("Conv2D", name, *inputs, filters=filters, kernel_size=size, padding="same", activation=activation)


def _cnn(facts: Facts) -> Layers:
    is_large = side(facts) > _LARGE_SIDE  # flattened, its dense layer would have millions of weights
    return [
        *channelled(facts),
        _conv("conv_1", 32),
        layer("MaxPooling2D", "pool_1", pool_size=2),
        _conv("conv_2", 64),
        layer("MaxPooling2D", "pool_2", pool_size=2),
        layer("Dropout", "dropout_1", rate=0.25),
        layer("GlobalAveragePooling2D", "average") if is_large else layer("Flatten", "flatten"),
        layer("Dense", "hidden", units=64, activation="relu"),
        layer("Dropout", "dropout_2", rate=0.5),
    ]


def _lenet(facts: Facts) -> Layers:
    """LeNet-5 as LeCun et al. (1998) have it for 28 x 28; larger images are pooled down to that on the way."""
    first = [max(2, size // 14) for size in facts.input_shape[:2]]
    left = min(size // by for size, by in zip(facts.input_shape[:2], first, strict=True))
    second = layer(
        "Conv2D",
        "conv_2",
        filters=16,
        kernel_size=5,
        padding="valid" if left >= 10 else "same",
        activation="tanh",
    )
    return [
        *channelled(facts),
        _conv("conv_1", 6, 5, activation="tanh"),
        layer("AveragePooling2D", "pool_1", pool_size=first),
        second,
        layer("AveragePooling2D", "pool_2", pool_size=2, padding="same"),
        layer("Flatten", "flatten"),
        layer("Dense", "dense_1", units=120, activation="tanh"),
        layer("Dense", "dense_2", units=84, activation="tanh"),
    ]


def _vgg(facts: Facts) -> Layers:
    blocks = max(1, min(5, int(math.log2(side(facts))) - 1))
    base = 16 if side(facts) < _SMALL_SIDE else 32
    layers = channelled(facts)
    for number in range(1, blocks + 1):
        filters = base * 2 ** min(number - 1, 2)
        layers += [
            _conv(f"block_{number}_conv_1", filters),
            _conv(f"block_{number}_conv_2", filters),
            layer("MaxPooling2D", f"block_{number}_pool", pool_size=2),
        ]
    return [
        *layers,
        layer("Flatten", "flatten"),
        layer("Dense", "hidden", units=4 * base, activation="relu"),
        layer("Dropout", "dropout", rate=0.5),
    ]


def _inception(facts: Facts) -> Layers:
    """Two of the modules of Szegedy et al. (2015), figure 2b, with few filters."""
    layers = [*channelled(facts), _conv("stem_conv", 16)]
    pools = range(1, int(math.log2(side(facts))) - 2)
    layers += [layer("MaxPooling2D", f"stem_pool_{number}", pool_size=2) for number in pools]
    for number in (1, 2):
        layers += _module(f"block_{number}", 16 * number, layers[-1]["name"])
    return [*layers, layer("GlobalAveragePooling2D", "average"), layer("Dropout", "dropout", rate=0.25)]


def _module(name: str, filters: int, reads: str) -> Layers:
    narrow = filters // 2
    return [
        _conv(f"{name}_conv_1x1", filters, 1, reads),
        _conv(f"{name}_narrow_3x3", narrow, 1, reads),
        _conv(f"{name}_conv_3x3", filters, 3),
        _conv(f"{name}_narrow_5x5", narrow, 1, reads),
        _conv(f"{name}_conv_5x5", filters, 5),
        layer("MaxPooling2D", f"{name}_pool", reads, pool_size=3, strides=1, padding="same"),
        _conv(f"{name}_pool_1x1", filters, 1),
        layer(
            "Concatenate",
            f"{name}_together",
            *(f"{name}_{branch}" for branch in ("conv_1x1", "conv_3x3", "conv_5x5", "pool_1x1")),
        ),
    ]


def _pretrained(facts: Facts) -> Layers:
    layers = channelled(facts)
    if len(facts.input_shape) == 2 or facts.input_shape[-1] == 1:
        layers.append(layer("Concatenate", "colours", *["image" if layers else "input"] * 3))
    if side(facts) < _PRETRAINED_SIDE:
        layers.append(layer("Resizing", "larger", height=_PRETRAINED_SIDE, width=_PRETRAINED_SIDE))
    if facts.largest and facts.largest <= _SCALED:
        layers.append(layer("Rescaling", "pixels", scale=255 / facts.largest))
    return [*layers, layer("MobileNetV2", "backbone", alpha=0.35, pooling="avg"), layer("Dropout", "dropout", rate=0.2)]


def _no_photograph(facts: Facts) -> Misfit | None:
    return _misfit(facts) or (None if facts.input_shape[2:] in ((), (1,), (3,)) else Misfit.NO_COLOURS)


def _resnet(facts: Facts) -> Layers:
    return [*channelled(facts), *resnet(side(facts))]


IMAGES = (
    Template(
        "cnn",
        "CNN",
        "Two convolutions with pooling: the first network to try on images.",
        "For a first good result on images, in little time.",
        _cnn,
        _misfit,
    ),
    Template(
        "lenet",
        "LeNet",
        "Two convolutions with average pooling and tanh, then dense layers.",
        "To see the network that read handwritten digits in 1998, or for small grey images and few parameters.",
        _lenet,
        _misfit,
    ),
    Template(
        "vgg",
        "Small VGG",
        "Blocks of two 3 × 3 convolutions, each block with half the size and more filters.",
        "When the CNN is too weak and there are many images. It learns slowly, and overfits on few.",
        _vgg,
        _misfit,
    ),
    Template(
        "resnet",
        "Small ResNet",
        "Convolutions with batch normalisation and shortcuts around every two of them.",
        "When depth is to pay: the shortcuts keep the gradient alive where a plain stack of layers stops learning.",
        _resnet,
        _misfit,
    ),
    Template(
        "inception",
        "Inception blocks",
        "Windows of 1, 3 and 5 pixels and a pooling side by side, put together again.",
        "When what matters comes in several sizes, or to see branches that meet again.",
        _inception,
        _misfit,
    ),
    Template(
        "pretrained",
        "Pretrained network",
        "A small MobileNetV2 as it was trained on ImageNet, frozen, and a new last layer.",
        "For few images of things that photographs show. Its weights, 1.6 MB, are downloaded once.",
        _pretrained,
        _no_photograph,
    ),
)
"""In teaching order."""
