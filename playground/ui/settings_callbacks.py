"""What may act while training goes on: Keras's callbacks, each a switch with its form."""

from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry, Param
from playground.catalog.optimizer_parts import OPTIMIZER_PARTS
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.rules.pace import measured
from playground.specs.run_spec import CallbackSpec
from playground.specs.usual import usual_args
from playground.ui import about, draft, forms
from playground.ui.form_words import hint, label

_MONITOR = "monitor"


def panel(spec: RunSpec) -> None:
    """Draw the callbacks that do not belong to a part of the optimizer."""
    of_parts = {part.callbacks for part in OPTIMIZER_PARTS}
    for entry in catalog.entries("callbacks"):
        if entry.group not in of_parts:
            switch(spec, entry)


def switch(spec: RunSpec, entry: Entry) -> None:
    """Draw a callback as a switch, and under it its form once it is on."""
    chosen = next((each for each in spec.training.callbacks if each.kind == entry.id), None)
    key = draft.key(f"training.callbacks.{entry.id}")
    st.toggle(
        about.label("callbacks", entry.id),
        value=chosen is not None,
        key=key,
        help=_(entry.summary),
        on_change=_switch,
        args=(key, entry.id, spec),
    )
    if chosen is not None:
        path = f"training.callbacks.{entry.id}.args"
        watched = entry.param(_MONITOR)
        if watched is not None:
            _monitor(spec, watched, chosen.args.get(_MONITOR, watched.default), f"{path}.{_MONITOR}")
        forms.form(entry, chosen.args, path, columns=1, leave_out=(_MONITOR,))


def _monitor(spec: RunSpec, param: Param, value: Any, place: str) -> None:
    """The choice of what is watched, among what is measured."""
    names = [f"{part}{name}" for part in ("val_", "") for name in measured(spec)]
    names += [value] if value not in names else []  # is shown too: beside it stands what is wrong
    key = draft.key(place)
    st.selectbox(
        label(param),
        names,
        index=names.index(value),
        key=key,
        help=hint(param) or None,
        on_change=_watch,
        args=(place, key),
    )


def _watch(place: str, key: str) -> None:
    draft.set_value(place, draft.widget(key))


def _switch(key: str, kind: str, spec: RunSpec) -> None:
    callbacks = [each for each in spec.training.callbacks if each.kind != kind]
    if draft.widget(key):
        callbacks.append(CallbackSpec.model_validate({"kind": kind, "args": usual_args("callbacks", kind)}))
    draft.set_value("training.callbacks", [each.model_dump() for each in callbacks])
