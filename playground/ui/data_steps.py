"""Preparation: the steps in order, and what they do to the values."""

import numpy as np
import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.catalog.own import OWN
from playground.charts import histogram_chart
from playground.data import DataError, outline
from playground.data.step_choice import steps_for
from playground.locale.text import _
from playground.specs import DatasetSpec, RunSpec, StepSpec
from playground.specs.args import Args
from playground.specs.usual import usual_args
from playground.ui import data_cards, data_ready, draft, forms, shell
from playground.ui.data_ready import Look
from playground.ui.data_rows import Rows

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
    "standardise_target": "my_location",
    "log_target": "my_location",
}
_ROWS = "Rows"
_HEIGHT = 150
_SAMPLES = 400
_SIDES = 2
_EVERY = -1


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
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="add-steps"):
        st.caption(_("Add a step"), width="content")
        for entry in _offered(dataset):
            reason = _unfit(dataset, entry.id)
            st.button(
                _(entry.label),
                key=f"add-{entry.id}",
                icon=":material/add:",
                type="tertiary",
                disabled=bool(reason),
                help=reason or _(entry.summary),
                on_click=_put,
                args=(spec, _added(dataset, entry)),
            )


def before_and_after(raw: Look, ready: Look, features: tuple[str, ...]) -> None:
    """Draw the values of the training part as they come and as the model gets them.

    Args:
        raw: the dataset without steps.
        ready: the same with them.
        features: names of the columns in ``ready``; empty for images.
    """
    if raw.error or ready.error:
        return  # said where it belongs: at the samples, at the steps or at the split
    with st.container(horizontal=True, vertical_alignment="center", key="before-title"):
        st.markdown(f"### {_('Before and after')}", width="content")
        column = _column(features, ready.dataset.source) if features else None
    sides = st.columns(_SIDES, gap="medium")
    if raw.prepared is None or ready.prepared is None:
        with sides[0]:
            data_ready.wait(ready if raw.prepared else raw, _HEIGHT)
        with sides[1]:
            st.skeleton(height=_HEIGHT)
        return
    after = Rows(ready.prepared, ("train",))
    before = Rows(raw.prepared)
    drawn = after.drawn(_SAMPLES)
    names_of = raw.prepared.facts.features, ready.prepared.facts.features
    same = before.places(after.numbers[drawn])  # the rows that train now, also where the split was changed
    for side, title, rows, at in ((sides[0], _("Before"), before, same), (sides[1], _("After"), after, drawn)):
        values = rows.x(at)
        with side:
            if column is None:
                _histogram(title, values, rows is after)
            elif (name := features[column]) in names_of[rows is after]:
                _histogram(title, values[:, names_of[rows is after].index(name)], rows is after)
            else:
                st.markdown(f"**{title}**")
                st.caption(_("A step makes {feature}.").format(feature=shell.plain(name)))
    st.caption(_("What a step learns, such as a mean, it learns from the training part alone."))


def _column(features: tuple[str, ...], source: str) -> int | None:
    names = {_EVERY: _("All features"), **dict(enumerate(features))}
    if not shell.is_phone():
        st.space("stretch")
    chosen = st.selectbox(
        _("Feature"),
        list(names),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=240,
        key=f"feature-{source}",
    )
    return None if chosen == _EVERY else chosen


def _histogram(title: str, values: np.ndarray, is_after: bool) -> None:
    said = _("{low} to {high}, mean {mean}, standard deviation {sd}").format(
        low=_short(values.min()), high=_short(values.max()), mean=_short(values.mean()), sd=_short(values.std())
    )
    st.markdown(f"**{title}**")
    key = "after" if is_after else "before"
    st.echarts_chart(histogram_chart(values), height=_HEIGHT, key=key, alt=f"{title}: {said}")
    shape = data_cards.shape(values.shape[1:])
    st.caption(shell.plain(f"{said} · {shape}" if shape else said))


def _short(number: float) -> str:
    return f"{round(float(number), 3):.4g}".replace("-", "−")


def _step(spec: RunSpec, at: int) -> None:
    steps = spec.dataset.steps
    step = steps[at]
    entry = catalog.entry("steps", step.kind)
    name = _(entry.label) if entry else step.kind
    icon = _ICONS.get(step.kind, "tune")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f":material/{icon}: &ensp;**{shell.plain(name)}**")
            st.caption(shell.plain(_(entry.summary)) if entry else "")
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
    if entry is not None and entry.params:
        forms.form(entry, step.args, f"dataset.steps.{at}.args", columns=3)


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
