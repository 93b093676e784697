"""What optimizers can do besides their own rule, part by part: arguments that most of them share."""

from typing import NamedTuple


class Part(NamedTuple):
    """Some arguments of optimizers that belong together.

    Attributes:
        title: what they do.
        summary: when one wants it, in a sentence.
        names: the arguments.
        callbacks: the group of callbacks that go with them, or empty.
    """

    title: str
    summary: str
    names: tuple[str, ...]
    callbacks: str = ""


OPTIMIZER_PARTS: tuple[Part, ...] = (
    Part(
        "Clipping",
        "Shortens gradients that are too long, so that one odd batch cannot throw the weights far off. One of three.",
        ("clipnorm", "global_clipnorm", "clipvalue"),
    ),
    Part(
        "Weight decay",
        "Pulls every weight towards zero in each step, so that only weights that are needed stay large.",
        ("weight_decay", "adam_weight_decay"),
    ),
    Part(
        "Average of the weights",
        "Keeps a moving average of the weights, calmer than the weights of the moment, and ends training with it.",
        ("use_ema", "ema_momentum", "ema_overwrite_frequency"),
        "Averaging",
    ),
    Part(
        "Gradient accumulation",
        "Sums gradients over several batches before the weights change: a large batch in the memory of a small one.",
        ("gradient_accumulation_steps",),
    ),
    Part(
        "Loss scale",
        "Multiplies the loss, and divides the gradients again, so that small ones survive 16-bit numbers.",
        ("loss_scale_factor",),
    ),
)
"""In the order in which a form shows them; an argument that an optimizer shows at once stays with its own."""
