"""Changes with one click: a recipe's own variations, and a row for a change that starts the next run."""

import functools
from typing import NamedTuple

import streamlit as st

from playground import recipes
from playground.locale.text import _
from playground.recipes import Recipe
from playground.runs import Draft
from playground.specs import RunSpec
from playground.ui import changes, draft, transport
from playground.ui.shell import plain


class Next(NamedTuple):
    """A recipe's variation, ready to be run.

    Attributes:
        label: a few words.
        why: what it shows; may be empty.
        spec: the whole run.
    """

    label: str
    why: str
    spec: RunSpec


def of(digest: str) -> tuple[Next, ...]:
    """What to try after a run with this digest of its spec: it is a recipe's, or one of its variations.

    The variations are those of the recipe as it is, the run's own left out; empty for any other run.
    """
    return tuple(one for one in _known().get(digest, ()) if one.spec.digest != digest)


@functools.cache
def _known() -> dict[str, tuple[Next, ...]]:
    found: dict[str, tuple[Next, ...]] = {}
    for recipe in map(recipes.recipe, recipes.names()):
        variations = _variations(recipe)
        for spec in (recipe.spec, *(one.spec for one in variations)):
            found.setdefault(spec.digest, variations)
    return found


def _variations(recipe: Recipe) -> tuple[Next, ...]:
    return tuple(Next(_(each.label), _(each.why), each.of(recipe.spec)) for each in recipe.try_next)


def panel(of: Draft, variations: tuple[Next, ...]) -> None:
    """Draw what to try next, each with its buttons."""
    with st.container(gap="small"):
        st.markdown(f"##### {_('Try next')}")
        for number, one in enumerate(variations):
            row(of, of.spec, f"next-{number}", one.label, one.why, one.spec)


def row(of: Draft | None, now: RunSpec, name: str, label: str, why: str, spec: RunSpec) -> None:
    """Draw a change: what it is, why, a button that makes it and starts it, and one that only makes it.

    Args:
        of: the draft that is changed; ``None`` where the run is no draft's, so that the change becomes a new one.
        now: what is changed.
        name: what its buttons are known by, one of its kind on the page.
        label: a few words.
        why: one sentence.
        spec: ``now`` with the change.
    """
    what = changes.words(now, spec)
    if of is not None:
        starts = _("Makes this change and starts the run: {changes}")
        label_only, only = _("Change the draft"), _("Makes this change without starting; Undo takes it back: {changes}")
    else:
        starts = _("Makes a draft with this change and starts it: {changes}")
        label_only, only = _("As a new draft"), _("Makes a draft with this change, without starting: {changes}")
    with st.container(gap="xxsmall", key=f"try-{name}"):
        st.markdown(f"**{plain(label)}**")
        if why:
            st.caption(plain(why))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                _("Try it"),
                icon=":material/play_arrow:",
                key=f"try-it-{name}",
                help=starts.format(changes=what),
                on_click=_try,
                args=(of, now, spec),
            )
            st.button(
                label_only,
                type="tertiary",
                key=f"change-{name}",
                help=only.format(changes=what),
                on_click=_change,
                args=(of, now, spec),
            )


def _change(of: Draft | None, now: RunSpec, spec: RunSpec) -> None:
    _changed(of, now, spec)


def _changed(of: Draft | None, now: RunSpec, spec: RunSpec) -> str | None:
    """Make the change; returns the draft's id, ``None`` where it was something else by then."""
    if of is not None:
        return of.id if draft.edit(spec, made_from=now) else None
    draft.new(now)  # first as it was, so that Undo takes the change back
    made = draft.current()
    return made.id if made is not None and draft.edit(spec) else None


def _try(of: Draft | None, now: RunSpec, spec: RunSpec) -> None:
    if draft_id := _changed(of, now, spec):
        transport.press(draft_id)
