"""From the lab of activations to the draft: one activation into its hidden layers, or a run with each, side by side."""

from collections.abc import Sequence

import streamlit as st

from playground import catalog, recipes
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.hidden_layers import bent_layers, with_activation, with_initializer
from playground.ui import draft, shell
from playground.ui.activations_choice import Chosen
from playground.ui.lab_answers import Answer
from playground.ui.lab_draft import facts_of, race

_EXAMPLE = "spiral"
_MOST = 6
_AS_IT_IS = ""


def button(chosen: Sequence[Chosen]) -> None:
    """Draw the button that takes an activation, and an initializer where wanted, into the draft."""
    of = draft.current()
    with st.popover(_("Use in my model"), icon=":material/layers:", type="primary", disabled=not chosen):
        if of is None:
            _no_draft()
            return
        layers = bent_layers(of.spec, facts_of(of.spec))
        if not layers:
            st.caption(_("The draft has no hidden layer that an activation could be put into."))
            return
        labels = {each.label: each for each in chosen}
        label = st.radio(_("Activation of the hidden layers"), list(labels), key="take-activation")
        kept = {_AS_IT_IS: _("As it is"), **{each.id: each.id for each in catalog.entries("initializers")}}
        kind = st.selectbox(
            _("Initializer of their weights"), list(kept), format_func=kept.__getitem__, key="take-initializer"
        )
        st.caption(_("Changes {names}. The output layer keeps its own.").format(names=", ".join(layers)))
        taken = labels[label]
        if taken.args and taken.entry.kind == "activations":
            st.caption(_("A layer takes {name} by its name, with Keras's own arguments.").format(name=taken.entry.id))
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            if draft.edit(changed(of.spec, taken, kind)):
                st.switch_page(shell.MODEL, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def panel(chosen: Sequence[Chosen]) -> list[Answer]:
    """Draw what a race of the chosen activations would be, and the button that starts it."""
    of = draft.current()
    name = shell.plain(of.spec.name or _("your draft")) if of is not None else _("the example Spiral")
    spec = of.spec if of is not None else recipes.recipe(_EXAMPLE).spec
    layers = bent_layers(spec, facts_of(spec))
    first = list(chosen)[:_MOST]
    said = _(
        "The same network, the same first weights, the same batches, all at the same step, once with each activation: "
        "**{name}**."
    )
    st.markdown(said.format(name=name))
    if not layers or len(first) < 2:
        st.caption(
            _("Choose two activations or more above.")
            if layers
            else _("The draft has no hidden layer that an activation could be put into.")
        )
        return []
    said = _("{labels} in {layers}, {epochs} epochs each.")
    labels = ", ".join(shell.plain(each.label) for each in first)
    st.caption(said.format(labels=labels, layers=", ".join(layers), epochs=spec.training.epochs))
    if st.button(_("Race these {n} in lockstep").format(n=len(first)), key="train-in-lockstep", icon=":material/flag:"):
        racing = {each.label: changed(spec, each) for each in first}
        race(of, spec, racing, _("Activations of {name}").format(name=spec.name))
    return []


def changed(spec: RunSpec, taken: Chosen, initializer: str = _AS_IT_IS) -> RunSpec:
    """``spec`` with an activation in its hidden layers, and their weights drawn by ``initializer`` where one is named.

    Arguments go along with a layer; a layer takes a function by its name, with Keras's own.
    """
    facts = facts_of(spec)
    args = taken.args if taken.entry.kind == "layers" else {}
    found = with_activation(spec, taken.entry.id, args, facts)
    return with_initializer(found, initializer, {}, facts) if initializer else found


def _no_draft() -> None:
    st.caption(_("There is no draft yet that it could be put into."))
    st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
