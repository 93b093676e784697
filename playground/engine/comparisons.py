"""Several runs at once, as one comparison: asked for together or not at all, and stopped together."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from playground.engine.check import check
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.recipes import Recipe
from playground.runs import Comparison, EndedError, NotFoundError, Run
from playground.runs.comparisons import Kind
from playground.specs import RunSpec, folds

_BETWEEN = " · "


class Plan(NamedTuple):
    """What is to be compared.

    Attributes:
        kind: what the members have to do with each other.
        members: what each is called, and what is asked for; at least one.
    """

    kind: Kind
    members: tuple[tuple[str, RunSpec], ...]


def planned(recipe: Recipe, spec: RunSpec | None = None) -> Plan | None:
    """What ``recipe`` compares, its own run first; ``None`` for one that is a single run.

    Args:
        recipe: the worked example.
        spec: its spec with changes, which then apply to every member; its own by default.

    Raises:
        ValueError: a variant does not fit the changed spec.
    """
    spec = recipe.spec if spec is None else spec
    if recipe.all_folds:
        return folds_of(spec)
    if recipe.variants:
        own = (recipe.label or "As it is", spec)
        return Plan("variants", (own, *((each.label, each.of(spec)) for each in recipe.variants)))
    return None


def folds_of(spec: RunSpec) -> Plan:
    """Every fold of the split of ``spec``, or several repeats. Raises ValueError where it makes no others."""
    return Plan("folds", folds.members(spec))


def submit(client: Client, plan: Plan, name: str, owner: str | None = None, draft_id: str | None = None) -> Comparison:
    """Ask for a run of every member; they are queued in their order and train as there is room.

    Each run is called after its spec and its label, so that lists of runs tell them apart.

    Args:
        client: the engine.
        plan: what is to be compared.
        name: what the comparison is called.
        owner: whose it is; the home's by default.
        draft_id: the draft that they are runs of.

    Raises:
        SpecError: one of them cannot be run, named by its label, or so many may not wait. Nothing is left behind.
        HostError: there is no engine.
    """
    owner = owner or client.settings.owner
    client.ensure_host()
    checked = set()
    for label, spec in plan.members:
        if (alike := spec.model_copy(update={"seed": 0}).digest) in checked:
            continue  # another seed of what can be run
        checked.add(alike)
        try:
            check(spec, client)
        except SpecError as error:
            raise SpecError(f"{label}: {error}") from error
    client.make_room(owner, len(plan.members))
    made = client.store.comparisons.create(plan.kind, name, _named(plan), owner, draft_id)
    client.wake()
    return made


def _named(plan: Plan) -> tuple[tuple[str, RunSpec], ...]:
    """The members of ``plan`` with a name each: that of their spec, without an earlier label, and their label."""
    ends = [f"{_BETWEEN}{label}" for label, _spec in plan.members]
    found = []
    for label, spec in plan.members:
        before = next((spec.name.removesuffix(end) for end in ends if spec.name.endswith(end)), spec.name)
        named = f"{before}{_BETWEEN}{label}" if before else label
        found.append((label, spec.model_copy(update={"name": named})))
    return tuple(found)


def runs(client: Client, comparison: Comparison) -> Iterator[Run]:
    """The runs of a comparison in order as they are now, without those deleted since it was read."""
    for member in comparison.members:
        with contextlib.suppress(NotFoundError):
            yield client.store.runs.run(member.run_id)


def stop(client: Client, comparison: Comparison) -> None:
    """Stop all runs of a comparison, the last one first: one that stops would else make room for the next."""
    for run in reversed(list(runs(client, comparison))):
        if not run.is_ended:
            with contextlib.suppress(EndedError, NotFoundError):
                client.request(run.id, "stop")
