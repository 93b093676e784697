"""A window over the Model page: what the augmentation at the beginning of the model makes of a few training images."""

import functools

import numpy as np
import streamlit as st

from playground.data import opened
from playground.engine.errors import AnswerError, HostError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import DatasetSpec, LayerSpec, ModelSpec, RunSpec
from playground.specs.augmented import augmenting
from playground.specs.facts import Facts
from playground.ui import draft, engine, shell, window
from playground.ui.data_samples import coloured
from playground.ui.pictures_inline import inline
from playground.ui.shapes import is_reachable, question

_KEY = "augmented"
_DRAW = "model.augmented.draw"
_IMAGE_AXES = 3
_IMAGE_PX = 120
_ON_PHONE_PX, _ON_PHONE = 70, 3  # that many of the changed ones fit beside the first


def offer(spec: RunSpec, facts: Facts) -> None:
    """Draw the button that opens the window, for images and a model that begins with augmentation."""
    if _changes_images(spec, facts):
        said = _("What the layers at the beginning make of your images, each time anew.")
        window.offer(_KEY, _("See augmented samples"), "animation", said)


def ask(spec: RunSpec, facts: Facts) -> None:
    """Draw the window over the page, once somebody has asked for it."""
    if _changes_images(spec, facts):
        window.ask(_KEY, _("Augmented samples"), lambda: _content(spec, facts))


def _changes_images(spec: RunSpec, facts: Facts) -> bool:
    layers = augmenting(spec.model)
    is_image = len(facts.input_shape) == _IMAGE_AXES or any(layer.kind == "Reshape" for layer in layers)
    return bool(layers) and is_image


def _content(spec: RunSpec, facts: Facts) -> None:
    layers = augmenting(spec.model)
    kinds = " → ".join(layer.kind for layer in layers)
    st.caption(
        shell.plain(_("The first of each row is as it is; beside it what {layers} make of it.").format(layers=kinds))
    )
    if opened(spec.dataset, spec.seed, settings()) is None:
        st.markdown(_("The samples come from the training part, which the Data page prepares."))
        st.page_link(shell.DATA, label=_("Prepare the data"), icon=":material/database:", query_params=draft.address())
        return
    draw = draft.get(_DRAW, 0)
    try:
        found = _asked(settings(), layers, spec.dataset, spec.seed, draw)
    except (AnswerError, HostError, SpecError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return
    _sheet(found, facts)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(_("Other samples"), key="augmented-others", icon=":material/casino:"):
            draft.put(_DRAW, draw + 1)
            st.rerun(scope="fragment")
        st.caption(_("Training sees every image changed anew in every epoch; predictions see it as it is."))


def _sheet(found: dict[str, np.ndarray], facts: Facts) -> None:
    """One sample a row: as it is, and beside it what the layers make of it."""
    samples, results, width = found["samples"], found["results"], _IMAGE_PX
    if shell.is_phone():
        results, width = results[:, :_ON_PHONE], _ON_PHONE_PX
    with st.container(gap="xsmall", key="augmented-sheet"):
        for sample, made, label in zip(samples, results, found["labels"], strict=True):
            name = facts.classes[int(label)] if facts.classes else f"{float(label):.3g}"
            first = sample.reshape(made.shape[1:]) if sample.size == made[0].size else sample
            low, high = float(first.min()), float(first.max())
            pictures = coloured(np.clip(np.concatenate([first[np.newaxis], made]), low, high), width)
            words = [_("as it is"), *(_("changed") for _again in made)]
            alts = [f"{name}, {word}" for word in words]
            st.caption(shell.plain(name))
            st.image([inline(each) for each in pictures], width=width, alt=alts)


@functools.lru_cache(maxsize=8)
def _asked(
    of: Settings, layers: tuple[LayerSpec, ...], dataset: DatasetSpec, seed: int, draw: int
) -> dict[str, np.ndarray]:
    if not is_reachable():
        raise HostError(_("The engine is starting."))
    spec = question(ModelSpec(layers=layers), dataset) | {"seed": seed}
    return engine.client().ask("augmented", {"spec": spec, "draw": draw})[1]
