"""Compare: several runs side by side while they train and afterwards."""

import contextlib

import streamlit as st

from playground import recipes
from playground.engine import comparisons
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _, ngettext
from playground.runs import Comparison, NotFoundError
from playground.settings import settings
from playground.ui import (
    compare_choice,
    compare_curves,
    compare_files,
    compare_parts,
    compare_seeds,
    compare_table,
    compare_words,
    comparing,
    draft,
    engine,
    ids,
    question,
    reader,
    run_words,
    shell,
)
from playground.ui.compare_words import Shown

_TICK_S = 0.5
_LISTED = 10
_OFFERED = 4
_REFUSED = "compare-refused"
_ICON = ":material/compare_arrows:"


def panel() -> None:
    """Draw the runs or the comparison in the address, else the newest; where there is none, the ways to a first one."""
    draft.current()  # the links of the menu go on carrying the draft
    try:
        comparison = compare_choice.current()
    except NotFoundError:
        compare_choice.forget()
        _nothing(_("There is no such comparison"), _("The address may have a typing error."))
        return
    if comparison is None:
        _nothing(
            _("Nothing to compare yet"),
            _("Several runs stand side by side here: any of yours, the variants of an example, every fold of a split."),
        )
        return
    shown = _shown(comparison)
    if not shown:
        _nothing(shell.plain(comparison.name), _("All runs of this comparison have been deleted."))
        return
    row = shell.heading(shell.plain(_(comparison.name)), _summary(comparison, shown))
    with row, st.container(horizontal=True, gap="small", width="content", key="take-away"):
        if comparison.kind == "race":
            watched = draft.address() | {ids.RACE: comparison.id, "part": "race"}
            st.page_link(shell.OPTIMIZERS, label=_("As a race"), icon=":material/flag:", query_params=watched)
        compare_choice.choose(comparison)
        compare_files.panel(comparison, lambda: _shown(comparison))
        _others(comparison)
    is_going = compare_words.is_going(shown)
    is_started_here = comparing.is_started_here(comparison.id)
    if comparison.id:
        question.of_comparison(shown[0].view, is_going=is_going, is_started_here=is_started_here)
    st.fragment(_live, run_every=_TICK_S if is_going else None)(comparison, is_going)
    compare_parts.panel(comparison, shown)


def _live(comparison: Comparison, was_going: bool) -> None:
    """What changes while the runs go on, drawn again at every tick."""
    shown = _shown(comparison)
    if not shown or compare_words.is_going(shown) != was_going or not compare_choice.is_current(comparison):
        st.rerun()  # the whole page: the ticking ends, or another comparison was started here
    chosen = compare_curves.chosen(comparison)
    compare_table.panel(comparison, shown, chosen)
    compare_seeds.panel(comparison, shown, chosen)
    compare_curves.panel(comparison, shown)
    _transport(comparison, shown)


def _transport(comparison: Comparison, shown: tuple[Shown, ...]) -> None:
    """The row at the foot: stop all or run again, how far they are, the state of all together."""
    is_going = compare_words.is_going(shown)
    refused = draft.get(f"{_REFUSED}-{comparison.id}", "")
    done = sum(1.0 if each.view.run.is_ended else each.view.run.progress for each in shown) / len(shown)
    words = compare_words.progress(shown)
    with st.bottom:
        if refused:
            st.error(shell.plain(refused), icon=":material/error:")
        with st.container(
            horizontal=True, wrap=shell.is_phone(), vertical_alignment="center", gap="small", key="transport"
        ):
            if is_going:
                asked = all(each.view.run.is_ended or _is_stopping(each) for each in shown)
                st.button(
                    _("Stopping …") if asked else _("Stop all"),
                    key="stop-all",
                    icon=":material/stop:",
                    disabled=asked,
                    on_click=comparisons.stop,
                    args=(engine.client(), comparison),
                )
            else:
                st.button(
                    _("Run again"), key="run-again", icon=":material/replay:", on_click=_again, args=(comparison,)
                )
            if shell.is_phone():
                st.space("stretch")
            else:
                st.progress(done, text=words, width="stretch")
            st.markdown(run_words.badge(compare_words.state(shown)), width="content")
        if shell.is_phone():
            st.progress(done, text=words, width="stretch")


def _is_stopping(each: Shown) -> bool:
    return any(request.kind == "stop" for request in each.view.asked)


def _again(comparison: Comparison) -> None:
    draft.put(f"{_REFUSED}-{comparison.id}", "")
    try:
        comparing.again(comparison)
    except (SpecError, EngineError, NotFoundError) as error:
        draft.put(f"{_REFUSED}-{comparison.id}", str(error))


def _shown(comparison: Comparison) -> tuple[Shown, ...]:
    """The runs as they are now, without those that have been deleted."""
    found = []
    for member in comparison.members:
        with contextlib.suppress(NotFoundError):
            view = reader.read(member.run_id)
            found.append(Shown(compare_words.label(comparison, member.label, view), view))
    return tuple(found)


def _summary(comparison: Comparison, shown: tuple[Shown, ...]) -> str:
    n = len(shown)
    if comparison.kind == "folds":
        said = ngettext("{n} run of one split, all else equal", "{n} runs of one split, all else equal", n)
    else:
        said = ngettext("{n} run", "{n} runs side by side", n)
    return f"{said.format(n=n)} · {run_words.ago(comparison.created_at)}"


def _others(comparison: Comparison) -> None:
    """The way to the other comparisons, the newest first."""
    found = engine.client().store.comparisons.find(settings().owner, limit=_LISTED + 1)
    others = [each for each in found if each.id != comparison.id][:_LISTED]
    if not others:
        return
    with st.popover(_("Others"), icon=":material/history:"):
        for each in others:
            label = f"{shell.plain(_(each.name))} · {run_words.ago(each.created_at)}"
            st.page_link(shell.COMPARE, label=label, query_params=comparing.address(each.id))


def _nothing(title: str, words: str) -> None:
    with shell.heading(title, words):
        compare_choice.choose(None)
    newest = engine.client().store.comparisons.find(settings().owner, limit=1)
    if newest:
        query = comparing.address(newest[0].id)
        st.page_link(shell.COMPARE, label=_("Open your newest comparison"), icon=_ICON, query_params=query)
    every = [recipes.recipe(name) for name in recipes.names()]
    offered = [recipe for recipe in every if comparing.is_comparison(recipe)]
    offered.sort(key=lambda recipe: not recipe.offline)
    st.markdown(f"### {_('Examples that compare')}")
    grid = st.grid(4, min_column_width=200, border=True, gap="small")
    for recipe in offered[:_OFFERED]:
        with grid.container(height="stretch"):
            with st.container(gap="xxsmall", height="stretch"):
                st.markdown(f"**{shell.plain(_(recipe.title))}**")
                st.caption(shell.plain(_(recipe.teaches)))
            if st.button(_("Run all"), key=f"compare-{recipe.name}", icon=":material/play_arrow:"):
                _start(recipe)
    st.markdown(f"### {_('All folds of your own network')}")
    st.caption(_("Choose the split “K-fold” on the Data page; on the Train page one button then trains every fold."))
    st.page_link(shell.DATA, label=_("Choose a split"), icon=":material/database:", query_params=draft.address())


def _start(recipe: recipes.Recipe) -> None:
    try:
        with st.spinner(_("Starting …")):
            found = comparing.start_recipe(recipe)
    except (SpecError, EngineError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return
    st.switch_page(shell.COMPARE, query_params=draft.address() | comparing.address(found))
