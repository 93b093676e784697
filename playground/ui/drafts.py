"""The list of the user's drafts."""

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.ui import about, draft, run_words, shell

_MORE = 5
_SHOWN = "drafts-shown"
_GOING = "draft-to-delete"


def panel() -> None:
    """Draw the drafts, the one changed last first, each with a link to its page; nothing where there are none.

    Examples that were run as they are would fill the list with copies of themselves.
    """
    found = [each for each in draft.drafts() if not _is_run_example(each)]
    if not found:
        return
    shown = draft.get(_SHOWN, _MORE)
    st.markdown(f"### {_('Your drafts')}")
    with st.container(border=True, gap="small" if shell.is_phone() else "xsmall", key="drafts"):
        for each in found[:shown]:
            _row(each)
    if len(found) > shown:
        st.button(
            _("Show more drafts"),
            type="tertiary",
            key="more-drafts",
            on_click=draft.put,
            args=(_SHOWN, shown + _MORE),
        )


def new_button() -> None:
    """Draw the button that begins a new draft, on the page where its data is chosen."""
    if shell.is_page(shell.DATA) and st.button(_("New draft"), icon=":material/add:", key="new-draft"):
        draft.forget()
        st.switch_page(shell.DATA)


def _is_run_example(of: Draft) -> bool:
    return of.run_id is not None and of.revision == 1 and about.example(of.spec.digest) is not None


def _row(of: Draft) -> None:
    name = f"**{shell.plain(of.name or _('Without a name'))}**"
    said = shell.plain(_said(of))
    is_phone = shell.is_phone()
    with st.container(gap=None, key=f"draft-{of.id}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(name, width="stretch" if is_phone else "content")
            if not is_phone:
                st.caption(said, wrap=False, width="stretch")
            if draft.get(_GOING, "") == of.id:
                if not is_phone:
                    st.caption(_("Delete it? Its runs stay."), width="content")
                st.button(_("Delete"), key=f"delete-{of.id}", type="tertiary", on_click=_delete, args=(of.id,))
                st.button(_("Keep"), key=f"keep-{of.id}", type="tertiary", on_click=draft.put, args=(_GOING, ""))
            else:
                st.button(_("Delete …"), key=f"ask-{of.id}", type="tertiary", on_click=draft.put, args=(_GOING, of.id))
                st.page_link(_page(of), label=_("Open"), query_params={"draft": of.id})
        if is_phone:
            st.caption(said)


def _page(of: Draft) -> str:
    """Where one goes on with a draft: where it was run if it was, else at its layers."""
    return shell.MODEL if of.run_id is None and shell.is_page(shell.MODEL) else shell.TRAIN


def _delete(draft_id: str) -> None:
    draft.put(_GOING, "")
    draft.delete(draft_id)


def _said(of: Draft) -> str:
    n = len(of.spec.model.layers)
    layers = ngettext("{n} layer", "{n} layers", n).format(n=n)
    changed = _("changed {when}").format(when=run_words.ago(of.updated_at))
    return " · ".join([about.label("datasets", of.spec.dataset.source), layers, changed])
