"""What a template is, and the small words that all of them are written in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from playground.specs.facts import Facts

Layers = list[dict[str, Any]]
"""Layers as JSON, in order."""


class Misfit(StrEnum):
    """Why a template does not go with a dataset."""

    NO_COLOURS = "It reads images in grey, or in red, green and blue."
    NO_CLASS = "It answers with a number, not with a class."
    NO_IMAGE = "It reads images of at least 4 × 4 pixels."
    NO_NUMBER = "It answers with a class, not with a number."
    NO_QUANTITY = "It weighs quantities, and the numbers of words are names."
    NO_RECONSTRUCTION = "It answers with less than the input itself, which is to be predicted here."
    NO_SEQUENCE = "It reads steps in an order, and the columns of a table have none."
    NO_STEPS = "It answers once, and a whole sequence is to be predicted."
    NO_TEXT = "It reads texts as word numbers."
    ONLY_ALIGNED = "It answers at every step that it reads, and the sequence to predict has more, or fewer."
    ONLY_ONE_ROW = "It makes a sequence of one row of numbers, and here sequences come in."
    ONLY_RECONSTRUCTION = "It predicts the input itself, which can be chosen on the Data page."
    ONLY_STEPS = "It answers with a sequence, and here one answer a sample is wanted."


@dataclass(frozen=True, slots=True)
class Template:
    """A model to start from.

    Attributes:
        name: its id.
        label: its name on screen.
        summary: one sentence on what it is made of.
        use_when: one or two sentences on when to take it.
        layers: its layers, from the facts: those before the output layer, or all of them where it ``ends``.
        misfit: why it does not go with a dataset, or ``None`` where it does.
        ends: whether its layers have the output layer among them.
    """

    name: str
    label: str
    summary: str
    use_when: str
    layers: Callable[[Facts], Layers]
    misfit: Callable[[Facts], Misfit | None]
    ends: bool = False

    def fits(self, facts: Facts) -> bool:
        """Whether it goes with a dataset."""
        return self.misfit(facts) is None


def layer(kind: str, name: str, *inputs: str, **args: Any) -> dict[str, Any]:
    """A layer as JSON; without ``inputs`` it reads the one before it."""
    return {"kind": kind, "name": name, "args": args, "inputs": list(inputs)}


def flat(facts: Facts) -> Layers:
    """What makes one row of numbers of a sample, where it is not one already."""
    return [layer("Flatten", "flatten")] if len(facts.input_shape) > 1 else []


def is_text(facts: Facts) -> bool:
    """Whether a sample is a sequence of word numbers."""
    return facts.vocabulary is not None and len(facts.input_shape) == 1
