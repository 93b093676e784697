"""The split: a bar with the rows of each part, its kind and what that needs."""

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.catalog.own import OWN
from playground.charts import split_chart
from playground.data import SOURCES, DataError, outline
from playground.data.split_column import columns_for
from playground.locale.text import _
from playground.specs import DatasetSpec, RunSpec, SplitSpec
from playground.specs.args import Args
from playground.ui import data_columns, data_shares, draft, forms, shell

_HEIGHT = 64
_COLUMN = "column"


def panel(
    spec: RunSpec, sizes: tuple[int, int, int] | None, error: str, repeated: tuple[int, int] | None = None
) -> None:
    """Draw the split and what changes it.

    Args:
        spec: the draft's.
        sizes: rows of training, validation and test part, where they are known.
        error: why the split does not fit the data; empty where it does.
        repeated: how many validation and test rows are equal to a training row, where it is known.
    """
    st.markdown(f"### {_('Split')}")
    names = (_("Training"), _("Validation"), _("Test"))
    if error:
        st.error(shell.plain(error), icon=":material/error:")
    elif sizes is not None:
        said = ", ".join(f"{name} {size:,}" for name, size in zip(names, sizes, strict=True))
        chart = split_chart(list(zip(names, sizes, strict=True)))
        st.echarts_chart(chart, height=_HEIGHT, key="split", alt=_("Split: {words}").format(words=said))
    split = spec.dataset.split
    _kind(spec)
    entry = catalog.entry("splits", split.kind)
    if entry is None:
        return
    data_shares.panel(spec, entry)
    _column(spec, entry)
    forms.form(entry, split.args, "dataset.split.args", columns=1, leave_out=(*data_shares.SHARES, _COLUMN))
    _repeated(repeated)


def _repeated(repeated: tuple[int, int] | None) -> None:
    """What rows are both learned from and judged by, and the remedy."""
    if repeated is None or not any(repeated):
        return
    words = _("Equal to a training row: {validation} of validation, {test} of test.").format(
        validation=f"{repeated[0]:,}", test=f"{repeated[1]:,}"
    )
    remedy = _("Scores on them flatter: add the step “Drop duplicate rows”, or keep groups together.")
    st.warning(f"{words} {remedy}", icon=":material/content_copy:")


def _kind(spec: RunSpec) -> None:
    """The kinds of split that this dataset can have."""
    now = spec.dataset.split.kind
    offered = (*catalog.entries("splits"), *OWN["splits"])
    kinds = [entry for entry in offered if entry.id == now or _first(spec, entry.id) is not None]
    names = {entry.id: _(entry.label) for entry in kinds}
    chosen = catalog.entry("splits", now)
    key = draft.key("split-kind")
    st.selectbox(
        _("How the rows are divided"),
        list(names),
        index=list(names).index(now) if now in names else None,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=_choose_kind,
        args=(spec, key),
    )
    if chosen is not None:
        st.caption(_(chosen.summary))
    if now == "none":
        words = _("Every score is of rows that were learned: it says nothing about new ones.")
        st.warning(words, icon=":material/warning:")


def _choose_kind(spec: RunSpec, key: str) -> None:
    split = _first(spec, draft.widget(key))
    if split is not None:
        dataset = spec.dataset.model_copy(update={"split": split})
        draft.edit(spec.model_copy(update={"dataset": dataset}), made_from=spec)


def _first(spec: RunSpec, kind: str) -> SplitSpec | None:
    """The split of that kind with as much as it needs for this dataset; ``None`` where it does not fit."""
    entry = catalog.entry("splits", kind)
    column = entry.param(_COLUMN) if entry else None
    names: list[str | None] = [None]
    if column is not None:
        names = [*columns(spec.dataset, kind)] if column.required else [None]
    for name in names:
        split = SplitSpec(kind=kind, args=Args({} if name is None else {_COLUMN: name}))
        try:
            outline(spec.dataset.model_copy(update={"split": split}))
        except DataError:
            continue
        return split
    return None


def columns(dataset: DatasetSpec, kind: str) -> list[str]:
    """The names of the columns of a table that a split of that kind can go by; the target is none."""
    public = SOURCES.get(dataset.source)
    if public is not None and public.groups and kind == "groups":
        return [public.groups[0]]
    profile = data_columns.table(dataset)
    if profile is None or dataset.source != "table":
        return []
    target = profile.column(profile.target if dataset.target is None else dataset.target).name
    return [name for name in columns_for(kind, profile) if name != target]


def _column(spec: RunSpec, entry: Entry) -> None:
    """The column that the split goes by, where there is a choice."""
    param, kind = entry.param(_COLUMN), spec.dataset.split.kind
    names = columns(spec.dataset, kind)
    if param is None or not names:
        return
    now = spec.dataset.split.args.get(_COLUMN)
    choices: list[str | None] = [*([] if param.required else [None]), *names]
    key = draft.key("split-column")
    st.selectbox(
        _(param.label),
        choices,
        index=choices.index(now) if now in choices else None,
        format_func={each: each or _("the order of the file") for each in choices}.__getitem__,
        help=_(param.help),
        key=key,
        on_change=_put_column,
        args=(spec, key),
    )


def _put_column(spec: RunSpec, key: str) -> None:
    data_shares.put(spec, {_COLUMN: draft.widget(key)})
