"""What stands between a draft and a run: its problems, found without waiting for anything."""

from playground.data import DataError, outline
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.problems import Problem, problems
from playground.ui import draft, shapes


def found(spec: RunSpec) -> tuple[Problem, ...]:
    """The problems of ``spec``, those that block it first; what only Keras knows is left out until it has answered."""
    try:
        facts = outline(spec.dataset)
    except DataError as error:
        return (Problem("dataset", "dataset", str(error), True), *problems(spec, None, settings()))
    known = shapes.of(spec) if spec.model.layers else None
    return problems(spec, facts, settings(), known if known is not None and known.is_known else None)


def mend(fix: RunSpec) -> None:
    """Make the remedy of a problem the draft; a callback."""
    draft.edit(fix)
