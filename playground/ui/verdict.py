"""The card beside a run that has ended: what it says, the numbers that say so, and the usual remedies."""

import functools

import streamlit as st

from playground.charts.verdict import verdict_chart, verdict_height
from playground.data import DataError, outline
from playground.locale.text import _
from playground.runs import Draft
from playground.runs.judged import Judged
from playground.runs.metric_words import metric, value
from playground.runs.verdict import Verdict, verdict
from playground.runs.verdict_words import sentences, title
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.remedies import Remedy, remedies
from playground.ui import adjust_next, run_words, try_next
from playground.ui.reader import View
from playground.ui.shell import plain

_ICONS = {
    "diverged": ":red[:material/trending_up:]",
    "too-little-data": ":orange[:material/help:]",
    "not-finished": ":orange[:material/hourglass_top:]",
    "no-better": ":orange[:material/drag_handle:]",
    "overfits": ":orange[:material/call_split:]",
    "underfits": ":orange[:material/south:]",
    "fits": ":green[:material/check_circle:]",
}


def panel(view: View, of: Draft | None, *, is_explained: bool = False) -> None:
    """Draw what an ended run says; nothing while it goes on, or where it says nothing.

    Args:
        view: the run.
        of: the draft that it is a run of; remedies are changes of the draft as it is now, or new drafts without one.
        is_explained: whether it has been said why the run went wrong, which says more.
    """
    found = _verdict(view) if view.run.is_ended and not is_explained else None
    variations = try_next.of(view.run.digest) if view.run.is_ended and of is not None else ()
    if found is None and not variations:
        return
    with st.container(border=True, gap="small", key="verdict"):
        if found is not None:
            _said(found)
            _remedies(of, of.spec if of is not None else adjust_next.standing(view), found)
        if of is not None and variations:
            try_next.panel(of, variations)


@functools.lru_cache(maxsize=64)  # a view is one object while nothing happens
def _verdict(view: View) -> Verdict | None:
    return verdict(view.spec, view.run, {name: series.y for name, series in view.epochs.items()})


def _said(found: Verdict) -> None:
    with st.container(gap="xsmall"):
        st.markdown(f"#### {_('What this run says')}")
        st.markdown(f"{_ICONS[found.kind]} **{title(found.kind)}**")
        for words in sentences(found):
            st.caption(plain(words))
    if found.judged is not None:
        _picture(found.judged)


def _picture(found: Judged) -> None:
    is_one = found.epoch == found.best_epoch
    last = _("epoch {n}").format(n=f"{found.epoch:,}")
    best = _("best, epoch {n}").format(n=f"{found.best_epoch:,}")
    rows = [last] if is_one else [best, last]
    training = [found.training] if is_one else [found.best_training, found.training]
    validation = [found.validation] if is_one else [found.best_validation, found.validation]
    values = [
        (name, numbers, [value(number) for number in numbers])
        for name, numbers in ((_("training"), training), (_("validation"), validation))
    ]
    baseline = None if found.baseline is None else (_("baseline"), found.baseline)
    alt = [
        f"{row}: {_('training')} {value(one)}, {_('validation')} {value(two)}"
        for row, one, two in zip(rows, training, validation, strict=True)
    ]
    if baseline is not None:
        alt.append(f"{baseline[0]} {value(baseline[1])}")
    name = run_words.first_upper(metric(found.name))
    st.caption(plain(name))
    st.echarts_chart(
        verdict_chart(rows, values, baseline, 1.0 if found.is_share else None),
        height=verdict_height(len(rows)),
        key="verdict-picture",
        alt=f"{name}. {'; '.join(alt)}.",
    )


def _remedies(of: Draft | None, now: RunSpec, found: Verdict) -> None:
    best = found.judged.best_epoch if found.judged is not None else None
    proposed = _proposed(found.kind, now, best, found.has_learned)
    if not proposed:
        return
    with st.container(gap="small"):
        st.markdown(f"##### {_('The usual remedies')}")
        for one in proposed:
            try_next.row(of, now, one.name, one.label, one.why, one.spec)


@functools.lru_cache(maxsize=64)
def _proposed(kind: str, spec: RunSpec, best_epoch: int | None, has_learned: bool) -> tuple[Remedy, ...]:
    try:
        facts = outline(spec.dataset)
    except DataError:
        facts = None
    return remedies(kind, spec, facts, settings(), best_epoch, has_learned=has_learned)
