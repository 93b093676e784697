"""The Model page without a draft: the way to one."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.ui import draft, run_words, shell

_LAST = 3


def panel() -> None:
    """Draw the way to the data, and the drafts that were worked on last."""
    shell.heading(_("Model"), _("Pick a dataset first: it decides what goes in and what has to come out."))
    st.page_link(shell.DATA, label=_("Pick a dataset"), icon=":material/database:", query_params=draft.address())
    last = draft.drafts()[:_LAST]
    if not last:
        return
    st.markdown(f"### {_('Go on with')}")
    with st.container(border=True, gap="xsmall", key="last-drafts"):
        for each in last:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{shell.plain(each.name or _('Without a name'))}**", width="content")
                said = f"{_kinds(each.spec)} · {run_words.ago(each.updated_at)}"
                st.caption(shell.plain(said), width="stretch", wrap=False)
                st.button(_("Open"), key=f"open-{each.id}", on_click=draft.open_draft, args=(each.id,))


def _kinds(spec: RunSpec) -> str:
    """The data and the layers of ``spec`` in a few words."""
    kinds = [layer.kind for layer in spec.model.layers]
    shown = [*kinds[:3], "…", kinds[-1]] if len(kinds) > 4 else kinds or [_("no layers yet")]
    return f"{spec.dataset.source} · {', '.join(shown)}"
