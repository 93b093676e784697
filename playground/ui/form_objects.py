"""What choosing an object in a form does to the draft: a schedule for a number, an initializer, a penalty."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import catalog
from playground.catalog import Param
from playground.specs import Args
from playground.specs.usual import usual_args
from playground.ui import draft

NOTHING = ""
"""In a list of objects, none of them."""

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
        kind: what is chosen.
        value: what was there.
        start: what it begins with, where its usual arguments would not fit.
    """
    table = str(param.of)
    entry = catalog.entry(table, kind)
    if entry is None:
        return
    before = value.get("args", Args()) if isinstance(value, Mapping) else {f"initial_{param.name}": value}
    kept = {name: each for name, each in before.items() if (to := entry.param(name)) and to.accepts(each)}
    fitting = start(kind) if start is not None else {}
    is_plain = not entry.params and table != "layers"
    put: Any = (
        kind if is_plain else {"kind": kind, "args": Args({**usual_args(table, kind), **kept, **fitting}).plain()}
    )
    draft.set_value(place, put, by_widget=False)
