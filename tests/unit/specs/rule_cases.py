"""Small models to try rules on, and what every rule must do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playground import data
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.problems import Problem, problems
from tests.unit.specs.example import EXAMPLE

DIGITS = RunSpec.from_dict(EXAMPLE)
MULTICLASS = Facts(
    task="multiclass", input_shape=(8, 8), classes=tuple("0123456789"), n_train=1000, n_validation=100, largest=1.0
)
REGRESSION = Facts(task="regression", input_shape=(8, 8), n_train=1000, n_validation=100)
OUTPUT = ("Dense", {"units": 10, "activation": "softmax"})


def stack(*layers: tuple[str, dict[str, Any]] | str, **inputs: list[str]) -> RunSpec:
    """The digits with these layers, called a, b, c ...; ``inputs`` by those names."""
    made = []
    for number, layer in enumerate(layers):
        kind, args = (layer, {}) if isinstance(layer, str) else layer
        name = "abcdefghijkl"[number]
        made.append({"kind": kind, "name": name, "args": args, "inputs": inputs.get(name, [])})
    return with_value(DIGITS, "model.layers", made)


def dense(units: int = 32, activation: str | None = "relu", **args: Any) -> tuple[str, dict[str, Any]]:
    """A Dense layer."""
    return "Dense", {"units": units, "activation": activation} | args


@dataclass(frozen=True)
class Case:
    """A spec that a rule speaks of, and one that barely escapes it; without ``facts`` those of its data."""

    rule: str
    has: RunSpec
    has_not: RunSpec
    place: str
    words: str
    is_blocking: bool = False
    facts: Facts | None = MULTICLASS

    def check(self) -> None:
        """The problem is found once, said with its place, and mended without a new one."""
        (problem,) = self.of_rule(self.has)
        assert problem.place == self.place
        assert self.words in problem.reason
        assert problem.reason.startswith(f"{problem.place}: ")
        assert "\n" not in problem.reason
        assert problem.is_blocking == self.is_blocking
        assert self.of_rule(self.has_not) == []
        assert problem.fix is not None
        assert self.of_rule(problem.fix) == []
        assert self.rules(problem.fix) <= self.rules(self.has) - {self.rule}

    def of_rule(self, spec: RunSpec) -> list[Problem]:
        """What the rule finds in ``spec``."""
        return of_rule(self.rule, spec, self.facts or data.outline(spec.dataset))

    def rules(self, spec: RunSpec) -> set[str]:
        """The rules that find something in ``spec``."""
        return {problem.rule for problem in problems(spec, self.facts or data.outline(spec.dataset))}


def of_rule(rule: str, spec: RunSpec, facts: Facts | None = None) -> list[Problem]:
    """The problems that ``rule`` finds."""
    return [problem for problem in problems(spec, facts) if problem.rule == rule]


def names(cases: Iterable[Case]) -> list[str]:
    """Ids for tests."""
    return [case.rule for case in cases]
