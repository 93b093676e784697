"""How large the parts of a split are: handles to drag and numbers to type, which follow each other."""

from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.locale.text import _
from playground.specs import RunSpec
from playground.ui import draft

SHARES = ("validation", "test")
"""Arguments of a split that say which share of the rows a part takes, in the order of the parts."""

_VERSIONS = "data.versions"


def panel(spec: RunSpec, entry: Entry) -> None:
    """Draw what changes the shares of the split that is called ``entry``, where it has any, and the seed."""
    shares = [name for name in SHARES if entry.param(name)]
    if shares:
        _handles(spec, entry, shares)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="split-numbers"):
        for name in shares:
            _typed(spec, entry, name)
        _seed(spec)


def put(spec: RunSpec, changes: dict[str, Any]) -> None:
    """Change arguments of the draft's split; ``None`` takes one away, and so goes what its kind does not have.

    Args:
        spec: what the widget was drawn with; the draft may have another kind of split by now.
        changes: values by argument.
    """
    split = draft.stored(spec).dataset.split
    entry = catalog.entry("splits", split.kind)
    known = {**split.model_dump()["args"], **changes}
    kept = {name: value for name, value in known.items() if value is not None and entry and entry.param(name)}
    draft.set_value("dataset.split.args", kept)


def _handles(spec: RunSpec, entry: Entry, shares: list[str]) -> None:
    """One handle a border between two parts: what lies between them is drawn above."""
    ends: list[int] = []
    left = 100
    for name in reversed(shares):
        left = max(0, left - _percent(spec, entry, name))
        ends.insert(0, left)
    value: Any = tuple(ends) if len(ends) > 1 else ends[0]
    key = _key("split-handles", value)
    st.slider(
        _("Where training ends, and validation") if len(ends) > 1 else _("Where training ends"),
        0,
        100,
        value=value,
        step=1,
        format="%d %%",
        key=key,
        on_change=_dragged,
        args=(spec, shares, key),
    )


def _dragged(spec: RunSpec, shares: list[str], key: str) -> None:
    value = draft.widget(key)
    ends = [*(value if isinstance(value, tuple | list) else [value]), 100]
    put(spec, {name: (ends[at + 1] - ends[at]) / 100 for at, name in enumerate(shares)})


def _typed(spec: RunSpec, entry: Entry, name: str) -> None:
    param = entry.param(name)
    value = _percent(spec, entry, name)
    key = _key(f"split-{name}", value)
    st.number_input(
        _("{part} in %").format(part=_(param.label)) if param else name,
        0,
        int(100 * (param.maximum or 1)) if param else 100,
        value=value,
        step=1,
        help=_(param.help) if param else None,
        key=key,
        on_change=_put_typed,
        args=(spec, name, key),
    )


def _put_typed(spec: RunSpec, name: str, key: str) -> None:
    put(spec, {name: draft.widget(key) / 100})


def _seed(spec: RunSpec) -> None:
    key = draft.key("seed")
    st.number_input(
        _("Seed"),
        0,
        2**31 - 1,
        value=spec.seed,
        step=1,
        help=_("Decides which rows are drawn, and the first weights. The same seed gives the same numbers."),
        key=key,
        on_change=_put_seed,
        args=(key,),
    )


def _put_seed(key: str) -> None:
    draft.set_value("seed", draft.widget(key))


def _percent(spec: RunSpec, entry: Entry, name: str) -> int:
    param = entry.param(name)
    value = spec.dataset.split.args.get(name, param.default if param else 0)
    return round(100 * float(value)) if isinstance(value, int | float) else 0


def _key(name: str, value: Any) -> str:
    """The key of one of several widgets that show the same value: another one once a neighbour has changed it.

    The widget that changes it keeps its key, and with it the keyboard's focus.
    """
    versions: dict[str, int] = draft.get(_VERSIONS, {})
    version = versions.get(name, 0)
    shown = draft.widget(draft.key(f"{name}-{version}"))
    if shown is not None and shown != value:
        version += 1
        draft.put(_VERSIONS, {**versions, name: version})
    return draft.key(f"{name}-{version}")
