"""What can be set on the page Playground beside the network itself, one function a control."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import about
from playground.export.plane_link import Look, sources
from playground.locale.text import _
from playground.specs.plane import NONE, REGULARISATIONS, Hidden, Plane
from playground.ui import draft, playground_run, playground_state

KEY = "playground-{}"
_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_DROPOUTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
_BATCHES = (1, 5, 10, 20, 30, 50, 100)
_WIDTH, _WIDE = 128, 142
MIXED = ""
Changed = Callable[[Plane], None]


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the row of settings.

    Attributes:
        name: as ``hide`` in the address has it.
        label: what it is called on screen.
        draw: draws it.
    """

    name: str
    label: str
    draw: Callable[[Plane, str], None]


def row(plane: Plane, look: Look) -> None:
    """Draw the row of settings, without those that the link hides."""
    shown = [control for control in controls() if control.name not in look.hide]
    if shown:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="playground-settings"):
            for control in shown:
                control.draw(plane, control.label)


def controls() -> tuple[Control, ...]:
    """The settings, in the order of the row."""
    return (
        Control("task", _("Problem type"), _task),
        Control("optimizer", _("Optimizer"), _optimizer),
        Control("learning_rate", _("Learning rate"), _learning_rate),
        Control("activation", _("Activation"), _activation),
        Control("regularisation", _("Regularisation"), _regularisation),
        Control("rate", _("Regularisation rate"), _rate),
        Control("dropout", _("Dropout"), _dropout),
        Control("batch_size", _("Batch size"), _batch_size),
        Control("seed", _("Seed"), _seed),
    )


def change(plane: Plane, *, goes_on: bool = False) -> None:
    """Make ``plane`` the settings; what was learned with others ends, unless it ``goes_on``. For callbacks."""
    now, look = playground_state.current()
    if not goes_on and plane != now:
        playground_run.leave()
    playground_state.keep(plane, look)


def _choose(
    name: str, label: str, values: Sequence[Any], now: Any, words: Mapping[Any, str] | None = None, **more: Any
) -> None:
    """A select box that shows ``now``, whatever it is."""
    key = KEY.format(name)
    options = list(values) if now in values else sorted([*values, now], key=_order)
    draft.set_widget(key, now)
    said = {value: (words or {}).get(value, str(value)) for value in options}
    width = _WIDE if name == "task" else _WIDTH
    st.selectbox(
        label, options, key=key, format_func=said.__getitem__, width=width, on_change=_chosen, args=(name, key), **more
    )


def _order(value: Any) -> tuple[int, Any]:
    return (1, value) if isinstance(value, int | float) else (0, str(value))


def _chosen(name: str, key: str) -> None:
    plane, _look = playground_state.current()
    value = draft.widget(key)
    if name == "learning_rate":
        _new_rate(plane, value)
    elif value is not None:
        change(_SETTERS[name](plane, value))


def _new_rate(plane: Plane, value: float) -> None:
    """The learning rate may change while a run goes on; it is asked to take the new one."""
    seen = playground_run.seen(plane)
    if seen is not None and not seen.run.is_ended:
        playground_run.ask(seen.run.id, "set", learning_rate=value)
    change(replace(plane, learning_rate=value), goes_on=True)


def _with_activation(plane: Plane, name: str) -> Plane:
    return replace(plane, layers=tuple(Hidden(layer.units, name) for layer in plane.layers)) if name else plane


def _with_task(plane: Plane, task: str) -> Plane:
    if is_regression(plane.source) == (task == "regression"):
        return plane
    return playground_state.fitting(
        plane, next(name for name in sources() if is_regression(name) == (task == "regression"))
    )


def _with_regularisation(plane: Plane, name: str) -> Plane:
    rate = (plane.rate or _STRENGTHS[1]) if name != NONE else 0.0
    return replace(plane, regularisation=name, rate=rate)


_SETTERS: Mapping[str, Callable[[Plane, Any], Plane]] = {
    "task": _with_task,
    "optimizer": lambda plane, value: replace(plane, optimizer=value),
    "activation": _with_activation,
    "regularisation": _with_regularisation,
    "rate": lambda plane, value: replace(plane, rate=value),
    "dropout": lambda plane, value: replace(plane, dropout=value),
    "batch_size": lambda plane, value: replace(plane, batch_size=value),
    "seed": lambda plane, value: replace(plane, seed=value),
}


def is_regression(source: str) -> bool:
    """Whether a number is learned of the points of ``source``, not a class."""
    return sources()[source].tasks == ("regression",)


def _task(plane: Plane, label: str) -> None:
    words = {"classification": _("Classification"), "regression": _("Regression")}
    _choose("task", label, list(words), "regression" if is_regression(plane.source) else "classification", words)


def _optimizer(plane: Plane, label: str) -> None:
    words = {entry.id: _(entry.label) for entry in catalog.entries("optimizers")}
    _choose("optimizer", label, list(words), plane.optimizer, words, help=_(about("optimizers", plane.optimizer)))


def _learning_rate(plane: Plane, label: str) -> None:
    words = {value: f"{value:g}" for value in (*_RATES, plane.learning_rate)}
    help_ = _("How far each step goes. It may be changed while the network learns.")
    _choose("learning_rate", label, _RATES, plane.learning_rate, words, help=help_)


def _activation(plane: Plane, label: str) -> None:
    words = {entry.id: _(entry.label) for entry in catalog.entries("activations")}
    used = {layer.activation for layer in plane.layers}
    if len(used) == 1:
        _choose("activation", label, list(words), used.pop(), words)
        return
    _choose(
        "activation", label, [MIXED, *words], MIXED, {**words, MIXED: _("mixed") if used else "–"}, disabled=not used
    )


def _regularisation(plane: Plane, label: str) -> None:
    words = {NONE: _("none"), **{name: name for name in REGULARISATIONS}}
    _choose("regularisation", label, list(words), plane.regularisation, words, help=_("Keeps weights small."))


def _rate(plane: Plane, label: str) -> None:
    words = {value: f"{value:g}" for value in (*_STRENGTHS, plane.rate)}
    _choose("rate", label, _STRENGTHS, plane.rate, words, disabled=plane.regularisation == NONE)


def _dropout(plane: Plane, label: str) -> None:
    words = {value: f"{value:g}" if value else _("none") for value in (*_DROPOUTS, plane.dropout)}
    help_ = _("The share of each hidden layer's values that is left out at random in every training step.")
    _choose("dropout", label, _DROPOUTS, plane.dropout, words, help=help_, disabled=not plane.layers)


def _batch_size(plane: Plane, label: str) -> None:
    _choose("batch_size", label, _BATCHES, plane.batch_size)


def _seed(plane: Plane, label: str) -> None:
    key = KEY.format("seed")
    draft.set_widget(key, plane.seed)
    help_ = _("Of points, first weights and order: the same seed gives the same again.")
    st.number_input(
        label, 0, 2**31 - 1, step=1, key=key, width=_WIDTH, on_change=_chosen, args=("seed", key), help=help_
    )
