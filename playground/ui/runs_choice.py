"""The controls above the list of runs: search, states, shelf; sorting, groups and columns."""

import streamlit as st

from playground.locale.text import _
from playground.runs.listing import Wanted
from playground.ui import draft, engine, ids, run_words, runs_columns, runs_wanted, segments, shell
from playground.ui.runs_wanted import COLUMNS, GROUP, LIST, ONLY, ORDER, ROWS, SORT, SORTS, STATE, TAG, TEXT

_NOTHING = ""


def panel(wanted: Wanted) -> None:
    """Draw the controls, set to what is ``wanted``."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="runs-controls"):
        key = "runs-text"
        st.text_input(
            _("Search"),
            wanted.text,
            max_chars=100,
            key=key,
            placeholder=_("Name, dataset, layer, tag, note"),
            icon=":material/search:",
            label_visibility="collapsed",
            width=300,
            on_change=runs_wanted.changed,
            args=(TEXT, key),
        )
        shelves = {"all": _("All"), "starred": _("Starred"), "bin": _("Bin")}
        key = "runs-shelf"
        segments.choose(_("Which runs"), shelves, wanted.shelf, key, runs_wanted.changed, (LIST, key))
        _states()
    _only(wanted)


def order(wanted: Wanted, said: str) -> None:
    """Draw the row with what there is, in words, and the ways to another order and other columns."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="runs-order-row"):
        st.markdown(f"**{said}**", width="content")
        st.space("stretch")
        _order(wanted)
        _shown(wanted)


def _states() -> None:
    # The names stay as they are while runs come and go: Streamlit gives a choice up whose name has changed.
    names = {kind: run_words.chip(kind).word for kind in runs_wanted.STATES}
    key = "runs-states"
    with st.container(width="content"):
        st.pills(
            _("States"),
            list(names),
            selection_mode="multi",
            default=runs_wanted.kinds(),
            format_func=names.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=runs_wanted.changed,
            args=(STATE, key),
        )


def _order(wanted: Wanted) -> None:
    words = runs_wanted.words()
    with st.popover(_("Sort"), icon=":material/swap_vert:", key="runs-order"):
        key = "runs-sort"
        sorts = {name: words[name] for name in SORTS}
        st.selectbox(
            _("Sort by"),
            list(sorts),
            list(sorts).index(wanted.by),
            format_func=sorts.__getitem__,
            key=key,
            on_change=runs_wanted.changed,
            args=(SORT, key),
        )
        key = "runs-direction"
        ways = {"down": _("Largest or newest first"), "up": _("Smallest or oldest first")}
        now = "down" if wanted.is_descending else "up"
        segments.choose(_("Direction"), ways, now, key, runs_wanted.changed, (ORDER, key))
        st.caption(_("What trains or waits comes first while the newest do."))
        key = "runs-group"
        groups = {_NOTHING: _("Nothing"), **{name: words[name] for name in runs_wanted.GROUPS}}
        st.selectbox(
            _("Group by"),
            list(groups),
            list(groups).index(runs_wanted.group() or _NOTHING),
            format_func=groups.__getitem__,
            key=key,
            on_change=runs_wanted.changed,
            args=(GROUP, key),
        )


def _shown(wanted: Wanted) -> None:
    titles = runs_columns.titles()
    with st.popover(_("Columns"), icon=":material/view_column:", key="runs-shown"):
        key = "runs-columns"
        st.multiselect(
            _("Columns, in this order"),
            list(titles),
            list(runs_columns.chosen()),
            format_func=titles.__getitem__,
            key=key,
            on_change=runs_wanted.changed,
            args=(COLUMNS, key),
        )
        key = "runs-rows"
        sizes = {size: str(size) for size in runs_wanted.SIZES}
        st.caption(_("Runs on a page"))
        segments.choose(_("Runs on a page"), sizes, runs_wanted.cut().rows, key, runs_wanted.changed, (ROWS, key))
        tags = list(dict.fromkeys([*engine.client().store.listing.tags(wanted.owner or ""), *wanted.tags]))
        if tags:
            key = "runs-tags"
            st.multiselect(
                _("Only with these tags"),
                tags,
                list(wanted.tags),
                key=key,
                on_change=runs_wanted.changed,
                args=(TAG, key),
            )


def _only(wanted: Wanted) -> None:
    """The values that runs must have, each with a button that gives it up."""
    if not wanted.only and not wanted.tags:
        return
    words = runs_wanted.words()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="runs-only"):
        st.caption(_("Only:"), width="content")
        for at, (field, value) in enumerate(wanted.only):
            said = runs_columns.spelled(field, value)
            st.button(
                f"{words[field]}: {shell.plain(said)}",
                key=f"runs-only-{at}",
                icon=":material/close:",
                help=_("Show all others too"),
                on_click=runs_wanted.show_only,
                args=([each for each in wanted.only if each != (field, value)],),
            )
        for tag in wanted.tags:
            st.button(
                _("Tag: {tag}").format(tag=shell.plain(tag)),
                key=f"runs-only-tag-{tag}",
                icon=":material/close:",
                help=_("Show all others too"),
                on_click=_without,
                args=(tag, wanted.tags),
            )


def with_tag(tag: str) -> None:
    """Ask for this tag too; for callbacks."""
    _tags(list(dict.fromkeys([*runs_wanted.wanted().tags, tag])))


def _without(tag: str, tags: tuple[str, ...]) -> None:
    _tags([each for each in tags if each != tag])


def _tags(tags: list[str]) -> None:
    draft.set_widget("runs-tags", tags)
    runs_wanted.change(TAG, ",".join(tags))


def clear() -> None:
    """Give up every filter; for callbacks."""
    for name in (TEXT, STATE, TAG, ONLY, GROUP):
        ids.show_part(name, "")
    for key, value in (("runs-text", ""), ("runs-states", []), ("runs-group", _NOTHING), ("runs-tags", [])):
        draft.set_widget(key, value)
