"""The examples on Home: a card each, with a button that starts it."""

import re
from pathlib import Path

import streamlit as st

from playground import recipes
from playground.engine.errors import HostError, SpecError
from playground.locale.text import _
from playground.recipes import Recipe
from playground.ui import draft, run_words, segments, shell, watching

_PICTURES = Path(__file__).parents[2] / "static" / "recipes"
_STARTING = "example-starting"
_REFUSED = "example-refused"


def panel() -> None:
    """Draw the cards of the chosen kind, in teaching order."""
    if refused := draft.get(_REFUSED, ""):
        st.error(shell.plain(refused), icon=":material/error:")
    every = [recipes.recipe(name) for name in recipes.names()]
    group = _choose_group(every)
    grid = st.grid(4, min_column_width=150, border=True, gap="small")
    for recipe in every:
        if group in ("", recipe.group):
            with grid.container(height="stretch"):
                _card(recipe)


def start() -> bool:
    """Start the example whose button was pressed, if one was; returns whether a run was started.

    Called after the page is drawn: the pressed button says "Starting …" while the engine is asked.
    """
    name = draft.get(_STARTING, "")
    if not name:
        return False
    draft.put(_STARTING, "")
    try:
        watching.start(recipes.recipe(name).spec)
    except (SpecError, HostError) as error:
        draft.put(_REFUSED, str(error))
        st.rerun()
    return True


def start_button(recipe: Recipe, label: str, key: str) -> None:
    """Draw a button that starts ``recipe``; of the one pressed, the words change at once."""
    starting = draft.get(_STARTING, "")
    st.button(
        _("Starting …") if starting == recipe.name else label,
        icon=":material/play_arrow:",
        key=key,
        disabled=bool(starting),
        on_click=_press,
        args=(recipe.name,),
    )


def _press(name: str) -> None:
    draft.put(_STARTING, name)
    draft.put(_REFUSED, "")


def _choose_group(every: list[Recipe]) -> str:
    """The kind of example to show; empty for all."""
    groups = ["", *dict.fromkeys(recipe.group for recipe in every)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {_('Examples')}", width="content")
        st.space("stretch")
        names = {group: _(group) if group else _("All") for group in groups}
        chosen = segments.choose(_("Kind of example"), names, "", "example-kind")
    return chosen or ""


def _card(recipe: Recipe) -> None:
    title = _(recipe.title)
    picture = _PICTURES / f"{recipe.name}-{shell.theme()}.png"
    if picture.exists():
        st.image(str(picture), width="stretch", alt=title)
    with st.container(gap="xxsmall", height="stretch"):  # the buttons of one row stand on one line
        st.markdown(f"**{shell.plain(title)}**")
        st.caption(shell.plain(_opening(_(recipe.teaches))))
        st.caption(f"{_(recipe.group)} · {run_words.duration(recipe.seconds)}", wrap=shell.is_phone())
        if not recipe.offline:
            st.caption(f":material/download: {_('Downloads its data once')}")
    with st.container(horizontal=True, gap="small"):
        start_button(recipe, _("Run"), key=f"run-{recipe.name}")
        words = _("See it and change it before it runs.")
        if st.button(_("Open"), key=f"open-{recipe.name}", type="tertiary", help=words):
            draft.new(recipe.spec)
            st.switch_page(shell.MODEL, query_params=draft.address())


def _opening(text: str) -> str:
    """``text`` up to its first full stop, colon or semicolon: what a card has room for."""
    return re.split(r"[.:;](?:\s|$)", text, maxsplit=1)[0] + "."
