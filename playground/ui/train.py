"""Train: the settings of the draft, and the live view of one run."""

import streamlit as st

from playground.locale.text import _
from playground.runs import Draft, NotFoundError
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.problems import Problem
from playground.ui import (
    about,
    adjust_next,
    before,
    beside,
    by_hand,
    crowd,
    curves,
    device,
    doctor,
    downloads,
    draft,
    earlier,
    ending,
    engine,
    happened,
    live_view,
    numbers,
    obstacles,
    planned,
    question,
    reader,
    result,
    settings_panel,
    share,
    shell,
    stepper,
    transport,
    verdict,
    watching,
)
from playground.ui.earlier import Runs
from playground.ui.reader import View

_COLUMNS = (2.6, 1)  # the side has room for the longest name of a loss
_TOLD = 4  # ticks after which the side is told anew: it costs as much as a tick


def panel() -> None:
    """Draw the draft with the run that is watched, else with its last run, else ready to start.

    A run that is not the draft's stands alone; without draft and run the newest run is shown, and where there is none
    at all, the way to the first.
    """
    of = draft.current()
    run_id = watching.watched() or (of.run_id if of else None)
    if run_id is None and of is None:
        if "draft" in draft.address():
            _nothing(_("There is no such draft"), _("It may have been deleted, or the address has a typing error."))
            return
        run_id = _newest()
    if run_id is None and of is None:
        _nothing(
            _("Nothing trained yet"),
            _("A run appears here with its curves while it trains. Examples train in seconds."),
        )
        return
    try:
        view = reader.read(run_id) if run_id is not None else None
    except NotFoundError:
        _nothing(_("There is no such run"), _("It may have been deleted, or the address has a typing error."))
        return
    crowd.come(view.run.id if view is not None else "")
    if view is not None:
        watching.watch(view.run.id)
        if of is not None and view.run.id not in (of.run_id, *watching.runs()):
            of = None
    if of is not None:
        _of_draft(of, view or planned.view(of))
    elif view is not None:
        _alone(view)


def _of_draft(of: Draft, view: View) -> None:
    """A draft with one of its runs, or with none yet."""
    found, is_new = obstacles.found(of.spec), not view.run.id
    with shell.heading(shell.plain(of.spec.name or _("Train")), about.summary(view)):
        _take_away(of.spec, None if is_new else view)
    is_fitting = not is_new and (not view.run.is_ended or view.run.digest == of.spec.digest)
    stepper.panel(of, "fit" if is_fitting else "compile")
    if words := draft.told():
        st.warning(shell.plain(words), icon=":material/info:")
    if shell.is_phone():  # there the side comes last, and what is to be done next would be out of sight
        question.panel(view, of)
        settings_panel.panel(of, found, is_folded=not is_new, is_going=not is_new and not view.run.is_ended)
    main, side = st.columns(_COLUMNS, gap="medium")
    with side:
        _aside(view, of, found)
    with main:
        _ticking(view, of, found, earlier.beside(view))


def _alone(view: View) -> None:
    """A run without its draft: one that somebody else linked to, or whose draft has been deleted."""
    with shell.heading(shell.plain(view.run.name or _("Run")), about.summary(view)):
        st.button(
            _("Change a copy"), icon=":material/edit:", key="copy", on_click=_copy, args=(adjust_next.standing(view),)
        )
        _take_away(view.spec, view)
    main, side = st.columns(_COLUMNS, gap="medium")
    with side:
        _aside(view, None, ())
    with main:
        _ticking(view, None, (), Runs())


def _take_away(spec: RunSpec, view: View | None) -> None:
    # A container of their own: where they wrap, all do.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="take-away"):
        by_hand.link(spec)
        if view is not None:
            downloads.panel(view)
        share.control(spec, view.run.id if view is not None else "")


