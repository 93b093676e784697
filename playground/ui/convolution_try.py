"""What to look for in the lab of convolution, and its experiments."""

from playground.locale.text import _
from playground.ui import convolution_kernel
from playground.ui.convolution_choice import DILATION, KERNEL, PADDING, PICTURE, POOLING, STRIDE
from playground.ui.lab_experiments import Experiment


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "One small kernel slides over the whole picture. At every place its numbers are multiplied with what lies "
        "under them and added up: one number of the result. Press **Play**, click a cell of the result, or change the "
        "kernel."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    plain = {STRIDE: 1, PADDING: "valid", DILATION: 1, POOLING: "none", **convolution_kernel.fresh()}
    return (
        Experiment(
            "one-direction",
            _("Edges in one direction"),
            _("A kernel for edges from left to right slides over a bright square. Which of its sides are found?"),
            (_("All four"), _("Left and right"), _("Top and bottom")),
            1,
            _(
                "Along the upper and lower side both halves of the kernel see the same, and the products cancel out. "
                "The left side gives numbers above zero, the right one below: there it gets darker."
            ),
            plain | {PICTURE: "square", KERNEL: "sobel_x"},
        ),
        Experiment(
            "chessboard-stride",
            _("A chessboard in steps of two"),
            _("The kernel that changes nothing goes over a chessboard, but only to every second pixel. What is left?"),
            (_("A chessboard of half the size"), _("One single colour"), _("Stripes")),
            1,
            _(
                "Every second pixel of a chessboard has the same colour. What is skipped is lost: things finer than "
                "the stride cannot be seen in the result."
            ),
            plain | {PICTURE: "chessboard", KERNEL: "identity", STRIDE: 2},
        ),
        Experiment(
            "even-ground",
            _("A slope of light"),
            _("The picture gets evenly lighter to the right. What does the kernel for outlines answer inside of it?"),
            (_("Numbers that grow to the right"), _("The same number everywhere"), _("Zero everywhere")),
            2,
            _(
                "Eight times the middle minus its eight neighbours: what is darker on one side is as much lighter on "
                "the other. Only a bend in the brightness is an outline. The edges kernel answers the same number "
                "everywhere; choose it and see."
            ),
            plain | {PICTURE: "ramp", KERNEL: "outline"},
        ),
    )
