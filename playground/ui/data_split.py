"""The split: a bar with the rows of each part, handles to drag and numbers to type."""

from typing import Any

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.catalog.own import OWN
from playground.charts import split_chart
from playground.data import DataError, outline
from playground.data.split_column import columns_for
from playground.locale.text import _
from playground.specs import DatasetSpec, RunSpec, SplitSpec
from playground.specs.args import Args
from playground.ui import data_columns, draft, forms, shell

_HEIGHT = 64
_SHARES = ("validation", "test")
_COLUMN = "column"
_VERSIONS = "data.versions"


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
    shares = [name for name in _SHARES if entry.param(name)]
    if shares:
        _handles(spec, entry, shares)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="split-numbers"):
        for name in shares:
            _typed(spec, entry, name)
        _seed(spec)
    _column(spec, entry)
    forms.form(entry, split.args, "dataset.split.args", columns=1, leave_out=(*_SHARES, _COLUMN))
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
    """The names of the columns of a table of one's own that a split of that kind can go by; the target is none."""
    profile = data_columns.table(dataset)
    if profile is None or dataset.source != "table":
        return []
    target = profile.column(profile.target if dataset.target is None else dataset.target).name
    return [name for name in columns_for(kind, profile) if name != target]


def _column(spec: RunSpec, entry: Entry) -> None:
    """The column that the split goes by, for a table of one's own."""
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
    args = {name: value for name, value in spec.dataset.split.args.items() if name != _COLUMN}
    name = draft.widget(key)
    draft.set_value("dataset.split.args", args if name is None else {**args, _COLUMN: name})


def _handles(spec: RunSpec, entry: Entry, shares: list[str]) -> None:
    """One handle a border between two parts: what lies between them is drawn above."""
    ends: list[int] = []
    left = 100
    for name in reversed(shares):
        left = max(0, left - _percent(spec, entry, name))
        ends.insert(0, left)
    value: Any = tuple(ends) if len(ends) > 1 else ends[0]
    key = _key("split-handles", value)
    st.slider(
        _("Where training ends, and validation") if len(ends) > 1 else _("Where training ends"),
        0,
        100,
        value=value,
        step=1,
        format="%d %%",
        key=key,
        on_change=_dragged,
        args=(spec, shares, key),
    )


def _dragged(spec: RunSpec, shares: list[str], key: str) -> None:
    value = draft.widget(key)
    ends = [*(value if isinstance(value, tuple | list) else [value]), 100]
    _put(spec, {name: (ends[at + 1] - ends[at]) / 100 for at, name in enumerate(shares)})


def _typed(spec: RunSpec, entry: Entry, name: str) -> None:
    param = entry.param(name)
    value = _percent(spec, entry, name)
    key = _key(f"split-{name}", value)
    st.number_input(
        _("{part} in %").format(part=_(param.label)) if param else name,
        0,
        int(100 * (param.maximum or 1)) if param else 100,
        value=value,
        step=1,
        help=_(param.help) if param else None,
        key=key,
        on_change=_put_typed,
        args=(spec, name, key),
    )


def _put_typed(spec: RunSpec, name: str, key: str) -> None:
    _put(spec, {name: draft.widget(key) / 100})


def _put(spec: RunSpec, shares: dict[str, float]) -> None:
    draft.set_value("dataset.split.args", {**spec.dataset.split.model_dump()["args"], **shares})


def _seed(spec: RunSpec) -> None:
    key = draft.key("seed")
    st.number_input(
        _("Seed"),
        0,
        2**31 - 1,
        value=spec.seed,
        step=1,
        help=_("Decides which rows are drawn, and the first weights. The same seed gives the same numbers."),
        key=key,
        on_change=_put_seed,
        args=(key,),
    )


def _put_seed(key: str) -> None:
    draft.set_value("seed", draft.widget(key))


def _percent(spec: RunSpec, entry: Entry, name: str) -> int:
    param = entry.param(name)
    value = spec.dataset.split.args.get(name, param.default if param else 0)
    return round(100 * float(value)) if isinstance(value, int | float) else 0


def _key(name: str, value: Any) -> str:
    """The key of one of several widgets that show the same value: another one once a neighbour has changed it.

    The widget that changes it keeps its key, and with it the keyboard's focus.
    """
    versions: dict[str, int] = draft.get(_VERSIONS, {})
    version = versions.get(name, 0)
    shown = draft.widget(draft.key(f"{name}-{version}"))
    if shown is not None and shown != value:
        version += 1
        draft.put(_VERSIONS, {**versions, name: version})
    return draft.key(f"{name}-{version}")
