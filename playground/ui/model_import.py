"""Bringing a model of one's own: a ``.keras`` file or Keras JSON, shown before it replaces anything."""

import functools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.engine.errors import AnswerError, HostError, SpecError
from playground.engine.foreign import foreign
from playground.locale.text import _, ngettext
from playground.settings import settings
from playground.specs import ModelSpec, RunSpec
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.rules.fit import spelled_shape
from playground.specs.templates import started
from playground.ui import about, draft, engine, model_open, shell, window

_KEY = "import"
_FILE = "import-file"
_WEIGHTS = "import-weights"


def offer() -> bool:
    """Draw the way to a model of one's own; returns whether it has just been taken."""
    said = _("A .keras file, or the JSON of model.to_json().")
    return window.offer(_KEY, _("Import a Keras file"), "upload_file", said)


def ask(spec: RunSpec, facts: Facts) -> None:
    """Draw the import over the page, once somebody has asked for it."""
    window.ask(_KEY, _("Import a Keras model"), lambda: _content(spec, facts))


def _content(spec: RunSpec, facts: Facts) -> None:
    limit = settings().max_model_upload_mb
    st.file_uploader(
        _("A .keras file, or the JSON of model.to_json()"), type=["keras", "json"], key=_FILE, max_upload_size=limit
    )
    file = draft.widget(_FILE)
    if file is None:
        st.caption(_("Nothing in the file is run: its layers are read and built anew, and shown here first."))
        return
    try:
        with st.spinner(_("Reading the file …")):
            found = _looked_at(file.file_id, spec)
    except (SpecError, AnswerError, HostError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return
    _found(found, facts)
    if _choice(found, spec):
        st.rerun()  # a dialog reruns alone after a click, and would stay


def _found(found: Mapping[str, Any], facts: Facts) -> None:
    """What the file holds, and what of it stays behind."""
    kinds = [layer["kind"] for layer in found["model"]["layers"]]
    n = len(kinds)
    shown = ", ".join([*kinds[:6], "…", kinds[-1]] if n > 8 else kinds)
    st.markdown(f"**{ngettext('{n} layer', '{n} layers', n).format(n=n)}** &ensp;{shell.plain(shown)}")
    if found["misfit"]:
        reads = spelled_shape(tuple(found["input_shape"] or ())) or "–"
        words = _("It reads {reads}, and your data has {has}. As it is, it cannot be trained on it.")
        said = words.format(reads=reads, has=spelled_shape(facts.input_shape))
        st.warning(f"{said}\n\n{shell.plain(found['misfit'])}", icon=":material/info:")
    behind = list(found["behind"])
    if found["weights_misfit"]:
        words = _("Weights, on this data: {why}")
        behind.insert(0, words.format(why=found["weights_misfit"]))
    if not behind:
        st.markdown(f":green[:material/check_circle:] {_('Everything comes along.')}")
        return
    with st.container(border=True, gap="xxsmall", key="import-behind"):
        st.markdown(f"#### {_('What stays behind')}")
        for words in behind:
            st.markdown(f"- {shell.plain(words)}")


def _choice(found: Mapping[str, Any], spec: RunSpec) -> bool:
    """Draw what can be done with it; returns whether one has just been done."""
    if found["has_weights"]:
        st.toggle(_("Start training from its weights"), value=True, key=_WEIGHTS)
    is_taken = False
    is_other = bool(found["misfit"] or found["weights_misfit"])
    with st.container(horizontal=True, gap="small", key="import-choice"):
        if not found["misfit"]:
            is_taken |= _button(_("New draft"), "import-new", spec, is_new=True, is_primary=not spec.model.layers)
        for source in _fitting(tuple(found["input_shape"] or ())) if is_other else ():
            label = _("New draft on {dataset}").format(dataset=about.label("datasets", source))
            fresh = started(first_dataset(source), outline(first_dataset(source)))
            is_taken |= _button(label, f"import-on-{source}", fresh, is_new=True, is_primary=False)
        words = _("Replace my layers") if spec.model.layers else _("Take its layers")
        is_taken |= _button(words, "import-replace", spec, is_new=False, is_primary=not is_other)
    st.caption(_("Data and training settings stay. Undo brings your layers back."))
    return is_taken


def _button(label: str, key: str, spec: RunSpec, *, is_new: bool, is_primary: bool) -> bool:
    kind: Any = "primary" if is_primary else "secondary"
    return st.button(label, key=key, type=kind, on_click=_take, args=(spec, is_new))


def _take(spec: RunSpec, is_new: bool) -> None:
    file = draft.widget(_FILE)
    if file is None:
        return
    try:
        found = foreign(engine.client(), file.getvalue(), spec, is_kept=draft.widget(_WEIGHTS) is not False)
    except (SpecError, AnswerError, HostError) as error:
        draft.tell(str(error))
        return
    window.close(_KEY)
    made = spec.model_copy(update={"model": ModelSpec.model_validate(found["model"])})
    model_open.open_layer("")
    if is_new:
        draft.new(made.model_copy(update={"name": file.name.rsplit(".", 1)[0][:200]}))
    else:
        draft.edit(made)


def _fitting(shape: tuple[int | None, ...]) -> list[str]:
    """The datasets whose samples have this shape; a size that is open goes with any."""
    found = []
    for entry in catalog.entries("datasets"):
        try:
            has = outline(first_dataset(entry.id)).input_shape
        except DataError:
            continue  # it needs a file or a choice first
        if (
            shape
            and len(has) == len(shape)
            and all(size in (None, other) for size, other in zip(shape, has, strict=True))
        ):
            found.append(entry.id)
    return found


@functools.lru_cache(maxsize=8)
def _looked_at(file_id: str, spec: RunSpec) -> dict[str, Any]:
    """What a workbench says of the file that is in the uploader, under ``file_id``."""
    return foreign(engine.client(), draft.widget(_FILE).getvalue(), spec)
