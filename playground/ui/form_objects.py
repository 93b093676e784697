"""What choosing an object in a form does to the draft: a schedule for a number, an initializer, a penalty."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import catalog
from playground.catalog import Param
from playground.catalog.formulas import FORMULA, offered, role_of
from playground.locale.text import _
from playground.specs import Args
from playground.specs.formulas import FormulaError, parsed
from playground.specs.usual import usual_args
from playground.ui import draft

NOTHING = ""
"""In a list of objects, none of them."""

_READY = ":"
"""In a list of objects, what stands between the kind of a formula and the name of one that is written already."""

Start = Callable[[str], Mapping[str, Any]]
"""Arguments that a newly chosen object of this kind begins with."""


def choose_object(place: str, param: Param, key: str, value: Any, start: Start | None) -> None:
    """Put what the widget with ``key`` shows into ``place``; a callback, with the arguments of :func:`put_object`."""
    kind = draft.widget(key)
    if kind != NOTHING:
        put_object(place, param, kind, value, start)
        return
    args = value.get("args", Args()) if isinstance(value, Mapping) else Args()
    first = args.get("warmup_target") or args.get(f"initial_{param.name}")  # a warm-up may begin at 0
    number = param.default if first is None else first
    draft.set_value(place, None if param.kind == "object" else number, by_widget=False)


def put_object(place: str, param: Param, kind: str, value: Any, start: Start | None) -> None:
    """Put ``kind`` in the place of ``value``; what both have stays, as do a schedule's beginning and its number.

    Args:
        place: the path in the spec.
        param: the argument.
        kind: what is chosen, of the catalogue's table or of :func:`ready`.
        value: what was there.
        start: what it begins with, where its usual arguments would not fit.
    """
    table = str(param.of)
    kind, _ready, name = kind.partition(_READY)
    entry = catalog.entry(table, kind)
    if entry is None:
        return
    before = value.get("args", Args()) if isinstance(value, Mapping) else {f"initial_{param.name}": value}
    kept = {name: each for name, each in before.items() if (to := entry.param(name)) and to.accepts(each)}
    fitting = dict(start(kind)) if start is not None else {}
    if name:
        fitting["formula"] = offered(table)[name]
    elif role_of(table, kind) is not None:
        kept.pop("formula", None)  # one that was written already would still be that one
    is_plain = not entry.params and table != "layers"
    put: Any = (
        kind if is_plain else {"kind": kind, "args": Args({**usual_args(table, kind), **kept, **fitting}).plain()}
    )
    draft.set_value(place, put, by_widget=False)


def ready(table: str) -> dict[str, str]:
    """What a list of the entries of ``table`` offers beside them, and what it is called: formulas written already."""
    return {f"{FORMULA}{_READY}{name}": _(name) for name in offered(table)}


def ready_summary(table: str, chosen: str) -> str:
    """What the formula does that is ``chosen`` of :func:`ready`; empty for whatever else is chosen."""
    kind, _ready, name = chosen.partition(_READY)
    role = role_of(table, kind)
    return _(role.offered[name]) if role is not None and name in role.offered else ""


def chosen_of(table: str, kind: str, value: Any) -> str:
    """What a list shows as chosen where ``value`` stands, an object ``kind`` of ``table``.

    A formula that was written already is still that one with other values of its parameters.
    """
    if role_of(table, kind) is None or not isinstance(value, Mapping):
        return kind
    try:
        tree = parsed(str(value.get("args", Args()).get("formula", "")), table).tree
    except FormulaError:
        return kind
    same = (name for name, text in offered(table).items() if parsed(text, table).tree == tree)
    return next((f"{kind}{_READY}{name}" for name in same), kind)
