"""The examples on Home: a card each, with a button that starts it."""

import re
from pathlib import Path

import streamlit as st

from playground import recipes
from playground.engine.errors import HostError, SpecError
from playground.locale.text import _
from playground.recipes import LEVELS, Recipe
from playground.ui import comparing, draft, run_words, segments, shell, watching

_PICTURES = Path(__file__).parents[2] / "static" / "recipes"
_STARTING = "example-starting"
_REFUSED = "example-refused"
_KIND, _LEVEL, _OFFLINE, _SEARCH = "example-kind", "example-level", "example-offline", "example-search"
_SEARCH_PX = 240
_ROW = 4


def panel() -> None:
    """Draw the cards in teaching order: the first of every kind, or all that fit what was chosen."""
    if refused := draft.get(_REFUSED, ""):
        st.error(shell.plain(refused), icon=":material/error:")
    every = [recipes.recipe(name) for name in recipes.names()]
    group = _choose_group(every)
    level, is_offline, searched = _narrow(every)
    found = [
        recipe
        for recipe in every
        if searched == recipe.name
        or (
            not searched
            and group in ("", recipe.group)
            and level in ("", recipe.level)
            and (recipe.offline or not is_offline)
        )
    ]
    if not found:
        st.caption(_("No example fits all of this."))
        st.button(_("Show all examples"), icon=":material/grid_view:", key="examples-all", on_click=_show_all)
    elif group or level or searched:
        _grid(found)
    else:
        for name in dict.fromkeys(recipe.group for recipe in found):
            _section(name, [recipe for recipe in found if recipe.group == name])


def picture(recipe: Recipe) -> None:
    """Draw the small picture of ``recipe``, of its data or its result."""
    path = _PICTURES / f"{recipe.name}-{shell.theme()}.png"
    if path.exists():
        st.image(str(path), width="stretch", alt=_(recipe.title))


def start() -> None:
    """Start the example whose button was pressed, if one was, and go to where it can be watched.

    Called after the page is drawn: the pressed button says "Starting …" while the engine is asked.
    """
    name = draft.get(_STARTING, "")
    if not name:
        return
    draft.put(_STARTING, "")
    recipe = recipes.recipe(name)
    try:
        if comparing.is_comparison(recipe):
            page, more = shell.COMPARE, comparing.address(comparing.start_recipe(recipe))
        else:
            watching.start(recipe.spec)
            page, more = shell.TRAIN, {}
    except (SpecError, HostError) as error:
        draft.put(_REFUSED, str(error))
        st.rerun()
    st.switch_page(page, query_params=draft.address() | more)


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
        chosen = segments.choose(_("Kind of example"), names, "", _KIND)
    return chosen or ""


def _narrow(every: list[Recipe]) -> tuple[str, bool, str]:
    """The level and the example that were chosen, empty for all, and whether only what needs no download is shown."""
    names = {
        level: run_words.first_upper(_(level)) for level in LEVELS if any(recipe.level == level for recipe in every)
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="narrow-examples"):
        level = st.pills(
            _("Level"),
            list(names),
            format_func=names.__getitem__,
            key=_LEVEL,
            label_visibility="collapsed",
            width="content",
        )
        is_offline = st.toggle(_("Runs offline"), key=_OFFLINE, help=_("Without those that download their data."))
        st.space("stretch")
        words = {recipe.name: f"{_(recipe.title)} · {_(recipe.group)} · {recipe.name}" for recipe in every}
        searched = st.selectbox(
            _("Search for an example"),
            list(words),
            index=None,
            format_func=words.__getitem__,
            filter_mode="contains",
            placeholder=_("Search {n} examples").format(n=len(words)),
            label_visibility="collapsed",
            icon=":material/search:",
            width=_SEARCH_PX,
            key=_SEARCH,
        )
    return level or "", is_offline, searched or ""


def _show_all() -> None:
    draft.set_widget(_KIND, "")
    draft.set_widget(_LEVEL, None)
    draft.set_widget(_OFFLINE, False)
    draft.set_widget(_SEARCH, None)


def _section(group: str, found: list[Recipe]) -> None:
    """The first examples of one kind, and the way to the others."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kind-{group}"):
        st.markdown(f"#### {_(group)}", width="content")
        if len(found) > _ROW:
            words = _("All {n}").format(n=len(found))
            st.button(words, type="tertiary", key=f"all-{group}", on_click=draft.set_widget, args=(_KIND, group))
    _grid(found[:_ROW])


def _grid(found: list[Recipe]) -> None:
    grid = st.grid(_ROW, min_column_width=150, border=True, gap="small")
    for recipe in found:
        with grid.container(height="stretch"):
            _card(recipe)


def _card(recipe: Recipe) -> None:
    title = _(recipe.title)
    picture(recipe)
    with st.container(gap="xxsmall", height="stretch"):  # the buttons of one row stand on one line
        st.markdown(f"**{shell.plain(title)}**")
        st.caption(shell.plain(_opening(_(recipe.teaches))))
        st.caption(f"{run_words.first_upper(_(recipe.level))} · {run_words.duration(recipe.seconds)}")
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
