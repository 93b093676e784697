"""The datasets as cards, by kind."""

import math
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.data import SOURCES, outline
from playground.data.sources import OWN_SOURCES
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.specs.facts import Facts, is_sequence_shape
from playground.specs.first_dataset import first_dataset
from playground.ui import data_choose, data_files, data_own, draft, segments, shell

_SEARCH_PX = 240
_PICTURES = Path(__file__).parents[2] / "static" / "datasets"


def panel(chosen: str | None, now: Draft | None) -> None:
    """Draw the kinds, the cards of one kind, that of the chosen dataset at first, and where a file is brought.

    Args:
        chosen: the source that is chosen; ``None`` for none.
        now: the draft, which may hold files; ``None`` before there is one.
    """
    every = catalog.entries("datasets")
    own = {entry.group for name in OWN_SOURCES if (entry := catalog.entry("datasets", name))}
    groups = ["", *dict.fromkeys(entry.group for entry in every), *own]
    found = catalog.entry("datasets", chosen) if chosen else None
    of = found.group if found else ""
    names = {group: _(group) if group else _("All") for group in groups}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="find-dataset"):
        group = segments.choose(_("Kind of data"), names, of, draft.key("data-kind"))
        _search(every)
    if group == "" or group in own:
        data_own.panel(has_public=group in own)
    if group in own:
        if now is not None:
            data_files.panel(now)
        return
    # With a choice made the samples are what matters: small cards leave them room on the screen.
    grid = st.grid(6 if chosen else 4, min_column_width=140, border=True, gap="small")
    for entry in every:
        if group in ("", entry.group):
            with grid.container(height="stretch"):
                _card(entry, entry.id == chosen, is_small=chosen is not None)


def _search(every: Sequence[Entry]) -> None:
    key = draft.key("data-search")
    words = {entry.id: f"{_(entry.label)} · {_(entry.group)}" for entry in every}
    st.selectbox(
        _("Search for a dataset"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        filter_mode="contains",
        placeholder=ngettext("Search {n} dataset", "Search {n} datasets", len(words)).format(n=len(words)),
        label_visibility="collapsed",
        icon=":material/search:",
        width=_SEARCH_PX,
        key=key,
        on_change=_choose_found,
        args=(key,),
    )


def _choose_found(key: str) -> None:
    if found := draft.widget(key):
        data_choose.choose(found)


def task(facts: Facts) -> str:
    """What is to be learned, in words: "10 classes", "a number", "5 symbols"."""
    n = len(facts.classes)
    if facts.is_sequence_answered:
        steps = facts.answer_shape[0]
        said = ngettext("{n} symbol", "{n} symbols", steps) if n else ngettext("{n} number", "{n} numbers", steps)
        return said.format(n=steps)
    return ngettext("{n} class", "{n} classes", n).format(n=n) if n else _("a number")


def shape(of: tuple[int, ...]) -> str:
    """A shape as one says it: ``8 × 8``."""
    return " × ".join(f"{size:,}" for size in of)


def _card(entry: Entry, is_chosen: bool, *, is_small: bool) -> None:
    name = _(entry.label)
    picture = _PICTURES / f"{entry.id}-{shell.theme()}.png"
    if picture.exists():
        st.image(str(picture), width="stretch", alt=_("Samples of {dataset}").format(dataset=name))
    with st.container(gap="xxsmall", height="stretch"):
        st.markdown(f"**{shell.plain(name)}**")
        st.caption(_facts(entry, is_small), wrap=shell.is_phone())
        if not is_small:
            st.caption(shell.plain(_(entry.summary)))
            if SOURCES[entry.id].stamp is not None:
                st.caption(f":material/download: {_('Downloads its data once')}")
    st.button(
        _("Chosen") if is_chosen else _("Choose"),
        key=f"choose-{entry.id}",
        icon=":material/check:" if is_chosen else None,
        type="primary" if is_chosen else "secondary",
        width="stretch",
        help=shell.plain(_(entry.summary)) if is_small else None,
        on_click=data_choose.choose,
        args=(entry.id,),
    )


def _facts(entry: Entry, is_small: bool) -> str:
    facts = outline(first_dataset(entry.id))
    said = [task(facts)]
    if is_small:
        return said[0]
    if len(facts.input_shape) == 1:
        n = math.prod(facts.input_shape)
        if facts.symbols:
            said.append(ngettext("from {n} symbol", "from {n} symbols", n).format(n=n))
        elif facts.vocabulary is None:
            said.append(ngettext("{n} feature", "{n} features", n).format(n=n))
        else:
            said.append(ngettext("{n} word", "{n} words", n).format(n=n))
    elif is_sequence_shape(facts.input_shape):
        said.append(ngettext("{n} step", "{n} steps", facts.input_shape[0]).format(n=facts.input_shape[0]))
    else:
        said.append(_("{shape} pixels").format(shape=shape(facts.input_shape)))
    return " · ".join(said)
