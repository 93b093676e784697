"""Starting the next run of a draft from the weights that an earlier one kept."""

from collections.abc import Callable

import streamlit as st

from playground import catalog
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.runs.weights import KEPT, keep, path
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.fine_tune import fine_tuned, frozen
from playground.specs.rules.start import with_fresh_weights
from playground.ui import draft
from playground.ui.reader import View


def kept(run_id: str) -> list[str]:
    """Which weights the run kept: ``best``, ``last``, both or none."""
    folder = settings().run_dir(run_id)
    return [which for which, name in KEPT.items() if (folder / name).exists()]


def button(label: str, run_id: str, which: str, key: str) -> bool:
    """Draw the button that has the draft start from these weights; returns whether it has just been pressed."""
    help_text = {
        "best": _("The weights of the best epoch, with a fresh optimizer. Undo takes it back."),
        "last": _("The weights of the last epoch, with a fresh optimizer. Undo takes it back."),
    }[which]
    return st.button(label, icon=":material/resume:", key=key, help=help_text, on_click=_take, args=(run_id, which))


def beside(view: View, of: Draft) -> None:
    """Draw, beside a run that has ended, the ways to train its weights further, where the layers are still the same."""
    if not view.run.is_ended:
        return
    if of.spec.model.weights is not None and of.spec.model.weights != view.spec.model.weights:
        start(of.spec)
    elif view.spec.model.layers == of.spec.model.layers and (which := kept(view.run.id)):
        button(_("Go on from these weights"), view.run.id, which[0], "go-on")
        if frozen(of.spec):
            _fine_tune(of.spec, view.run.id, which[0])


def _fine_tune(spec: RunSpec, run_id: str, which: str) -> None:
    layers = sum(catalog.BACKBONES[layer.kind].thawed for layer in frozen(spec))
    st.button(
        ngettext("Fine-tune the last {n} layer", "Fine-tune the last {n} layers", layers).format(n=layers),
        icon=":material/tune:",
        key="fine-tune",
        help=_(
            "The second phase: thaws the last layers of the pretrained network, takes a hundredth of the learning "
            "rate, and starts from the weights of this run. Undo takes it back."
        ),
        on_click=_take,
        args=(run_id, which, fine_tuned),
    )


def start(spec: RunSpec) -> None:
    """Say that training starts from kept weights, where it does, with the way back and the file."""
    if spec.model.weights is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="weights-start"):
        st.markdown(f":material/resume: {_('Training starts from kept weights.')}", width="content")
        st.button(
            _("Start from fresh weights"),
            type="tertiary",
            key="weights-fresh",
            on_click=_start_fresh,
            args=(spec,),
        )
        if not path(spec.model.weights, settings()).exists():
            st.caption(_("Their file is not on this server: training cannot start from them here."))


def _start_fresh(spec: RunSpec) -> None:
    draft.edit(with_fresh_weights(draft.stored(spec)))


def _from_kept(spec: RunSpec, digest: str) -> RunSpec:
    return spec.model_copy(update={"model": spec.model.model_copy(update={"weights": digest})})


def _take(run_id: str, which: str, changed: Callable[[RunSpec, str], RunSpec] = _from_kept) -> None:
    now = draft.current()
    if now is None:
        return
    try:
        digest = keep(settings().run_dir(run_id) / KEPT[which], settings())
    except OSError as error:
        draft.tell(_("These weights could not be kept: {why}").format(why=error.strerror or error))
        return
    draft.edit(changed(now.spec, digest))
