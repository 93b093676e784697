"""What is wrong or unwise about the draft, in plain words, each with the button that mends it."""

import functools
from collections.abc import Sequence

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.problems import Problem, problems
from playground.ui import changes, draft, model_words, shell

_ROWS = "model.layers."
_BESIDE, _BESIDE_ON_A_PHONE = 26, 14  # letters; a longer button stands under the reason, which needs the width

of = functools.lru_cache(maxsize=64)(problems)
"""The problems of a draft, found once: opening a row draws the page anew and changes nothing."""


def panel(spec: RunSpec, wrong: Sequence[Problem], *, is_known: bool) -> None:
    """Draw the problems that belong to no row, and whether the draft can be trained.

    Args:
        spec: the draft.
        wrong: all its problems.
        is_known: whether Keras was asked too.
    """
    names = {layer.name for layer in spec.model.layers}
    elsewhere = [problem for problem in wrong if _layer(problem) not in names and problem.rule != "no-layers"]
    if elsewhere:
        st.markdown(f"### {_('Worth a look')}")
        with st.container(border=True, gap="small", key="elsewhere"):
            for number, problem in enumerate(elsewhere):
                _problem(problem, spec, f"elsewhere-{number}")
    if not spec.model.layers:
        return
    if any(problem.is_blocking for problem in wrong):
        st.caption(_("It cannot be trained yet: mend what is marked with {icon}.").format(icon=_icon(True)))
    elif not wrong and is_known:
        st.caption(f":green[:material/check_circle:] {_('Everything fits.')}")


def under(name: str, spec: RunSpec, wrong: Sequence[Problem]) -> None:
    """Draw the problems of the layer ``name`` under its row."""
    for number, problem in enumerate(each for each in wrong if _layer(each) == name):
        _problem(problem, spec, f"{name}-{number}")


def reason(problem: Problem) -> str:
    """Why, without the technical place in front."""
    words = problem.reason.removeprefix(f"{problem.place}: ")
    return words[:1].upper() + words[1:]


def _problem(problem: Problem, spec: RunSpec, key: str) -> None:
    label = model_words.fix(spec, problem.fix) if problem.fix is not None else ""
    is_beside = len(label) <= (_BESIDE_ON_A_PHONE if shell.is_phone() else _BESIDE)
    with st.container(
        horizontal=is_beside, wrap=not is_beside, vertical_alignment="center", gap="small", key=f"problem-{key}"
    ):
        st.markdown(f"{_icon(problem.is_blocking)} :small[{shell.plain(reason(problem))}]", width="stretch")
        if problem.fix is not None:
            st.button(
                label,
                key=f"fix-{key}",
                icon=":material/build:",
                wrap=not is_beside,
                help=changes.words(spec, problem.fix),
                on_click=_mend,
                args=(problem.fix, spec),
            )


def _mend(fixed: RunSpec, spec: RunSpec) -> None:
    draft.edit(fixed, made_from=spec)


def _icon(is_blocking: bool) -> str:
    return ":red[:material/error:]" if is_blocking else ":orange[:material/warning:]"


def _layer(problem: Problem) -> str:
    """The name of the layer that a problem is about; empty for none."""
    place = problem.place
    return place.removeprefix(_ROWS).partition(".")[0] if place.startswith(_ROWS) else ""
