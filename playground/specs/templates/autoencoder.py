"""The autoencoder: the input through a narrow place and back again."""

import math

from playground.specs.facts import Facts
from playground.specs.templates.images import channelled, is_image, side
from playground.specs.templates.template import Layers, Misfit, Template, flat, is_text, layer

_MOST_HALVINGS = 5
_LEFT_SIDE = 4
_MOST_CODE = 64


def _misfit(facts: Facts) -> Misfit | None:
    if is_text(facts):
        return Misfit.NO_QUANTITY
    return None if facts.task == "reconstruction" else Misfit.ONLY_RECONSTRUCTION


def _layers(facts: Facts) -> Layers:
    return _convolutional(facts) if is_image(facts) else _dense(facts)


def _dense(facts: Facts) -> Layers:
    n = math.prod(facts.input_shape)
    code = max(1, min(_MOST_CODE, n // 4 if n > 4 else n // 2))
    wide = max(8, min(128, 2 * n))
    last = [] if len(facts.input_shape) == 1 else [layer("Reshape", "rebuilt", target_shape=list(facts.input_shape))]
    return [
        *flat(facts),
        layer("Dense", "encoder", units=wide, activation="relu"),
        layer("Dense", "code", units=code),
        layer("Dense", "decoder", units=wide, activation="relu"),
        layer("Dense", "output", units=n),
        *last,
    ]


def _convolutional(facts: Facts) -> Layers:
    height, width = facts.input_shape[:2]
    channels = facts.input_shape[2] if len(facts.input_shape) == 3 else 1
    halvings = max(1, min(_MOST_HALVINGS, int(math.log2(side(facts) / _LEFT_SIDE))))
    whole = 2**halvings
    below, right = -height % whole, -width % whole  # so that each halving comes out even
    filters = [16 * 2 ** min(number, 1) for number in range(halvings)]
    small = [(height + below) // whole, (width + right) // whole, filters[-1]]
    code = max(1, min(_MOST_CODE, math.prod(facts.input_shape) // 4))
    border = [[0, below], [0, right]]
    is_uneven = bool(below or right)
    return [
        *channelled(facts),
        *([layer("ZeroPadding2D", "border", padding=border)] if is_uneven else []),
        *(
            layer(
                "Conv2D",
                f"encoder_conv_{number}",
                filters=n,
                kernel_size=3,
                strides=2,
                padding="same",
                activation="relu",
            )
            for number, n in enumerate(filters, start=1)
        ),
        layer("Flatten", "flatten"),
        layer("Dense", "code", units=code),
        layer("Dense", "decoder", units=math.prod(small), activation="relu"),
        layer("Reshape", "small_image", target_shape=small),
        *(
            layer(
                "Conv2DTranspose",
                f"decoder_conv_{number}",
                filters=n,
                kernel_size=3,
                strides=2,
                padding="same",
                activation="relu",
            )
            for number, n in enumerate(reversed(filters), start=1)
        ),
        layer("Conv2D", "output", filters=channels, kernel_size=3, padding="same"),
        *([layer("Cropping2D", "without_border", cropping=border)] if is_uneven else []),
        *([layer("Reshape", "rebuilt", target_shape=[height, width])] if len(facts.input_shape) == 2 else []),
    ]


AUTOENCODER = Template(
    "autoencoder",
    "Autoencoder",
    "Squeezes the input into a few numbers, the code, and rebuilds it from them.",
    "To see what a few numbers can say of a sample, to take noise away, or to find samples unlike all others.",
    _layers,
    _misfit,
    ends=True,
)
