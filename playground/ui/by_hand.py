"""By hand: every step of a small run in numbers, one after the other."""

import functools
import time

import streamlit as st

from playground.catalog.momentum import momentum_of
from playground.data import DataError, outline
from playground.engine.asked import Asking, by_hand_of
from playground.locale.text import _
from playground.runs import Job, NotFoundError
from playground.specs import RunSpec
from playground.specs.by_hand import by_hand_refusal
from playground.specs.facts import Facts
from playground.ui import (
    by_hand_formulas,
    by_hand_latex,
    by_hand_pictures,
    by_hand_steps,
    by_hand_table,
    draft,
    job_answer,
    reader,
    shapes,
    shell,
    watching,
)
from playground.ui.by_hand_trace import Step, Trace

_TICK_S = 0.8
_HEIGHT = 420


def panel() -> None:
    """Draw the steps of the draft, else of the run in the address."""
    spec = _spec()
    if spec is None:
        shell.heading(_("By hand"), _("Every step of a small network in numbers: forward, back, and the new weights."))
        st.caption(_("There is no draft and no run yet. Choose an example and open it; then every step is shown here."))
        st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
        return
    name = shell.plain(spec.name or _("By hand"))
    if why := refusal(spec):
        shell.heading(name, _("Every step of a small network in numbers: forward, back, and the new weights."))
        st.info(f"{_('This run is not followed by hand.')} {shell.plain(why)}", icon=":material/info:")
        st.page_link(shell.MODEL, label=_("Change the model"), icon=":material/layers:", query_params=draft.address())
        return
    asking = by_hand_of(spec)
    found = job_answer.answer(asking)
    if found.result is None or found.job is None:
        shell.heading(name, _("Every step in numbers"))
        if found.error:
            job_answer.refused(asking, found.error)
        else:
            job_answer.wait(asking, _HEIGHT)
        return
    trace = _trace(found.job.id, found.job)
    with shell.heading(name, _summary(spec, trace)):
        by_hand_table.download(trace, spec)
    is_playing = by_hand_steps.is_playing(asking.key, trace.n)
    st.fragment(_live, run_every=_TICK_S if is_playing else None)(spec, trace, asking, is_playing)
    by_hand_table.panel(trace)


def link(spec: RunSpec) -> None:
    """Draw a link to the steps of ``spec`` where it is small enough for them; nothing otherwise."""
    if spec.model.layers and shapes.of(spec).is_known and not refusal(spec):
        label = _("By hand")
        st.page_link(shell.BY_HAND, label=label, icon=":material/calculate:", query_params=draft.address())


def refusal(spec: RunSpec) -> str:
    """Why ``spec`` is not followed by hand, as far as it is known; empty if it is."""
    facts: Facts | None
    try:
        facts = outline(spec.dataset)
    except DataError as error:
        return str(error)
    counted = shapes.of(spec) if spec.model.layers else None
    parameters = counted.parameters if counted is not None and counted.is_known and not counted.error else None
    return by_hand_refusal(spec, facts, parameters)


def _spec() -> RunSpec | None:
    of, run_id = draft.current(), watching.watched()
    if of is not None:
        return of.spec
    try:
        return reader.read(run_id).spec if run_id is not None else None
    except NotFoundError:
        return None


@functools.lru_cache(maxsize=8)  # by the job: its result is read and turned into arrays once
def _kept(job_id: str) -> list[Trace]:
    return []


def _trace(job_id: str, job: Job) -> Trace:
    kept = _kept(job_id)
    if not kept:
        kept.append(Trace(job.result))
    return kept[0]


def _summary(spec: RunSpec, trace: Trace) -> str:
    optimizer = spec.training.optimizer
    rate = by_hand_latex.plain_number(trace.step(0).rate)
    said = _("{optimizer}, learning rate {rate}, batches of {n}").format(
        optimizer=optimizer.kind, rate=rate, n=len(trace.step(0).x)
    )
    if trace.n < trace.total:
        said += " · " + _("the first {n} of {total} steps").format(n=f"{trace.n:,}", total=f"{trace.total:,}")
    return said


def _live(spec: RunSpec, trace: Trace, asking: Asking, was_playing: bool) -> None:
    """What changes from step to step."""
    if was_playing:
        by_hand_steps.play_on(asking.key, trace.n, time.time(), _TICK_S)
    if by_hand_steps.is_playing(asking.key, trace.n) != was_playing:
        st.rerun()  # the ticking begins or ends
    step = trace.step(by_hand_steps.at(asking.key, trace.n))
    if len(trace.layers) > 1:
        row = by_hand_steps.row(asking.key, len(step.x))
        by_hand_pictures.network(trace, step, row)
        main, side = st.columns(2, gap="medium")
        with main:
            _forward(spec, trace, step, row)
        with side:
            _back(spec, trace, step, row)
    else:
        main, side = st.columns([1.2, 1], gap="medium")
        with main:
            row = by_hand_steps.row(asking.key, len(step.x))
            by_hand_pictures.network(trace, step, row)
            _planes(trace, step)
        with side:
            _forward(spec, trace, step, row)
            _back(spec, trace, step, row)
    by_hand_steps.transport(asking.key, trace, step, is_playing=was_playing)


def _planes(trace: Trace, step: Step) -> None:
    is_line, has_way = by_hand_pictures.is_line(trace), "surface" in trace.answer
    if not is_line and not has_way:
        return
    columns = st.columns(2, gap="small") if is_line and has_way else [st.container(), st.container()]
    if is_line:
        with columns[0]:
            st.markdown(f"#### {_('The line after this step')}")
            by_hand_pictures.line(trace, step)
    if has_way:
        with columns[1]:
            st.markdown(f"#### {_('The way down the loss')}")
            by_hand_pictures.way(trace, step)


def _forward(spec: RunSpec, trace: Trace, step: Step, row: int) -> None:
    _formulas(_("Forward"), by_hand_formulas.forward(trace, step, row))
    _formulas(_("Loss"), by_hand_formulas.loss(spec, step, trace.layers[-1]["name"]))


def _back(spec: RunSpec, trace: Trace, step: Step, row: int) -> None:
    _formulas(_("Back"), by_hand_formulas.backward(trace, step, row))
    _formulas(_("New weights"), by_hand_formulas.update(trace, step))
    momentum = momentum_of(spec.training.optimizer.kind, spec.training.optimizer.args)
    if momentum is not None:
        said = _("{optimizer} remembers past gradients g; the convention of its momentum is {name}, with β = {beta}:")
        st.caption(said.format(optimizer=spec.training.optimizer.kind, name=momentum.name, beta=f"{momentum.beta:g}"))
        st.latex(momentum.rule)


def _formulas(title: str, lines: list[str]) -> None:
    st.markdown(f"#### {title}")
    size = r"\footnotesize " if shell.is_phone() else ""  # so that the longest line is not cut there
    st.latex(size + by_hand_latex.aligned(lines))
