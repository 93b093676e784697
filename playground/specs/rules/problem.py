"""What is wrong or unwise about a spec."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or unwise about a spec.

    Attributes:
        rule: the rule's name, for tests and help pages.
        place: dotted path of what it is about, layers by name: ``model.layers.hidden.units``.
        reason: one plain sentence with the place, what was expected and what was received.
        is_blocking: whether the run is refused; otherwise it can be run, and means less than it seems to.
        fix: the spec with the obvious remedy, or ``None`` where there is none.
    """

    rule: str
    place: str
    reason: str
    is_blocking: bool
    fix: RunSpec | None = None


Rule = Callable[[RunSpec, Facts | None, Settings | None], Iterable[Problem]]
"""Finds its problems; says nothing where it lacks the facts or the settings it needs."""

ShapeRule = Callable[[RunSpec, Facts, Shapes, Settings | None], Iterable[Problem]]
"""Finds problems of which only Keras can tell, from the shapes that it computed."""
