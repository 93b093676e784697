"""One remedy, and what one is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.specs.facts import Facts
from playground.specs.run_spec import RunSpec


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change of a run that usually helps against what it says.

    Attributes:
        name: which remedy, for keys and tests.
        label: a few words for a button.
        why: what it changes and why that helps, in one sentence.
        spec: the whole run with the change.
    """

    name: str
    label: str
    why: str
    spec: RunSpec


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be mended.

    Attributes:
        spec: the run.
        facts: the learning problem that its dataset poses; ``None`` while nobody knows.
        best_epoch: the epoch with the least validation loss, from 1, where there is one.
        has_learned: whether the training rows were learned: a larger network is no remedy then.
        fitting_batch: the batch size that is estimated to fit into memory, where that is the trouble.
    """

    spec: RunSpec
    facts: Facts | None = None
    best_epoch: int | None = None
    has_learned: bool = False
    fitting_batch: int | None = None


Proposal = Callable[[Case], Remedy | None]
"""Makes a remedy for a case; ``None`` where it does not apply."""
