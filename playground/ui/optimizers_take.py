"""From the lab of optimizers to the draft: one of them into it, or a race of them on it."""

from collections.abc import Sequence

import streamlit as st

from playground import catalog, recipes
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.race import members
from playground.ui import comparing, draft, lab_fields, shell
from playground.ui.optimizers_choice import Walker

PART, RACE = "part", "race"
_EXAMPLE = "spiral"
_MOST = 6
_REFUSED = "race-refused"


def button(walkers: Sequence[Walker]) -> None:
    """Draw the button that takes an optimizer, with its arguments, into the draft."""
    of = draft.current()
    with st.popover(_("Use in my model"), icon=":material/layers:", type="primary", disabled=not walkers):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        labels = {each.label: each for each in walkers}
        label = st.radio(_("Optimizer of the draft"), list(labels), key="take-optimizer")
        st.caption(
            _("With its arguments, and Keras's own learning rate: a network has other slopes than these surfaces.")
        )
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, labels[label])):
                st.switch_page(shell.TRAIN, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def race(walkers: Sequence[Walker]) -> None:
    """Draw what a race on the user's own network would be, and the button that starts it."""
    of = draft.current()
    spec = of.spec if of is not None else recipes.recipe(_EXAMPLE).spec
    name = shell.plain(spec.name or _("your draft")) if of is not None else _("the example Spiral")
    first = list(walkers)[:_MOST]
    with st.container(border=True, gap="xsmall", key="race"):
        st.markdown(f"#### {_('The fair race')}")
        said = _("The same network, the same first weights, the same batches, once with each optimizer: **{name}**.")
        st.markdown(said.format(name=name))
        if len(first) < 2:
            st.caption(_("Choose two optimizers or more above."))
            return
        st.caption(
            _("{labels}, with Keras's own learning rates, {epochs} epochs each.").format(
                labels=", ".join(shell.plain(each.label) for each in first), epochs=spec.training.epochs
            )
        )
        is_started = st.button(
            _("Race these {n} in lockstep").format(n=len(first)),
            key="race-start",
            icon=":material/flag:",
            on_click=_start,
            args=(of, spec, first),
        )
        if refused := draft.get(_REFUSED, ""):
            st.error(shell.plain(refused), icon=":material/error:")
        elif is_started:
            st.rerun()  # the choice of the part lies outside this fragment


def changed(spec: RunSpec, walker: Walker) -> RunSpec:
    """``spec`` with the optimizer of ``walker``, its arguments and Keras's own learning rate."""
    entry = catalog.entry("optimizers", walker.optimizer["kind"])
    args = {name: value for name, value in walker.optimizer["args"].items() if name != "learning_rate"}
    assert entry is not None
    rate = entry.param("learning_rate")
    known = {"learning_rate": rate.default} if rate is not None and rate.default is not None else {}
    return with_value(spec, "training.optimizer", {"kind": entry.id, "args": {**known, **args}})


def _start(of: Draft | None, spec: RunSpec, walkers: Sequence[Walker]) -> None:
    """Start the race and turn to it."""
    draft.put(_REFUSED, "")
    racing = {each.label: changed(spec, each) for each in walkers}
    try:
        comparing.start_race(
            of or draft.new(spec), members(racing, [spec.seed]), _("Optimizers of {name}").format(name=spec.name)
        )
    except (SpecError, EngineError, ValueError) as error:
        draft.put(_REFUSED, str(error))
        return
    draft.set_widget(lab_fields.widget_key(PART), RACE)
