"""Comparisons: starting one, and which one the session looks at."""

import streamlit as st

from playground.engine import comparisons
from playground.engine.comparisons import Plan
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.recipes import Recipe
from playground.runs import Comparison, Draft
from playground.settings import settings
from playground.specs import RunSpec, folds
from playground.ui import draft, engine, ids, shell

_STARTED = "comparisons started here"
_KEPT = 50


def looked_at() -> str | None:
    """The id of the comparison in the address, else of the session, else of the newest; ``None`` where there is none.

    There may be no such comparison: the address is whatever somebody typed.
    """
    found = ids.remembered(ids.COMPARE)
    if found is not None:
        return found
    newest = engine.client().store.comparisons.find(settings().owner, limit=1)
    return newest[0].id if newest else None


def address(comparison_id: str) -> dict[str, str]:
    """What a link to the comparison carries."""
    return {ids.COMPARE: comparison_id}


def is_started_here(comparison_id: str) -> bool:
    """Whether this session started the comparison."""
    return comparison_id in draft.get(_STARTED, [])


def is_comparison(recipe: Recipe) -> bool:
    """Whether ``recipe`` is several runs side by side."""
    return recipe.all_folds or bool(recipe.variants)


def start_recipe(recipe: Recipe) -> str:
    """Make a draft of ``recipe`` and start all that it compares; returns the comparison's id, for ``?compare=``.

    Raises:
        SpecError: one of the runs cannot be started, named by its label. Nothing is left behind.
        HostError: there is no engine; the message says what to do.
        ValueError: the recipe compares nothing.
    """
    client, plan = engine.client(), comparisons.planned(recipe)
    if plan is None:
        raise ValueError(f"The recipe {recipe.name!r} is a single run: expected variants or all_folds")
    made = client.store.drafts.create(recipe.spec, settings().owner)
    try:
        found = comparisons.submit(client, plan, recipe.title, settings().owner, made.id)
    except (SpecError, EngineError):
        client.store.drafts.delete(made.id)
        raise
    draft.open_draft(made.id)
    return _look_at(found)


def start_folds(of: Draft) -> str:
    """Start every fold of the draft's split, or several repeats; returns the comparison's id.

    Raises: as :func:`start_recipe`, and ValueError for a split without folds.
    """
    plan, name = comparisons.folds_of(of.spec), of.spec.name or _("All folds")
    return _look_at(comparisons.submit(engine.client(), plan, name, settings().owner, of.id))


def start_variants(of: Draft, members: tuple[tuple[str, RunSpec], ...], name: str) -> str:
    """Start runs of several specs, each with its label, side by side; returns the comparison's id.

    Raises: as :func:`start_recipe`.
    """
    return _look_at(comparisons.submit(engine.client(), Plan("variants", members), name, settings().owner, of.id))


def start_race(of: Draft, members: tuple[tuple[str, RunSpec], ...], name: str) -> str:
    """Start a race of several specs, those of one seed in lockstep; returns the comparison's id.

    Raises: as :func:`start_recipe`.
    """
    found = comparisons.submit(engine.client(), Plan("race", members), name, settings().owner, of.id)
    ids.remember(ids.RACE, found.id)
    return _look_at(found)


def again(of: Comparison) -> str:
    """Start what is left of a comparison anew, with the same settings; returns the new comparison's id.

    Raises: as :func:`start_recipe`.
    """
    client = engine.client()
    members = tuple((member.label, client.store.runs.spec(member.run_id)) for member in of.members)
    return _look_at(comparisons.submit(client, Plan(of.kind, members), of.name, settings().owner, of.draft_id))


def button(of: Draft, *, is_off: bool = False) -> None:
    """Draw, for a draft whose split makes several runs, the button that starts them all; else nothing.

    Args:
        of: the draft.
        is_off: whether something stands in the way of a run of it.
    """
    label = {"fold": _("Train all {n} folds"), "repeat": _("Train {n} repeats")}.get(folds.called(of.spec))
    if label is None:
        return
    is_pressed = st.button(
        label.format(n=len(folds.members(of.spec))),
        key=f"start-folds-{of.id}",
        icon=":material/stacked_line_chart:",
        help=_("One run is one draw of the validation part. The mean of several, and their spread, say more."),
        disabled=is_off,
    )
    if is_pressed:
        try:
            with st.spinner(_("Starting …")):
                found = start_folds(of)
        except (SpecError, EngineError) as error:
            st.error(shell.plain(str(error)), icon=":material/error:")
            return
        st.switch_page(shell.COMPARE, query_params=draft.address() | address(found))


def _look_at(found: Comparison) -> str:
    """Look at a comparison from now on; the draft's own run is the first of it."""
    if found.draft_id is not None and found.members:
        engine.client().store.drafts.ran(found.draft_id, found.members[0].run_id)
    draft.put(_STARTED, [*draft.get(_STARTED, [])[-_KEPT:], found.id])
    ids.forget(ids.RUNS)
    ids.remember(ids.COMPARE, found.id)
    return found.id
