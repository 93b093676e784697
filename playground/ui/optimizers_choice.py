"""Which optimizers walk on which surface, from where and how. The choice stands in the address."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground import catalog
from playground.catalog import Param
from playground.catalog.contestants import Contestant, contestants, first_rate
from playground.catalog.surfaces import SURFACES, Surface, surface
from playground.locale.text import _, ngettext
from playground.specs.planned_steps import fitting_args
from playground.specs.usual import usual_args
from playground.ui import draft
from playground.ui.form_words import hint

SURFACE, SHOWN, MORE, STEPS, VIEW, SEED = "surface", "walk", "also", "steps", "view", "noise"
_FIRST = ("SGD", "Momentum", "Nesterov", "RMSprop", "Adagrad", "Adam")
_FIRST_SURFACE = "ravine"
_OFFERED = 8
_MOST = 8
_STEPS = (50, 100, 200, 300, 500, 1000)
_CONSTANT = "constant"
_BOUND: Mapping[str, Any] = {"bind": "query-params", "persist_state": "session"}
_ASIDE = ("learning_rate", "nesterov")
_OF_MANY = ("ema_overwrite_frequency", "loss_scale_factor", "exclude_embeddings")
"""Arguments without an effect on two numbers."""


class Walker(NamedTuple):
    """A contestant as it walks: what it is called, and its optimizer as a spec has it."""

    contestant: Contestant
    label: str
    optimizer: dict[str, Any]


class Choice(NamedTuple):
    """All that decides the picture."""

    surface: Surface
    walkers: tuple[Walker, ...]
    start: tuple[float, float]
    steps: int
    seed: int
    is_3d: bool
    at: int


def choose() -> Choice:
    """Draw the choice; returns it."""
    labels = {each.id: _(each.label) for each in SURFACES}
    with st.container(border=True, gap="small", key="walk-choice"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            at = list(labels).index(_FIRST_SURFACE)
            name = st.selectbox(_("Surface"), list(labels), at, labels.__getitem__, SURFACE, **_BOUND)
            on = surface(name)
            steps = st.selectbox(_("Steps"), _STEPS, index=_STEPS.index(100), key=STEPS, **_BOUND)
            start = _start(on)
            views = {"map": _("Map"), "3d": _("3-D")}
            view = st.selectbox(_("View"), list(views), format_func=views.__getitem__, key=VIEW, **_BOUND)
            seed = (
                st.number_input(_("Seed"), 0, 9999, 0, key=SEED, help=_("Of the noise."), **_BOUND) if on.noise else 0
            )
        walkers = _walkers(on, steps)
        label = _("Step whose numbers are shown")
        at = st.slider(label, 0, steps, steps, key=f"step.{steps}", width=420, **_BOUND)
    return Choice(on, walkers, start, steps, int(seed), view == "3d", int(at))


def start_keys(on: Surface) -> tuple[str, str]:
    """The keys of the two fields of the start on a surface."""
    return f"{on.id}.x", f"{on.id}.y"


def _start(on: Surface) -> tuple[float, float]:
    found = []
    for axis, name, default, reach in zip(on.axes, start_keys(on), on.start, (on.x, on.y), strict=True):
        label = _("Start, {axis}").format(axis=axis)
        found.append(st.number_input(label, *reach, default, step=0.1, format="%.2f", key=name, width=120, **_BOUND))
    return found[0], found[1]


def _walkers(on: Surface, steps: int) -> tuple[Walker, ...]:
    every = contestants()
    names = {each.id: each for each in every}
    first, rest = list(names)[:_OFFERED], list(names)[_OFFERED:]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pills: dict[str, Any] = {"selection_mode": "multi", **_BOUND}
        picked = st.pills(
            _("Optimizers"), first, default=list(_FIRST), key=SHOWN, label_visibility="collapsed", **pills
        )
        with st.popover(ngettext("{n} more", "{n} more", len(rest)).format(n=len(rest))):
            picked = [*picked, *st.pills(_("More optimizers"), rest, key=MORE, **pills)]
        chosen = [names[name] for name in picked][:_MOST]
        with st.popover(_("Arguments"), icon=":material/tune:"):
            walkers = tuple(_walker(each, on, steps) for each in chosen)
    if len(picked) > _MOST:
        st.caption(_("The first {n} are drawn.").format(n=_MOST))
    return walkers


def _walker(of: Contestant, on: Surface, steps: int) -> Walker:
    """Draw the arguments of a contestant, folded; returns it with them."""
    entry = catalog.entry("optimizers", of.kind)
    assert entry is not None
    key = f"{on.id}.{of.id}"
    with st.expander(of.id, type="compact"):
        rate = _number(entry.param("learning_rate"), f"{key}.learning_rate", first_rate(of, on))
        schedule = _schedule(f"{key}.schedule", rate, steps)
        args = dict(of.args)
        for param in entry.params:
            if param.name in _ASIDE or param.name in _OF_MANY:
                continue
            value = _argument(param, f"{key}.{param.name}", of.args.get(param.name, param.default))
            if value != param.default:
                args[param.name] = value
            else:
                args.pop(param.name, None)
    said = f"{of.id} · {schedule['kind']}" if schedule else of.id
    return Walker(of, said, {"kind": of.kind, "args": {**args, "learning_rate": schedule or rate}})


def _schedule(key: str, rate: float, steps: int) -> dict[str, Any] | None:
    names = {_CONSTANT: _("Constant"), **{each.id: each.id for each in catalog.entries("schedules")}}
    kind = st.selectbox(_("Schedule"), list(names), format_func=names.__getitem__, key=key, **_BOUND)
    entry = catalog.entry("schedules", kind)
    if entry is None:
        return None
    args = {**usual_args("schedules", kind), **fitting_args(kind, steps, rate)}
    if entry.param("initial_learning_rate") is not None:
        args["initial_learning_rate"] = rate
    if entry.param("decay_rate") is not None:
        args["decay_steps"] = max(1, steps // 10)
    for param in entry.params:
        if param.kind in ("int", "float", "flag") and param.name != "initial_learning_rate":
            value = _argument(param, f"{key}.{kind}.{steps}.{param.name}", args.get(param.name, param.default))
            if value is not None:
                args[param.name] = value
    return {"kind": kind, "args": args}


def _argument(param: Param, key: str, default: Any) -> Any:
    if param.kind == "flag":
        return st.toggle(f"`{param.name}`", value=bool(default), key=key, help=hint(param) or None, **_BOUND)
    return _number(param, key, default)


def _number(param: Param | None, key: str, default: Any) -> Any:
    assert param is not None
    low, high = (None if bound is None else float(bound) for bound in (param.minimum, param.maximum))
    shared: dict[str, Any] = {"help": hint(param) or None, "placeholder": _("none"), **_BOUND}
    if param.kind == "int":
        low, high = (None if bound is None else int(bound) for bound in (low, high))
        return st.number_input(f"`{param.name}`", low, high, default, step=1, key=key, **shared)
    value = None if default is None else float(default)
    return st.number_input(f"`{param.name}`", low, high, value, format="%.6g", key=key, **shared)


def move_start(on: Surface, place: tuple[float, float]) -> None:
    """Have the walks begin at another place; for callbacks."""
    for name, value, reach in zip(start_keys(on), place, (on.x, on.y), strict=True):
        draft.set_widget(name, round(min(max(value, reach[0]), reach[1]), 2))
