"""The files that a draft holds: how large, how long they are kept, and the way to delete them."""

import datetime

import streamlit as st

from playground.data.sets.known_source import file_of
from playground.data.uploads.upload import brought, is_here
from playground.engine import uploads
from playground.locale.text import _
from playground.runs import Draft, Upload
from playground.settings import settings
from playground.ui import draft, engine, shell

_GOING = "data.files.going"
_DAY_S = 24 * 3600
_KB, _MB = 10**3, 10**6


def panel(now: Draft) -> None:
    """Draw the files of the draft, each with what can be done; nothing where there are none."""
    found = [each for each in engine.client().store.uploads.of_draft(now.id) if is_here(each.file, settings())]
    if not found:
        return
    with st.container(border=True, gap="xsmall", key="files"):
        for each in found:
            _row(each, file_of(now.spec.dataset) == each.file)


def used(now: Draft) -> None:
    """Draw the file that the draft learns from, with what can be done."""
    file = file_of(now.spec.dataset)
    found = next((each for each in engine.client().store.uploads.of_draft(now.id) if each.file == file), None)
    if found is None:  # a copy, or a draft out of a link, uses a file that another draft holds
        st.markdown(f"**{shell.plain(brought(file, settings()).name)}**", width="stretch")
    else:
        with st.container(key="files"):
            _row(found, is_used=True)


def gone(now: Draft) -> None:
    """Say that the file of the draft is not here, and how to bring it."""
    file = file_of(now.spec.dataset)
    name = next((each.name for each in engine.client().store.uploads.of_draft(now.id) if each.file == file), "")
    title = _("{name} is not on this server") if name else _("The file of this draft is not on this server")
    with st.container(border=True, gap="xsmall", key="file-gone"):
        st.markdown(f":orange[:material/cloud_off:] &ensp;**{shell.plain(title.format(name=name))}**")
        days = f"{settings().keep_uploads_days:g}"
        st.markdown(
            _(
                "It was deleted, has been kept for {n} days, or lies on another server: links carry settings, no data. "
                "Bring the same file above, and everything is as it was; or choose another dataset."
            ).format(n=days)
        )


def _row(of: Upload, is_used: bool) -> None:
    is_phone = shell.is_phone()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"file-{of.file[:16]}"):
        mark = ":green[:material/check:]" if is_used else ":material/draft:"
        st.markdown(f"{mark} &ensp;**{shell.plain(of.name)}**", width="stretch" if is_phone else "content")
        until = datetime.datetime.fromtimestamp(of.at + settings().keep_uploads_days * _DAY_S).date()
        said = _("{size} · kept until {date}").format(size=_size(of.size), date=until.isoformat())
        st.caption(said, width="stretch")
        if draft.get(_GOING, "") == of.file:
            st.caption(_("Delete it, and what was prepared from it? Runs stay."), width="content")
            st.button(_("Delete"), key="file-delete", type="tertiary", on_click=_delete, args=(of,))
            st.button(_("Keep"), key="file-keep", type="tertiary", on_click=draft.put, args=(_GOING, ""))
        else:
            key = f"file-ask-{of.file[:16]}"
            st.button(_("Delete …"), key=key, type="tertiary", on_click=draft.put, args=(_GOING, of.file))


def _delete(of: Upload) -> None:
    draft.put(_GOING, "")
    is_deleted = uploads.release(engine.client().store, settings(), of.draft_id, of.file)
    words = (
        _("{name} is deleted.") if is_deleted else _("{name} is no longer this draft's; another draft still uses it.")
    )
    draft.tell(words.format(name=of.name))


def _size(n: int) -> str:
    return f"{n / _MB:,.1f} MB" if n >= _MB else f"{max(1, round(n / _KB)):,} kB"
