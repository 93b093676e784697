"""What a draft would take if it were started now: seconds, memory, and the wait for a place."""

from typing import NamedTuple

import streamlit as st

from playground.data import DataError, outline
from playground.engine.device import device as next_device
from playground.locale.text import _
from playground.runs import Draft, Run
from playground.runs.estimate import Estimate, Plan, estimate
from playground.settings import Settings, settings
from playground.specs import RunSpec
from playground.specs.rules.memory import in_words
from playground.ui import costs, device, doing, engine, run_words, shapes
from playground.ui.shell import plain

_EARLIER = 200


class Needs(NamedTuple):
    """What a run would take.

    Attributes:
        device: where it would train, in words.
        time: about how long, ``None`` while nobody knows.
        peak_bytes: the most memory that a training step takes, estimated; ``None`` while it is not counted.
        memory_bytes: what there is for it.
    """

    device: str
    time: Estimate | None
    peak_bytes: int | None
    memory_bytes: int


def panel(of: Draft) -> None:
    """Draw the card; nothing while the layers do not fit together."""
    found = needs(of.spec)
    if found is None:
        return
    with st.container(border=True, gap="xsmall", key="before"):
        st.markdown(f"#### {_('Before you start')}")
        st.markdown(plain(found.device))
        for words in (_time(found, of.spec.training.epochs), _memory(found), _wait()):
            if words:
                st.caption(words)


def plan(spec: RunSpec) -> str:
    """What a run of ``spec`` would do and take, as Markdown in one line: ``20 epochs of 40 batches, about 4 s``."""
    said, found = doing.plan(spec), needs(spec)
    if found is None or found.time is None:
        return said
    words = _("{plan}, {duration} on {device}")
    return words.format(plan=said, duration=_short(found.time.seconds), device=plain(found.device))


def needs(spec: RunSpec) -> Needs | None:
    """What a run of ``spec`` would take; ``None`` while its layers do not fit together, or its rows are not known."""
    try:
        rows = outline(spec.dataset).n_train
    except DataError:
        return None
    known = shapes.of(spec) if spec.model.layers else None
    if known is None or not known.is_known or known.error or not rows:
        return None
    cost = costs.joined(spec, known).cost
    where = next_device(settings())
    wanted = Plan(
        device=where.name,
        parameters=known.parameters,
        n_train=rows,
        batch_size=spec.training.batch_size,
        epochs=spec.training.epochs,
        multiply_adds=None if cost is None else cost.multiply_adds,
    )
    peak = None if cost is None else cost.on(where).peak_bytes(spec.training.batch_size)
    return Needs(where.name, estimate(wanted, _earlier(settings())), peak, where.memory_bytes)


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def _earlier(of: Settings) -> list[Run]:
    return list(engine.client().store.runs.find(states_in={"finished", "stopped"}, limit=_EARLIER))


def _time(found: Needs, epochs: int) -> str:
    if found.time is None:
        return ""
    words = _("{epoch} an epoch, {all} for all {n}") if epochs > 1 else _("{epoch} an epoch")
    said = words.format(
        epoch=run_words.first_upper(_short(found.time.epoch_s)), all=_short(found.time.seconds), n=f"{epochs:,}"
    )
    why = _("as measured on earlier runs") if found.time.is_measured else _("guessed from its multiply-adds")
    return f":material/timer: {said}, {why}."


def _short(seconds: float) -> str:
    """An estimated time; below a second with one digit, as epochs are short."""
    if seconds >= 1:
        return run_words.duration(seconds)
    return _("about {n} ms").format(n=f"{float(f'{seconds * 1000:.1g}'):g}")


def _memory(found: Needs) -> str:
    if found.peak_bytes is None:
        return ""
    words = _("About {peak} of memory for a training step, of {there}.")
    return f":material/memory: {words.format(peak=in_words(found.peak_bytes), there=in_words(found.memory_bytes))}"


def _wait() -> str:
    of = device.now()
    if not of.waiting and len(of.holders) < of.places:
        return f":material/check: {_('A place is free: it would start at once.')}"
    nth = run_words.ordinal(len(of.waiting) + 1)
    words = _("All {n} places are taken: it would be {nth} in line").format(n=of.places, nth=nth)
    if of.next_s is not None:
        words += ", " + run_words.duration(of.next_s)
    return f":material/schedule: {words}."
