"""Housekeeping on the page Runs: what takes how much room, the bin, a copy of everything that was recorded."""

import streamlit as st

from playground.engine import keeping
from playground.locale.text import _, ngettext
from playground.runs import StoreError
from playground.runs.backup import backup, pg_dump
from playground.settings import setting, settings
from playground.specs.rules.memory import in_words
from playground.ui import draft, engine, runs_table, shell

_SAID = "runs-backup-said"
_GOING = "runs-empty-bin"


def panel() -> None:
    """Draw the button that opens it; sizes are taken only while it is open."""
    place = st.popover(_("Housekeeping"), icon=":material/cleaning_services:", key="runs-keeping", on_change="rerun")
    if place.open:
        with place:
            _content()


def _content() -> None:
    store = engine.client().store
    with st.container(gap="small", key="keeping"):
        found = keeping.sizes(store, settings())
        sizes = {
            _("Database"): found.database,
            _("Files of runs"): found.runs,
            _("Prepared data"): found.prepared,
            _("Datasets"): found.datasets,
            _("All else"): found.others,
            _("Free on the disk"): found.free,
        }
        st.table(
            [{_("What"): name, _("Takes"): in_words(n_bytes)} for name, n_bytes in sizes.items()],
            border="horizontal",
            hide_index=True,
        )
        _bin(len(store.labels.binned()))
        _copy()


def _bin(n: int) -> None:
    st.markdown(f"#### {_('Bin')}")
    said = ngettext("{n} run is in the bin.", "{n} runs are in the bin.", n).format(n=n)
    kept = _("What lies there longer than {days} days ({name}) is deleted for good.")
    days = f"{settings().keep_bin_days:g}"
    st.caption(f"{said} {kept.format(days=days, name=shell.plain(setting('keep_bin_days')))}")
    if not n:
        return
    if draft.get(_GOING, False):
        st.caption(_("All runs in the bin are deleted for good, with models and curves."))
        with st.container(horizontal=True, gap="small"):
            st.button(_("Delete for good"), key="keeping-empty", on_click=_empty)
            st.button(_("Keep"), key="keeping-keep", type="tertiary", on_click=draft.put, args=(_GOING, False))
        return
    st.button(
        _("Empty the bin …"),
        key="keeping-ask",
        icon=":material/delete_forever:",
        on_click=draft.put,
        args=(_GOING, True),
    )


def _copy() -> None:
    st.markdown(f"#### {_('Copy of the database')}")
    if engine.client().store.engine.dialect.name != "sqlite":
        st.caption(_("The store is a database of a server. This makes a copy while it is used:"))
        st.code(pg_dump(settings()), language=None, wrap_lines=True)
        return
    st.caption(_("Everything that was recorded, in one file, while runs go on. Models and datasets are not in it."))
    st.button(_("Make a copy"), key="keeping-backup", icon=":material/save:", on_click=_back_up)
    if said := draft.get(_SAID, ""):
        st.markdown(said)


def _empty() -> None:
    draft.put(_GOING, False)
    keeping.prune(engine.client().store, settings(), 0)
    runs_table.pick([])


def _back_up() -> None:
    try:
        written = backup(engine.client().store, settings())
    except StoreError as error:
        draft.put(_SAID, shell.plain(str(error)))
        return
    size = in_words(written.stat().st_size)
    draft.put(_SAID, _("Written: {file}, {size}.").format(file=shell.plain(str(written)), size=size))
