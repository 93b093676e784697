"""Ways against learning the training rows by heart, and small problems that a large network learns by heart."""

from typing import NamedTuple


class Way(NamedTuple):
    """One way, with the one number that says how much of it there is.

    Attributes:
        id: what it is called in an address.
        label: its name; Keras's own where it has one.
        summary: what it does, in one line.
        amount: what the number is, Keras's own name where it has one; empty for a way without any.
        low, high: how far the number goes.
        default: where it stands at first.
        step: how far it moves at a time.
        is_power: whether the number is the decimal exponent of the amount.
        fits_draft: whether it can be put into any network, and not only into those of the lab.
    """

    id: str
    label: str
    summary: str
    amount: str = ""
    low: float = 0.0
    high: float = 1.0
    default: float = 0.0
    step: float = 1.0
    is_power: bool = False
    fits_draft: bool = True


NOTHING = "nothing"

WAYS: tuple[Way, ...] = (
    Way(NOTHING, "Nothing", "The network as it is, for comparison.", fits_draft=False),
    Way(
        "l1",
        "L1",
        "Adds a multiple of the sum of absolute weights to the loss: many weights end at 0.",
        "l1",
        -5.0,
        -1.0,
        -2.5,
        0.25,
        is_power=True,
    ),
    Way(
        "l2",
        "L2",
        "Adds a multiple of the sum of squared weights to the loss: large weights become costly, none has to be 0.",
        "l2",
        -5.0,
        -1.0,
        -2.0,
        0.25,
        is_power=True,
    ),
    Way(
        "dropout",
        "Dropout",
        "Sets a share of the hidden values to 0 at random in every training step: no unit can lean on another.",
        "rate",
        0.05,
        0.8,
        0.3,
        0.05,
    ),
    Way(
        "early",
        "Early stopping",
        "Ends once the validation loss has not fallen for some epochs, and goes back to the best weights.",
        "patience",
        5,
        100,
        30,
        5,
    ),
    Way(
        "smaller",
        "Smaller network",
        "Fewer units in every hidden layer: there is less to keep single rows in mind with.",
        "units",
        1,
        32,
        8,
        1,
    ),
    Way(
        "more",
        "More data",
        "Trains on more of the same points: noise that is learned by heart at one point is contradicted by the next.",
        "points",
        40,
        320,
        200,
        40,
        fits_draft=False,
    ),
    Way(
        "noise",
        "Noise on the inputs",
        "Shifts every training point a little, anew in each epoch: augmentation for plain numbers.",
        "stddev",
        0.02,
        0.5,
        0.1,
        0.01,
    ),
    Way(
        "batchnorm",
        "Batch normalisation",
        "Shifts and scales the hidden values by mean and spread of each batch; it is made for speed, see what else.",
    ),
)


class Problem(NamedTuple):
    """Few noisy points to learn.

    Attributes:
        id: what it is called in an address.
        label: its name.
        source: the dataset of the catalogue.
        options: its options.
        task: ``regression`` or ``binary``.
        rate: the learning rate that suits it.
    """

    id: str
    label: str
    source: str
    options: dict[str, float | str]
    task: str
    rate: float


PROBLEMS: tuple[Problem, ...] = (
    Problem("moons", "Two moons", "moons", {"noise": 0.35}, "binary", 0.01),
    Problem("circles", "Circles", "circles", {"noise": 0.25}, "binary", 0.01),
    Problem("labels", "Two clouds, wrong labels", "gaussians", {"noise": 0.35, "flipped": 0.15}, "binary", 0.01),
    Problem("curve", "Curve through noisy points", "curve", {"function": "sine", "noise": 0.35}, "regression", 0.01),
)


def way(name: str) -> Way:
    """The way called ``name``.

    Raises:
        LookupError: there is none.
    """
    found = next((each for each in WAYS if each.id == name), None)
    if found is None:
        raise LookupError(f"There is no way {name!r}: expected one of {', '.join(each.id for each in WAYS)}.")
    return found


def problem(name: str) -> Problem:
    """The problem called ``name``.

    Raises:
        LookupError: there is none.
    """
    found = next((each for each in PROBLEMS if each.id == name), None)
    if found is None:
        raise LookupError(f"There is no problem {name!r}: expected one of {', '.join(each.id for each in PROBLEMS)}.")
    return found


def amount(of: Way, value: float) -> float:
    """How much of a way the number ``value`` of its slider stands for."""
    return 10.0**value if of.is_power else value
