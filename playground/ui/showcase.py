"""Home's opening: an example that is learning now, on this server."""

import functools
from typing import Any, NamedTuple

import streamlit as st

from playground import recipes
from playground.engine import showcase
from playground.locale.text import _
from playground.recipes import Recipe, Variation
from playground.runs import NotFoundError, Run
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import curves, doing, engine, examples, reader, run_words, shell
from playground.ui.reader import View

_SHOWN: dict[str, dict[str, Any]] = {
    "spiral": {"epochs": 600, "learning_rate": 0.003},
    "digits-cnn": {"epochs": 40},
    "iris-mlp": {"epochs": 300},
}
"""The examples that are shown in turn, and what is changed so that they learn for some seconds."""
_TICK_S = 0.5
_HEIGHT = 196  # pixels, so that nothing below moves when the first curve appears
_COLUMNS = (0.8, 1.2, 1.7)


class _Shown(NamedTuple):
    recipe: Recipe
    spec: RunSpec


def panel() -> None:
    """Draw the example that is learning, or has just learned; nothing where the setting says so."""
    if not settings().showcase:
        return
    client = engine.client()
    showcase.begin(client, [each.spec for each in _shown()])
    newest = showcase.newest(client)
    is_live = newest is None or not newest.is_ended or showcase.is_due(client)
    st.fragment(_live, run_every=_TICK_S if is_live else None)(is_live=is_live, drawn=newest.id if newest else "")


@functools.cache
def _shown() -> tuple[_Shown, ...]:
    found = [(recipes.recipe(name), Variation(label=name, changes=changes)) for name, changes in _SHOWN.items()]
    return tuple(_Shown(recipe, variation.of(recipe.spec)) for recipe, variation in found)


def _live(*, is_live: bool, drawn: str) -> None:
    """What changes while it learns; the last tick is the one that finds it ended."""
    run = showcase.newest(engine.client())
    is_over = run is not None and run.is_ended and run.id != drawn
    if is_live and run is not None and (is_over or (run.is_ended and not showcase.is_due(engine.client()))):
        st.rerun()
    view = _view(run)
    with st.container(border=True, key="showcase"):
        of = _recipe(view)
        picture, words, curve = st.columns(_COLUMNS, gap="medium", vertical_alignment="center")
        with picture:
            examples.picture(of)
        with words:
            _words(view, of)
        with curve:
            if view is not None and view.epochs:
                curves.small(view, _HEIGHT)
            else:
                st.container(height=_HEIGHT, border=False)


def _view(run: Run | None) -> View | None:
    try:
        return reader.read(run.id) if run is not None else None
    except NotFoundError:
        return None


def _words(view: View | None, of: Recipe) -> None:
    with st.container(gap="xsmall"):
        is_over = view is not None and view.run.is_ended
        badge = run_words.badge(view.run.state) if view is not None and is_over else _going()
        st.markdown(f"{badge} &ensp;**{shell.plain(_(of.title))}**")
        st.caption(shell.plain(_(of.teaches)))
        st.markdown(doing.words(view) if view is not None else f"**{_('The engine starts')}**")
        if view is not None:
            st.page_link(
                shell.TRAIN,
                label=_("See how it learned") if is_over else _("Watch it learn"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"run": view.run.id},
            )


def _going() -> str:
    return f":blue-badge[:material/progress_activity: {_('Learning now, on this server')}]"


def _recipe(view: View | None) -> Recipe:
    shown = _shown()
    return next((each.recipe for each in shown if view is not None and each.spec == view.spec), shown[0].recipe)
