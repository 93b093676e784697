"""What people say about runs: their name, star, tags and note."""

import dataclasses
import functools
from collections.abc import Iterable, Sequence

import streamlit as st

from playground.locale.text import _
from playground.runs import Label
from playground.runs.listing import Row
from playground.settings import settings
from playground.ui import draft, engine

_LONGEST_NAME, _LONGEST_NOTE, _LONGEST_TAG = 200, 2_000, 40
_MOST_TAGS = 20


def panel(picked: Sequence[str], row: Row | None) -> None:
    """Draw the button that stars the ticked runs and the one that opens the fields.

    Args:
        picked: the ticked runs.
        row: the only one, where it is one of this page.
    """
    labels = engine.client().store.labels.of(picked)
    is_starred = all(label.star for label in labels.values())
    st.button(
        _("Unstar") if is_starred else _("Star"),
        key="runs-star",
        icon=":material/star_border:" if is_starred else ":material/star:",
        on_click=_star,
        args=(list(picked), not is_starred),
    )
    known = engine.client().store.listing.tags(settings().owner)
    if row is not None:
        _one(row, known)
    else:
        _several(picked, known)


def _one(row: Row, known: Sequence[str]) -> None:
    key = f"runs-label-{row.run.id}"
    with st.popover(_("Name, tags, note"), icon=":material/label:", key=f"{key}-open"), st.form(key, border=False):
        st.text_input(_("Name"), row.name, max_chars=_LONGEST_NAME, key=f"{key}-name")
        _tags(known, row.label.tags, f"{key}-tags")
        st.text_area(_("Note"), row.label.note, max_chars=_LONGEST_NOTE, key=f"{key}-note")
        st.form_submit_button(_("Save"), key=f"{key}-save", on_click=_save, args=(row.run.id, row.run.name, key))


def _several(picked: Sequence[str], known: Sequence[str]) -> None:
    key = "runs-labels"
    with st.popover(_("Add tags"), icon=":material/label:", key=f"{key}-open"), st.form(key, border=False):
        _tags(known, (), f"{key}-tags")
        st.form_submit_button(_("Add to all"), key=f"{key}-save", on_click=_add, args=(list(picked), f"{key}-tags"))


def _tags(known: Sequence[str], now: Sequence[str], key: str) -> None:
    st.multiselect(
        _("Tags"),
        list(dict.fromkeys([*known, *now])),
        list(now),
        key=key,
        accept_new_options=True,
        max_selections=_MOST_TAGS,
        placeholder=_("Choose a tag, or write a new one"),
        help=_("In lower case, at most {n} characters each").format(n=_LONGEST_TAG),
    )


def tidied(tags: Iterable[str]) -> tuple[str, ...]:
    """``tags`` as they are kept: in lower case, without commas and what cannot be printed, none twice."""
    words = (" ".join("".join(c for c in tag if c.isprintable() and c != ",").split()) for tag in tags)
    return tuple(dict.fromkeys(word[:_LONGEST_TAG].lower() for word in words if word))[:_MOST_TAGS]


def _save(run_id: str, own_name: str, key: str) -> None:
    name = " ".join(_printable(draft.widget(f"{key}-name") or "").split())
    said = {
        "name": name if name and name != own_name else None,
        "tags": tidied(draft.widget(f"{key}-tags") or ()),
        "note": _printable(draft.widget(f"{key}-note") or "", and_lines=True).strip(),
    }
    engine.client().store.labels.change([run_id], functools.partial(dataclasses.replace, **said))


def _add(run_ids: list[str], key: str) -> None:
    engine.client().store.labels.change(run_ids, functools.partial(_with_tags, tags=draft.widget(key) or ()))


def _star(run_ids: list[str], is_starred: bool) -> None:
    engine.client().store.labels.change(run_ids, functools.partial(dataclasses.replace, star=is_starred))


def _with_tags(label: Label, tags: Iterable[str]) -> Label:
    return dataclasses.replace(label, tags=tidied([*label.tags, *tags]))


def _printable(text: str, *, and_lines: bool = False) -> str:
    return "".join(each for each in text if each.isprintable() or (and_lines and each == "\n"))
