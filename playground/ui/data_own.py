"""Data of one's own, a file or a table of OpenML: taken in by a job, then chosen with everything proposed."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from playground.data import DataError
from playground.data.sets.known_source import file_of
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import ENDINGS, brought, size_of
from playground.engine import tables, uploads
from playground.engine.errors import EngineError, SpecError
from playground.engine.tables import COLLECTIONS
from playground.locale.text import _
from playground.runs import Job
from playground.settings import settings
from playground.specs.dataset_change import is_finished
from playground.ui import data_choose, data_note, data_own_words, draft, engine, ids, segments, shell

_REFUSED = "data.own.refused"
_VERSION = "data.own.version"
_ASKED, _OF = "own-asked", "own-collection"
_PLACES = {"openml": "OpenML", "seaborn": "seaborn"}
_TICK_S = 0.3


def panel(*, has_public: bool) -> None:
    """Draw where a file is brought, and where a table of a public collection is asked for."""
    left, right = st.columns((5, 3), gap="medium") if has_public else (st.container(), None)
    with left, st.container(gap="xsmall", key="own"):
        key = f"own-file-{draft.get(_VERSION, 0)}"
        days = f"{settings().keep_uploads_days:g}"
        st.file_uploader(
            _("Your own file: a table (CSV, Excel, Parquet), a zip of images, one folder a class, or arrays (.npz)"),
            type=list(ENDINGS),
            key=key,
            max_upload_size=min(settings().max_table_mb, int(st.get_option("server.maxUploadSize"))),
            help=_("It stays on this server, belongs to your draft, and is deleted after {n} days.").format(n=days),
            on_change=_brought,
            args=(key,),
        )
    if right is None:
        return
    with right, st.container(gap="xsmall", key="public"):
        collection = segments.choose(_("Collection"), dict(_PLACES), COLLECTIONS[0], _OF)
        is_openml = collection == COLLECTIONS[0]
        with st.form("asked", clear_on_submit=True, border=False):
            st.text_input(
                _("Or a table of OpenML, by name or number") if is_openml else _("Or a table of seaborn, by name"),
                key=_ASKED,
                placeholder=_("such as credit-g or 31") if is_openml else _("such as taxis"),
                help=_("Its oldest active version; name:2 asks for the second. The server downloads it once.")
                if is_openml
                else _("The names are those of seaborn.load_dataset. The server downloads it once."),
            )
            st.form_submit_button(_("Fetch"), icon=":material/download:", on_click=_asked)


def going() -> None:
    """Draw how far the job is that takes something in, or why the last one was refused."""
    with st.container(gap="xsmall", key="own-state"):
        if job := _job():
            st.fragment(_progress, run_every=_TICK_S)(job.id, tables.brought_as(job))
        if words := draft.get(_REFUSED, ""):
            st.error(shell.plain(words), icon=":material/error:")


def is_busy() -> bool:
    """Whether something is being taken in, or was refused and nobody has read why."""
    return _job() is not None or bool(draft.get(_REFUSED, ""))


def dismiss() -> None:
    """Say no longer why something was refused; a callback."""
    draft.put(_REFUSED, "")


def arrive() -> None:
    """Choose what the job has taken in that ended since the last page run; call it before the draft is looked at."""
    job = _job()
    if job is None or not job.is_ended:
        return
    ids.forget(ids.TAKING)
    name = tables.brought_as(job)
    if job.state != "finished":
        _refuse(name, job.error or _("It was cancelled."))
        return
    try:
        _take(job.result["file"])
    except (DataError, SpecError) as error:
        _refuse(name, str(error))


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
    client = engine.client()

    def submitted() -> str:
        uploads.check_room(client.store, settings(), file.name, file.size)
        return tables.submit_upload(client, file, file.name, file.size)

    _begin(file.name, submitted)
    _let_go(file)
    draft.put(_VERSION, draft.get(_VERSION, 0) + 1)


def _asked() -> None:
    asked = draft.widget(_ASKED) or ""
    collection = draft.widget(_OF) or COLLECTIONS[0]
    _begin(_PLACES[collection], lambda: tables.submit_public(engine.client(), collection, asked))


def _begin(name: str, submit: Callable[[], str]) -> None:
    """Have a job take in what is called ``name``, in place of the one before."""
    cancel()
    dismiss()
    try:
        ids.remember(ids.TAKING, submit())
    except (EngineError, SpecError) as error:
        _refuse(name, str(error))


def cancel() -> None:
    """End the job that takes something in, where there is one; a callback."""
    if job := _job():
        tables.cancel(engine.client(), job.id)
    ids.forget(ids.TAKING)


def _let_go(file: UploadedFile) -> None:
    """Free the memory that the bytes take in this process: the home has its own copy of them."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)


def _progress(job_id: str, name: str) -> None:
    job = tables.taking(engine.client(), job_id)
    if job is None or job.is_ended:
        st.rerun()
    engine.client()  # makes sure that there is an engine
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="own-going"):
        st.progress(job.progress, text=shell.plain(f"{name}: {job.message or _('waiting')}"), width="stretch")
        if st.button(_("Cancel"), key="own-cancel", icon=":material/close:", on_click=cancel):
            st.rerun()


def _job() -> Job | None:
    """The job that takes in what this session brought; a reload finds it by the address, which anybody may write."""
    job_id = ids.remembered(ids.TAKING)
    return tables.taking(engine.client(), job_id) if job_id else None
