"""How much classes and rows count in the training loss."""

import streamlit as st

from playground.catalog import Param
from playground.data import DataError, opened, outline
from playground.data.row_weights import class_weights
from playground.data.weight_column import weight_columns
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.ui import draft, shell
from playground.ui.form_fields import plain_field

_CLASSES, _ROWS, _METRICS = "training.class_weight", "training.sample_weight", "training.weighted_metrics"
_SAME, _BALANCED, _OWN = "same", "balanced", "own"
_EACH = 10
"""Classes that have a field of their own; of more, the numbers are written in one line."""
_SHOWN = 6


def panel(spec: RunSpec) -> None:
    """Draw the weights of classes, of rows where a table has a column for it, and whether metrics heed them."""
    try:
        facts = outline(spec.dataset)
        columns = weight_columns(spec.dataset, settings())
    except DataError:
        return  # the page says it
    training = spec.training
    is_classified = facts.task in ("binary", "multiclass") and not facts.is_sequence_answered
    if is_classified or training.class_weight is not None:
        _of_classes(spec, facts)
    if columns or training.sample_weight is not None:
        _of_rows(spec, columns)
    if training.class_weight is not None or training.sample_weight is not None or training.weighted_metrics:
        key = draft.key(_METRICS)
        st.toggle(
            _("Metrics heed the weights"),
            value=training.weighted_metrics,
            key=key,
            help=_("Compiled as weighted metrics. In validation and test every row counts once, as it is."),
            on_change=_set,
            args=(_METRICS, key),
        )


def _of_classes(spec: RunSpec, facts: Facts) -> None:
    chosen = spec.training.class_weight
    words = {_SAME: _("Every row counts the same"), _BALANCED: _("Balanced"), _OWN: _("A number for each class")}
    ways = list(words)
    now = _SAME if chosen is None else _BALANCED if chosen == "balanced" else _OWN
    key = draft.key(_CLASSES)
    st.selectbox(
        _("Class weights"),
        ways,
        index=ways.index(now),
        format_func=words.__getitem__,
        key=key,
        help=_(
            "How much the loss counts a training row of each class. Balanced: a class with few rows counts as much as "
            "one with many. Validation and test count every row once."
        ),
        on_change=_choose_classes,
        args=(key, spec, len(facts.classes)),
    )
    balanced = _balanced(spec, len(facts.classes))
    if chosen == "balanced" and balanced is not None:
        shown = [f"{name}: {weight:.3g}" for name, weight in zip(facts.classes, balanced, strict=True)]
        st.caption(shell.plain(" · ".join([*shown[:_SHOWN], *(["…"] if len(shown) > _SHOWN else [])])))
    elif isinstance(chosen, tuple):
        _numbers(chosen, facts)


def _numbers(chosen: tuple[float, ...], facts: Facts) -> None:
    if len(chosen) != len(facts.classes) or len(chosen) > _EACH:
        param = Param("class_weight", "list", minimum=0, label=_("Weights in the order of the classes"), required=True)
        plain_field(param, chosen, _CLASSES)
        return
    columns = st.columns(2, gap="small")
    for at, (name, weight) in enumerate(zip(facts.classes, chosen, strict=True)):
        param = Param("weight", "float", minimum=0, required=True, label=shell.plain(name))
        with columns[at % 2]:
            plain_field(param, weight, f"{_CLASSES}.{at}")


def _of_rows(spec: RunSpec, columns: tuple[str, ...]) -> None:
    chosen = spec.training.sample_weight
    names = [None, *dict.fromkeys([*columns, *([chosen] if chosen is not None else [])])]
    key = draft.key(_ROWS)
    st.selectbox(
        _("Sample weights"),
        names,
        index=names.index(chosen),
        format_func=_column,
        key=key,
        help=_("The column of your table that says how much the loss counts each training row: numbers of at least 0."),
        on_change=_set,
        args=(_ROWS, key),
    )


def _column(name: str | None) -> str:
    return _("None") if name is None else name


def _balanced(spec: RunSpec, n_classes: int) -> tuple[float, ...] | None:
    """The balanced weights of the prepared training part; ``None`` while it has not been prepared."""
    prepared = opened(spec.dataset, spec.seed, settings())
    if prepared is None:
        return None
    try:
        labels = prepared.array("y_train").astype(int)
    except DataError:
        return None
    return tuple(float(f"{each:.3g}") for each in class_weights("balanced", labels, n_classes))


def _set(path: str, key: str) -> None:
    draft.set_value(path, draft.widget(key))


def _choose_classes(key: str, spec: RunSpec, n_classes: int) -> None:
    way = draft.widget(key)
    own = _balanced(spec, n_classes) or (1.0,) * n_classes
    draft.set_value(_CLASSES, {_SAME: None, _BALANCED: "balanced", _OWN: list(own)}[way], by_widget=False)
