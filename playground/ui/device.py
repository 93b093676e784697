"""The card that says where a run trains, with what, and how busy that is; before the start, what the run would take."""

import numpy as np
import streamlit as st

from playground.charts.load import HEIGHT, load_chart
from playground.engine import load
from playground.engine.client import SHOWCASE
from playground.engine.line import Line, line
from playground.engine.load import Load
from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.settings import Settings, settings
from playground.specs.rules.memory import in_words
from playground.ui import engine, reading, run_words
from playground.ui.shell import plain

_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow", "python": "Python"}
_SHOWN = 3


def panel(run: Run) -> None:
    """Draw the card: the queue while the run waits, the device from when it has one."""
    if run.state == "queued":
        _queue(run, now())
        return
    if run.device is None:
        return
    with st.container(border=True, gap="xsmall", key="device"):
        with st.container(gap="xxsmall"):
            st.markdown(f"#### {_('Device')}")
            st.markdown(plain(run.device))
        busy = load.read(settings().run_dir(run.id))
        if busy is not None:
            _busy(busy, is_going=not run.is_ended)
        if not run.is_ended:
            _places(now())
        with st.container(gap="xxsmall"):
            _facts(run)


def now() -> Line:
    """Who holds the places and who waits, at most a second old."""
    return _line(settings())


@st.cache_data(ttl=1, max_entries=8, show_spinner=False)
def _line(of: Settings) -> Line:
    return line(engine.client().store, of, passed_over=SHOWCASE)


def _busy(busy: Load, *, is_going: bool) -> None:
    """Lines of what was measured, each under its number: of now while the run goes on, else of the whole run."""
    use, memory = ("gpu", "gpu_memory") if "gpu" in busy.samples else ("cpu", "memory")
    if use in busy.samples:
        values = busy.samples[use]
        said = busy.now.get(use, 0.0) if is_going else float(np.nanmean(values))
        words = _("Use {share}") if is_going else _("Use {share} on average")
        _drawn(words.format(share=f"{said:.0%}"), "load-use", busy, use, 1.0)
    if memory in busy.samples:
        values, total = busy.samples[memory], busy.total.get(memory)
        said = busy.now.get(memory, 0.0) if is_going else float(np.nanmax(values))
        words = _("Memory {size} of {total}") if is_going else _("Memory {size} of {total} at most")
        if total is None:
            words = _("Memory {size}")
        size = in_words(said)
        _drawn(
            words.format(size=size, total=in_words(total or 0.0)),
            "load-memory",
            busy,
            memory,
            2 * float(np.nanmax(values)),
        )
    parts = [
        _("{n} °C").format(n=f"{busy.now['temperature']:.0f}") if "temperature" in busy.now else "",
        _("{n} W").format(n=f"{busy.now['power']:.0f}") if "power" in busy.now else "",
    ]
    if is_going and any(parts):
        st.caption(" · ".join(filter(None, parts)))


def _drawn(words: str, key: str, busy: Load, name: str, highest: float | None) -> None:
    with st.container(gap=None):
        st.caption(words)
        if len(busy.seconds) > 1:
            st.echarts_chart(
                load_chart(busy.seconds, busy.samples[name], highest), height=HEIGHT, key=key, alt=f"{words}."
            )


def _places(of: Line) -> None:
    if of.places > 1 or of.waiting:
        said = [_("{n} of {places} places taken").format(n=len(of.holders), places=of.places)]
        if of.waiting:
            more = ngettext("{n} run waits", "{n} runs wait", len(of.waiting))
            said.append(more.format(n=len(of.waiting)))
        st.caption(" · ".join(said))
    if of.waiting:
        words = _("Next in line: *{name}*").format(name=plain(of.waiting[0].name or _("Run")))
        if of.waits_s[0] is not None:
            words += ", " + run_words.duration(of.waits_s[0])
        st.caption(f":material/schedule: {words}")


def _queue(run: Run, of: Line) -> None:
    """What holds the places while ``run`` waits, and who is before it."""
    ids = [each.id for each in of.waiting]
    if run.id not in ids or not of.holders:
        return  # it starts in this moment, or its data is being prepared
    at = ids.index(run.id)
    with st.container(border=True, gap="xsmall", key="queue"):
        st.markdown(f"#### {_('In line')}")
        st.caption(_wait(of, at))
        for holder in of.holders[:_SHOWN]:
            left = run_words.duration(holder.left_s) if holder.left_s is not None else ""
            words = _("{left} left").format(left=left) if left and holder.state == "running" else ""
            if holder.state == "paused":
                words = _("paused")
            st.progress(holder.progress, text=" · ".join(filter(None, [f"*{plain(holder.name)}*", words])))
        if len(of.holders) > _SHOWN:
            st.caption(_("and {n} more").format(n=len(of.holders) - _SHOWN))
        if at:
            before = ngettext("{n} run waits before it.", "{n} runs wait before it.", at)
            st.caption(before.format(n=at))


def _wait(of: Line, at: int) -> str:
    """When the run at position ``at`` starts, as far as that can be said."""
    wait = of.waits_s[at]
    if wait is not None:
        return _("It starts in {duration}.").format(duration=run_words.duration(wait))
    lefts = [run.left_s for run in of.holders if run.state == "running"]
    known = [left for left in lefts if left is not None]
    if lefts and len(known) == len(lefts):
        words = _("It starts in {duration} at the earliest: nobody knows yet how long all before it take.")
        return words.format(duration=run_words.duration(min(known)))
    return _("How long it waits cannot be said yet.")


def _facts(run: Run) -> None:
    versions = [f"{name} {run.versions[key]}" for key, name in _LIBRARIES.items() if key in run.versions]
    if versions:
        st.caption(plain(" · ".join(versions)))
    parts = {_("training"): run.n_train, _("validation"): run.n_validation, _("test"): run.n_test}
    counts = [f"{count:,} {name}" for name, count in parts.items() if count]
    if counts:
        st.caption(_("Samples: {counts}").format(counts=", ".join(counts)))
    if said := reading.words(run):
        st.caption(plain(said))
