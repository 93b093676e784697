"""The settings of compile and fit: five of them at once, the others behind "more"."""

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.data import DataError, outline
from playground.locale.text import _
from playground.runs import Draft
from playground.settings import settings
from playground.specs import Args, RunSpec
from playground.specs.problems import Problem
from playground.specs.run_spec import CallbackSpec, MetricSpec
from playground.specs.usual import usual_args
from playground.ui import about, changes, draft, forms, obstacles, shell

_OPTIMIZER = "training.optimizer.args"
_LOSS = "training.loss.args"


def panel(of: Draft, found: tuple[Problem, ...], *, is_folded: bool, is_going: bool = False) -> None:
    """Draw the settings of the draft, with what is unwise about them and its remedy.

    Args:
        of: the draft.
        found: its problems.
        is_folded: whether they stand behind one line.
        is_going: whether a run of the draft goes on.
    """
    if is_folded:
        with st.expander(_("Settings"), icon=":material/tune:", key="settings-folded"):
            if is_going:
                st.caption(_("Changes count for the next run; the one that goes on keeps its own."))
            _content(of, found)
        return
    with st.container(border=True, gap="small", key="settings"):
        st.markdown(f"#### {_('Training')}")
        _content(of, found)


def _content(of: Draft, found: tuple[Problem, ...]) -> None:
    _fields(of.spec)
    for problem in found:
        if not problem.is_blocking and problem.place.startswith("training"):
            _unwise(problem, of.spec)


def _fields(spec: RunSpec) -> None:
    training, task = spec.training, _task(spec)
    forms.choose("losses", training.loss.kind, _("Loss"), _choose_loss, "training.loss", task)
    forms.choose("optimizers", training.optimizer.kind, _("Optimizer"), _choose_optimizer, "training.optimizer")
    optimizer = catalog.entry("optimizers", training.optimizer.kind)
    rate = optimizer.param("learning_rate") if optimizer else None
    if rate is not None:
        forms.field(rate, training.optimizer.args, _OPTIMIZER)
    left, right = st.columns(2, gap="small")
    with left:
        _number(_("Epochs"), "training.epochs", training.epochs, 1, settings().max_epochs)
    with right:
        _number(_("Batch size"), "training.batch_size", training.batch_size, 1, settings().max_batch_size)
    _more(spec, optimizer, task)


def _more(spec: RunSpec, optimizer: Entry | None, task: str | None) -> None:
    training = spec.training
    loss = catalog.entry("losses", training.loss.kind)
    stops = catalog.entries("callbacks")
    with st.expander(_("More settings"), type="compact", key="settings-more"):
        _metrics(spec, task)
        for entry in stops:
            _callback(spec, entry)
        seed = _("Decides the first weights, the order of the samples and how the rows are divided.")
        _number(_("Seed"), "seed", spec.seed, 0, 2**31 - 1, help_text=seed)
        if optimizer is not None and len(optimizer.params) > 1:
            st.markdown(f"**{_('Arguments of the optimizer')}**")
            leave_out = ("learning_rate",)
            forms.form(optimizer, training.optimizer.args, _OPTIMIZER, columns=1, leave_out=leave_out)
        if loss is not None and loss.params:
            st.markdown(f"**{_('Arguments of the loss')}**")
            forms.form(loss, training.loss.args, _LOSS, columns=1)


def _number(label: str, path: str, value: int, low: int, high: int, help_text: str | None = None) -> None:
    key = draft.key(path)
    st.number_input(
        label,
        min_value=low,
        max_value=max(high, value),
        value=value,
        step=1,
        key=key,
        help=help_text,
        on_change=_set,
        args=(path, key),
    )


def _set(path: str, key: str) -> None:
    draft.set_value(path, draft.widget(key))


def _choose_loss(kind: str) -> None:
    draft.set_value("training.loss", kind)


def _choose_optimizer(kind: str) -> None:
    draft.set_value("training.optimizer", kind)


def _metrics(spec: RunSpec, task: str | None) -> None:
    chosen = [metric.kind for metric in spec.training.metrics]
    entries = [each for each in catalog.entries("metrics") if task is None or not each.tasks or task in each.tasks]
    names = {each.id: about.label("metrics", each.id) for each in sorted(entries, key=lambda each: not each.basic)}
    names |= {kind: about.label("metrics", kind) for kind in chosen if kind not in names}
    key = draft.key("training.metrics")
    st.multiselect(
        _("Metrics"),
        list(names),
        default=list(dict.fromkeys(chosen)),
        format_func=names.__getitem__,
        key=key,
        help=_("Watched on the training and on the validation part; nothing is minimised by them."),
        on_change=_set_metrics,
        args=(key, spec),
    )
    for at, metric in enumerate(spec.training.metrics):
        entry = catalog.entry("metrics", metric.kind)
        if entry is not None and entry.params:
            # Named by its kind where that is enough: the place of a metric changes when one before it is taken away.
            place = metric.kind if chosen.count(metric.kind) == 1 else str(at)
            st.markdown(f"**{_('Arguments of {name}').format(name=names[metric.kind])}**")
            forms.form(entry, metric.args, f"training.metrics.{place}.args", columns=1)


def _set_metrics(key: str, spec: RunSpec) -> None:
    metrics: list[MetricSpec] = []
    for kind in draft.widget(key):
        kept = [metric for metric in spec.training.metrics if metric.kind == kind]
        metrics += kept or [MetricSpec(kind=kind, args=Args(usual_args("metrics", kind)))]
    draft.set_value("training.metrics", [metric.model_dump() for metric in metrics])


def _callback(spec: RunSpec, entry: Entry) -> None:
    chosen = next((each for each in spec.training.callbacks if each.kind == entry.id), None)
    key = draft.key(f"training.callbacks.{entry.id}")
    st.toggle(
        about.label("callbacks", entry.id),
        value=chosen is not None,
        key=key,
        help=_(entry.summary),
        on_change=_switch,
        args=(key, entry.id, spec),
    )
    if chosen is not None:
        forms.form(entry, chosen.args, f"training.callbacks.{entry.id}.args", columns=1)


def _switch(key: str, kind: str, spec: RunSpec) -> None:
    callbacks = [each for each in spec.training.callbacks if each.kind != kind]
    if draft.widget(key):
        callbacks.append(CallbackSpec.model_validate({"kind": kind, "args": usual_args("callbacks", kind)}))
    draft.set_value("training.callbacks", [each.model_dump() for each in callbacks])


def _unwise(problem: Problem, spec: RunSpec) -> None:
    with st.container(gap="xsmall"):
        st.caption(f":orange[:material/warning:] {shell.plain(obstacles.words(problem))}")
        if problem.fix is not None:
            st.button(
                _("Fix it"),
                key=f"fix-{problem.rule}-{problem.place}",
                icon=":material/build:",
                help=changes.words(spec, problem.fix),
                on_click=obstacles.mend,
                args=(problem.fix, spec),
            )


def _task(spec: RunSpec) -> str | None:
    try:
        return outline(spec.dataset).task
    except DataError:
        return None
