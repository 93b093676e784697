"""The row that is looked at: which one, what it is, what is true of it and what the network answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from playground.data.word_marks import marked
from playground.locale.text import _, ngettext
from playground.ui import (
    data_samples,
    draft,
    evaluate_samples,
    explain_ask,
    explain_choice,
    predict_answer,
    predict_ask,
    shell,
)
from playground.ui.explain_choice import SAMPLE, Chosen
from playground.ui.pictures_inline import inline

_PX = 200
_WORDS = 40


@dataclass(frozen=True, eq=False)
class Sample:
    """A row.

    Attributes:
        at: its position in the part.
        x: the prepared input.
        answered: the class that the network answers, or ``None`` where answers are no classes.
    """

    at: int
    x: np.ndarray
    answered: int | None


def choose(chosen: Chosen) -> Sample:
    """Draw the choice of a row, the row, and the answer to it."""
    of = f"{chosen.view.run.id}-{chosen.part}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="explain-sample"):
        at = explain_choice.number(_("Row"), chosen.n, SAMPLE, of) - 1
        st.button(_("Any other"), icon=":material/shuffle:", key="explain-any", on_click=_other, args=(of, chosen.n))
        st.caption(_("of {n}").format(n=f"{chosen.n:,}"), width="content")
    x = np.asarray(chosen.prepared.array(f"x_{chosen.part}")[at])
    facts = chosen.prepared.facts
    _shown(chosen, at, x)
    answer = explain_ask.ask(chosen.view, chosen.which, chosen.step, "predict_sample", part=chosen.part, at=at)
    if not answer.is_there:
        predict_ask.missing(answer)
        return Sample(at, x, None)
    predict_answer.draw(answer, facts, dict(chosen.inputs), "explain")
    is_one = bool(facts.classes) and not facts.is_sequence_answered
    return Sample(at, x, int(answer.arrays["answer"].argmax()) if is_one else None)


def _shown(chosen: Chosen, at: int, x: np.ndarray) -> None:
    facts = chosen.prepared.facts
    true = _true(chosen, at)
    if evaluate_samples.is_image(facts):
        words = (
            _("Row {n}: {true}").format(n=f"{at + 1:,}", true=true) if true else _("Row {n}").format(n=f"{at + 1:,}")
        )
        st.image(inline(data_samples.coloured(x[None], _PX)[0]), width=_PX, alt=words)
    elif evaluate_samples.is_text(chosen.view.spec.dataset, facts):
        _marked(marked(x, evaluate_samples.marks(chosen.view.spec.dataset, facts)))
    else:
        rows = np.asarray(chosen.prepared.array(f"rows_{chosen.part}")[at : at + 1])
        table = evaluate_samples.inputs(chosen.view.spec.dataset, facts, x[None], rows)
        st.dataframe(table, hide_index=True, key="explain-row")
    if true:
        st.caption(shell.plain(_("True is {value}.").format(value=true)))


def _marked(words: Sequence[str]) -> None:
    """The words of a text whose order is lost, those that are marked most first."""
    with st.container(border=True, key="explain-row"):
        st.markdown(shell.plain(", ".join(words[:_WORDS])) or _("No word that it knows."))
        if (n := len(words) - _WORDS) > 0:
            st.caption(ngettext("and {n} other word", "and {n} other words", n).format(n=n))


def _true(chosen: Chosen, at: int) -> str:
    """The target of a row in words; empty where it is the input itself, or a list of numbers."""
    facts = chosen.prepared.facts
    y = np.asarray(chosen.prepared.array(f"y_{chosen.part}")[at])
    if facts.task == "reconstruction" or not facts.classes:
        return ""
    return ("" if y.ndim else " ").join(facts.classes[int(label)] for label in y.ravel())


def _other(of: str, n: int) -> None:
    """Choose a row at random; a callback."""
    draft.set_widget(f"explain-{SAMPLE}-{of}", int(np.random.default_rng().integers(1, n + 1)))
