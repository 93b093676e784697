"""What stands between a draft and a run: its problems, found without waiting for anything."""

from playground.data import DataError, outline
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.problems import Problem, problems
from playground.ui import draft, run_words, shapes


def found(spec: RunSpec) -> tuple[Problem, ...]:
    """The problems of ``spec``, those that block it first; what only Keras knows is left out until it has answered."""
    try:
        facts = outline(spec.dataset)
    except DataError as error:
        return (Problem("dataset", "dataset", str(error), True), *problems(spec, None, settings()))
    known = shapes.of(spec) if spec.model.layers else None
    return problems(spec, facts, settings(), known if known is not None and known.is_known else None)


def words(problem: Problem) -> str:
    """Why, with the name of the layer or the setting in place of the technical place."""
    why = problem.reason.removeprefix(f"{problem.place}: ")
    if why == problem.reason:
        return why
    parts = problem.place.split(".")
    if problem.place.startswith("model.layers.") and len(parts) > 2:
        return _("Layer {name}: {why}").format(name=", ".join([parts[2], *parts[3:]]), why=why)
    what = next((part for part in reversed(parts) if not part.isdecimal()), problem.place)
    return f"{run_words.first_upper(what.replace('_', ' '))}: {why}"


def mend(fix: RunSpec) -> None:
    """Make the remedy of a problem the draft; a callback."""
    draft.edit(fix)
