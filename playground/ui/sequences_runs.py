"""The trained runs that have a recurrent layer, one of which can lend its weights."""

from typing import NamedTuple

import streamlit as st

from playground.catalog.gates import CELLS
from playground.locale.text import _
from playground.settings import settings
from playground.specs import LayerSpec, RunSpec
from playground.ui import draft, engine, ids, shell

RUN = "of"
_LOOKED_AT, _OFFERED = 40, 12
_TWO_WAYS = "Bidirectional"


class Trained(NamedTuple):
    """A recurrent layer of a run that has finished."""

    run_id: str
    name: str
    spec: RunSpec
    layer: str


def recurrent_layers(spec: RunSpec) -> list[str]:
    """The names of the recurrent layers of ``spec``; of a ``Bidirectional`` the layer inside counts."""
    kinds = {each.id for each in CELLS}
    return [layer.name for layer in spec.model.layers if _kind(layer) in kinds]


def choose() -> Trained | None:
    """Draw the choice of a run and of its layer; ``None`` for fresh weights, and where there is no such run."""
    offered = found()
    if not offered:
        return None
    names = {"": _("Fresh weights"), **{_key(each): f"{each.name} · {each.layer}" for each in offered}}
    known = ids.part(RUN, names) or ""
    key = "sequences-run"
    now = draft.widget(key)
    at = list(names).index(known if now not in names else now)
    chosen = st.selectbox(
        _("Weights of"), list(names), at, format_func=names.__getitem__, key=key, persist_state="session", width=320
    )
    ids.show_part(RUN, chosen)
    return next((each for each in offered if _key(each) == chosen), None)


def found() -> list[Trained]:
    """The recurrent layers of the runs that ended last, at most twelve."""
    store = engine.client().store
    listed = []
    for run in store.runs.find(
        owner=settings().owner, states_in={"finished", "stopped"}, limit=_LOOKED_AT, has_binned=False
    ):
        spec = store.runs.spec(run.id)
        name = run.name or shell.plain(_("Run"))
        listed += [Trained(run.id, name, spec, layer) for layer in recurrent_layers(spec)]
    return listed[:_OFFERED]


def _key(of: Trained) -> str:
    return f"{of.run_id}.{of.layer}"


def _kind(layer: LayerSpec) -> str:
    if layer.kind != _TWO_WAYS:
        return layer.kind
    inner = layer.args.plain().get("layer") or {}
    return str(inner.get("kind", ""))
