"""All there is to choose from; once something is chosen, one line that says what, until somebody asks for the rest."""

from pathlib import Path

import streamlit as st

from playground import catalog
from playground.data.sets.known_source import file_of
from playground.locale.text import _
from playground.runs import Draft
from playground.ui import data_cards, data_choose, data_files, data_own, draft, shell

_OPEN = "data.gallery"
_PICTURES = Path(__file__).parents[2] / "static" / "datasets"
_PICTURE_PX = 84


def panel(now: Draft | None, *, is_here: bool) -> None:
    """Draw the gallery, or the line in its place.

    Args:
        now: the draft; ``None`` before there is one.
        is_here: whether its dataset is one that this server knows, and its file is here where it has one.
    """
    if now is None or not is_here:
        data_own.going()
        data_cards.panel(now.spec.dataset.source if now else None, now)
        return
    is_open = draft.get(_OPEN, "") == _key(now)
    if not is_open and not data_own.is_busy():
        # Another choice closes it, and an undo of that choice does not open it again.
        draft.put(_OPEN, "")
        _line(now)
        return
    data_own.going()
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="keep"):
        name = shell.plain(data_choose.name(now.spec.dataset))
        st.markdown(_("Choose another dataset, or stay with **{name}**.").format(name=name), width="stretch")
        st.button(_("Stay"), key="keep-dataset", icon=":material/check:", on_click=_close)
    data_cards.panel(now.spec.dataset.source, now)


def _line(now: Draft) -> None:
    dataset = now.spec.dataset
    entry = catalog.entry("datasets", dataset.source)
    picture = _PICTURES / f"{dataset.source}-{shell.theme()}.png"
    is_row = not shell.is_phone()
    with st.container(border=True, horizontal=is_row, vertical_alignment="center", gap="small", key="chosen"):
        if file_of(dataset):
            data_files.used(now)
        else:
            name = data_choose.label(dataset.source)
            if picture.exists() and not shell.is_phone():
                st.image(str(picture), width=_PICTURE_PX, alt=_("Samples of {dataset}").format(dataset=name))
            with st.container(gap="xxsmall", width="stretch"):
                st.markdown(f"**{shell.plain(name)}**")
                if entry is not None:
                    st.caption(shell.plain(_(entry.summary)))
        st.button(
            _("Change dataset"),
            key="change-dataset",
            icon=":material/grid_view:",
            on_click=draft.put,
            args=(_OPEN, _key(now)),
        )


def _close() -> None:
    draft.put(_OPEN, "")
    data_own.dismiss()


def _key(now: Draft) -> str:
    return f"{now.id} {now.spec.dataset.source} {file_of(now.spec.dataset)}"
