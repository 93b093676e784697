"""The card at the side of a run that has ended: its test result beside a baseline, or why it ended early."""

import functools
from collections import deque
from pathlib import Path

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.runs import Draft, Run
from playground.runs.noise import noise
from playground.runs.verdict_words import answer
from playground.settings import settings
from playground.ui import going_on, listing, run_words
from playground.ui.doing import where
from playground.ui.reader import View
from playground.ui.shell import plain

_LOG_LINES = 100
_LOG_BYTES = 100_000


def panel(view: View, of: Draft | None = None) -> None:
    """Draw the card that fits how the run ended, and the way on from there; nothing while it goes on.

    Args:
        view: the run.
        of: the draft that it is a run of.
    """
    match view.run.state:
        case "finished" | "stopped" if view.run.test:
            _test(view)
        case "stopped" if view.notes[-1].data.get("request") is None:
            _stopped(view.run)  # by a limit: who pressed Stop knows why
        case "failed" | "lost":
            _failed(view.run)
    if of is not None and view.run.state in ("finished", "stopped"):
        going_on.beside(view, of)


def _test(view: View) -> None:
    run = view.run
    with st.container(border=True, gap="xsmall", key="result"):
        st.markdown(f"#### {_('Result on the test part')}")
        for name, value in run.test.items():
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                st.markdown(run_words.first_upper(plain(run_words.metric(name))), width="stretch")
                st.markdown(f"**{run_words.value(value)}**", width="content")
        for words in _meaning(view):
            st.caption(words)


def _meaning(view: View) -> list[str]:
    """What the test result means: beside an answer that looks at nothing, and how far chance moves it."""
    run = view.run
    said = []
    shared = [name for name in run.test if name in run.baseline and name != "loss"]
    for name in shared[:1] or [name for name in run.test if name in run.baseline][:1]:
        score = run_words.value(run.baseline[name])
        if _is_classes(view) and run.baseline_answer != "symbol":
            said.append(_("Always answering the most frequent class would score {score}.").format(score=score))
        else:
            known = run_words.first_upper(answer(run.baseline_answer or "mean"))
            words = _("{answer} would give {metric} {score}.")
            said.append(words.format(answer=known, metric=run_words.metric(name), score=score))
    if run.baseline_answer == "symbol":
        said.append(_("Every symbol of an answer counts by itself."))
    share = next((value for name, value in run.test.items() if name.endswith("accuracy")), None)
    if share is not None and run.n_test and 0 <= share <= 1:
        about = f"{noise(share, run.n_test):.3f}"
        said.append(
            _("With {n} test samples, chance alone moves the accuracy by about ± {about}.").format(
                n=f"{run.n_test:,}", about=about
            )
        )
    return said


def _is_classes(view: View) -> bool:
    entry = catalog.entry("losses", view.spec.training.loss.kind)
    return entry is not None and "regression" not in entry.tasks


def _stopped(run: Run) -> None:
    if not run.reason:
        return
    with st.container(border=True, gap="xsmall", key="result"):
        st.markdown(f"#### {_('Stopped')}")
        st.caption(plain(_(run.reason)))


def _failed(run: Run) -> None:
    with st.container(border=True, gap="xsmall", key="result"):
        icon = ":orange[:material/link_off:]" if run.state == "lost" else ":red[:material/error:]"
        st.markdown(f"#### {icon} {_title(run)}")
        st.markdown(plain(run.error or _("No reason was recorded.")))
        last = run_log(settings().run_dir(run.id) / "log.txt")
        if last:
            with st.expander(_("Show log"), type="compact"):
                listing.panel(last, 240)
        else:
            st.caption(_("The run wrote no log."))


def _title(run: Run) -> str:
    if run.state == "lost":
        return _("The run was lost {where}").format(where=where(run, run.step)) if run.step else _("The run was lost")
    match run.phase:
        case "preparing":
            return _("The data could not be prepared")
        case "building":
            return _("The model could not be built")
        case "testing":
            return _("The test could not be computed")
    return _("Failed {where}").format(where=where(run, run.step)) if run.step else _("The run could not start")


@functools.lru_cache(maxsize=32)  # shown for runs that have ended, whose log stands still
def run_log(path: Path) -> str:
    """The last 100 lines of a log, read from its end; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _LOG_BYTES))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return "\n".join(deque(text.splitlines(), _LOG_LINES))
