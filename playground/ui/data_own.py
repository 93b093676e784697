"""A file of one's own: brought by mouse or keyboard, taken in by a job, then chosen with everything proposed."""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from playground.data import DataError
from playground.data.known_source import file_of
from playground.data.proposal import proposed
from playground.data.upload import ENDINGS, brought, size_of
from playground.engine import tables, uploads
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Job
from playground.settings import settings
from playground.specs.dataset_change import is_finished
from playground.ui import data_choose, data_note, data_own_words, draft, engine, shell

_GOING = "data.own.going"
_REFUSED = "data.own.refused"
_VERSION = "data.own.version"
_TICK_S = 0.3


def panel() -> None:
    """Draw where a file is brought, how far its job is, and why the last one was refused."""
    with st.container(gap="xsmall", key="own"):
        key = f"own-file-{draft.get(_VERSION, 0)}"
        days = f"{settings().keep_uploads_days:g}"
        st.file_uploader(
            _("Your own file: a table, a zip of images with one folder a class, or arrays"),
            type=list(ENDINGS),
            key=key,
            max_upload_size=min(settings().max_table_mb, int(st.get_option("server.maxUploadSize"))),
            help=_("It stays on this server, belongs to your draft, and is deleted after {n} days.").format(n=days),
            on_change=_brought,
            args=(key,),
        )
        going: dict[str, str] = draft.get(_GOING, {})
        if going:
            st.fragment(_progress, run_every=_TICK_S)(going["job"], going["name"])
        if words := draft.get(_REFUSED, ""):
            st.error(shell.plain(words), icon=":material/error:")


def arrive() -> None:
    """Choose the file whose job has ended since the last page run; call it before the draft is looked at."""
    going: dict[str, str] = draft.get(_GOING, {})
    if not going:
        return
    job = _job(going["job"])
    if not job.is_ended:
        return
    draft.put(_GOING, {})
    if job.state != "finished":
        _refuse(going["name"], job.error or _("It was cancelled."))
        return
    try:
        _take(job.result["file"])
    except (DataError, SpecError) as error:
        _refuse(going["name"], str(error))


def _refuse(name: str, words: str) -> None:
    """Have the page say why the file called ``name`` is not taken, until the next one is brought."""
    draft.put(_REFUSED, words if name in words else f"{name}: {words}")


def _take(file: str) -> None:
    """Have the draft hold the file and learn from it, with everything proposed."""
    now = draft.current()
    client, limits = engine.client(), settings()
    profile = brought(file, limits)
    uploads.check_room(client.store, limits, profile.name, size_of(file, limits), file)
    if now is not None and file_of(now.spec.dataset) == file:
        uploads.claim(client.store, limits, now.id, file, profile.name)
        data_note.say(_("{name} is here again; everything is as it was.").format(name=shell.plain(profile.name)))
        return
    spec = proposed(profile, limits, seed=now.spec.seed if now else 0)
    made = now or draft.new(spec)
    uploads.claim(client.store, limits, made.id, file, profile.name)
    words = data_own_words.proposal(profile, spec)
    if now is None:
        data_note.say(words, made)
    elif is_finished(now.spec):
        data_choose.ask_about(spec)
    elif draft.edit(spec):
        data_note.say(words)


def _brought(key: str) -> None:
    file = draft.widget(key)
    if not isinstance(file, UploadedFile):  # taken away again, or let go of already
        return
    cancel()
    draft.put(_REFUSED, "")
    client = engine.client()
    try:
        uploads.check_room(client.store, settings(), file.name, file.size)
        job = tables.submit_upload(client, file, file.name, file.size)
        draft.put(_GOING, {"job": job, "name": file.name})
    except (EngineError, SpecError) as error:
        _refuse(file.name, str(error))
    _let_go(file)
    draft.put(_VERSION, draft.get(_VERSION, 0) + 1)


def cancel() -> None:
    """End the job that takes a file in, where there is one; a callback."""
    going: dict[str, str] = draft.get(_GOING, {})
    draft.put(_GOING, {})
    if going:
        tables.cancel(engine.client(), going["job"])


def _let_go(file: UploadedFile) -> None:
    """Free the memory that the bytes take in this process: the home has its own copy of them."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)


def _progress(job_id: str, name: str) -> None:
    job = _job(job_id)
    if job.is_ended:
        st.rerun()
    engine.client()  # makes sure that there is an engine
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="own-going"):
        st.progress(job.progress, text=shell.plain(f"{name}: {job.message or _('waiting')}"), width="stretch")
        if st.button(_("Cancel"), key="own-cancel", icon=":material/close:", on_click=cancel):
            st.rerun()


def _job(job_id: str) -> Job:
    return engine.client().store.jobs.job(job_id)
