"""What stands in place of the samples of a dataset that could not be prepared."""

import streamlit as st

from playground import catalog
from playground.data import SOURCES
from playground.locale.text import _
from playground.ui import data_choose, data_ready, shell
from playground.ui.data_ready import Look


def panel(found: Look) -> None:
    """Why there are no samples, and what to do."""
    name = data_choose.name(found.dataset)
    title = _("{dataset} is not here yet") if found.is_without_file else _("{dataset} could not be prepared")
    with st.container(border=True, key="no-samples"):
        st.markdown(f":orange[:material/cloud_off:] &ensp;**{shell.plain(title.format(dataset=name))}**")
        st.markdown(shell.plain(found.error))
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("Try again"),
                key="again-samples",
                icon=":material/refresh:",
                type="primary",
                on_click=data_ready.again,
                args=(found.dataset, found.seed),
            )
            instead = _instead(found.dataset.source)
            if found.is_without_file and instead:
                st.button(
                    _("Use {dataset}").format(dataset=data_choose.label(instead)),
                    key="instead",
                    on_click=data_choose.choose,
                    args=(instead,),
                )


def _instead(source: str) -> str | None:
    """A dataset of the same kind that needs no file."""
    entry = catalog.entry("datasets", source)
    others = [each.id for each in catalog.entries("datasets") if entry and each.group == entry.group]
    return next((each for each in others if each != source and SOURCES[each].stamp is None), None)
