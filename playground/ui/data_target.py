"""What is to be predicted: the target that the set comes with, or the input itself."""

import streamlit as st

from playground.data import DataError, outline
from playground.data.sets.known_source import file_of
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.dataset_change import changed
from playground.specs.facts import Facts, is_sequence_shape
from playground.specs.run_spec import RECONSTRUCTED
from playground.ui import draft, segments

_OWN = ""


def panel(spec: RunSpec, facts: Facts | None) -> None:
    """Draw the choice of the target; nothing where the set does not fit anyway.

    Args:
        spec: the draft's.
        facts: of its dataset; ``None`` where its preparation or its split does not fit.
    """
    if facts is None or facts.vocabulary is not None:  # numbers of words cannot be rebuilt
        return
    target = spec.dataset.target
    column = target if isinstance(target, str) and target != RECONSTRUCTED and not file_of(spec.dataset) else _OWN
    names = {_OWN: _own(spec), column: column or _own(spec), RECONSTRUCTED: _itself(facts)}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="target"):
        st.markdown(_("Predict"), width="content")
        key = draft.key("target")
        now = RECONSTRUCTED if facts.task == "reconstruction" else column
        segments.choose(_("What is to be predicted"), names, now, key, _choose, (key, spec))
    if facts.task == "reconstruction":
        st.caption(_("An autoencoder learns this: it squeezes the input into a few numbers and rebuilds it from them."))


def _own(spec: RunSpec) -> str:
    facts = outline(spec.dataset.model_copy(update={"target": None}))
    task = facts.task
    if facts.is_sequence_answered:
        return _("the sequence that answers")
    return _("the number") if task == "regression" else _("the class")


def _itself(facts: Facts) -> str:
    if is_sequence_shape(facts.input_shape):
        return _("the sequence itself")
    return _("the picture itself") if len(facts.input_shape) > 1 else _("the features themselves")


def _choose(key: str, spec: RunSpec) -> None:
    dataset = spec.dataset.model_copy(update={"target": draft.widget(key) or None})
    try:
        facts = outline(dataset)
    except DataError as error:
        draft.refuse(ValueError(str(error)))
        return
    draft.edit(changed(spec, dataset, facts).spec)
