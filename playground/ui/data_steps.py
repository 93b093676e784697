"""Preparation: the steps in order, what can be done with each, and those that can be added."""

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.catalog.own import OWN
from playground.data import DataError, outline
from playground.data.transforms.step_choice import steps_for
from playground.locale.text import _, ngettext
from playground.specs import DatasetSpec, RunSpec, StepSpec
from playground.specs.args import Args
from playground.specs.usual import usual_args
from playground.ui import draft, forms, shell

_ICONS = {
    "standardise": "equalizer",
    "scale": "contrast",
    "min_max": "height",
    "robust": "shield",
    "add_channel": "layers",
    "drop_gaps": "filter_alt",
    "drop_duplicates": "content_copy",
    "fill": "format_color_fill",
    "one_hot": "view_column",
    "group_rare": "workspaces",
    "ordinal": "format_list_numbered",
    "date_parts": "calendar_month",
    "tfidf": "text_fields",
    "multi_hot": "checklist",
    "sequences": "segment",
    "plane_features": "functions",
    "resize": "photo_size_select_large",
    "center_crop": "crop",
    "grey": "filter_b_and_w",
    "standardise_channels": "palette",
    "standardise_target": "my_location",
    "log_target": "my_location",
}
_ROWS = "Rows"
_SHOWN = 3


def panel(spec: RunSpec, error: str) -> None:
    """Draw the steps, what can be done with each, and those that can be added.

    Args:
        spec: the draft's.
        error: why the steps do not fit the data; empty where they do.
    """
    dataset = spec.dataset
    st.markdown(f"### {_('Preparation')}")
    if dataset.steps:
        with st.container(border=True, gap="xsmall", key="steps"):
            for at in range(len(dataset.steps)):
                _step(spec, at)
    else:
        st.caption(_("No steps: the model gets the values as they are."))
    if error:
        st.error(shell.plain(error), icon=":material/error:")
    offered = [(entry, _unfit(dataset, entry.id)) for entry in _offered(dataset)]
    offered.sort(key=lambda each: bool(each[1]))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="add-steps"):
        st.caption(_("Add a step"), width="content")
        for entry, reason in offered[:_SHOWN]:
            _add(spec, entry, reason)
        if more := offered[_SHOWN:]:
            words = ngettext("{n} more", "{n} more", len(more)).format(n=len(more))
            # A key of its own after every edit: a step that was added closes the list.
            popover = st.popover(words, type="tertiary", key=draft.key(f"more-steps-{len(dataset.steps)}"))
            with popover, st.container(gap="xsmall"):
                for entry, reason in more:
                    _add(spec, entry, reason)


def _add(spec: RunSpec, entry: Entry, reason: str) -> None:
    """A button that adds a step; ``reason`` says why it does not fit, and is empty where it does."""
    st.button(
        _(entry.label),
        key=f"add-{entry.id}",
        icon=":material/add:",
        type="tertiary",
        disabled=bool(reason),
        help=reason or _(entry.summary),
        on_click=_put,
        args=(spec, _added(spec.dataset, entry)),
    )


def _step(spec: RunSpec, at: int) -> None:
    steps = spec.dataset.steps
    step = steps[at]
    entry = catalog.entry("steps", step.kind)
    name = _(entry.label) if entry else step.kind
    icon = _ICONS.get(step.kind, "tune")
    is_phone = shell.is_phone()
    with st.container(horizontal=not is_phone, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f":material/{icon}: &ensp;**{shell.plain(name)}**")
            st.caption(shell.plain(_(entry.summary)) if entry else "")
        with st.container(horizontal=True, gap="small", width="stretch" if is_phone else "content"):
            _moves(spec, at)
    if entry is not None and entry.params:
        forms.form(entry, step.args, f"dataset.steps.{at}.args", columns=3)


def _moves(spec: RunSpec, at: int) -> None:
    """Buttons that move the step at ``at``, where there are others, and take it away."""
    steps = spec.dataset.steps
    for words, mark, to, is_off in (
        (_("Up"), "arrow_upward", at - 1, at == 0),
        (_("Down"), "arrow_downward", at + 1, at == len(steps) - 1),
    ):
        if len(steps) > 1:
            st.button(
                words,
                key=f"step-{mark}-{at}",
                icon=f":material/{mark}:",
                type="tertiary",
                disabled=is_off,
                on_click=_put,
                args=(spec, _moved(steps, at, to)),
            )
    st.button(
        _("Remove"),
        key=f"step-remove-{at}",
        icon=":material/close:",
        type="tertiary",
        on_click=_put,
        args=(spec, [*steps[:at], *steps[at + 1 :]]),
    )


def _moved(steps: tuple[StepSpec, ...], at: int, to: int) -> list[StepSpec]:
    rest = [*steps[:at], *steps[at + 1 :]]
    return [*rest[:to], steps[at], *rest[to:]]


def _new(kind: str) -> StepSpec:
    return StepSpec(kind=kind, args=Args(usual_args("steps", kind)))


def _offered(dataset: DatasetSpec) -> list[Entry]:
    """The steps that go with this kind of data, in the catalogue's order."""
    try:
        kinds = steps_for(dataset)
    except DataError:
        return []
    return [entry for entry in (*catalog.entries("steps"), *OWN["steps"]) if entry.id in kinds]


def _added(dataset: DatasetSpec, entry: Entry) -> list[StepSpec]:
    """The steps with one more: at the end, or after the others that leave rows out."""
    steps = list(dataset.steps)
    at = len(steps)
    if entry.group == _ROWS:
        known = [catalog.entry("steps", step.kind) for step in steps]
        at = sum(each is not None and each.group == _ROWS for each in known)
    return [*steps[:at], _new(entry.id), *steps[at:]]


def _unfit(dataset: DatasetSpec, kind: str) -> str:
    """Why a step of this kind cannot come last; empty where it can."""
    try:
        outline(dataset)
    except DataError:
        return ""  # something else does not fit, which is no fault of this one
    entry = catalog.entry("steps", kind)
    try:
        outline(dataset.model_copy(update={"steps": tuple(_added(dataset, entry)) if entry else ()}))
    except DataError as error:
        return shell.plain(str(error))
    return ""


def _put(spec: RunSpec, steps: list[StepSpec]) -> None:
    dataset = spec.dataset.model_copy(update={"steps": tuple(steps)})
    draft.edit(spec.model_copy(update={"dataset": dataset}), made_from=spec)
