"""What each loss takes: which numbers a prediction and a target may be, and what lies outside."""

from dataclasses import dataclass
from typing import Literal

Reads = Literal["number", "probability", "score"]


@dataclass(frozen=True, slots=True)
class Domain:
    """What a loss is defined for.

    Attributes:
        reads: what a prediction is: a number, a probability, or a score that may be any number.
        predictions, targets: in words.
        least: below this a target means nothing.
    """

    reads: Reads
    predictions: str
    targets: str
    least: float | None = None


_ANY = Domain("number", "any number", "any number")
_TWO = Domain("probability", "probabilities from 0 to 1; any number as logits", "0 or 1")
_LABEL = Domain("probability", "a probability a class, together 1; any numbers as logits", "the number of the class")
_SHARES = Domain("probability", "a probability a class, together 1", "a share a class, together 1")
_ONE_HOT = Domain(
    "probability", "a probability a class, together 1; any numbers as logits", "a share a class, together 1"
)
_OVERLAP = Domain("probability", "probabilities from 0 to 1", "0 or 1 at every place")
_MARGIN = Domain("score", "any number; its sign is the answer", "−1 or 1; Keras reads 0 as −1")

LOSS_DOMAINS: dict[str, Domain] = {
    "SparseCategoricalCrossentropy": _LABEL,
    "BinaryCrossentropy": _TWO,
    "CategoricalCrossentropy": _ONE_HOT,
    "MeanSquaredError": _ANY,
    "MeanAbsoluteError": _ANY,
    "Huber": _ANY,
    "LogCosh": _ANY,
    "MeanAbsolutePercentageError": Domain("number", "any number", "any number that is not near 0"),
    "MeanSquaredLogarithmicError": Domain(
        "number", "numbers of at least 0; Keras reads those below as 0", "numbers of at least 0", least=0
    ),
    "Poisson": Domain("number", "numbers above 0; there is no logarithm of others", "counts: at least 0", least=0),
    "BinaryFocalCrossentropy": _TWO,
    "CategoricalFocalCrossentropy": _ONE_HOT,
    "CategoricalGeneralizedCrossEntropy": Domain(
        "probability", "a probability a class, together 1", "the number of the class"
    ),
    "Hinge": _MARGIN,
    "SquaredHinge": _MARGIN,
    "CategoricalHinge": Domain("score", "a number a class; the largest is the answer", "1 for the class, 0 for others"),
    "KLDivergence": _SHARES,
    "CosineSimilarity": Domain("probability", "any list of numbers; only its direction counts", "any list of numbers"),
    "Dice": _OVERLAP,
    "Tversky": _OVERLAP,
}
"""By the id of the loss."""
