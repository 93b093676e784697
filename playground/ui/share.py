"""A whole spec as a link, and what such a link or a file holds, shown before anything is made of it."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from playground.data import DataError, outline
from playground.export.link import MAX_CHARACTERS, LinkError, packed, read, unpacked
from playground.locale.text import _, ngettext
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import about, downloads, draft, ids, listing, model_side, obstacles, shapes, shell

_FILE = "shared-file"
_REFUSED = "shared-refused"
_UPLOAD = "upload-settings"
_MB = 1_000_000
_TICK_S = 0.5


def control(spec: RunSpec, run_id: str = "") -> None:
    """Draw the button that shows the link to ``spec``, and above it the one to a run where ``run_id`` is given."""
    with st.popover(_("Share"), icon=":material/share:", key="share"):
        if run_id:
            st.markdown(f"**{_('The run')}**")
            st.markdown(_("Who can reach this server sees the run as you see it, live while it trains."))
            listing.panel(
                f"{_home()}{_name(shell.RUNS if shell.is_page(shell.RUNS) else shell.TRAIN)}?run={run_id}", 70
            )
            st.markdown(f"**{_('Its settings')}**")
        text = packed(spec)
        if len(text) > MAX_CHARACTERS:
            most = f"{MAX_CHARACTERS:,}"
            st.markdown(
                _("This is too much for a link: {n} characters of at most {most}. The file holds the same.").format(
                    n=f"{len(text):,}", most=most
                )
            )
            downloads.settings_button(spec)
            return
        st.markdown(_("Who opens this link sees these settings and can go on with a copy of them."))
        listing.panel(f"{_home()}?{ids.SHARED}={text}", 130)
        st.caption(_("{n} characters. It carries settings only, no data and no weights.").format(n=f"{len(text):,}"))
        if spec.model.weights is not None:
            st.caption(_("The weights that training starts from stay on this server: elsewhere it cannot start."))


def row(spec: RunSpec) -> None:
    """Draw what can be taken away from a draft that need not have run: files, and the link."""
    with st.container(horizontal=True, gap="small", key="take-away"):
        downloads.settings_panel(spec)
        control(spec)


def open_file() -> None:
    """Draw the button that opens a file of settings."""
    with st.popover(_("Open a file"), icon=":material/upload_file:", key="open-file"):
        st.file_uploader(
            _("Settings of a draft or a run, as JSON"),
            type="json",
            key=_UPLOAD,
            max_upload_size=max(1, -(-settings().max_spec_bytes // _MB)),
            on_change=_uploaded,
        )


def panel() -> bool:
    """Draw what the link that led here or the opened file holds, with what can be done; returns whether there is any.

    Nothing is changed by looking at it.
    """
    text, file, refused = ids.shared(), draft.get(_FILE, ""), draft.get(_REFUSED, "")
    if not (text or file or refused):
        return False
    try:
        if not text and refused:
            raise LinkError(refused)
        spec = unpacked(text) if text else read(file.encode(), settings())
    except LinkError as error:
        shell.heading(_("This cannot be opened"), _("Nothing was changed."))
        st.error(shell.plain(str(error)), icon=":material/error:")
        st.button(_("Go to the examples"), icon=":material/home:", key="not-now", on_click=_away)
        return True
    _shown(spec)
    return True


def _shown(spec: RunSpec) -> None:
    with shell.heading(_("Shared with you"), _("A look at it changes nothing of yours.")):
        st.button(_("Not now"), key="not-now", on_click=_away)
        if st.button(_("Open as a new draft"), icon=":material/edit:", key="open-shared", type="primary"):
            _away()
            draft.new(spec)
            st.switch_page(shell.MODEL, query_params=draft.address())
    words, picture = st.columns([1.6, 1], gap="medium")
    with words:
        st.markdown(f"### {shell.plain(spec.name or _('Without a name'))}")
        for title, said in _facts(spec):
            st.markdown(f"**{title}:** {shell.plain(said)}")
        _problems(spec)
    with picture:
        try:
            model_side.drawing(spec, outline(spec.dataset), shapes.of(spec))
        except DataError:
            return  # among the problems


def _facts(spec: RunSpec) -> list[tuple[str, str]]:
    """What it is, line by line."""
    dataset, training = spec.dataset, spec.training
    prepared = [about.label("datasets", dataset.source), *(about.label("steps", step.kind) for step in dataset.steps)]
    n = len(spec.model.layers)
    layers = [ngettext("{n} layer", "{n} layers", n).format(n=n)]
    known = shapes.of(spec) if n else None
    if known is not None and known.is_known and not known.error:
        layers.append(_("{n} parameters").format(n=f"{known.parameters:,}"))
    how = [
        about.optimizer(spec),
        about.label("losses", training.loss.kind),
        ngettext("{n} epoch", "{n} epochs", training.epochs).format(n=f"{training.epochs:,}"),
        _("batch {n}").format(n=f"{training.batch_size:,}"),
        _("seed {n}").format(n=spec.seed),
    ]
    return [
        (_("Data"), " · ".join(prepared)),
        (_("Model"), " · ".join(layers)),
        (_("Training"), " · ".join(how)),
    ]


def _problems(spec: RunSpec) -> None:
    found = obstacles.found(spec)
    known = shapes.of(spec)
    if spec.model.layers and not known.is_known:
        st.caption(f":material/hourglass_empty: {shell.plain(known.note)}")
        if not shapes.is_reachable():
            st.fragment(_until_reachable, run_every=_TICK_S)()
    elif not found:
        st.caption(f":green[:material/check_circle:] {_('Everything fits.')}")
    if found:
        st.markdown(f"#### {_('Worth a look')}")
    for problem in found:
        icon = ":red[:material/error:]" if problem.is_blocking else ":orange[:material/warning:]"
        st.markdown(f"{icon} {shell.plain(obstacles.words(problem))}")


def _until_reachable() -> None:
    if shapes.is_reachable():
        st.rerun()


def _uploaded() -> None:
    file = draft.widget(_UPLOAD)
    if file is None:
        return
    _away()
    try:
        # One byte more than may be read tells that there is more.
        draft.put(_FILE, read(file.read(settings().max_spec_bytes + 1), settings()).to_json())
    except LinkError as error:
        draft.put(_REFUSED, str(error))


def _away() -> None:
    ids.leave_shared()
    draft.put(_FILE, "")
    draft.put(_REFUSED, "")


def _home() -> str:
    """The address of Home as the browser has it; of another page the last part is left out."""
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/")
    names = {_name(page.name) for page in (shell.ROOT / "pages").glob("*.py")}
    if path.rpartition("/")[2] in names:
        path = path.rpartition("/")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


def _name(page: str) -> str:
    """What the address calls the page in the file ``page``."""
    return re.sub(r"^\d+_", "", PurePosixPath(page).stem)
