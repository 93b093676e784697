"""The model as Keras describes it: its printed summary, and the configuration of the whole or of one layer."""

import functools
import json
from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from playground.engine.errors import AnswerError, HostError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import DatasetSpec, LayerSpec, ModelSpec, RunSpec
from playground.specs.shapes import Shapes
from playground.ui import engine, listing, model_open, shell
from playground.ui.shapes import is_reachable, question

_HEIGHT = 480


def summary(spec: RunSpec, shapes: Shapes) -> None:
    """Draw what ``model.summary()`` prints."""
    found = _described(spec, shapes)
    if found is not None:
        height: int | Literal["content"] = "content" if len(spec.model.layers) < 10 else _HEIGHT
        listing.panel(found["summary"], height, wrap_lines=False)
        st.caption(_("As Keras prints it: model.summary()."))
        if shell.is_phone():
            st.caption(_("It is wider than the screen: swipe it sideways."))


def config(spec: RunSpec, shapes: Shapes) -> None:
    """Draw the configuration of the whole model or of one layer, and the button that takes it away.

    The layer that is open on the page comes first.
    """
    found = _described(spec, shapes)
    if found is None:
        return
    whole: Mapping[str, Any] = found["configuration"]
    layers = {each["config"]["name"]: each["config"] for each in whole["config"]["layers"]}
    names = ["", *layers]
    opened = model_open.opened()
    name = st.selectbox(
        _("Configuration of"),
        names,
        index=names.index(opened) if opened in layers else 0,
        format_func=lambda name: name or _("The whole model"),
        key="config-of",
    )
    shown = layers.get(name, whole)
    with st.container(height=_HEIGHT, border=False, key="config"):
        st.json(shown, expanded=2 if name else 3)
    st.caption(_("What get_config() gives.") if name else _("What to_json() gives."))
    st.download_button(
        _("Download (JSON)"),
        json.dumps(shown, indent=1),
        f"{name or 'model'}.json",
        "application/json",
        icon=":material/download:",
        on_click="ignore",
        key="config-download",
    )


def _described(spec: RunSpec, shapes: Shapes) -> dict[str, Any] | None:
    """Keras's description of the layers; says why where there is none."""
    if not spec.model.layers:
        st.caption(_("Nothing to describe yet: add a layer."))
        return None
    if shapes.error or not shapes.is_known:
        st.caption(_("Keras describes the model as soon as its layers fit together."))
        return None
    try:
        return _asked(settings(), spec.model.layers, spec.dataset)
    except (AnswerError, HostError, SpecError) as error:
        st.caption(f":material/error: {shell.plain(str(error))}")
        return None


@functools.lru_cache(maxsize=64)
def _asked(of: Settings, layers: tuple[LayerSpec, ...], dataset: DatasetSpec) -> dict[str, Any]:
    if not is_reachable():
        raise HostError(_("The engine is starting."))
    header, _arrays = engine.client().ask("description", {"spec": question(ModelSpec(layers=layers), dataset)})
    return header
