"""The words for scores and for answers that know nothing, and which score comes first."""

from collections.abc import Mapping

import numpy as np

from playground.data.sets.known_source import known_source
from playground.locale.text import _
from playground.specs import DatasetSpec
from playground.ui import run_words

MAIN: Mapping[str, str] = {
    "binary": "accuracy",
    "multiclass": "accuracy",
    "regression": "mean_absolute_error",
    "reconstruction": "mean_squared_error",
}
"""The score that comes first, by task."""


def score(name: str, task: str = "") -> str:
    """A score in words; ``task`` says of which classes an area is, where it says anything."""
    if name == "roc_auc" and task == "multiclass":
        return _("area under ROC, mean of classes")
    known = {
        "balanced_accuracy": _("balanced accuracy"),
        "f1_score": _("F1, mean of classes"),
        "log_loss": _("cross entropy"),
        "roc_auc": _("area under ROC"),
        "calibration_error": _("expected calibration error"),
        "r2_score": _("R², share explained"),
        "mean_absolute_error": _("mean absolute error"),
        "root_mean_squared_error": _("root mean squared error"),
    }
    return known.get(name) or run_words.metric(name)


def simple(answer: str) -> str:
    """An answer that knows nothing, in words."""
    return {
        "class": _("Most frequent class"),
        "symbol": _("Most frequent symbols"),
        "mean": _("Always the mean"),
        "last value": _("The last value again"),
        "season": _("As one season before"),
        "mean input": _("Always the mean input"),
    }[answer]


def unit_of(dataset: DatasetSpec) -> str:
    """The unit of the numbers to predict, before any step on them; empty where there is none."""
    return known_source(dataset).unit


def between(low: float, high: float) -> str:
    """An interval in words; empty where there is none."""
    if not np.isfinite(low):
        return ""
    return _("{low} to {high}").format(low=run_words.value(low), high=run_words.value(high))


def mistake(true: str, said: str, share: float, *, is_short: bool = False) -> str:
    """What was answered to a row, and with which share; of a right answer only that."""
    percent = f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
    if true == said:
        return _("{true}, {percent}").format(true=true, percent=percent)
    short, long = _("{true} as {said}, {percent}"), _("{true} answered as {said}, {percent} sure")
    return (short if is_short else long).format(true=true, said=said, percent=percent)
