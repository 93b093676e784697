"""A recipe's question, asked while its run goes on and answered beside the result."""

import streamlit as st

from playground.locale.text import _
from playground.recipes import Question, Recipe
from playground.runs import Draft
from playground.ui import about, comparing, draft, watching
from playground.ui.reader import View
from playground.ui.shell import plain

_ASKED, _SKIPPED = "asked", "skipped"


def panel(view: View, of: Draft | None) -> None:
    """Draw the question of the run's recipe: its choices until one is taken, and then what is right, with the result.

    It is asked of a run that was started here, or that is seen before it has ended; who opens an old one is not asked.

    Args:
        view: the run.
        of: the draft that it is a run of; without one nothing is asked.
    """
    found = _recipe(view, of)
    if found is not None:
        is_asked = not view.run.is_ended or watching.is_started_here(view.run.id)
        _card(found, is_asked=is_asked, is_ended=view.run.is_ended, is_waited_for=holds_back(view, of))


def of_comparison(first: View, *, is_going: bool, is_started_here: bool) -> None:
    """Draw the question of the recipe whose comparison begins with the run ``first``; nothing where it has none.

    Args:
        first: the comparison's first run, which is the recipe's own.
        is_going: whether one of its runs has not ended.
        is_started_here: whether this session started it; who opens an old one is not asked.
    """
    found = about.example(first.run.digest)
    if found is not None and found.question is not None and comparing.is_comparison(found):
        _card(found, is_asked=is_going or is_started_here, is_ended=not is_going, is_waited_for=False)


def _card(found: Recipe, *, is_asked: bool, is_ended: bool, is_waited_for: bool) -> None:
    state = _state(found, is_asked=is_asked)
    if found.question is None or not state or (state == _SKIPPED and not is_ended):
        return
    with st.container(border=True, gap="xsmall", key="question"):
        if state == _ASKED:
            _ask(found, found.question)
            if is_waited_for:
                st.caption(_("The result waits for your answer, or for Skip."))
        elif is_ended:
            _tell(found.question, state)
        else:
            st.markdown(f"#### {_('Your answer')}")
            st.markdown(plain(_(found.question.choices[int(state)])))
            st.caption(_("Whether it is right, you see with the result."))


def holds_back(view: View, of: Draft | None) -> bool:
    """Whether the result waits for an answer: it is there, and would give the answer away."""
    found = _recipe(view, of)
    if found is None or view.run.state != "finished":
        return False
    return _state(found, is_asked=watching.is_started_here(view.run.id)) == _ASKED


def _recipe(view: View, of: Draft | None) -> Recipe | None:
    found = about.example(view.run.digest) if of is not None and view.run.id else None
    return found if found is not None and found.question is not None else None


def _state(found: Recipe, *, is_asked: bool) -> str:
    """``asked``, ``skipped``, the number of the choice that was taken, or empty where nothing was asked."""
    state = draft.get(_key(found), "")
    if not state and is_asked:
        state = _ASKED
        draft.put(_key(found), state)
    return state


def _ask(found: Recipe, question: Question) -> None:
    st.markdown(f"#### {_('Before you see the result')}")
    choices = [plain(_(choice)) for choice in question.choices]
    st.radio(
        plain(_(question.text)),
        range(len(choices)),
        index=None,
        format_func=choices.__getitem__,
        key=_widget(found),
        on_change=_answered,
        args=(found,),
    )
    st.button(_("Skip"), type="tertiary", key=f"skip-{found.name}", on_click=draft.put, args=(_key(found), _SKIPPED))


def _answered(found: Recipe) -> None:
    chosen = draft.widget(_widget(found))
    if chosen is not None:
        draft.put(_key(found), str(chosen))


def _tell(question: Question, state: str) -> None:
    st.markdown(f"#### {_('The question')}")
    st.markdown(plain(_(question.text)))
    right = plain(_(question.choices[question.answer]))
    if state == _SKIPPED:
        st.markdown(f":material/lightbulb: {_('The answer: **{right}**').format(right=right)}")
    elif int(state) == question.answer:
        st.markdown(
            f":green[:material/check_circle:] {_('You said **{right}**, and that is right.').format(right=right)}"
        )
    else:
        said = plain(_(question.choices[int(state)]))
        words = _("You said {said}; it is **{right}**.").format(said=said, right=right)
        st.markdown(f":orange[:material/cancel:] {words}")
    st.caption(plain(_(question.why)))


def _key(found: Recipe) -> str:
    return f"question-{found.name}"


def _widget(found: Recipe) -> str:
    return f"choices-{found.name}"