def _aside(view: View, of: Draft | None, found: tuple[Problem, ...]) -> None:
    is_new = not view.run.id
    is_going = not is_new and not view.run.is_ended
    if not shell.is_phone():
        question.panel(view, of)
    if not question.holds_back(view, of):
        result.panel(view, of)
        verdict.panel(view, of, is_explained=doctor.panel(view, of))
        beside.panel(view)
    if of is not None and not shell.is_phone():
        settings_panel.panel(of, found, is_folded=is_going, is_going=is_going)
    if not is_new:
        st.fragment(_told, run_every=_TOLD * crowd.interval_s() if is_going else None)(view.run.id)
        ending.panel(view)
    elif of is not None:
        before.panel(of)


def _told(run_id: str) -> None:
    """What the side says of a run while it goes on, apart from the settings: these are not drawn at every tick."""
    view = reader.read(run_id, crowd.older_s())
    device.panel(view.run)
    happened.panel(view)


def _ticking(view: View, of: Draft | None, found: tuple[Problem, ...], beside: Runs) -> None:
    can_start = not view.run.id or view.run.is_ended
    is_waiting = can_start and of is not None and not obstacles.is_settled(of.spec)
    is_live = is_waiting or (bool(view.run.id) and not view.run.is_ended)
    live = st.fragment(_tick, run_every=crowd.interval_s() if is_live else None)
    live(view, of, found, beside, is_waiting=is_waiting)
    if view.run.id or not any(problem.is_blocking for problem in found):  # what cannot run may have no code
        about.panel(view)


def _tick(view: View, of: Draft | None, found: tuple[Problem, ...], beside: Runs, *, is_waiting: bool) -> None:
    is_going = bool(view.run.id) and not view.run.is_ended
    if is_going and crowd.comes(view.run.id):
        st.rerun()  # the whole page, with another pace
    many = crowd.of(view.run.id)
    with many.costing():
        _live(view, of, found, beside, is_waiting=is_waiting)
    if is_going and crowd.is_slow():
        words = _("{n} people watch this run: it is drawn anew every {seconds} seconds.")
        st.caption(words.format(n=many.size, seconds=f"{crowd.kept_pace_s():g}"))


def _live(view: View, of: Draft | None, found: tuple[Problem, ...], beside: Runs, *, is_waiting: bool) -> None:
    """What changes while a run goes on, drawn again at every tick.

    Args:
        view: the run as the rest of the page was drawn with it.
        of: the draft, if the run is one of its runs.
        found: the draft's problems.
        beside: the draft's other runs.
        is_waiting: whether the page was drawn before Keras had said all about the draft.
    """
    was, drawn = view, view.run
    if drawn.id:
        view = reader.read(drawn.id, crowd.older_s())
        if view.run.is_ended != drawn.is_ended or watching.watched() != drawn.id:
            st.rerun()  # the whole page: the ticking ends, or another run was started here
        if _turns(view) != _turns(was) and crowd.may_redraw(drawn.id):
            st.rerun()  # the heading knows more, or there is something to say
    if is_waiting and of is not None and obstacles.is_settled(of.spec):
        st.rerun()  # the engine is there now, and has counted
    if drawn.id:
        ending.title(view.run)
    numbers.panel(view)
    curves.panel(view, beside)
    live_view.panel(view)
    can_start = of is not None and (view.run.is_ended or not drawn.id)
    transport.panel(view, of, (*found, *obstacles.over_memory(of.spec)) if of is not None and can_start else found)
    if of is not None and transport.start():
        st.rerun()


def _turns(view: View) -> tuple[object, ...]:
    """What decides how the parts of the page that do not tick look."""
    return view.run.parameters is not None, doctor.identity(view)


def _copy(spec: RunSpec) -> None:
    draft.new(spec)


def _newest() -> str | None:
    runs = engine.client().store.runs.find(owner=settings().owner, limit=1)
    return runs[0].id if runs else None


def _nothing(title: str, words: str) -> None:
    shell.heading(title, words)
    st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
    newest = _newest()
    if newest is not None:
        query = {"run": newest}
        st.page_link(shell.TRAIN, label=_("Open your newest run"), icon=":material/play_circle:", query_params=query)
