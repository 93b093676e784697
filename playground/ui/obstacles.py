"""What stands between a draft and a run: its problems, found without waiting for anything."""

from playground.data import DataError, outline
from playground.data.weight_column import column_problems
from playground.engine.device import device
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.problems import Problem, problems
from playground.specs.rules.memory import too_little_memory
from playground.specs.shapes import Shapes
from playground.ui import costs, draft, run_words, shapes


def found(spec: RunSpec) -> tuple[Problem, ...]:
    """The problems of ``spec``, those that block it first; what only Keras knows is left out until it has answered."""
    try:
        facts = outline(spec.dataset)
    except DataError as error:
        return (Problem("dataset", "dataset", str(error), True), *problems(spec, None, settings()))
    known = shapes.of(spec) if spec.model.layers else None
    is_known = known is not None and known.is_known
    found = problems(spec, facts, settings(), known and known.on(device(settings())) if is_known else None)
    return (*column_problems(spec, settings()), *found)


def is_settled(spec: RunSpec) -> bool:
    """Whether all is known that :func:`found` and :func:`over_memory` can say; asks what has not been asked."""
    if not spec.model.layers:
        return True
    known = shapes.of(spec)
    if not costs.can_count(known):
        return known.is_known
    costs.begin(spec)
    return costs.is_counted(spec)


def over_memory(spec: RunSpec) -> tuple[Problem, ...]:
    """Whether a training step takes more than the device has; nothing where that is not known yet."""
    try:
        facts = outline(spec.dataset)
    except DataError:
        return ()
    known = shapes.of(spec) if spec.model.layers else Shapes()
    if not costs.can_count(known):
        return ()
    return tuple(too_little_memory(spec, facts, costs.joined(spec, known), settings()))


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


def mend(fix: RunSpec, spec: RunSpec) -> None:
    """Make the remedy of a problem of ``spec`` the draft; a callback."""
    draft.edit(fix, made_from=spec)
