"""Where and with what a run trained: versions, device, process, sizes, times, where it came from."""

import time
from collections.abc import Iterator

import streamlit as st

from playground.locale.text import _
from playground.specs.run_spec import FULL
from playground.ui import device, run_words
from playground.ui.reader import View
from playground.ui.shell import plain

_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow", "python": "Python", "numpy": "NumPy"}


def panel(view: View) -> None:
    """Draw the facts as a table, and how busy the device was."""
    left, right = st.columns([2, 1], gap="medium")
    with left:
        rows = [{"": name, _("Value"): plain(value)} for name, value in facts(view)]
        st.table(rows, border="horizontal", hide_index=True)
    with right:
        device.panel(view.run)


def facts(view: View) -> Iterator[tuple[str, str]]:
    """What is known, a name and a value each."""
    run, spec = view.run, view.spec
    for name, version in run.versions.items():
        yield _LIBRARIES.get(name, name), str(version)
    start = next((note.data.get("start") for note in view.notes if note.kind == "started"), None)
    known = (
        (_("Device"), run.device),
        (_("Place"), run.slot),
        (_("Machine"), run.machine),
        (_("Process"), f"{run.pid}" if run.pid else None),
        (_("Started by"), start),
        (_("Precision"), spec.training.precision if spec.training.precision != FULL else FULL),
        (_("Seed"), f"{spec.seed}"),
        (_("Settings' digest"), run.digest),
        (_("Parameters"), f"{run.parameters:,}" if run.parameters is not None else None),
        (_("Samples"), _samples(view)),
        (_("Batches an epoch"), f"{run.steps_per_epoch:,}" if run.steps_per_epoch else None),
        (_("Asked for"), _when(run.created_at)),
        (_("Started"), _when(run.started_at)),
        (_("Ended"), _when(run.ended_at)),
        (_("Training alone"), run_words.exact(run.seconds) if run.started_at else None),
        (_("Speed"), run_words.batches_speed(run.steps_per_s) if run.steps_per_s else None),
        (_("Goes on from the run"), run.from_run),
        (_("Repeats the run"), run.follows),
    )
    yield from ((name, str(value)) for name, value in known if value)


def _samples(view: View) -> str:
    run = view.run
    parts = {_("training"): run.n_train, _("validation"): run.n_validation, _("test"): run.n_test}
    return ", ".join(f"{count:,} {name}" for name, count in parts.items() if count)


def _when(at: float | None) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S %Z", time.localtime(at)) if at else ""
