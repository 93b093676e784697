"""Which estimators of scikit-learn can be fitted on what a network learns from."""

from playground import catalog
from playground.specs.facts import Facts


def besides(facts: Facts) -> tuple[catalog.Entry, ...]:
    """The estimators that can be fitted on data with ``facts``, in the catalogue's order."""
    return tuple(entry for entry in catalog.entries("estimators") if not beside_refusal(facts, entry.id))


def beside_refusal(facts: Facts, estimator: str) -> str:
    """Why ``estimator`` cannot be fitted on data with ``facts``, in a sentence; empty if it can."""
    entry = catalog.entry("estimators", estimator)
    if entry is not None and facts.task not in entry.tasks:
        return f"{entry.label} is for {' and '.join(entry.tasks)}, this task is {facts.task}."
    if facts.target_shape:
        return "A target is several values here: scikit-learn's estimators answer with one."
    if facts.vocabulary is not None:
        return "The inputs are numbers of words: count the words instead, and an estimator can read them."
    return ""
