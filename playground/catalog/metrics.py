"""The metrics on offer, in teaching order, with ``compile``'s alias in front."""

from playground.catalog.choice import Choice
from playground.catalog.entry import Entry

_REGRESSION = ("regression",)
_CLASSES = ("binary", "multiclass")

ALIASES: tuple[Entry, ...] = (
    Entry(
        "accuracy",
        "metrics",
        "Classification",
        "Accuracy",
        "The share of right answers; Keras picks the kind that fits the output and the labels.",
        tasks=_CLASSES,
        basic=True,
        url="https://keras.io/api/models/model_training_apis/",
    ),
)

METRICS: tuple[Choice, ...] = (
    Choice("MeanAbsoluteError", "Regression", "The mean size of the errors.", tasks=_REGRESSION, basic=True),
    Choice("MeanSquaredError", "Regression", "The mean of the squared errors.", tasks=_REGRESSION, basic=True),
    Choice(
        "RootMeanSquaredError",
        "Regression",
        "The root of the mean squared error, in the target's unit.",
        tasks=_REGRESSION,
        basic=True,
    ),
    Choice(
        "R2Score",
        "Regression",
        "The share of the variance explained: 1 is perfect, 0 is the mean's own score.",
        tasks=_REGRESSION,
        basic=True,
    ),
    Choice(
        "BinaryAccuracy",
        "Classification",
        "The share of right answers of two classes.",
        ("threshold",),
        tasks=("binary",),
    ),
    Choice(
        "SparseCategoricalAccuracy",
        "Classification",
        "The share of right answers, labels as whole numbers.",
        tasks=("multiclass",),
    ),
    Choice(
        "SparseTopKCategoricalAccuracy",
        "Classification",
        "How often the right class is among the k likeliest.",
        ("k",),
        tasks=("multiclass",),
    ),
    Choice(
        "AUC",
        "Classification",
        "The area under the curve of hits against false alarms.",
        ("curve", "num_thresholds"),
        tasks=("binary",),
        basic=True,
    ),
    Choice(
        "Precision",
        "Classification",
        "The share of alarms that are right.",
        ("thresholds",),
        tasks=("binary",),
        basic=True,
    ),
    Choice(
        "Recall",
        "Classification",
        "The share of the positives that are found.",
        ("thresholds",),
        tasks=("binary",),
        basic=True,
    ),
    Choice(
        "CategoricalAccuracy",
        "Classification",
        "The share of right answers, labels as rows of 0 and 1.",
        tasks=("multiclass",),
    ),
    Choice(
        "TopKCategoricalAccuracy",
        "Classification",
        "The right class among the k likeliest, labels as rows of 0 and 1.",
        ("k",),
        tasks=("multiclass",),
    ),
    Choice(
        "BinaryCrossentropy",
        "Classification",
        "Binary cross entropy, watched without being minimised.",
        tasks=("binary",),
    ),
    Choice(
        "SparseCategoricalCrossentropy",
        "Classification",
        "Cross entropy of whole-number labels, watched without being minimised.",
        tasks=("multiclass",),
    ),
    Choice(
        "CategoricalCrossentropy",
        "Classification",
        "Cross entropy of labels as rows of 0 and 1.",
        tasks=("multiclass",),
    ),
    Choice("MeanAbsolutePercentageError", "Regression", "The mean error in per cent of the target.", tasks=_REGRESSION),
    Choice("MeanSquaredLogarithmicError", "Regression", "Squared error of logarithms.", tasks=_REGRESSION),
    Choice("LogCoshError", "Regression", "A smooth mixture of squared and absolute error.", tasks=_REGRESSION),
    Choice("Poisson", "Regression", "The Poisson loss, watched without being minimised.", tasks=_REGRESSION),
    Choice("TruePositives", "Counts", "Positives that were found.", ("thresholds",), tasks=("binary",)),
    Choice("TrueNegatives", "Counts", "Negatives that were left alone.", ("thresholds",), tasks=("binary",)),
    Choice("FalsePositives", "Counts", "False alarms.", ("thresholds",), tasks=("binary",)),
    Choice("FalseNegatives", "Counts", "Positives that were missed.", ("thresholds",), tasks=("binary",)),
    Choice("Hinge", "Margins", "The hinge loss, watched without being minimised.", tasks=("binary",)),
    Choice("SquaredHinge", "Margins", "The squared hinge loss, watched without being minimised.", tasks=("binary",)),
    Choice(
        "CategoricalHinge",
        "Margins",
        "The categorical hinge loss, watched without being minimised.",
        tasks=("multiclass",),
    ),
    Choice("KLDivergence", "Distributions", "How far one distribution is from another.", tasks=("multiclass",)),
    Choice("CosineSimilarity", "Distributions", "Compares directions, not lengths.", tasks=("multiclass",)),
    Choice("BinaryIoU", "Overlap", "The overlap of two classes over their union.", ("threshold",), tasks=("binary",)),
)
