"""The settings of compile and fit: five of them at once, the others behind "more"."""

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.locale.text import _
from playground.runs import Draft
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.problems import Problem
from playground.ui import (
    changes,
    draft,
    forms,
    obstacles,
    settings_callbacks,
    settings_metrics,
    settings_optimizer,
    settings_precision,
    settings_weights,
    shell,
)

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
    task = _task(of.spec)
    _first(of.spec, task)
    for problem in found:  # before the rest, below which they would be out of sight
        if not problem.is_blocking and problem.place.startswith("training"):
            _unwise(problem, of.spec)
    with st.expander(_("More settings"), type="compact", key="settings-more"):
        _more(of.spec, task)


def _first(spec: RunSpec, task: str | None) -> None:
    training = spec.training
    forms.choose("losses", training.loss.kind, _("Loss"), _choose_loss, "training.loss", task)
    loss = catalog.entry("losses", training.loss.kind)
    for param in loss.params if loss is not None else ():
        if param.required:
            forms.field(param, training.loss.args, _LOSS)
    settings_optimizer.choice(spec)
    left, right = st.columns(2, gap="small")
    with left:
        _number(_("Epochs"), "training.epochs", training.epochs, 1, settings().max_epochs)
    with right:
        _number(_("Batch size"), "training.batch_size", training.batch_size, 1, settings().max_batch_size)


def _more(spec: RunSpec, task: str | None) -> None:
    settings_metrics.panel(spec, task)
    settings_weights.panel(spec)
    settings_callbacks.panel(spec)
    seed = _("Decides the first weights, the order of the samples and how the rows are divided.")
    _number(_("Seed"), "seed", spec.seed, 0, 2**31 - 1, help_text=seed)
    settings_precision.panel(spec)
    settings_optimizer.arguments(spec)
    loss = catalog.entry("losses", spec.training.loss.kind)
    shown = [param.name for param in loss.params if param.required] if loss is not None else []
    if loss is not None and len(loss.params) > len(shown):
        st.markdown(f"**{_('Arguments of the loss')}**")
        forms.form(loss, spec.training.loss.args, _LOSS, columns=1, leave_out=shown)


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
