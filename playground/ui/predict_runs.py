"""Which trained network is asked: a run that has kept weights, and of which epoch."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.locale.text import _
from playground.runs import NotFoundError, Run
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import draft, engine, ids, lab_fields, reader, shell, watching
from playground.ui.reader import Note, View
from playground.ui.run_names import run_names

_KEY = "predict-run"
_SHOWN = 60
_KINDS = ("best", "last")
_WEIGHTS = "weights"


@dataclass(frozen=True)
class Chosen:
    """The network that is asked.

    Attributes:
        run: whose it is.
        spec: of the run.
        which: the weights: ``best`` or ``last``.
        epoch: the epoch that these are of.
    """

    run: Run
    spec: RunSpec
    which: str
    epoch: int


def choose(row: DeltaGenerator) -> Chosen | None:
    """Draw the choice of the run in the heading's ``row``; ``None`` where nothing is trained, and the page says so.

    The watched run comes first, which the address names, then the newest of this draft, then the newest of all.
    """
    runs = _runs()
    if not runs:
        _nothing()
        return None
    names = run_names(runs)
    with row:
        st.selectbox(
            _("Run"),
            list(names),
            format_func=names.__getitem__,
            index=0,
            key=f"{_KEY}-{runs[0].id}",
            label_visibility="collapsed",
            width=280,
            on_change=_watch,
            args=(f"{_KEY}-{runs[0].id}",),
        )
    run = runs[0]
    view = reader.read(run.id)
    kept = _kept(view)
    if not kept:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{_('This run has kept no weights yet')}**")
            st.caption(_("They are written at the end of an epoch. Choose another run, or wait for its first epoch."))
        return None
    words = {"best": _("Best epoch"), "last": _("Last epoch")}
    options = {kind: f"{words[kind]} ({_epoch(kept[kind])})" for kind in _KINDS if kind in kept}
    which = next(iter(options))
    if len(options) > 1:
        with row:
            which = lab_fields.part(_("Weights"), options, _WEIGHTS)
    if not run.is_ended:
        st.caption(_("It is still training: every answer is that of the newest weights it has kept."))
    found = kept[which]
    return Chosen(run, view.spec, which, _epoch(found))


def _runs() -> Sequence[Run]:
    """The runs that can be asked, the one that is chosen first."""
    store, owner = engine.client().store, settings().owner
    found = [run for run in store.runs.find(owner=owner, limit=_SHOWN, has_binned=False) if run.epoch > 0]
    of_draft = set(watching.runs())
    watched = watching.watched()
    if watched and watched not in {run.id for run in found}:
        try:
            found.append(store.runs.run(watched))
        except NotFoundError:
            ids.forget(ids.RUN)
    return sorted(found, key=lambda run: (run.id != watched, run.id not in of_draft))


def _kept(view: View) -> dict[str, Note]:
    """The weights that a run has kept, by which they are: what it told when it wrote them."""
    folder = settings().run_dir(view.run.id)
    told = {note.data.get("which"): note for note in view.notes if note.kind == "checkpoint"}
    return {which: told[which] for which in _KINDS if which in told and (folder / told[which].data["file"]).exists()}


def _epoch(of: Note) -> int:
    return int(of.data.get("epoch", 0))


def _watch(key: str) -> None:
    run_id = draft.widget(key)
    if isinstance(run_id, str):
        watching.watch(run_id)


def _nothing() -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{_('Nothing trained yet')}**")
        st.caption(_("Train a network first; then draw, type or upload something here and see what it answers."))
        st.page_link(shell.TRAIN, label=_("Go to Train"), icon=":material/play_circle:", query_params=draft.address())
