"""Answers of the user's own runs, as points that metrics are tried on."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from playground.engine.asked import evaluation_of
from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.runs.evaluations import kept
from playground.settings import settings
from playground.ui import draft, engine, evaluate_choice, ids, job_answer, reader
from playground.ui.lab_draft import facts_of
from playground.ui.run_names import run_names

RUN = "of"
_LOOKED_AT, _OFFERED = 40, 12
_MOST, _MOST_NUMBERS = 1000, 20_000
_PX = 300


class Answered(NamedTuple):
    """What a run has answered on its validation part: numbers of classes (n,) and their shares (n, classes)."""

    targets: np.ndarray
    shares: np.ndarray


def choose(task: str) -> str:
    """Draw the choice between samples drawn by chance and runs of ``task``; returns a run's id, empty for the former.

    Args:
        task: ``binary`` or ``multiclass``.
    """
    offered = run_names(_runs(task))
    if not offered:
        return ""
    names = {"": _("Drawn by chance"), **offered}
    key = key_of(task)
    now = draft.widget(key)
    at = list(names).index(now if now in names else ids.part(RUN, names) or "")
    chosen: str = st.selectbox(
        _("Answers of"), list(names), at, format_func=names.__getitem__, key=key, persist_state="session", width=320
    )
    ids.show_part(RUN, chosen)
    return chosen


def key_of(task: str) -> str:
    """The key of the widget of :func:`choose`."""
    return f"metrics-run-{task}"


def answers(run_id: str) -> Answered | None:
    """What the run has answered; ``None`` while it is computed, which the page shows then."""
    view = reader.read(run_id)
    weights = evaluate_choice.checkpoints(view)
    if not weights:
        st.caption(_("This run has kept no weights: it ended before its first epoch was complete."))
        return None
    which, (epoch, step) = next(iter(weights.items()))
    part = "validation" if view.run.n_validation else "train"
    asking = evaluation_of(run_id, which, step, part)
    found = kept(settings().run_dir(run_id), asking.key)
    if found is None:
        answer = job_answer.answer(asking)
        if answer.error:
            job_answer.refused(asking, answer.error)
        elif answer.result is None:
            job_answer.wait(asking, _PX)
        else:
            found = kept(settings().run_dir(run_id), asking.key)
    if found is None:
        return None
    true, shares = np.asarray(found.arrays["true"]), np.asarray(found.arrays["shares"])
    n = min(len(true), _MOST, _MOST_NUMBERS // shares.shape[1])
    at = np.linspace(0, len(true) - 1, n).round().astype(np.int64)
    words = ngettext("{n} answer", "{n} answers", n).format(n=f"{n:,}")
    if n < len(true):
        words = _("{n} of {all} answers, equally far apart,").format(n=f"{n:,}", all=f"{len(true):,}")
    said = _("{answers} on the {part} part, with the weights of epoch {epoch}.")
    st.caption(said.format(answers=words, part=evaluate_choice.part_words(part), epoch=f"{epoch:,}"))
    return Answered(true[at], shares[at])


def _runs(task: str) -> list[Run]:
    store, found = engine.client().store, []
    for run in store.runs.find(
        owner=settings().owner, states_in={"finished", "stopped"}, limit=_LOOKED_AT, has_binned=False
    ):
        facts = facts_of(store.runs.spec(run.id)) if run.epoch else None
        if facts is not None and facts.task == task:
            found.append(run)
    return found[:_OFFERED]
