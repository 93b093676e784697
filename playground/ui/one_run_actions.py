"""What can be done with a run: open its settings, train it again, go on with it, look at it on other pages."""

from pathlib import Path

import pandas as pd
import streamlit as st

from playground.engine.errors import EngineError, SpecError
from playground.engine.seeds import MOST_SEEDS, new_seeds
from playground.locale.text import _
from playground.settings import settings
from playground.specs.rules.memory import in_words
from playground.ui import (
    adjust_next,
    compare_choice,
    comparing,
    draft,
    engine,
    evaluate_choice,
    evaluate_report,
    last_runs,
    resuming,
    run_exports,
    run_share,
    shell,
    watching,
)
from playground.ui.reader import View

_SEEDS = 3
_WIDTH = 320


def buttons(view: View) -> None:
    """Draw the buttons of the heading."""
    if st.button(_("Open as draft"), icon=":material/edit:", key="one-open"):
        draft.new(adjust_next.standing(view))
        st.switch_page(shell.MODEL, query_params=draft.address())
    with st.popover(_("Run again"), icon=":material/replay:", key="one-again"), st.container(width=_WIDTH):
        _again(view)
    run_share.panel(view)


def links(view: View) -> None:
    """Draw the ways to the other pages about this run, and what was refused."""
    refused = resuming.refused(view.run.id)
    if refused:
        st.error(shell.plain(refused), icon=":material/error:")
    query = last_runs.addresses([view.run])[view.run.id]
    has_weights = view.run.is_ended and bool(evaluate_choice.checkpoints(view))
    pages = (
        (shell.TRAIN, _("Live view"), ":material/play_circle:", True),
        (shell.EVALUATE, _("Evaluate"), ":material/query_stats:", has_weights),
        (shell.EXPLAIN, _("Explain"), ":material/lightbulb:", has_weights),
        (shell.PREDICT, _("Predict"), ":material/draw:", has_weights),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="one-links"):
        for page, label, icon, is_there in pages:
            if is_there and shell.is_page(page):
                st.page_link(page, label=label, icon=icon, query_params=query)
        if others := _others(view):
            address = compare_choice.address([view.run.id, *others])
            label = _("Compare with the last runs of its draft")
            st.page_link(shell.COMPARE, label=label, icon=":material/compare_arrows:", query_params=address)
        if not resuming.resume(view, None):
            resuming.panel(view, None)


def files(view: View) -> None:
    """Draw the files that the run has left, and all that can be taken away."""
    kept = engine.client().store.artifacts.find(view.run.id)
    folder = settings().run_dir(view.run.id)
    rows = [(each.name, each.kind, in_words(each.size)) for each in kept if (folder / Path(each.name).name).is_file()]
    if rows:
        table = pd.DataFrame(rows, columns=[_("File"), _("What it is"), _("Size")])
        st.dataframe(table, hide_index=True, key="one-run-files")
    if view.run.is_ended:
        evaluate_report.panel(view)
    run_exports.panel(view)


def _again(view: View) -> None:
    """The same settings once more: with the same seed, or with others."""
    st.markdown(f"**{_('With the same seed')}**")
    st.caption(
        _(
            "Seed {seed} again. On the same machine with the same versions the same losses come out, digit by digit."
        ).format(seed=view.spec.seed)
    )
    if st.button(_("Same seed"), key="one-same-seed", icon=":material/replay:") and _started(view):
        st.switch_page(shell.TRAIN, query_params=draft.address())
    st.markdown(f"**{_('With new seeds')}**")
    st.caption(
        _("A seed decides the split, the first weights and the order. Several show how far luck moves the result.")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        n = int(st.number_input(_("New seeds"), 1, MOST_SEEDS, _SEEDS, key="one-n-seeds", width=120))
        is_pressed = st.button(_("Train them"), key="one-new-seeds", icon=":material/stacked_line_chart:")
    if is_pressed and (address := _compared(view, n)):
        st.switch_page(shell.COMPARE, query_params=address)


def _started(view: View) -> bool:
    resuming.refuse(view.run.id, "")
    try:
        watching.start(view.spec, view.run.id)
    except (SpecError, EngineError) as error:
        resuming.refuse(view.run.id, str(error))
        st.error(shell.plain(str(error)), icon=":material/error:")
        return False
    return True


def _compared(view: View, n: int) -> dict[str, str]:
    """Start the runs with new seeds; returns the address of all of them beside this one, empty where it was refused."""
    client = engine.client()
    spec = view.spec
    made = client.store.drafts.create(spec, settings().owner)
    members = tuple((_("seed {n}").format(n=each.seed), each) for each in new_seeds(client.store, spec, n))
    try:
        comparing.start_variants(made, members, spec.name or _("Seeds"))
    except (SpecError, EngineError) as error:
        client.store.drafts.delete(made.id)
        st.error(shell.plain(str(error)), icon=":material/error:")
        return {}
    found = client.store.comparisons.find(settings().owner, draft_id=made.id, limit=1)[0]
    return compare_choice.address([view.run.id, *(member.run_id for member in found.members)])


def _others(view: View) -> list[str]:
    """The newest other runs of the draft that it is a run of."""
    store = engine.client().store
    draft_id = store.runs.draft_ids([view.run.id]).get(view.run.id)
    if draft_id is None:
        return []
    found = store.runs.find(draft_id=draft_id, limit=6)
    return [run.id for run in found if run.id != view.run.id][:5]
