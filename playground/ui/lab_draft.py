"""What the labs need of the user's draft: its facts, and runs of its variants side by side."""

from collections.abc import Sequence

import streamlit as st

from playground.data import DataError, outline
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.ui import comparing, draft, shell


def facts_of(spec: RunSpec) -> Facts | None:
    """What is known of the data of ``spec``; ``None`` where it is not there."""
    try:
        return outline(spec.dataset)
    except DataError:
        return None


def train_beside(of: Draft | None, spec: RunSpec, members: Sequence[tuple[str, RunSpec]], name: str) -> None:
    """Start ``members`` side by side and turn to them, or say why not; without a draft, one of ``spec`` is made."""
    try:
        with st.spinner(_("Starting …")):
            found = comparing.start_variants(of or draft.new(spec), tuple(members), name)
    except (SpecError, EngineError, ValueError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return
    st.switch_page(shell.COMPARE, query_params=draft.address() | comparing.address(found))
