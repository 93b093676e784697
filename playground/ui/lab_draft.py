"""What the labs need of the user's draft: its facts, and runs of its variants side by side."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from playground.data import DataError, outline
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.race import members as members_of
from playground.ui import comparing, draft, ids, shell


def facts_of(spec: RunSpec) -> Facts | None:
    """What is known of the data of ``spec``; ``None`` where it is not there."""
    try:
        return outline(spec.dataset)
    except DataError:
        return None


def train_beside(of: Draft | None, spec: RunSpec, members: Sequence[tuple[str, RunSpec]], name: str) -> None:
    """Start ``members`` side by side and turn to them, or say why not; without a draft, one of ``spec`` is made."""
    found = _started(lambda: comparing.start_variants(of or draft.new(spec), tuple(members), name))
    if found:
        st.switch_page(shell.COMPARE, query_params=draft.address() | comparing.address(found))


def race(of: Draft | None, spec: RunSpec, racing: Mapping[str, RunSpec], name: str) -> None:
    """Start a race of ``racing`` from the seed of ``spec`` and turn to it, or say why not; as :func:`train_beside`."""
    members = members_of(racing, [spec.seed])
    found = _started(lambda: comparing.start_race(of or draft.new(spec), members, name))
    if found:
        st.switch_page(shell.OPTIMIZERS, query_params=draft.address() | {"part": "race", ids.RACE: found})


def _started(start: Callable[[], str]) -> str:
    """The id of the comparison that ``start`` gives; empty where it could not, which is said."""
    try:
        with st.spinner(_("Starting …")):
            return start()
    except (SpecError, EngineError, ValueError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return ""
