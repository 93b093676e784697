"""Numbers of a run that trains, to be changed from its next epoch on: of layers, of the optimizer, of the batch."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.adjustable import BATCH_SIZE, Number, adjustable, adjusted
from playground.ui import asking, draft
from playground.ui.reader import View

_LARGEST_STEP = 0.1


def standing(view: View) -> RunSpec:
    """The settings of a run with what has been changed on the way."""
    return adjusted(view.spec, view.run.adjusted.get("values", {}))


def told(view: View, values: Mapping[str, Any]) -> str:
    """Numbers by path in words: ``drop rate 0.3, batch_size 16``."""
    names = {number.path: _name(number) for number in adjustable(view.spec)}
    return ", ".join(f"{names.get(path, path)} {_spelled(value)}" for path, value in values.items())


def fields(view: View) -> None:
    """Draw the choice of a number, its field, and the button that asks for it."""
    numbers = {number.path: number for number in adjustable(standing(view))}
    labels = {path: f"{_name(number)}, {_('now')} {_spelled(number.value)}" for path, number in numbers.items()}
    key = f"next-{view.run.id}-{len(view.run.adjusted.get('turns', ()))}"
    with st.container(gap="xsmall"):
        path: str = st.selectbox(
            _("From the next epoch on"), list(labels), format_func=labels.__getitem__, key=f"{key}-path"
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _field(numbers[path], f"{key}-{path}")
            is_busy = any(request.kind == "adjust" for request in view.asked)
            st.button(
                _("Changing …") if is_busy else _("Change"),
                icon=":material/tune:",
                key=f"change-{view.run.id}",
                disabled=is_busy,
                on_click=_ask,
                args=(view.run.id, path, f"{key}-{path}"),
            )
        changed = view.run.adjusted.get("values", {})
        if changed and draft.current() is not None:
            st.button(
                _("Keep in the settings"),
                icon=":material/save:",
                key=f"keep-{view.run.id}",
                help=told(view, changed),
                on_click=_keep,
                args=(dict(changed),),
            )


def _field(number: Number, key: str) -> None:
    param = number.param
    if param.kind == "int":
        st.number_input(param.name, int(param.minimum or 0), None, number.value, key=key, width=180)
        return
    value = None if number.value is None else float(number.value)
    step = min(_LARGEST_STEP, abs(value) / 10) if value else _LARGEST_STEP
    st.number_input(param.name, param.minimum, param.maximum, value, step, format="%g", key=key, width=180)


def _ask(run_id: str, path: str, key: str) -> None:
    asking.ask(run_id, "adjust", {"values": {path: draft.widget(key)}})


def _keep(values: Mapping[str, Any]) -> None:
    for path, value in values.items():
        draft.set_value(path, value, by_widget=False)


def _name(number: Number) -> str:
    if number.path == BATCH_SIZE:
        return number.param.name
    inner = number.path.split(".")[3 if number.path.startswith("model.") else 2 :]
    return f"{number.of} {' '.join(inner)}"


def _spelled(value: Any) -> str:
    return _("none") if value is None else f"{value:g}"
