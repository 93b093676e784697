"""Choosing a dataset: a new draft, another dataset for an empty one, or the question what to keep of a finished one."""

from typing import NamedTuple

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.data.sets.known_source import file_of
from playground.data.uploads.upload import brought
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.settings import settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.dataset_change import Keep, Proposal, changed, is_finished
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import TEMPLATES, started
from playground.ui import data_note, draft, run_words, shell

_ASKING = "data.asking"


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
    dataset = first_dataset(source)
    if is_finished(now.spec):
        fresh = started(dataset, outline(dataset), seed=now.spec.seed)
        ask_about(fresh.model_copy(update={"name": now.spec.name}))
        return
    _change(now.spec, dataset, "nothing" if _is_untouched(now.spec) else "layers")


def ask_about(fresh: RunSpec) -> None:
    """Have the next page run ask what to keep of the draft on the dataset of ``fresh``, which is what keeps nothing."""
    draft.put(_ASKING, fresh.to_json())


def begin(source: str) -> None:
    """Make a new draft on the dataset called ``source``; a callback."""
    dataset = first_dataset(source)
    facts = outline(dataset)
    made = draft.new(started(dataset, facts))
    proposal = changed(made.spec, dataset, facts, "nothing")
    data_note.say(fits(proposal, made.spec), made)


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
        data_note.say(_("{template}: {layers}.").format(template=_(TEMPLATES[template].label), layers=layers))


def ask(now: Draft) -> None:
    """Draw the question what to keep, where another dataset was chosen for a draft with layers."""
    asked = draft.get(_ASKING, "")
    if not asked:
        return
    fresh = RunSpec.from_json(asked)
    if fresh.dataset == now.spec.dataset:
        _dismiss()
        return
    title = _("Change to {dataset}?").format(dataset=name(fresh.dataset))
    st.dialog(title, on_dismiss=_dismiss)(_question)(now.spec, fresh)


def label(source: str) -> str:
    """The name on screen of the dataset called ``source``."""
    entry = catalog.entry("datasets", source)
    return _(entry.label) if entry else source


def name(dataset: DatasetSpec) -> str:
    """What a dataset is called on screen: a file of one's own by its name, where it is here."""
    file = file_of(dataset)
    try:
        return brought(file, settings()).name if file else label(dataset.source)
    except DataError:
        return label(dataset.source)


def _question(spec: RunSpec, fresh: RunSpec) -> None:
    n = len(spec.model.layers) + len(spec.model.resting)
    st.markdown(
        ngettext("Your draft has {n} layer, made for {old}.", "Your draft has {n} layers, made for {old}.", n).format(
            n=n, old=shell.plain(name(spec.dataset))
        )
    )
    dataset = fresh.dataset
    fitted = changed(spec, dataset, outline(dataset), "layers")
    again = _Way("nothing", _("Start again with an empty model"), _("Loss, metrics and epochs are set to fit."))
    if is_finished(fresh):
        n = len(fresh.model.layers)
        layers = ngettext("{n} layer", "{n} layers", n).format(n=n)
        again = _Way(
            "nothing", _("Start again with the proposed model"), _("{layers}; all settings fit.").format(layers=layers)
        )
    for way in (
        _Way("layers", _("Keep the layers and fit the output"), run_words.first_upper(_words(fitted)), True),
        _Way("all", _("Keep everything"), _("Only the dataset changes; the Model page says what does not fit.")),
        again,
    ):
        with st.container(gap="xxsmall"):
            # A dialog reruns alone after a click, its callback first: it must ask for the page to see itself closed.
            if st.button(
                way.label,
                key=f"keep-{way.keep}",
                type="primary" if way.is_primary else "secondary",
                width="stretch",
                on_click=_begin_again if way.keep == "nothing" else _change,
                args=(fresh,) if way.keep == "nothing" else (spec, dataset, way.keep),
            ):
                st.rerun()
            st.caption(way.words)


def _begin_again(fresh: RunSpec) -> None:
    _dismiss()
    if draft.edit(fresh):
        data_note.say(fits(changed(fresh, fresh.dataset, outline(fresh.dataset), "all"), fresh))


def _change(spec: RunSpec, dataset: DatasetSpec, keep: Keep) -> None:
    _dismiss()
    proposal = changed(spec, dataset, outline(dataset), keep)
    if not draft.edit(proposal.spec):
        return
    if keep == "all":
        data_note.say(
            _("{dataset} is chosen; layers, loss and metrics are as they were.").format(
                dataset=shell.plain(name(dataset))
            )
        )
    else:
        data_note.say(fits(proposal, proposal.spec))


def fits(proposal: Proposal, spec: RunSpec) -> str:
    """What fits the task, in words; of an empty model, the output layer that it is going to need."""
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


def _dismiss() -> None:
    draft.put(_ASKING, "")
