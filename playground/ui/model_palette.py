"""What can be added to a model: all layers by search and by group."""

import functools
from collections.abc import Mapping, Sequence

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.specs.branches import twins
from playground.specs.facts import Facts
from playground.specs.rules.fit import rank_words, spelled_shape
from playground.specs.shapes import Shape, Shapes
from playground.specs.stack import added, place, rows
from playground.ui import draft, model_open, run_words, shell
from playground.ui.form_words import judgement

_GROUP = "palette-group"
_FIRST = "Core"
_FITTING = "palette-fitting"
_SYLLABLE = 2  # letters; the parts of ReLU are no words


def panel(spec: RunSpec, facts: Facts, shapes: Shapes) -> None:
    """Draw the search and the groups. Only the open group's layers are drawn: a page is drawn after every edit."""
    st.markdown(f"### {_('Add a layer')}")
    at = _place(spec, facts)
    known = {"input": facts.input_shape, **{layer.name: layer.output_shape for layer in shapes.layers}}
    before = ["input", *(row.layer.name for row in rows(spec.model)[:at] if row.is_on)]
    is_fitting = draft.get(_FITTING, False)
    entries = {e.id: e for e in catalog.offered("layers") if not (is_fitting and _misfit(e, before, known))}
    key, words = draft.key("add-search"), _search_words(tuple(entries))
    st.selectbox(
        _("Search for a layer"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        filter_mode="contains",  # the other way finds letters that are scattered over the words
        placeholder=ngettext("Search {n} layer", "Search {n} layers", len(entries)).format(n=len(entries)),
        label_visibility="collapsed",
        icon=":material/search:",
        key=key,
        on_change=_add_found,
        args=(key, spec, facts, known),
    )
    st.caption(_where(spec, at))
    st.toggle(
        _("Only what fits here"),
        value=is_fitting,
        key="palette-fitting",
        help=_("Leaves out what does not take what it would read there. Keras decides when the layer is added."),
        on_change=draft.put,
        args=(_FITTING, not is_fitting),
    )
    if shell.is_phone():  # the groups would push the layers out of sight; the search has all of them
        return
    opened = draft.get(_GROUP, _FIRST)
    with st.container(gap="xxsmall", key="palette"):
        for group in dict.fromkeys(entry.group for entry in entries.values()):
            is_open = group == opened
            st.button(
                f":gray[{_(group)}]",
                key=f"group-{group}",
                type="tertiary",
                icon=":material/keyboard_arrow_down:" if is_open else ":material/chevron_right:",
                on_click=draft.put,
                args=(_GROUP, "" if is_open else group),
            )
            if is_open:
                for entry in entries.values():
                    if entry.group == group:
                        _button(entry, spec, facts, known, _misfit(entry, before, known))


def _button(entry: Entry, spec: RunSpec, facts: Facts, known: Mapping[str, Shape | None], misfit: str) -> None:
    help = judgement(entry)
    if misfit:  # not disabled: beside the layer that does not fit stands the button that makes it fit
        help += f"\n\n{misfit} " + _("Its row will offer a way out.")
    st.button(
        f":gray[{entry.id}]" if misfit else entry.id,
        key=f"add-{entry.id}",
        type="tertiary",
        icon=":material/add:",
        help=help,
        on_click=_add,
        args=(entry.id, spec, facts, known),
    )


@functools.lru_cache(maxsize=64)
def _search_words(kinds: tuple[str, ...]) -> dict[str, str]:
    """What the search looks at, by layer, for those of ``kinds``, in the order in which it lists what it finds.

    Short names come first, and each before the layers that mention it: whoever types a name finds it at the top.
    """
    words = {entry.id: _words(entry) for entry in catalog.offered("layers") if entry.id in kinds}

    def rank(kind: str) -> tuple[int, int, str]:
        mention = [len(other) for other, said in words.items() if kind.lower() in said.lower()]
        return min(mention), -len(mention), kind.lower()

    return {kind: words[kind] for kind in sorted(words, key=rank)}


def _words(entry: Entry) -> str:
    """The layer's name, what it is, its group, Keras's other names for it, and its name as one may type it."""
    label = _(entry.label) if entry.label != entry.id else ""
    parts = run_words.history_name(entry.id).split("_")
    spaced = " ".join(parts) if len(parts) > 1 and all(len(part) > _SYLLABLE for part in parts) else ""
    words = (entry.id, label, _(entry.summary), _(entry.group), *catalog.other_names("layers", entry.id), spaced)
    return " · ".join(filter(None, words))


def _misfit(entry: Entry, before: Sequence[str], known: Mapping[str, Shape | None]) -> str:
    """Why ``entry`` does not take what it would read after the layers ``before``; empty where it does or may."""
    received = known.get(before[-1])
    if received is None:
        return ""
    if entry.reading.least > 1 and not twins(before, known):
        return _("It joins layers of the same shape, and there is no earlier one that gives {shape}.").format(
            shape=spelled_shape(received)
        )
    if entry.refusal(received):
        is_rank = bool(entry.ranks) and len(received) not in entry.ranks
        n = f" {_('or')} ".join(map(str, entry.channels))
        wanted = rank_words(entry.ranks) if is_rank else _("images with {n} channels").format(n=n)
        return _("It expects {wanted} and would receive {shape}.").format(wanted=wanted, shape=spelled_shape(received))
    return ""


def _add_found(key: str, spec: RunSpec, facts: Facts, known: Mapping[str, Shape | None]) -> None:
    kind = draft.widget(key)
    if kind is not None:
        _add(kind, spec, facts, known)


def _add(kind: str, spec: RunSpec, facts: Facts, known: Mapping[str, Shape | None]) -> None:
    spec = draft.stored(spec)
    at = _place(spec, facts)
    changed = added(spec, kind, at, known)
    if draft.edit(changed):
        model_open.open_layer(rows(changed.model)[at].layer.name)


def _place(spec: RunSpec, facts: Facts) -> int:
    """Where a new layer goes: after the one that is open, and never after the layer that answers."""
    stack = rows(spec.model)
    end = place(spec, facts)
    opened = model_open.opened()
    names = [row.layer.name for row in stack]
    return min(names.index(opened) + 1, end) if opened in names else end


def _where(spec: RunSpec, at: int) -> str:
    stack = rows(spec.model)
    if not stack:
        return _("It becomes the first layer.")
    if at == 0:
        return _("It goes to the top.")
    return _("It goes under **{name}**.").format(name=shell.plain(stack[at - 1].layer.name))
