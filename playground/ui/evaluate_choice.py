"""Which run is evaluated, with which of its weights, and on which part of its data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from playground.engine.asked import Asking, evaluation_of
from playground.locale.text import _, ngettext
from playground.runs import ENDED, NotFoundError, Run
from playground.runs.openings import open_test, opened
from playground.settings import settings
from playground.ui import draft, engine, ids, lab_fields, reader, shell, watching
from playground.ui.reader import View
from playground.ui.run_names import run_names

PART, WEIGHTS = "part", "weights"
_LISTED = 12


@dataclass(frozen=True, eq=False)
class Chosen:
    """What is evaluated.

    Attributes:
        view: the run.
        part: ``validation``, ``test``, or ``train`` where there is neither.
        which: ``best`` or ``last``.
        epoch: whose weights these are.
        asking: the evaluation as the engine is asked for it.
    """

    view: View
    part: str
    which: str
    epoch: int
    asking: Asking


class Missing(NamedTuple):
    """What a page says while there is no run that it could look at."""

    title: str
    words: str
    still_training: str


def run(missing: Missing) -> View | None:
    """The run to look at, which has ended and kept weights; ``None`` where there is none, and the page says why."""
    view = _run()
    if view is None:
        _nothing(missing.title, missing.words)
    elif not view.run.is_ended:
        _nothing(_("This run is still training"), missing.still_training, view)
    elif not checkpoints(view):
        _nothing(_("This run has kept no weights"), _("It ended before its first epoch was complete."), view)
    else:
        return view
    return None


def _nothing(title: str, words: str, view: View | None = None) -> None:
    shell.heading(title, words)
    if view is None:
        st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
        return
    query = draft.address() | {"run": view.run.id}
    st.page_link(shell.TRAIN, label=_("Look at the run"), icon=":material/play_circle:", query_params=query)


def _run() -> View | None:
    """The watched run, else the draft's, else the newest that has kept weights."""
    of = draft.current()
    for run_id in (watching.watched(), of.run_id if of else None):
        if run_id is not None:
            try:
                return reader.read(run_id)
            except NotFoundError:
                continue
    found = [each for each in _ended() if each.epoch]
    return reader.read(found[0].id) if found else None


def choose_run(view: View) -> None:
    """Draw the choice of the run."""
    others = [each for each in _ended() if each.epoch and each.id != view.run.id]
    names = run_names([view.run, *others[:_LISTED]])
    key = f"evaluated-{view.run.id}"
    st.selectbox(
        _("Run"),
        list(names),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=280,
        key=key,
        on_change=_watch,
        args=(key,),
    )


def checkpoints(view: View) -> Mapping[str, tuple[int, int]]:
    """By ``best`` and ``last``, the epoch and the step of the weights that the run has kept."""
    found = {}
    for note in view.notes:
        which = note.data.get("which")
        if note.kind == "checkpoint" and which in ("best", "last"):
            found[which] = (int(note.data.get("epoch", 0)), int(note.data.get("step", 0)))
    return {which: found[which] for which in ("best", "last") if which in found}


def choose(view: View) -> Chosen | None:
    """Draw the choice of part and weights; ``None`` where the test part is still closed."""
    kept = checkpoints(view)
    counts = {"validation": view.run.n_validation, "test": view.run.n_test, "train": view.run.n_train}
    words = {"validation": _("Validation"), "test": _("Test"), "train": _("Training")}
    parts = {part: words[part] for part in ("validation", "test") if counts[part]} or {"train": words["train"]}
    names = {"best": _("Best epoch, {n}"), "last": _("Last epoch, {n}")}
    weights = {which: names[which].format(n=f"{epoch:,}") for which, (epoch, _step) in kept.items()}
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="evaluate-choice"):
        part = lab_fields.part(_("Part of the data"), parts, PART)
        which = lab_fields.part(_("Weights"), weights, WEIGHTS)
        times = opened(engine.client().store, view.run.id)
        if times:
            said = ngettext("The test part was opened once.", "The test part was opened {n} times.", times)
            st.caption(said.format(n=times), width="content")
    if part == "test" and not (times and draft.get(_open_key(view.run.id), False)):
        _closed(view.run)
        return None
    epoch, step = kept[which]
    return Chosen(view, part, which, epoch, evaluation_of(view.run.id, which, step, part))


def part_words(part: str) -> str:
    """A part as an adjective."""
    return {"train": _("training"), "validation": _("validation"), "test": _("test")}[part]


def _closed(run: Run) -> None:
    with st.container(border=True, gap="small", key="test-closed"):
        st.markdown(f"#### {_('The test part is closed')}")
        st.markdown(
            _(
                "It stands for rows that nobody has seen. Who looks at it and then changes the network has begun to "
                "learn from it, and its result says a little less each time. Decide by the validation part; open this "
                "one at the end."
            )
        )
        st.button(_("Open the test part"), icon=":material/lock_open:", key="open-test", on_click=_open, args=(run.id,))


def _open(run_id: str) -> None:
    open_test(engine.client().store, run_id)
    draft.put(_open_key(run_id), True)


def _open_key(run_id: str) -> str:
    return f"test-open-{run_id}"


def _watch(key: str) -> None:
    run_id = draft.widget(key)
    if run_id is not None:
        ids.forget(ids.DRAFT)
        watching.watch(run_id)


def _ended() -> list[Run]:
    return list(
        engine.client().store.runs.find(states_in=ENDED, owner=settings().owner, limit=2 * _LISTED, has_binned=False)
    )
