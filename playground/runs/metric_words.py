"""What metrics and their values are called wherever people read them."""

import math

from playground.locale.text import _


def metric(name: str) -> str:
    """A History name in words: ``val_top_5_accuracy`` is ``validation top 5 accuracy``."""
    known = {
        "auc": _("AUC"),
        "f1_score": _("F1 score"),
        "r2_score": _("R²"),
        "mse": _("mean squared error"),
        "mae": _("mean absolute error"),
        "binary_accuracy": _("accuracy"),
        "categorical_accuracy": _("accuracy"),
        "sparse_categorical_accuracy": _("accuracy"),
        "sparse_top_k_categorical_accuracy": _("top k accuracy"),
        "top_k_categorical_accuracy": _("top k accuracy"),
        "learning_rate": _("learning rate"),
        "loss": _("loss"),
        "accuracy": _("accuracy"),
    }
    if name.startswith("val_"):
        return _("validation {metric}").format(metric=metric(name.removeprefix("val_")))
    return known.get(name, name.replace("_", " "))


def value(number: float, digits: int = 3) -> str:
    """A metric's value with fixed decimals, in powers of ten where these would say nothing: ``0.984``, ``8.4e+06``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    if number and not 10 ** -(digits - 1) <= abs(number) < 10_000:
        return f"{number:.{max(1, digits - 2)}e}"
    return f"{number:.{digits}f}" if abs(number) < 100 else f"{number:,.1f}"
