"""All folds of the split that a run is one of: their scores, the mean, how far they lie apart, and their curves."""

import contextlib

import streamlit as st

from playground.locale.text import _
from playground.runs import Comparison, NotFoundError, Run
from playground.settings import settings
from playground.ui import compare_curves, compare_table, compare_words, comparing, engine, reader, shell
from playground.ui.compare_words import Shown

_LISTED = 50


def panel(run: Run) -> None:
    """Draw the folds side by side, where ``run`` is one of several."""
    comparison = _comparison(run)
    if comparison is None:
        return
    shown = []
    for member in comparison.members:
        with contextlib.suppress(NotFoundError):
            view = reader.read(member.run_id)
            shown.append(Shown(compare_words.label(comparison, member.label, view), view))
    if len(shown) < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="folds-title"):
        st.markdown(f"### {_('All folds of this split')}", width="stretch")
        st.page_link(
            shell.COMPARE,
            label=_("On a page of their own"),
            icon=":material/compare_arrows:",
            query_params=comparing.address(comparison.id),
        )
    st.caption(
        _(
            "One fold is one draw of the validation part. The mean of all says how good the method is, the standard "
            "deviation how much the draw of the rows moves that."
        )
    )
    if compare_words.is_going(shown):
        st.caption(_("Some are still training; here is what they have come to so far."))
    compare_table.panel(comparison, shown, compare_curves.chosen(comparison))
    compare_curves.panel(comparison, tuple(shown))


def _comparison(run: Run) -> Comparison | None:
    """The newest comparison of folds that ``run`` belongs to."""
    found = engine.client().store.comparisons.find(settings().owner, limit=_LISTED)
    of = [each for each in found if each.kind == "folds" and any(run.id == one.run_id for one in each.members)]
    return of[0] if of else None
