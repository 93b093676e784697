"""Choosing a dataset: a new draft, another dataset for an empty one, or the question what to keep of a finished one."""

from typing import Any, NamedTuple

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.specs import RunSpec
from playground.specs.dataset_change import Keep, Proposal, changed, is_finished
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import TEMPLATES, started
from playground.ui import draft, run_words

_ASKING = "data.asking"
_NOTE = "data.note"


class _Way(NamedTuple):
    keep: Keep
    label: str
    words: str
    is_primary: bool = False


def choose(source: str) -> None:
    """Work with the dataset called ``source``; a callback. Where the draft has layers, it asks first."""
    now = draft.current()
    if now is None or now.spec.dataset.source == source:
        if now is None:
            begin(source)
        return
    if is_finished(now.spec):
        draft.put(_ASKING, source)
        return
    _change(now.spec, source, "nothing" if _is_untouched(now.spec) else "layers")


def begin(source: str) -> None:
    """Make a new draft on the dataset called ``source``; a callback."""
    dataset = first_dataset(source)
    facts = outline(dataset)
    made = draft.new(started(dataset, facts))
    proposal = changed(made.spec, dataset, facts, "nothing")
    _note(_fits(proposal, made.spec), made)


def start_from(template: str) -> None:
    """Give the draft the layers of a template; a callback."""
    now = draft.current()
    if now is None:
        return
    facts = outline(now.spec.dataset)
    made = started(now.spec.dataset, facts, template, now.spec.seed)
    spec = made.model_copy(update={"name": now.spec.name or made.name, "training": now.spec.training})
    if draft.edit(spec):
        n = len(spec.model.layers)
        layers = ngettext("{n} layer", "{n} layers", n).format(n=n)
        _note(_("{template}: {layers}.").format(template=_(TEMPLATES[template].label), layers=layers))


def ask(now: Draft) -> None:
    """Draw the question what to keep, where another dataset was chosen for a draft with layers."""
    source = draft.get(_ASKING, "")
    if not source:
        return
    if source == now.spec.dataset.source:
        _dismiss()
        return
    st.dialog(_("Change to {dataset}?").format(dataset=label(source)), on_dismiss=_dismiss)(_question)(now.spec, source)


def note(now: Draft) -> None:
    """Draw the line that says what the last choice of a dataset brought with it, until the next edit, and its undo."""
    found: dict[str, Any] = draft.get(_NOTE, {})
    if not found or found["draft"] != now.id or found["revision"] != now.revision:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="note"):
        st.markdown(f":green[:material/check_circle:] {found['words']}", width="content")
        if now.can_undo:
            st.button(_("Undo"), icon=":material/undo:", type="tertiary", key="undo-choice", on_click=draft.undo)


def label(source: str) -> str:
    """The name on screen of the dataset called ``source``."""
    entry = catalog.entry("datasets", source)
    return _(entry.label) if entry else source


def _question(spec: RunSpec, source: str) -> None:
    n = len(spec.model.layers) + len(spec.model.resting)
    st.markdown(
        ngettext("Your draft has {n} layer, made for {old}.", "Your draft has {n} layers, made for {old}.", n).format(
            n=n, old=label(spec.dataset.source)
        )
    )
    dataset = first_dataset(source)
    fitted = changed(spec, dataset, outline(dataset), "layers")
    for way in (
        _Way("layers", _("Keep the layers and fit the output"), run_words.first_upper(_words(fitted)), True),
        _Way("all", _("Keep everything"), _("Only the dataset changes; the Model page says what does not fit.")),
        _Way("nothing", _("Start again with an empty model"), _("Loss, metrics and epochs are set to fit.")),
    ):
        with st.container(gap="xxsmall"):
            # A dialog reruns alone after a click, its callback first: it must ask for the page to see itself closed.
            if st.button(
                way.label,
                key=f"keep-{way.keep}",
                type="primary" if way.is_primary else "secondary",
                width="stretch",
                on_click=_change,
                args=(spec, source, way.keep),
            ):
                st.rerun()
            st.caption(way.words)


def _change(spec: RunSpec, source: str, keep: Keep) -> None:
    _dismiss()
    dataset = first_dataset(source)
    proposal = changed(spec, dataset, outline(dataset), keep)
    if not draft.edit(proposal.spec):
        return
    if keep == "all":
        _note(_("{dataset} is chosen; layers, loss and metrics are as they were.").format(dataset=label(source)))
    else:
        _note(_fits(proposal, proposal.spec))


def _fits(proposal: Proposal, spec: RunSpec) -> str:
    """What fits the task; of an empty model, the output layer that it is going to need."""
    if proposal.units is not None:
        return run_words.first_upper(_words(proposal))
    facts = outline(spec.dataset)
    template = next(name for name, each in TEMPLATES.items() if each.fits(facts))
    needed = changed(started(spec.dataset, facts, template), spec.dataset, facts, "layers")
    if needed.units is None:
        return run_words.first_upper(_words(proposal))
    return _("What fits: {words}").format(words=_words(needed))


def _words(proposal: Proposal) -> str:
    said = [_("loss `{loss}`").format(loss=proposal.loss)]
    if proposal.metrics:
        metrics = ", ".join(f"`{metric}`" for metric in proposal.metrics)
        said.append(_("metric {metrics}").format(metrics=metrics))
    if proposal.units is not None:
        units = ngettext("{n} unit", "{n} units", proposal.units).format(n=f"{proposal.units:,}")
        how = _("without activation")
        if proposal.activation != "linear":
            how = _("with `{activation}`").format(activation=proposal.activation)
        said.insert(0, _("output layer of {units} {how}").format(units=units, how=how))
    return "; ".join(said) + "."


def _is_untouched(spec: RunSpec) -> bool:
    """Whether the training settings are still those that came with the dataset."""
    try:
        return spec.training == started(spec.dataset, outline(spec.dataset)).training
    except DataError:  # a dataset that is gone, or steps that do not fit
        return False


def _note(words: str, of: Draft | None = None) -> None:
    now = of or draft.current()
    if now is not None:
        draft.put(_NOTE, {"draft": now.id, "revision": now.revision, "words": words})


def _dismiss() -> None:
    draft.put(_ASKING, "")
