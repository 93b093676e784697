"""What to look for in the lab of tensors, and its experiments."""

from playground.catalog.tensor_ops import tensor_op
from playground.locale.text import _
from playground.ui import tensors_types
from playground.ui.lab_experiments import Experiment
from playground.ui.tensors_fields import argument_key, input_keys, op_key


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "A tensor has a **shape**: how many places there are along each axis. Most errors of a network are shapes that "
        "do not fit. Move the cell of the result and see which cells it is made of; the code below does the same."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    a_shape, a_fill = input_keys("shape", "a")
    left, left_fill = input_keys("broadcast", "a")
    right, right_fill = input_keys("broadcast", "b")
    return (
        Experiment(
            "reshape",
            _("Reshape or transpose?"),
            _("Three rows of four become four rows of three by reshape. Is that what transpose makes of them?"),
            (_("Yes, the same"), _("No, other numbers stand beside each other")),
            1,
            _(
                "Reshape keeps the order: it only breaks the line of twelve numbers elsewhere. Transpose turns rows "
                "into columns. Choose `transpose` and follow one cell: [0, 1] then comes from [1, 0]. An image that "
                "was reshaped where it should have been transposed is scrambled."
            ),
            {
                op_key("shape"): "ops.reshape",
                a_shape: "3, 4",
                a_fill: "count",
                argument_key(tensor_op("ops.reshape"), "newshape"): "4, 3",
            },
            {"part": "shape"},
        ),
        Experiment(
            "table",
            _("A column and a row"),
            _("A column of three, shape (3, 1), plus a row of four, shape (4). What is the shape of the sum?"),
            ("(3, 4)", "(3, 1)", _("It is an error")),
            0,
            _(
                "Every size of 1 is stretched to the other's: the column four times, the row three times. So a layer "
                "adds its bias of shape (units,) to a whole batch of shape (batch, units). With 3 instead of (3, 1) it "
                "does not fit: try it."
            ),
            {op_key("broadcast"): "ops.add", left: "3, 1", left_fill: "count", right: "4", right_fill: "tens"},
            {"part": "broadcast"},
        ),
        Experiment(
            "bytes",
            _("250 + 10 in one byte"),
            _("The pixels of an image are uint8, from 0 to 255. What is 250 + 10 there?"),
            ("260", "255", "4"),
            2,
            _(
                "There is nothing above 255: counting goes on at 0, and nobody is told. So images become floats before "
                "anything is added to them. float16 keeps 250 and 260, but look at 2048 + 1: between 2048 and 4096 it "
                "has only even numbers."
            ),
            {tensors_types.X: 250.0, tensors_types.Y: 10.0, tensors_types.OPERATION: "add"},
            {"part": "types"},
        ),
    )
