"""Templates of dense layers, for any row of numbers."""

from playground.specs.facts import Facts
from playground.specs.templates.template import Layers, Misfit, Template, flat, is_text, layer

_UNITS = (64, 32)
"""Of the hidden layers. Stopped early they suit small tables too: on Pima 0.751 over 12 seeds, with 16 and 16 0.744."""


def _for_any(facts: Facts) -> Misfit | None:
    if facts.task == "reconstruction":
        return Misfit.NO_RECONSTRUCTION
    return Misfit.NO_QUANTITY if is_text(facts) else None


def _for_numbers(facts: Facts) -> Misfit | None:
    return _for_any(facts) or (None if facts.task == "regression" else Misfit.NO_CLASS)


def _for_classes(facts: Facts) -> Misfit | None:
    return _for_any(facts) or (Misfit.NO_NUMBER if facts.task == "regression" else None)


def _mlp(facts: Facts) -> Layers:
    hidden = [layer("Dense", f"hidden_{at}", units=units, activation="relu") for at, units in enumerate(_UNITS, 1)]
    return [*flat(facts), *hidden]


DENSE = (
    Template(
        "linear",
        "Linear regression",
        "One unit, no activation: a weighted sum.",
        "First of all, for numbers: what a larger network must beat, and its weights can be read.",
        flat,
        _for_numbers,
    ),
    Template(
        "logistic",
        "Logistic regression",
        "One layer that gives probabilities: straight borders between classes.",
        "First of all, for classes: what a larger network must beat, and its weights can be read.",
        flat,
        _for_classes,
    ),
    Template(
        "mlp",
        "MLP",
        "Two hidden dense layers: the first network to try on any table.",
        "For tables, and for anything whose order or place means nothing. Pictures and sequences have better ones.",
        _mlp,
        _for_any,
    ),
)
"""In teaching order."""
