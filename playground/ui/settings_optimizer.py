"""The optimizer: its learning rate with the curve of a schedule, its own arguments, and what most optimizers can do."""

import functools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry, Param
from playground.catalog.optimizer_parts import OPTIMIZER_PARTS, Part
from playground.data import DataError, outline
from playground.locale.text import _
from playground.specs import Args, RunSpec
from playground.specs.planned_steps import fitting_args, planned_steps
from playground.ui import draft, form_defaults, forms, planned_rate, settings_callbacks
from playground.ui.form_words import is_idle, spelled

_ARGS = "training.optimizer.args"
_RATE = "learning_rate"


def choice(spec: RunSpec) -> None:
    """Draw the choice of the optimizer and its learning rate, with the curve of a schedule over the planned steps."""
    chosen = spec.training.optimizer
    forms.choose("optimizers", chosen.kind, _("Optimizer"), _choose, "training.optimizer")
    entry = catalog.entry("optimizers", chosen.kind)
    rate = entry.param(_RATE) if entry else None
    if rate is not None:
        forms.field(rate, chosen.args, _ARGS, start=functools.partial(_fitting, spec))
        planned_rate.panel(spec)


def arguments(spec: RunSpec) -> None:
    """Draw all other arguments of the optimizer: its own first, then what most of them share, part by part."""
    chosen = spec.training.optimizer
    entry = catalog.entry("optimizers", chosen.kind)
    if entry is None:
        return
    parts = {part: _params(part, entry) for part in OPTIMIZER_PARTS}
    shared = {param.name for params in parts.values() for param in params}
    leave_out = (_RATE, *shared)
    if any(param.name not in leave_out for param in entry.params):
        st.markdown(f"**{_('Arguments of the optimizer')}**")
        forms.form(entry, chosen.args, _ARGS, columns=1, leave_out=leave_out)
    for part, params in parts.items():
        if params:
            _draw(part, params, entry, spec)


def _params(part: Part, entry: Entry) -> list[Param]:
    """The arguments of ``part`` that the optimizer has and does not show at once."""
    found = [param for name in part.names if (param := entry.param(name))]
    return [param for param in found if not param.basic]


def _draw(part: Part, params: list[Param], entry: Entry, spec: RunSpec) -> None:
    args = spec.training.optimizer.args
    changed = [param for param in params if args.get(param.name, param.default) != param.default]
    title = _(part.title)
    if changed:
        title += ": " + ", ".join(f"`{param.name}` {_words(args[param.name])}".rstrip() for param in changed)
    with st.expander(title, type="compact", key=f"part-{part.title}"):
        st.caption(_(part.summary))
        for param in params:
            forms.field(param, args, _ARGS, is_idle=is_idle(param, entry, args))
        for callback in catalog.entries("callbacks"):
            is_chosen = any(each.kind == callback.id for each in spec.training.callbacks)
            if callback.group == part.callbacks and (changed or is_chosen):
                settings_callbacks.switch(spec, callback)
        form_defaults.menu(params, args, _ARGS, part.title)


def _words(value: Any) -> str:
    return "" if value is True else spelled(value)


def _choose(kind: str) -> None:
    draft.set_value("training.optimizer", kind)


def _fitting(spec: RunSpec, kind: str) -> Mapping[str, Any]:
    """Arguments with which the schedule ``kind`` fits the training that is planned."""
    try:
        total = planned_steps(spec, outline(spec.dataset))
    except DataError:
        total = None
    if not total:
        return {}
    rate = spec.training.optimizer.args.get(_RATE)
    if isinstance(rate, Mapping):
        rate = rate.get("args", Args()).get("initial_learning_rate")
    entry = catalog.entry("optimizers", spec.training.optimizer.kind)
    param = entry.param(_RATE) if entry else None
    usual = param.default if param is not None else None
    start = next((each for each in (rate, usual) if isinstance(each, float) and each > 0), 0.01)
    return fitting_args(kind, total, start)
