"""Initializers, regularizers, constraints and callbacks on offer, in teaching order."""

from playground.catalog.choice import Choice

INITIALIZERS: tuple[Choice, ...] = (
    Choice("GlorotUniform", "Scaled", "Uniform, scaled by units in and out; the usual choice.", basic=True),
    Choice("GlorotNormal", "Scaled", "Normal, scaled by units in and out.", basic=True),
    Choice("HeUniform", "Scaled", "Uniform, scaled for ReLU.", basic=True),
    Choice("HeNormal", "Scaled", "Normal, scaled for ReLU.", basic=True),
    Choice("LecunUniform", "Scaled", "Uniform, scaled by units in."),
    Choice("LecunNormal", "Scaled", "Normal, scaled by units in; for SELU."),
    Choice("Zeros", "Constant", "All zeros.", basic=True),
    Choice("Ones", "Constant", "All ones."),
    Choice("Constant", "Constant", "The same value everywhere.", ("value",)),
    Choice("RandomUniform", "Random", "Uniform between two values.", ("minval", "maxval")),
    Choice("RandomNormal", "Random", "Normal with a mean and a spread.", ("mean", "stddev")),
    Choice("TruncatedNormal", "Random", "Normal without its tails.", ("mean", "stddev")),
    Choice("Orthogonal", "Matrices", "Rows at right angles to one another.", ("gain",)),
    Choice("Identity", "Matrices", "Ones on the diagonal.", ("gain",)),
    Choice("VarianceScaling", "Scaled", "The general form of the scaled ones.", ("scale", "mode", "distribution")),
)

REGULARIZERS: tuple[Choice, ...] = (
    Choice("L2", "Penalties", "Adds the squared weights to the loss: keeps weights small.", ("l2",), basic=True),
    Choice("L1", "Penalties", "Adds the absolute weights to the loss: drives many to zero.", ("l1",), basic=True),
    Choice("L1L2", "Penalties", "Both penalties.", ("l1", "l2"), basic=True),
    Choice("OrthogonalRegularizer", "Penalties", "Keeps rows or columns at right angles.", ("factor", "mode")),
)

CONSTRAINTS: tuple[Choice, ...] = (
    Choice("MaxNorm", "Norms", "Shortens weights that grow beyond a length.", ("max_value",), basic=True),
    Choice("NonNeg", "Signs", "Sets negative weights to zero.", basic=True),
    Choice("UnitNorm", "Norms", "Keeps every column of weights at length one."),
    Choice("MinMaxNorm", "Norms", "Keeps lengths between two values.", ("min_value", "max_value", "rate")),
)

CALLBACKS: tuple[Choice, ...] = (
    Choice(
        "EarlyStopping",
        "Stopping",
        "Ends training when the watched value no longer improves.",
        ("monitor", "patience", "restore_best_weights"),
        basic=True,
        usual={"patience": 5, "restore_best_weights": True},
    ),
    Choice(
        "ReduceLROnPlateau",
        "Learning rate",
        "Lowers the learning rate when the watched value no longer improves.",
        ("monitor", "factor", "patience"),
        basic=True,
    ),
    Choice(
        "SwapEMAWeights",
        "Averaging",
        "Validates with the moving average of the weights, which use_ema keeps, instead of the weights of the moment.",
    ),
    Choice(
        "TensorBoard",
        "Records",
        "Writes event files, which TensorBoard shows: every metric, and the spread of each layer's weights if wanted.",
        ("histogram_freq", "update_freq"),
    ),
)
