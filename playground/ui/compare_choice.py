"""Which runs stand side by side: those of a comparison, or any that somebody chose; the address has either."""

import contextlib
from collections import Counter

import streamlit as st

from playground.locale.text import _
from playground.runs import Comparison, NotFoundError, Run
from playground.runs.comparisons import Member
from playground.settings import settings
from playground.ui import comparing, draft, engine, ids
from playground.ui.run_names import run_names

MOST = 20
"""As many runs a chart can hold with lines that are told apart."""
_OFFERED = 100
_BETWEEN = ","


def current() -> Comparison | None:
    """What is compared; ``None`` where nothing is there yet.

    Raises:
        NotFoundError: there is nothing under what the address says.
    """
    runs = _runs()
    if runs:
        return _of(runs)
    comparison_id = comparing.looked_at()
    if comparison_id is None:
        return None
    found = engine.client().store.comparisons.comparison(comparison_id)
    ids.remember(ids.COMPARE, found.id)
    return found


def is_current(comparison: Comparison) -> bool:
    """Whether the address still says that this is compared."""
    runs = _runs()
    if runs:
        return not comparison.id and {member.run_id for member in comparison.members} <= set(runs)
    return bool(comparison.id) and comparing.looked_at() == comparison.id


def forget() -> None:
    """Compare nothing in particular from now on."""
    ids.forget(ids.RUNS)
    ids.forget(ids.COMPARE)


def address(run_ids: list[str]) -> dict[str, str]:
    """What a link to Compare carries that puts these runs side by side."""
    return {ids.RUNS: _BETWEEN.join(run_ids[:MOST])}


def choose(comparison: Comparison | None) -> None:
    """Draw the choice of the runs that stand side by side."""
    now = [member.run_id for member in comparison.members] if comparison is not None else []
    store = engine.client().store
    offered = {run.id: run for run in store.runs.find(owner=settings().owner, limit=_OFFERED, has_binned=False)}
    for run_id in now:
        if run_id not in offered:
            with contextlib.suppress(NotFoundError):
                offered[run_id] = store.runs.run(run_id)
    if not offered:
        return
    names = run_names(list(offered.values()))
    with st.popover(_("Choose runs"), icon=":material/checklist:", key="compare-choose"), st.container(width=420):
        key = f"compare-chosen-{_BETWEEN.join(now)}"
        st.multiselect(
            _("Runs side by side"),
            list(names),
            default=[run_id for run_id in now if run_id in names],
            format_func=names.__getitem__,
            max_selections=MOST,
            key=key,
            placeholder=_("Choose two or more"),
        )
        st.caption(
            _("The newest {n} of your runs. A run keeps its colour while others come and go.").format(n=_OFFERED)
        )
        st.button(_("Compare these"), key="compare-these", type="primary", on_click=_take, args=(key,))


def _take(key: str) -> None:
    chosen = draft.widget(key)
    if chosen:
        ids.forget(ids.COMPARE)
        ids.remember(ids.RUNS, _BETWEEN.join(chosen))


def _runs() -> tuple[str, ...]:
    """The ids that the address lists, else the session; a link to a comparison has it forget them, and the reverse."""
    if ids.given(ids.RUNS):
        ids.forget(ids.COMPARE)
    elif ids.given(ids.COMPARE):
        ids.forget(ids.RUNS)
    listed = ids.remembered(ids.RUNS) or ""
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in listed.split(_BETWEEN)))))[:MOST]


def _of(run_ids: tuple[str, ...]) -> Comparison:
    """These runs as a comparison that nobody has recorded. Raises NotFoundError where none of them is there."""
    store = engine.client().store
    runs: list[Run] = []
    for run_id in run_ids:
        with contextlib.suppress(NotFoundError):
            runs.append(store.runs.run(run_id))
    if not runs:
        raise NotFoundError("There is none of these runs")
    labels = _labels(runs)
    members = tuple(Member(run.id, labels[run.id]) for run in runs)
    return Comparison(
        "", settings().owner, None, "variants", _("Runs side by side"), max(run.created_at for run in runs), members
    )


def _labels(runs: list[Run]) -> dict[str, str]:
    """By id, the name of each run, with its time where another is called the same."""
    count = Counter(run.name or _("Run") for run in runs)
    timed = run_names(runs)
    return {run.id: (run.name or _("Run")) if count[run.name or _("Run")] == 1 else timed[run.id] for run in runs}
