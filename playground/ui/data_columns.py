"""The columns of a table of one's own: what each is and why, whether it is learned from, both to be corrected."""

import textwrap
from collections.abc import Callable

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.data.sets.known_source import file_of
from playground.data.uploads.column_choice import known_columns, target_of, types_for, used, with_columns, with_types
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.upload import profile_of
from playground.locale.text import _, ngettext
from playground.settings import settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.dataset_change import changed
from playground.ui import data_target_column, draft, shell

_PAGE = 20
_EXAMPLE = 24  # letters
_SHOWN = "data.columns.shown"
_NAME_PX, _TYPE_PX, _COUNT_PX = 200, 140, 195


def table(dataset: DatasetSpec) -> Profile | None:
    """What is known of the table that somebody brought for ``dataset``; ``None`` where there is none."""
    file = file_of(dataset)
    try:
        profile = profile_of(file, settings()) if file else None
    except DataError:
        return None
    return profile if profile is not None and profile.columns else None


def panel(spec: RunSpec) -> None:
    """Draw the columns; nothing where the source has none to choose from."""
    entry = catalog.entry("datasets", spec.dataset.source)
    profile = table(spec.dataset)
    if profile is None or entry is None or entry.param("types") is None:
        return
    profile = data_target_column.aimed(spec.dataset, profile)
    try:
        columns, target = known_columns(spec.dataset, profile), target_of(spec.dataset, profile)
        names = used(spec.dataset, profile)
    except DataError:
        return  # said at the preparation
    st.markdown(f"### {_('Columns')}")
    n = len(columns) - 1
    said = _("The network sees {used} of {all}. Types are guessed from the values; correct what is wrong.")
    st.caption(said.format(used=f"{len(names):,}", all=f"{n:,}"))
    found = list(columns)
    if len(columns) > _PAGE:
        wanted = st.text_input(_("Find a column"), key="find-column", icon=":material/search:").strip().lower()
        found = [column for column in columns if wanted in column.name.lower()]
    shown = draft.get(_SHOWN, _PAGE)
    with st.container(border=True, gap="small" if shell.is_phone() else "xsmall", key="columns"):
        for column in found[:shown]:
            _row(spec, profile, column, column.name == target, column.name in names)
    if len(found) > shown:
        words = ngettext("Show {n} more column", "Show {n} more columns", min(_PAGE, len(found) - shown))
        st.button(
            words.format(n=min(_PAGE, len(found) - shown)),
            type="tertiary",
            key="more-columns",
            on_click=draft.put,
            args=(_SHOWN, shown + _PAGE),
        )


def _row(spec: RunSpec, profile: Profile, column: ColumnProfile, is_target: bool, is_used: bool) -> None:
    at = [each.name for each in profile.columns].index(column.name)
    missing = _("{n} missing").format(n=f"{column.missing:,}") if column.missing else _("none missing")
    counts = f"{missing} · {_('{n} different').format(n=f'{column.distinct:,}')}"
    words = _words(column, is_target, is_used)
    is_phone = shell.is_phone()
    with st.container(gap="xxsmall", key=f"column-{at}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            with st.container(width="stretch" if is_phone else _NAME_PX):
                _name(spec, profile, column, at, is_used=None if is_target else is_used)
            _type(spec, profile, column, at)
            if not is_phone:
                st.caption(counts, width=_COUNT_PX)
                st.caption(words, width="stretch")
        if is_phone:
            st.caption(f"{counts} · {words}")


def _name(spec: RunSpec, profile: Profile, column: ColumnProfile, at: int, is_used: bool | None) -> None:
    """The column's name, with a box to tick unless it is the target (``None``)."""
    name = shell.plain(column.name)
    if is_used is None:
        st.markdown(f":material/flag: &ensp;**{name}**")
        return
    key = draft.key(f"use-{at}")
    st.checkbox(name, value=is_used, key=key, on_change=_use, args=(spec, profile, column.name, key))


def _words(column: ColumnProfile, is_target: bool, is_used: bool) -> str:
    said = [_("the target")] if is_target else []
    if column.aside and not is_target:
        mark = ":orange[:material/warning:] " if is_used else ":material/block: "
        put = _("used, though {why}") if is_used else _("put aside: {why}")
        return mark + shell.plain(put.format(why=column.aside))
    said.append(column.reason)
    if column.examples:
        shown = [textwrap.shorten(each, _EXAMPLE, placeholder=" …") for each in column.examples[:3]]
        said.append(_("such as {examples}").format(examples=", ".join(shown)))
    return shell.plain(" · ".join(said))


def _type(spec: RunSpec, profile: Profile, column: ColumnProfile, at: int) -> None:
    types = list(dict.fromkeys([*types_for(profile.columns[at], profile), column.type]))
    names = {
        "number": _("number"),
        "category": _("category"),
        "yes/no": _("yes/no"),
        "date": _("date"),
        "text": _("text"),
        "identifier": _("identifier"),
    }
    key = draft.key(f"type-{at}")
    st.selectbox(
        _("Type of {column}").format(column=column.name),
        types,
        index=types.index(column.type),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=_TYPE_PX,
        key=key,
        on_change=_retype,
        args=(spec, profile, column.name, key),
    )


def _use(spec: RunSpec, profile: Profile, name: str, key: str) -> None:
    now = draft.stored(spec)
    names = set(used(now.dataset, profile)) - {name} | ({name} if draft.widget(key) else set())
    _put(now, lambda: with_columns(now.dataset, profile, names, settings()))


def _retype(spec: RunSpec, profile: Profile, name: str, key: str) -> None:
    now = draft.stored(spec)
    _put(now, lambda: with_types(now.dataset, profile, {name: draft.widget(key)}, settings()))


def _put(spec: RunSpec, make: Callable[[], DatasetSpec]) -> None:
    """Make the dataset the draft's; the output layer follows where the classes or the task change."""
    try:
        dataset = make()
        facts = outline(dataset)
    except DataError as error:
        draft.refuse(ValueError(str(error)))
        return
    try:
        before = outline(spec.dataset)
        is_same = (before.task, before.classes) == (facts.task, facts.classes)
    except DataError:
        is_same = False
    moved = spec.model_copy(update={"dataset": dataset}) if is_same else changed(spec, dataset, facts).spec
    # Only where nothing else changes may all widgets stay, and with them the keyboard's focus.
    draft.edit(moved, by_widget=is_same and dataset.steps == spec.dataset.steps)
