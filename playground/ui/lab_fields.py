"""Sliders and switches of a lab. What they are set to stands in the address, under the name of the widget."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground.catalog import Entry, Param
from playground.locale.text import _
from playground.ui import draft, ids, segments
from playground.ui.form_words import hint
from playground.ui.shell import plain

RANGES: Mapping[tuple[str, str], tuple[float, float]] = {
    ("activations", "alpha"): (0.05, 3.0),
    ("activations", "b"): (0.0, 16.0),
    ("activations", "max_value"): (0.5, 10.0),
    ("activations", "negative_slope"): (0.0, 1.0),
    ("activations", "threshold"): (0.0, 3.0),
    ("initializers", "gain"): (0.1, 3.0),
    ("initializers", "maxval"): (0.01, 1.0),
    ("initializers", "mean"): (-1.0, 1.0),
    ("initializers", "minval"): (-1.0, -0.01),
    ("initializers", "scale"): (0.1, 4.0),
    ("initializers", "stddev"): (0.01, 1.0),
    ("initializers", "value"): (-1.0, 1.0),
    ("losses", "alpha"): (0.0, 1.0),
    ("losses", "beta"): (0.0, 1.0),
    ("losses", "delta"): (0.1, 5.0),
    ("losses", "gamma"): (0.0, 5.0),
    ("losses", "label_smoothing"): (0.0, 0.5),
    ("losses", "q"): (0.05, 0.95),
}
"""How far a slider goes, by table and argument; less far than what Keras takes, where pictures stay readable."""
_LEARNED = (-1.0, 1.0)
_USUAL_RANGE = (0.0, 5.0)
_STEPS = 100


def movable(entry: Entry, table: str) -> tuple[Param, ...]:
    """The arguments of ``entry`` that a lab has a widget for."""
    kinds = ("float", "flag", "choice") if table == "initializers" else ("float", "flag")
    return tuple(
        param
        for param in entry.params
        if (param.kind in kinds or param.of == "initializers") and param.name != "from_logits"
    )


def arguments(entry: Entry, table: str) -> dict[str, Any]:
    """Draw a widget for each argument of ``entry`` that can be moved; returns those that are not Keras's default."""
    found = {}
    for param in movable(entry, table):
        value = _field(param, f"{entry.id}.{param.name}", table)
        if value is not None and value != param.default:
            found[param.name] = value
    return found


def slider(label: str, low: float, high: float, default: float, key: str, **how: Any) -> Any:
    """A slider whose value stands in the address as ``key`` and outlives a look at another page."""
    return st.slider(label, low, high, default, key=key, bind="query-params", persist_state="session", **how)


def part(label: str, options: Mapping[str, str], name: str) -> str:
    """Draw the choice of a part of the page, which the address has as ``name``; returns it, at first the first one."""
    first = next(iter(options))
    chosen = segments.choose(label, options, ids.part(name, options) or first, widget_key(name)) or first
    ids.show_part(name, chosen if chosen != first else "")
    return chosen


def several(
    label: str, options: Sequence[str], default: Sequence[str], name: str, *, has_label: bool = False
) -> list[str]:
    """Draw ``options`` of which several can be chosen; the address lists them as ``name``. Returns the chosen ones.

    Args:
        label: what is chosen, for those who do not see it.
        options: names, which are shown as they are.
        default: those that are chosen at first.
        name: in the address.
        has_label: whether the label is to be seen.
    """
    key = widget_key(name)
    now = draft.widget(key)
    shown = now if now is not None else ids.several(name, options) or list(default)
    # Streamlit writes what is chosen in the colour of primary buttons, which is too dark on a dark ground.
    names = {each: f":blue[{plain(each)}]" if each in shown else plain(each) for each in options}
    chosen: list[str] = st.pills(
        label,
        options,
        selection_mode="multi",
        default=shown if now is None else None,
        format_func=names.__getitem__,
        key=key,
        label_visibility="visible" if has_label else "collapsed",
        persist_state="session",
    )
    ids.show_part(name, ",".join(chosen) if chosen != list(default) else "")
    return chosen


def widget_key(name: str) -> str:
    """The key of the widget of :func:`part` and :func:`several`."""
    return f"lab-{name}"


def outcome(parts: Sequence[str]) -> None:
    """What a picture comes to, in one line under it."""
    st.caption(" · ".join(filter(None, parts)))


def _field(param: Param, key: str, table: str) -> Any:
    bound: dict[str, Any] = {"key": key, "bind": "query-params", "persist_state": "session"}
    label, help_text = f"`{param.name}`", hint(param) or None
    if param.kind == "flag":
        return st.toggle(label, value=bool(param.default), help=help_text, **bound)
    if param.kind == "choice":
        return st.selectbox(label, param.choices, param.choices.index(param.default), help=help_text, **bound)
    if param.of == "initializers":  # of a weight that the layer learns: where it starts
        value = st.slider(_("`{name}`: all begin at").format(name=param.name), *_LEARNED, 0.0, help=help_text, **bound)
        return {"kind": "Constant", "args": {"value": value}} if value else None
    low, high = RANGES.get((table, param.name), _USUAL_RANGE)
    if param.default is None:
        return st.number_input(label, low, high, None, placeholder=_("none"), help=help_text, **bound)
    default = min(max(float(param.default), low), high)
    return st.slider(label, low, high, default, step=(high - low) / _STEPS, help=help_text, **bound)
