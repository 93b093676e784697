"""The choice of a race: in what its contestants differ, who they are, over how many seeds. It stands in the address."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from playground import recipes
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.race import AS_IT_IS, ASPECTS, members, offered
from playground.ui import comparing, draft, lab_fields, shell
from playground.ui.lab_draft import facts_of

BY = "by"
SEEDS, EPOCHS = "seeds", "race-epochs"
_EXAMPLE = "spiral"
_MOST = 8
_COUNTS = (1, 3, 5)
_USUAL: Mapping[str, tuple[str, ...]] = {
    "optimizers": (AS_IT_IS, "SGD", "Momentum", "RMSprop", "Adagrad", "Adam"),
    "rates": (AS_IT_IS, "0.001", "0.01", "0.1", "1"),
    "schedules": ("Constant", "ExponentialDecay", "CosineDecay"),
    "activations": ("sigmoid", "tanh", "relu", "gelu"),
    "initializers": ("GlorotUniform", "HeNormal", "RandomNormal", "Zeros"),
}
"""By aspect, who races unless somebody chooses others."""


class Chosen(NamedTuple):
    """A race as it is chosen: what it is called, who races, and from which seeds."""

    name: str
    racing: Mapping[str, RunSpec]
    seeds: tuple[int, ...]


def who(aspect: str) -> str:
    """The name, in the address, of the contestants of one aspect."""
    return f"who-{aspect}"


def panel() -> None:
    """Draw the choice, and the button that starts the race."""
    of = draft.current()
    spec = of.spec if of is not None else recipes.recipe(_EXAMPLE).spec
    with st.container(gap="small", key="race-choice"):
        chosen = _choice(spec)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            is_started = st.button(
                ngettext("Start the race of {n}", "Start the race of {n}", len(chosen.racing)).format(
                    n=len(chosen.racing)
                ),
                key="race-start",
                type="primary",
                icon=":material/flag:",
                disabled=len(chosen.racing) < 2,
            )
            st.caption(_said(of, spec, chosen))
    if is_started:
        _start(of, spec, chosen)


def _choice(spec: RunSpec) -> Chosen:
    labels = {
        "optimizers": _("Optimizers"),
        "rates": _("Learning rates"),
        "schedules": _("Schedules"),
        "activations": _("Activations"),
        "initializers": _("Initializers"),
    }
    aspect = lab_fields.part(_("What differs"), {each: labels[each] for each in ASPECTS}, BY)
    every = offered(aspect, spec, facts_of(spec))
    usual = [label for label in _USUAL[aspect] if label in every]
    picked = lab_fields.several(labels[aspect], list(every), usual, who(aspect))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        n = st.selectbox(
            _("Seeds"),
            _COUNTS,
            key=SEEDS,
            width=120,
            help=_("Each seed is another split, other first weights and another order of the rows, the same for all."),
            bind="query-params",
            persist_state="session",
        )
        epochs = st.number_input(
            _("Epochs"), 1, settings().max_epochs, spec.training.epochs, key=EPOCHS, width=140, persist_state="session"
        )
    training = spec.training.model_copy(update={"epochs": int(epochs)})
    longer = {} if epochs == spec.training.epochs else {"training": training}
    every = offered(aspect, spec.model_copy(update=longer), facts_of(spec)) if longer else every
    first = [label for label in every if label in picked][:_MOST]
    if len(picked) > _MOST:
        st.caption(_("The first {n} race.").format(n=_MOST))
    name = _("{aspect} of {name}").format(aspect=labels[aspect], name=spec.name or _("your draft"))
    return Chosen(name, {label: every[label] for label in first}, tuple(range(spec.seed, spec.seed + n)))


def _said(of: Draft | None, spec: RunSpec, chosen: Chosen) -> str:
    """What the button does, in words."""
    if len(chosen.racing) < 2:
        return _("Choose two or more.")
    name = shell.plain(spec.name or _("your draft")) if of is not None else _("the example Spiral")
    n = len(chosen.racing) * len(chosen.seeds)
    runs = ngettext("{n} run", "{n} runs", n).format(n=n)
    return _("On **{name}**: {runs}, all of one seed at the same step.").format(name=name, runs=runs)


def _start(of: Draft | None, spec: RunSpec, chosen: Chosen) -> None:
    try:
        with st.spinner(_("Starting …")):
            comparing.start_race(of or draft.new(spec), members(chosen.racing, chosen.seeds), chosen.name)
    except (SpecError, EngineError, ValueError) as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
        return
    st.rerun()
