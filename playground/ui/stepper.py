"""The eight steps from data to a trained network: which are done, where one is, and the ways between them."""

from typing import NamedTuple

import streamlit as st

from playground.data import opened
from playground.locale.text import _
from playground.runs import Draft, NotFoundError, Run
from playground.settings import settings
from playground.ui import draft, engine, shell

STEPS = ("load", "prepare", "define", "compile", "fit", "evaluate", "predict", "save")


class _Step(NamedTuple):
    name: str
    label: str
    page: str | None
    is_done: bool


def panel(of: Draft | None, current: str) -> None:
    """Draw the row of steps, quiet: done ones with a check mark, the current one bold, missing ones grey.

    Args:
        of: the draft; ``None`` before there is one.
        current: the step that this page is at, one of :data:`STEPS`.
    """
    steps = _steps(of)
    number = STEPS.index(current)
    if shell.is_phone():
        _short(steps, number)
        return
    here = steps[number].page
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="stepper"):
        for step in steps:
            if step.name == current:
                st.markdown(f":small[**{_marked(step)}**]", width="content")
            elif step.page is None or step.page == here:
                words = _marked(step) if step.is_done else f":gray[{step.label}]"
                st.markdown(f":small[{words}]", width="content")
            else:
                _link(step, _marked(step))


def _short(steps: list[_Step], number: int) -> None:
    """The row on a phone: where one is, and the pages before and after."""
    here = steps[number]
    before = next((step for step in steps[number::-1] if step.page not in (None, here.page)), None)
    after = next((step for step in steps[number:] if step.page not in (None, here.page)), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stepper"):
        if before:
            _link(before, before.label, ":material/arrow_back:")
        where = _("Step {n} of {all}: **{name}**")
        st.markdown(where.format(n=number + 1, all=len(steps), name=here.label), width="content")
        if after:
            _link(after, after.label, ":material/arrow_forward:", is_icon_right=True)


def _link(step: _Step, label: str, icon: str | None = None, *, is_icon_right: bool = False) -> None:
    st.page_link(
        step.page or shell.HOME,
        label=label,
        icon=icon,
        icon_position="right" if is_icon_right else "left",
        query_params=draft.address(),
    )


def _marked(step: _Step) -> str:
    return f":material/check: {step.label}" if step.is_done else step.label


def _steps(of: Draft | None) -> list[_Step]:
    run = _last_run(of)
    is_defined = of is not None and bool(of.spec.model.layers)
    has_trained = run is not None and run.epoch > 0 and run.is_ended
    is_prepared = of is not None and opened(of.spec.dataset, of.spec.seed, settings()) is not None
    page = {name: path if shell.is_page(path) else None for name, path in _pages().items()}
    labels = {
        "load": _("load"),
        "prepare": _("prepare"),
        "define": _("define"),
        "compile": _("compile"),
        "fit": _("fit"),
        "evaluate": _("evaluate"),
        "predict": _("predict"),
        "save": _("save"),
    }
    done = {
        "load": of is not None,
        "prepare": is_prepared or has_trained,
        "define": is_defined,
        "compile": is_defined,
        "fit": has_trained,
        "evaluate": run is not None and bool(run.test),
        "predict": False,
        "save": False,
    }
    return [_Step(name, labels[name], page.get(name), done[name]) for name in STEPS]


def _pages() -> dict[str, str]:
    """The page of each step that has one; weights are the Train page's."""
    data = dict.fromkeys(("load", "prepare"), shell.DATA)
    after = {"evaluate": shell.EVALUATE, "predict": shell.PREDICT}
    return {**data, "define": shell.MODEL, **dict.fromkeys(("compile", "fit", "save"), shell.TRAIN), **after}


def _last_run(of: Draft | None) -> Run | None:
    if of is None or of.run_id is None:
        return None
    try:
        return engine.client().store.runs.run(of.run_id)
    except NotFoundError:
        return None
