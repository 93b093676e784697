"""A race to watch: the curves together, the ranking, and what can be done with all at once."""

import contextlib
from collections.abc import Sequence

import streamlit as st

from playground.engine import comparisons
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Comparison, Draft, EndedError, NotFoundError
from playground.runs.race import Placed
from playground.specs import RunSpec
from playground.ui import (
    compare_curves,
    compare_words,
    comparing,
    draft,
    engine,
    ids,
    race_table,
    race_words,
    reader,
    run_words,
    segments,
    shell,
)
from playground.ui.compare_words import Shown

_TICK_S = 0.5
_REFUSED = "race-refused"


def panel(comparison: Comparison, of: Draft | None) -> None:
    """Draw a race, again at every tick while it goes on.

    Args:
        comparison: the race.
        of: the draft that the winner can be taken into.
    """
    is_going = compare_words.is_going(runs_of(comparison))
    st.fragment(_live, run_every=_TICK_S if is_going else None)(comparison, of, is_going)


def _live(comparison: Comparison, of: Draft | None, was_going: bool) -> None:
    shown = runs_of(comparison)
    is_going = compare_words.is_going(shown)
    if not shown or is_going != was_going or ids.remembered(ids.RACE) != comparison.id:
        st.rerun()  # the whole page: the ticking ends, or another race was started
    seeds = sorted({each.view.spec.seed for each in shown})
    heats = [[each.view.run for each in shown if each.view.spec.seed == seed] for seed in seeds]
    compare_curves.panel(comparison, _of_seed(comparison, shown, seeds))
    found = race_table.panel(shown, compare_curves.chosen(comparison), is_going=is_going)
    checked = race_words.fair(heats)
    if checked:
        st.markdown(f":small[{checked}]")
    _transport(comparison, of, shown, found)


def _of_seed(comparison: Comparison, shown: tuple[Shown, ...], seeds: Sequence[int]) -> tuple[Shown, ...]:
    """Draw the choice of a seed where there are several; returns the runs whose curves are to be drawn."""
    if len(seeds) == 1:
        return shown
    racing = [each.view.spec.seed for each in shown if each.view.run.state in ("running", "paused")]
    now = min(racing, default=0)
    options = {0: _("All seeds"), **{at: _("Seed {n}").format(n=seed) for at, seed in enumerate(seeds, 1)}}
    default = seeds.index(now) + 1 if racing else 0
    chosen = segments.choose(_("Seed"), options, default, f"race-seed-{comparison.id}-{default}")
    return shown if not chosen else tuple(each for each in shown if each.view.spec.seed == seeds[chosen - 1])


def _transport(comparison: Comparison, of: Draft | None, shown: Sequence[Shown], found: Sequence[Placed]) -> None:
    """The row at the foot: pause, stop or race again; take the first into the draft; how far all are."""
    is_going = compare_words.is_going(shown)
    refused = draft.get(f"{_REFUSED}-{comparison.id}", "")
    done = sum(1.0 if each.view.run.is_ended else each.view.run.progress for each in shown) / len(shown)
    with st.bottom:
        if refused:
            st.error(shell.plain(refused), icon=":material/error:")
        with st.container(
            horizontal=True, wrap=shell.is_phone(), vertical_alignment="center", gap="small", key="transport"
        ):
            if is_going:
                _going(comparison, shown)
            else:
                st.button(
                    _("Race again"), key="race-again", icon=":material/replay:", on_click=_again, args=(comparison,)
                )
                if found:
                    _take(of, found[0], shown)
            if not shell.is_phone():
                st.progress(done, text=race_words.progress(shown), width="stretch")
            st.markdown(run_words.badge(race_words.state(shown)), width="content")
        if shell.is_phone():
            st.progress(done, text=race_words.progress(shown), width="stretch")


def _going(comparison: Comparison, shown: Sequence[Shown]) -> None:
    is_paused = any(each.view.run.state == "paused" for each in shown)
    kind, label, icon = (
        ("resume", _("Resume"), ":material/play_arrow:") if is_paused else ("pause", _("Pause"), ":material/pause:")
    )
    asked = {request.kind for each in shown for request in each.view.asked}
    st.button(label, key=f"race-{kind}", icon=icon, disabled=kind in asked, on_click=_ask, args=(shown, kind))
    is_stopping = "stop" in asked
    st.button(
        _("Stopping …") if is_stopping else _("Stop all"),
        key="stop-all",
        icon=":material/stop:",
        disabled=is_stopping,
        on_click=comparisons.stop,
        args=(engine.client(), comparison),
    )


def _ask(shown: Sequence[Shown], kind: str) -> None:
    """Ask all that train at this moment; those of a later seed wait in the queue."""
    for each in shown:
        if each.view.run.state in ("running", "paused"):
            with contextlib.suppress(EndedError, NotFoundError):
                engine.client().request(each.view.run.id, kind)


def _take(of: Draft | None, first: Placed, shown: Sequence[Shown]) -> None:
    """The button that takes the first into the draft, with its model and its training; epochs stay the draft's."""
    if of is None:
        return
    winner = next(each.view.spec for each in shown if each.label == first.label)
    if taken(of.spec, winner).digest == of.spec.digest:
        st.caption(_("Your draft is the first already."), width="content")
        return
    is_pressed = st.button(
        _("Take {name} into the draft").format(name=shell.plain(_(first.label))),
        key="race-take",
        type="primary",
        icon=":material/check:",
    )
    if is_pressed:
        if draft.edit(taken(of.spec, winner)):
            st.switch_page(shell.TRAIN, query_params=draft.address())
        st.error(shell.plain(draft.told()), icon=":material/error:")


def taken(spec: RunSpec, winner: RunSpec) -> RunSpec:
    """``spec`` with the model and the training of ``winner``, and its own epochs."""
    training = winner.training.model_copy(update={"epochs": spec.training.epochs})
    return spec.model_copy(update={"model": winner.model, "training": training})


def _again(comparison: Comparison) -> None:
    draft.put(f"{_REFUSED}-{comparison.id}", "")
    try:
        ids.remember(ids.RACE, comparing.again(comparison))
    except (SpecError, EngineError, NotFoundError) as error:
        draft.put(f"{_REFUSED}-{comparison.id}", str(error))


def runs_of(comparison: Comparison) -> tuple[Shown, ...]:
    """The runs as they are now under the names of their contestants, without those that have been deleted."""
    found = []
    for member in comparison.members:
        with contextlib.suppress(NotFoundError):
            found.append(Shown(member.label, reader.read(member.run_id)))
    return tuple(found)
