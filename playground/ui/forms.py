"""Forms made from the catalogue: one field for an argument, by its kind, and a form of its own for an object."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry, Param
from playground.locale.text import _, ngettext
from playground.specs import Args
from playground.ui import draft, form_defaults, form_formula
from playground.ui.form_fields import plain_field
from playground.ui.form_objects import NOTHING, Start, choose_object, chosen_of, put_object, ready, ready_summary
from playground.ui.form_words import hint, is_idle, judgement, label, short

_LETTERS = (20, 12)
"""Of a name in a third of the width, before it is broken or cut off; beside a switch there is less room."""


def form(entry: Entry, args: Args, path: str, *, columns: int = 3, leave_out: Sequence[str] = ()) -> None:
    """Draw the arguments of ``entry``: those to show first, and the rest behind a button that counts them.

    Args:
        entry: what is chosen.
        args: its arguments as they are.
        path: where they are in the spec, for :func:`playground.specs.edit.with_value`.
        columns: widgets side by side.
        leave_out: arguments that are drawn elsewhere.
    """
    params = [param for param in entry.params if param.name not in leave_out]
    shown = [param for param in params if param.basic or param.required or param.name in args]
    more = [param for param in params if param not in shown]
    _grid(shown, entry, args, path, columns)
    form_formula.parameters(entry, args, path)
    if not more:
        form_defaults.menu(shown, args, path)
        return
    with st.expander(
        ngettext("{n} more", "{n} more", len(more)).format(n=len(more)), type="compact", key=f"more-{path}"
    ):
        _grid(more, entry, args, path, columns)
        form_defaults.menu(shown, args, path)


def field(
    param: Param, args: Args, path: str, *, columns: int = 1, is_idle: bool = False, start: Start | None = None
) -> None:
    """Draw the field of one argument; under an object the form of its own arguments, nested as deep as it goes.

    Args:
        param: the argument.
        args: all arguments as they are.
        path: the place of ``args`` in the spec.
        columns: widgets side by side in the form of an object.
        is_idle: whether it has no effect now; it is shown, and cannot be changed.
        start: what an object that is chosen here begins with, where its usual arguments would not fit.
    """
    value = args.get(param.name, param.default)
    place = f"{path}.{param.name}"
    if param.of and (param.kind == "object" or isinstance(value, Mapping)):
        _object(param, value, place, columns, is_idle, start)
        return
    plain_field(param, value, place, is_idle=is_idle)
    if param.of:  # a number in whose place an object may stand, such as a schedule
        st.button(
            _("Use a schedule") if param.of == "schedules" else _("Use an object"),
            key=draft.key(f"object-{place}"),
            type="tertiary",
            icon=":material/timeline:",
            on_click=put_object,
            args=(place, param, catalog.entries(param.of)[0].id, value, start),
        )


def choose(
    table: str, chosen: str, label: str, on_change: Callable[[str], None], key: str, tasks: str | None = None
) -> None:
    """Draw a list of the entries of ``table`` with their labels; those that beginners see come first.

    Args:
        table: the catalogue's.
        chosen: the id that is chosen now.
        label: the widget's.
        on_change: called with the id of the new choice.
        key: the widget's.
        tasks: the task at hand; entries that are meant for others are left out, unless chosen.
    """
    entries = [e for e in catalog.offered(table) if e.id == chosen or not (tasks and e.tasks) or tasks in e.tasks]
    names = _names(entries)
    if chosen not in names:
        names = {chosen: chosen, **names}
    found = catalog.entry(table, chosen)
    st.selectbox(
        label,
        list(names),
        index=list(names).index(chosen),
        format_func=names.__getitem__,
        key=draft.key(key),
        help=judgement(found) if found else None,
        on_change=_call,
        args=(on_change, draft.key(key)),
    )
    if found:
        st.markdown(short(found))


def _names(entries: Sequence[Entry]) -> dict[str, str]:
    return {entry.id: entry.label or entry.id for entry in sorted(entries, key=lambda entry: not entry.basic)}


def _grid(params: Sequence[Param], entry: Entry, args: Args, path: str, columns: int) -> None:
    """Fields side by side, and over the whole width an object that has a form of its own."""
    for is_wide, group in groupby(params, lambda param: _has_form(param, args.get(param.name, param.default))):
        row = list(group)
        is_long = any(not param.label and len(param.name) > _LETTERS[param.kind == "flag"] for param in row)
        across = min(columns, 2) if is_long else columns
        places = [st.container()] * len(row) if is_wide else st.columns(across, gap="small", vertical_alignment="top")
        for number, param in enumerate(row):
            with places[number % len(places)]:
                field(param, args, path, columns=columns, is_idle=is_idle(param, entry, args))


def _has_form(param: Param, value: Any) -> bool:
    kind = value.get("kind") if isinstance(value, Mapping) else None
    found = catalog.entry(param.of, kind) if param.of and isinstance(kind, str) else None
    return found is not None and bool(found.params)


def _object(param: Param, value: Any, place: str, columns: int, is_idle: bool, start: Start | None) -> None:
    """A choice from the catalogue, and under it the form of what is chosen."""
    table = str(param.of)
    kind = value.get("kind") if isinstance(value, Mapping) else value
    names = _names([each for each in catalog.offered(table) if not param.among or each.id in param.among])
    if not param.among:
        names |= ready(table)
    found = catalog.entry(table, kind) if isinstance(kind, str) else None
    if found and found.id not in names:  # what cannot be there is shown too: beside it stands what is wrong
        names[found.id] = found.label or found.id
    if param.kind != "object":
        names = {NOTHING: _("A number"), **names}
    elif param.optional or value is None:
        names = {NOTHING: _("None"), **names}
    chosen = chosen_of(table, found.id, value) if found else NOTHING
    key = draft.key(place)
    st.selectbox(
        label(param),
        list(names),
        index=list(names).index(chosen) if chosen in names else 0,
        format_func=names.__getitem__,
        key=key,
        help="\n\n".join(filter(None, [judgement(found) if found else "", hint(param)])) or None,
        disabled=is_idle,
        on_change=choose_object,
        args=(place, param, key, value, start),
    )
    if found is None:
        return
    if param.basic or _has_form(param, value):  # in a long grid the help has to do
        st.markdown(short(found, ready_summary(table, chosen)))
    if _has_form(param, value):
        with st.container(horizontal=True, wrap=False, gap="small"):
            st.space("small")
            with st.container(gap="small"):
                form(found, value.get("args", Args()), f"{place}.args", columns=min(columns, 2))
    elif found.params and not is_idle:
        st.button(
            _("Set its arguments"),
            key=draft.key(f"open-{place}"),
            type="tertiary",
            icon=":material/tune:",
            on_click=put_object,
            args=(place, param, found.id, value, start),
        )


def _call(on_change: Callable[[str], None], key: str) -> None:
    on_change(draft.widget(key))
