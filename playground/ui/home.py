"""Home: what is going on, the examples, the drafts and the last runs."""

from typing import Literal

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.settings import settings
from playground.ui import drafts, engine, examples, last_runs, run_words, share, shell, showcase

_TICK_S = 1.0
_STRIPS = 4
_WORDS_PX = 500


def panel() -> None:
    """Draw the page. When an example was chosen, start it and go to its live view.

    Where a share link or a file led here, only what it holds is shown.
    """
    if share.panel():
        return
    with shell.heading(_("Pick something to learn"), _("Choose an example, press Run and watch the network learn.")):
        share.open_file()
        drafts.new_button()
    unfinished = _unfinished()
    going = st.fragment(_going, run_every=_TICK_S if unfinished else None)
    going([run.id for run in unfinished])
    if not unfinished:
        showcase.panel()
    examples.panel()
    drafts.panel()
    last_runs.panel(is_busy=bool(unfinished))
    examples.start()


def _unfinished() -> list[Run]:
    """The runs that train or wait, the oldest first."""
    states = {"queued", "running", "paused"}
    return list(engine.client().store.runs.find(states_in=states, owner=settings().owner, oldest_first=True))


def _going(known: list[str]) -> None:
    """The strip of what is going on, drawn again at every tick; ``known`` are the runs the page was drawn with."""
    runs = _unfinished()
    if [run.id for run in runs] != known:
        st.rerun()  # the whole page: a run has ended or begun, so the list below and the ticking change too
    if not runs:
        return
    links = last_runs.addresses(runs)
    with st.container(border=True, gap="small" if shell.is_phone() else "xsmall", key="going"):
        for run in runs[:_STRIPS]:
            _strip(run, links[run.id])
        if more := runs[_STRIPS:]:
            with st.expander(ngettext("{n} more", "{n} more", len(more)).format(n=len(more)), type="compact"):
                for run in more:
                    _strip(run, links[run.id])


def _strip(run: Run, address: dict[str, str]) -> None:
    if shell.is_phone():
        _words(run, "stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _bar(run, address)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _words(run, _WORDS_PX)  # of one width in all rows, so that the bars below each other begin at one line
        _bar(run, address)


def _words(run: Run, width: int | Literal["stretch"]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width=width):
        st.markdown(f"{run_words.badge(run.state)} &ensp;**{shell.plain(run.name)}**", width="content")
        st.caption(_doing(run), width="content")


def _bar(run: Run, address: dict[str, str]) -> None:
    st.progress(run.progress, width="stretch")
    st.page_link(
        shell.TRAIN,
        label=_("Watch it learn"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=address,
    )


def _doing(run: Run) -> str:
    if run.state == "queued":
        return _waiting(run)
    words = {
        "preparing": _("preparing the data"),
        "building": _("building the model"),
        "testing": _("computing the test result"),
    }
    if run.phase != "training":
        return words.get(run.phase or "", _("starting"))
    epoch = min(run.epoch + 1, run.epochs)
    where = _("epoch {epoch} of {epochs}").format(epoch=f"{epoch:,}", epochs=f"{run.epochs:,}")
    said = [where, *last_runs.result(run)]
    return " · ".join(said)


def _waiting(run: Run) -> str:
    place = engine.client().place(run.id)
    if place is None:
        return _("starting")
    if place.preparing:
        return _("preparing the data")
    said = [_("{nth} in line").format(nth=run_words.ordinal(place.position))]
    if place.waiting_s is not None:
        said.append(run_words.duration(place.waiting_s))
    return " · ".join(said)
