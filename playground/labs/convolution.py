"""One kernel over one picture, by Keras's own layers: the result, the window at a place, and pooling of the result."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from playground.labs.pictures import pixels
from playground.training.objects import made

_MOST_SIDE, _MOST_STRIDE, _MOST_DILATION, _MOST_POOL = 7, 8, 4, 8
POOLING = {"max": "MaxPooling2D", "average": "AveragePooling2D"}


class Sliding(NamedTuple):
    """How a kernel goes over a picture.

    Attributes:
        kernel: its numbers, float32 (height, width, channels).
        stride: how many pixels it goes on.
        padding: ``"valid"`` or ``"same"``.
        dilation: how many pixels two of its numbers lie apart.
    """

    kernel: np.ndarray
    stride: int
    padding: str
    dilation: int

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Sliding":
        """What ``args`` say. Raises ValueError where it cannot be."""
        values = np.asarray(args["kernel"], np.float32)
        if values.ndim != 3 or max(values.shape) > _MOST_SIDE or 0 in values.shape:
            raise ValueError(f"kernel: expected at most 7 x 7 numbers a channel, received the shape {values.shape}.")
        stride, dilation = int(args["stride"]), int(args["dilation"])
        if not 1 <= stride <= _MOST_STRIDE or not 1 <= dilation <= _MOST_DILATION:
            raise ValueError(f"Expected a stride of 1 to 8 and a dilation of 1 to 4, received {stride} and {dilation}.")
        return cls(values, stride, str(args["padding"]), dilation)

    @property
    def layer_args(self) -> dict[str, Any]:
        """As a ``Conv2D`` of one filter takes it."""
        return {
            "filters": 1,
            "kernel_size": self.kernel.shape[:2],
            "strides": self.stride,
            "padding": self.padding,
            "dilation_rate": self.dilation,
            "use_bias": False,
        }


class Result(NamedTuple):
    """What comes out.

    Attributes:
        picture: what went in, float32 (height, width, channels).
        output: of the convolution, float32 (rows, columns).
        pooled: of the pooling after it, float32 (rows, columns), or ``None`` without one.
        before: how many zeros were put above and to the left of the picture.
        weights: how many numbers the layer has to learn, without its bias.
    """

    picture: np.ndarray
    output: np.ndarray
    pooled: np.ndarray | None
    before: tuple[int, int]
    weights: int


def convolved(name: str, sliding: Sliding, pooling: str = "", pool: int = 2) -> Result:
    """``Conv2D`` with the given kernel over the picture ``name``, then a pooling layer where one is named.

    Args:
        name: a picture of the catalogue.
        sliding: the kernel, and how it goes.
        pooling: one of :data:`POOLING`, or empty.
        pool: how many pixels a side it makes one of.

    Raises:
        LookupError: there is no such picture or pooling.
        ValueError: what Keras says of an argument, or that the kernel does not fit the picture.
    """
    image = pixels(name)
    if sliding.kernel.shape[2] != image.shape[2]:
        raise ValueError(
            f"kernel: expected numbers for {image.shape[2]} channels, received {sliding.kernel.shape[2]} channels."
        )
    reach = sliding.dilation * (max(sliding.kernel.shape[:2]) - 1) + 1
    if sliding.padding == "valid" and reach > min(image.shape[:2]):
        raise ValueError(
            f"The kernel reaches over {reach} pixels, more than the {min(image.shape[:2])} of the picture: choose a "
            "smaller dilation_rate, a larger picture or padding same."
        )
    layer = made("layers", "Conv2D", sliding.layer_args)
    layer.build((None, *image.shape))
    layer.kernel.assign(sliding.kernel[..., None])
    found = layer(image[None])
    pooled = None
    if pooling:
        if not 1 <= pool <= _MOST_POOL or pool > min(found.shape[1:3]):
            raise ValueError(
                f"A pooling of {pool} does not fit a result of {found.shape[1]} × {found.shape[2]}: choose a smaller "
                "one, or smaller strides."
            )
        pooled = np.asarray(made("layers", POOLING[pooling], {"pool_size": pool})(found))[0, :, :, 0]
    output = np.asarray(found)[0, :, :, 0]
    before = tuple(
        _zeros_before(size, out, side, sliding)
        for size, out, side in zip(image.shape, output.shape, sliding.kernel.shape, strict=False)
    )
    return Result(image, output, pooled, (before[0], before[1]), int(layer.count_params()))


class Window(NamedTuple):
    """What makes one number of the result.

    Attributes:
        values: that lie under the kernel, zeros around the picture among them, float32 (height, width, channels).
        products: with the numbers of the kernel, of the same shape.
        sums: of each channel, float32 (channels,).
        total: of all, which is the number of the result.
    """

    values: np.ndarray
    products: np.ndarray
    sums: np.ndarray
    total: float


def window(name: str, sliding: Sliding, at: Sequence[int]) -> Window:
    """The multiplications for the number in row ``at[0]`` and column ``at[1]`` of the result.

    The values come from ``keras.ops.image.extract_patches``, products and sums from ``keras.ops``.

    Raises:
        LookupError, ValueError: as :func:`convolved`, or the result has no such place.
    """
    image = pixels(name)
    kernel = sliding.kernel
    patches = keras.ops.image.extract_patches(
        image[None],
        kernel.shape[:2],
        strides=sliding.stride,
        dilation_rate=sliding.dilation,
        padding=sliding.padding,
    )
    row, column = int(at[0]), int(at[1])
    if not 0 <= row < patches.shape[1] or not 0 <= column < patches.shape[2]:
        raise ValueError(f"The result has {patches.shape[1]} × {patches.shape[2]} numbers, none at {row}, {column}.")
    values = keras.ops.reshape(patches[0, row, column], (*kernel.shape[:2], image.shape[2]))
    products = keras.ops.multiply(values, kernel)
    sums = keras.ops.sum(products, axis=(0, 1))
    return Window(np.asarray(values), np.asarray(products), np.asarray(sums), float(np.asarray(keras.ops.sum(sums))))


def _zeros_before(size: int, out: int, side: int, sliding: Sliding) -> int:
    """How TensorFlow divides what "same" adds: half of it before, the odd one after."""
    if sliding.padding != "same":
        return 0
    reach = sliding.dilation * (side - 1) + 1
    return int(max(0, (out - 1) * sliding.stride + reach - size)) // 2
