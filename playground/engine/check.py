"""Whether a spec can be run, found out before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground.data.weight_column import column_problems
from playground.engine.errors import SpecError
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.problems import problems
from playground.specs.shapes import Shapes

if TYPE_CHECKING:
    from playground.engine.client import Client


@dataclass(frozen=True, slots=True)
class Checked:
    """What Keras says of a spec that can be run.

    Attributes:
        facts: the learning problem, as far as it is known without the data.
        summary: layers with shapes and parameters, and totals (``Summary.to_dict()``).
    """

    facts: Facts
    summary: Mapping[str, Any]


def check(spec: RunSpec, client: "Client") -> Checked:
    """What Keras says of ``spec``.

    Raises:
        SpecError: it cannot be run; one line that names what and why.
        AnswerError, HostError: nobody could tell.
    """
    _refuse(spec, None, client.settings)
    header, _ = client.ask("summary", {"spec": spec.model_dump()})
    facts = Facts.model_validate(header["facts"])
    _refuse(spec, facts, client.settings, Shapes.from_answer(header))
    for problem in column_problems(spec, client.settings):
        raise SpecError(problem.reason)
    return Checked(facts, header["summary"])


def _refuse(spec: RunSpec, facts: Facts | None, settings: Settings, shapes: Shapes | None = None) -> None:
    for problem in problems(spec, facts, settings, shapes):
        if problem.is_blocking:
            raise SpecError(problem.reason)
