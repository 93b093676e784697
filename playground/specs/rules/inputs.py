"""What reaches the first layers."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import usual_steps
from playground.specs.rules.mend import without
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import INPUT, SHAPELESS, Wired, Wiring
from playground.specs.run_spec import RunSpec

_LARGE = 10.0
_SCALING = frozenset({"Normalisation", "Preparation", catalog.PRETRAINED})


def unscaled_inputs(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Inputs far from the range of -1 to 1 that weights start out for."""
    if facts is None or facts.largest is None or facts.largest <= _LARGE:
        return
    wiring = Wiring(spec)
    firsts = [wired for wired in wiring if wired.has_kernel and _is_first(wiring, wired)]
    if not firsts or all(looks_up(wired) for wired in firsts):
        return
    place = "dataset.steps"
    reason = (
        f"{place}: expected inputs of about -1 to 1, received values of up to {facts.largest:,.4g}; the first steps of "
        "training would be much too large"
    )
    usual = usual_steps(spec.dataset.source)
    fix = None
    if usual and not any(step in spec.dataset.steps for step in usual):
        steps = [each.model_dump() for each in (*usual, *spec.dataset.steps)]
        fix = with_value(spec, place, steps)
    yield Problem("unscaled-inputs", place, reason, False, fix)


def embedding_of_fractions(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An embedding that reads what is not made of whole numbers, which it cuts off."""
    wiring = Wiring(spec)
    is_scaled = any(_is_scaling(step.kind) for step in spec.dataset.steps)
    for wired in wiring:
        if not looks_up(wired):
            continue
        maker = wiring.back(wired, frozenset({"Shape", "Regularisation"}))
        if not is_scaled if maker is None else maker.group == "Preparation":
            continue
        what = f"the output of {maker.layer.name}" if maker else "scaled inputs"
        reason = (
            f"{wired.place}: {wired.layer.kind} expects whole numbers from 0, such as those of words, received {what}; "
            "everything behind the point is cut off"
        )
        yield Problem("embedding-of-fractions", wired.place, reason, False, without(spec, wired.number))


def embedding_too_small(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An embedding with fewer rows than there are numbers to look up."""
    wanted = _numbers(facts)
    if not wanted:
        return
    wiring = Wiring(spec)
    for wired in wiring:
        rows = wired.value("input_dim")
        if not looks_up(wired) or not isinstance(rows, int) or rows >= wanted:
            continue
        if wiring.back(wired, frozenset({"Shape"})) is None and wired.reads[0] in _unchanged(wiring):
            place = f"{wired.place}.input_dim"
            reason = f"{place}: expected at least {wanted:,}, as numbers go up to {wanted - 1:,}, received {rows:,}"
            yield Problem("embedding-too-small", place, reason, True, with_value(spec, wired.path("input_dim"), wanted))


def late_augmentation(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Random changes made for images, on what is no image any more."""
    wiring = Wiring(spec)
    for wired in wiring:
        if wired.group != "Augmentation":
            continue
        before = wiring.back(wired, SHAPELESS | {"Augmentation"})
        if before is not None and (before.has_kernel or before.layer.kind == "Flatten"):
            reason = (
                f"{wired.place}: {wired.layer.kind} expects the images themselves, received the output of "
                f"{before.layer.name}; put it first, or leave it out"
            )
            yield Problem("late-augmentation", wired.place, reason, False, without(spec, wired.number))


def _is_first(wiring: Wiring, wired: Wired) -> bool:
    """Whether nothing between the input and ``wired`` has weights or scales the values."""
    found: Wired | None = wired
    while found is not None and found.reads != (INPUT,):
        found = wiring.read_by(found)
        if found is not None and (found.has_kernel or found.group in _SCALING):
            return False
    return found is not None


def _numbers(facts: Facts | None) -> int:
    """How many whole numbers from 0 the inputs may hold; 0 where nobody knows."""
    if facts is None or (facts.vocabulary is None and facts.largest is None):
        return 0
    return facts.vocabulary or int(facts.largest or 0) + 1


def _is_scaling(kind: str) -> bool:
    entry = catalog.entry("steps", kind)
    return entry is not None and entry.group == "Scaling"


def looks_up(wired: Wired) -> bool:
    """Whether ``wired`` takes what it reads as numbers of rows."""
    return wired.entry is not None and wired.entry.param("embeddings_initializer") is not None


def _unchanged(wiring: Wiring) -> set[str]:
    """The names of what holds the inputs as they are: the input, and layers that only write it in another shape."""
    names = {INPUT}
    for wired in wiring:
        if wired.group in ("Shape", "Regularisation") and wired.reads[0] in names:
            names.add(wired.layer.name)
    return names
