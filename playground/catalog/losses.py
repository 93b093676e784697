"""The losses on offer, in teaching order, with the tasks each fits."""

from playground.catalog.choice import Choice

_CLASSES = ("binary", "multiclass")
_NUMBERS = ("regression", "reconstruction")

LOSSES: tuple[Choice, ...] = (
    Choice(
        "SparseCategoricalCrossentropy",
        "Classification",
        "Several classes, labels as whole numbers: minus the log of the probability given to the right one.",
        ("from_logits",),
        tasks=("multiclass",),
        basic=True,
    ),
    Choice(
        "BinaryCrossentropy",
        "Classification",
        "Two classes: minus the log of the probability given to the right one.",
        ("from_logits", "label_smoothing"),
        tasks=("binary", "reconstruction"),
        basic=True,
    ),
    Choice(
        "CategoricalCrossentropy",
        "Classification",
        "Several classes, labels as rows of 0 and 1.",
        ("from_logits", "label_smoothing"),
        tasks=("multiclass",),
        basic=True,
    ),
    Choice(
        "MeanSquaredError",
        "Regression",
        "The mean of the squared errors; large errors weigh most.",
        tasks=_NUMBERS,
        basic=True,
    ),
    Choice(
        "MeanAbsoluteError",
        "Regression",
        "The mean size of the errors; outliers weigh less than in the square.",
        tasks=_NUMBERS,
        basic=True,
    ),
    Choice("Huber", "Regression", "Square near zero, straight further out.", ("delta",), tasks=_NUMBERS, basic=True),
    Choice("LogCosh", "Regression", "A smooth mixture of the squared and the absolute error.", tasks=_NUMBERS),
    Choice(
        "MeanAbsolutePercentageError",
        "Regression",
        "The mean error in per cent of the target; targets must not be near zero.",
        tasks=_NUMBERS,
    ),
    Choice(
        "MeanSquaredLogarithmicError",
        "Regression",
        "Squared error of logarithms, for targets of at least zero.",
        tasks=("regression",),
    ),
    Choice("Poisson", "Regression", "For counts: targets of at least zero.", tasks=("regression",)),
    Choice(
        "BinaryFocalCrossentropy",
        "Classification",
        "Binary cross entropy that turns to the hard samples.",
        ("gamma", "alpha", "apply_class_balancing"),
        tasks=("binary",),
    ),
    Choice(
        "CategoricalFocalCrossentropy",
        "Classification",
        "Categorical cross entropy that turns to the hard samples.",
        ("gamma", "alpha"),
        tasks=("multiclass",),
    ),
    Choice(
        "CategoricalGeneralizedCrossEntropy",
        "Classification",
        "Between cross entropy and absolute error; forgives wrong labels.",
        ("q",),
        tasks=("multiclass",),
    ),
    Choice("Hinge", "Margins", "Asks for a margin around the border between two classes.", tasks=("binary",)),
    Choice("SquaredHinge", "Margins", "The hinge squared.", tasks=("binary",)),
    Choice(
        "CategoricalHinge",
        "Margins",
        "Asks that the right class wins by a margin.",
        tasks=("multiclass",),
    ),
    Choice("KLDivergence", "Distributions", "How far one distribution is from another.", tasks=("multiclass",)),
    Choice("CosineSimilarity", "Distributions", "Compares directions, not lengths.", ("axis",), tasks=("multiclass",)),
    Choice("Dice", "Overlap", "One less the overlap of what is and what was found.", tasks=_CLASSES),
    Choice(
        "Tversky",
        "Overlap",
        "Dice with separate weights for misses and false alarms.",
        ("alpha", "beta"),
        tasks=_CLASSES,
    ),
)
