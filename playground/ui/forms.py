"""Forms made from the catalogue: one widget for an argument, by its kind. Every change edits the draft at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry, Param
from playground.locale.text import _, ngettext
from playground.specs import Args
from playground.specs.usual import usual_args
from playground.ui import draft

_NONE = "–"
_STEP = {"int": 1}


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
    _grid(shown, args, path, columns)
    if more:
        label = ngettext("{n} more", "{n} more", len(more)).format(n=len(more))
        with st.expander(label, type="compact", key=f"more-{path}"):
            _grid(more, args, path, columns)


def field(param: Param, args: Args, path: str) -> None:
    """Draw the widget of one argument at ``path``, which names the arguments' place."""
    value = args.get(param.name, param.default)
    place = f"{path}.{param.name}"
    if param.of and (param.kind == "object" or isinstance(value, Mapping)):
        _object(param, value, place)
        return
    draw = {
        "int": _number,
        "float": _float,
        "flag": _flag,
        "choice": _choice,
        "text": _text,
        "shape": _list,
        "list": _list,
    }
    draw[param.kind](param, value, place)
    if param.of:  # a number in whose place an object may stand, such as a schedule
        st.button(
            _("Use a schedule") if param.of == "schedules" else _("Use an object"),
            key=draft.key(f"object-{place}"),
            type="tertiary",
            icon=":material/timeline:",
            on_click=_put_object,
            args=(place, param.of, catalog.entries(param.of)[0].id),
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
    entries = [e for e in catalog.entries(table) if e.id == chosen or not (tasks and e.tasks) or tasks in e.tasks]
    entries.sort(key=lambda entry: not entry.basic)
    names = {entry.id: entry.label or entry.id for entry in entries}
    if chosen not in names:
        names = {chosen: chosen, **names}
    found = catalog.entry(table, chosen)
    st.selectbox(
        label,
        list(names),
        index=list(names).index(chosen),
        format_func=names.__getitem__,
        key=draft.key(key),
        help=found.summary if found else None,
        on_change=_call,
        args=(on_change, draft.key(key)),
    )


def label(param: Param) -> str:
    """The argument's name on screen: plain words where we have them, Keras's own name otherwise."""
    return _(param.label) if param.label else f"`{param.name}`"


def _grid(params: Sequence[Param], args: Args, path: str, columns: int) -> None:
    if not params:
        return
    grid = st.columns(columns, gap="small", vertical_alignment="top")
    for number, param in enumerate(params):
        with grid[number % columns]:
            field(param, args, path)


def _call(on_change: Callable[[str], None], key: str) -> None:
    on_change(draft.widget(key))


def _set(place: str, key: str, read: Callable[[Any], Any] = lambda value: value) -> None:
    try:
        value = read(draft.widget(key))
    except ValueError:
        draft.tell(_("{place}: expected {example}").format(place=place, example=_("numbers, such as 2, 2")))
        return
    draft.set_value(place, value)


def _common(param: Param, place: str) -> dict[str, Any]:
    key = draft.key(place)
    return {
        "label": label(param),
        "key": key,
        "help": param.help or None,
        "on_change": _set,
        "args": (place, key),
    }


def _number(param: Param, value: Any, place: str) -> None:
    low = None if param.minimum is None else int(param.minimum) + (1 if param.exclusive else 0)
    high = None if param.maximum is None else int(param.maximum) - (1 if param.exclusive else 0)
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    st.number_input(value=number, min_value=low, max_value=high, step=1, placeholder=_NONE, **_common(param, place))


def _float(param: Param, value: Any, place: str) -> None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    size = abs(number) if number else 1.0
    st.number_input(
        value=number,
        min_value=None if param.minimum is None else float(param.minimum),
        max_value=None if param.maximum is None else float(param.maximum),
        step=10.0 ** (len(f"{size:.0f}") - 2) if size >= 10 else 0.1 if size > 0.5 else size / 5,
        format="%.6g",
        placeholder=_NONE,
        **_common(param, place),
    )


def _flag(param: Param, value: Any, place: str) -> None:
    st.toggle(value=bool(value), **_common(param, place))


def _choice(param: Param, value: Any, place: str) -> None:
    choices = [*([None] if param.optional else []), *param.choices]
    index = choices.index(value) if value in choices else 0
    st.selectbox(options=choices, index=index, format_func=_spelled, **_common(param, place))


def _text(param: Param, value: Any, place: str) -> None:
    st.text_input(value=value or "", max_chars=200, **_common(param, place))


def _list(param: Param, value: Any, place: str) -> None:
    common = _common(param, place)
    common["args"] = (place, common["key"], lambda text: _numbers(text, param))
    st.text_input(value=_spelled(value), placeholder=_NONE, **common)


def _numbers(text: str, param: Param) -> Any:
    """What people write for a shape: ``3``, ``3, 3``, ``(3, 3)``; nothing for ``None``."""
    bare = text.strip().strip("()[]").strip().rstrip(",")
    if not bare or bare == _NONE:
        return None
    if "(" in bare or "[" in bare:
        return json.loads("[" + bare.replace("(", "[").replace(")", "]") + "]")
    numbers = [float(part) if param.kind == "list" else int(part) for part in bare.replace("×", ",").split(",")]
    return numbers[0] if len(numbers) == 1 and param.kind == "shape" and not param.listed else numbers


def _spelled(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(f"({_spelled(part)})" if isinstance(part, tuple | list) else str(part) for part in value)
    return str(value)


def _object(param: Param, value: Any, place: str) -> None:
    """A choice from the catalogue, and under it the arguments of what is chosen."""
    table = str(param.of)
    kind = value.get("kind") if isinstance(value, Mapping) else value
    entries = sorted(catalog.entries(table), key=lambda entry: not entry.basic)
    names: dict[str | None, str] = {entry.id: entry.label or entry.id for entry in entries}
    found = catalog.entry(table, kind) if kind else None
    if param.optional or value is None:
        names = {None: _("None"), **names}
    if param.kind != "object":
        names = {None: _("A number"), **names}
    chosen = found.id if found else None
    key = draft.key(place)
    st.selectbox(
        label(param),
        list(names),
        index=list(names).index(chosen) if chosen in names else 0,
        format_func=names.__getitem__,
        key=key,
        help=param.help or None,
        on_change=_choose_object,
        args=(place, table, key, param.default if param.kind != "object" else None),
    )
    if found and found.params and isinstance(value, Mapping):
        with st.container(border=True, gap="xsmall"):
            args = value.get("args", Args())
            for inner in [each for each in found.params if each.basic or each.required or each.name in args]:
                field(inner, args, f"{place}.args")


def _choose_object(place: str, table: str, key: str, number: Any) -> None:
    kind = draft.widget(key)
    if kind is None:
        draft.set_value(place, number)
    else:
        _put_object(place, table, kind)


def _put_object(place: str, table: str, kind: str) -> None:
    entry = catalog.entry(table, kind)
    is_plain = entry is None or table == "activations" or not any(param.required for param in entry.params)
    value: Any = kind if is_plain and table != "schedules" else {"kind": kind, "args": usual_args(table, kind)}
    draft.set_value(place, value)
