"""Well-known kernels of image processing, and the small pictures that a convolution is watched on."""

from typing import NamedTuple

Matrix = tuple[tuple[float, ...], ...]


class Kernel(NamedTuple):
    """A kernel for one channel.

    Attributes:
        id: what it is called in an address.
        label: its name.
        summary: what it answers to, in one line.
        cells: its numbers, row by row.
    """

    id: str
    label: str
    summary: str
    cells: Matrix


class Picture(NamedTuple):
    """A picture that a kernel slides over; its values lie between 0 and 1.

    Attributes:
        id: what it is called in an address.
        label: its name.
        channels: 1, or 3 for red, green and blue.
        source: whose it is, where it is not drawn here.
    """

    id: str
    label: str
    channels: int = 1
    source: str = ""


KERNELS: tuple[Kernel, ...] = (
    Kernel(
        "sobel_x",
        "Edges left to right",
        "Sobel's: large where it gets lighter towards the right, below zero where darker.",
        ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    ),
    Kernel(
        "sobel_y",
        "Edges top to bottom",
        "Sobel's: large where it gets lighter downwards, below zero where darker.",
        ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    ),
    Kernel(
        "outline",
        "Outlines",
        "Laplace's: zero on even ground, whatever its brightness: the numbers add up to 0.",
        ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    ),
    Kernel(
        "sharpen",
        "Sharpen",
        "The picture itself plus its outlines: the numbers add up to 1.",
        ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    ),
    Kernel(
        "blur",
        "Blur, 3 × 3",
        "Gauss's: a mean in which what is near counts more.",
        ((0.0625, 0.125, 0.0625), (0.125, 0.25, 0.125), (0.0625, 0.125, 0.0625)),
    ),
    Kernel("mean", "Blur, 5 × 5", "Every value becomes the mean of its surroundings.", ((0.04,) * 5,) * 5),
    Kernel(
        "emboss",
        "Emboss",
        "As if light fell from the upper left.",
        ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    ),
    Kernel("identity", "Identity", "What goes in comes out.", ((0, 0, 0), (0, 1, 0), (0, 0, 0))),
    Kernel("corner", "Diagonal, 2 × 2", "A value minus the one below it to the right.", ((1, 0), (0, -1))),
)

PICTURES: tuple[Picture, ...] = (
    Picture("three", "Digit 3, 8 × 8", source="scikit-learn, Digits"),
    Picture("eight", "Digit 8, 8 × 8", source="scikit-learn, Digits"),
    Picture("square", "Square, 12 × 12"),
    Picture("ring", "Ring, 20 × 20"),
    Picture("stripes", "Stripes, 12 × 12"),
    Picture("chessboard", "Chessboard, 12 × 12"),
    Picture("ramp", "From dark to light, 12 × 12"),
    Picture("discs", "Discs, in colour", 3),
    Picture("flower", "Flower, in colour", 3, "scikit-learn, flower.jpg by dany13, CC BY 2.0"),
)


def kernel(name: str) -> Kernel:
    """The kernel called ``name``. Raises LookupError where there is none."""
    found = next((each for each in KERNELS if each.id == name), None)
    if found is None:
        raise LookupError(f"There is no kernel {name!r}; expected one of {', '.join(each.id for each in KERNELS)}.")
    return found


def picture(name: str) -> Picture:
    """The picture called ``name``. Raises LookupError where there is none."""
    found = next((each for each in PICTURES if each.id == name), None)
    if found is None:
        raise LookupError(f"There is no picture {name!r}; expected one of {', '.join(each.id for each in PICTURES)}.")
    return found
