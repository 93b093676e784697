"""The columns of the list of runs: which there are, what they are called, and what stands in them."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import streamlit as st

from playground.engine.keeping import size_of
from playground.locale.text import _
from playground.runs import Metric, NotFoundError, Store
from playground.runs.listing import Row, setting
from playground.runs.listing_fields import FIELDS
from playground.runs.outline import headline
from playground.settings import settings
from playground.specs.rules.memory import in_words
from playground.ui import about, engine, ids, run_words, shell
from playground.ui.runs_wanted import COLUMNS, words

NONE = "–"
_TINTS = {
    "light": ("#E3E7EC", "#E2D6F5", "#CFE4F7", "#F9E0C2", "#CDEBDD", "#F8D4D6"),
    "dark": ("#333A42", "#3D2F5E", "#1B4262", "#533612", "#124536", "#5A2429"),
}
_TINT_OF = {"stopped": 0, "queued": 1, "running": 2, "paused": 3, "lost": 3, "finished": 4, "failed": 5}
_SHOWN = (
    "name",
    "state",
    "model",
    "curve",
    "best",
    "last",
    "metric",
    "seconds",
    "created_at",
    "dataset",
    "device",
    "tags",
    "note",
)
"""Those that are shown at first."""


class _Column(NamedTuple):
    title: str
    cell: Callable[[Row], Any]
    width: int | None = None
    is_number: bool = False


def titles() -> dict[str, str]:
    """What the columns are called, by id."""
    return {name: column.title for name, column in _columns().items()}


def chosen() -> tuple[str, ...]:
    """The columns that the address lists, in its order; those that are shown at first where it lists none."""
    return tuple(ids.several(COLUMNS, _columns())) or _SHOWN


def cells(rows: Sequence[Row], names: Sequence[str]) -> dict[str, list[Any]]:
    """By title of each column with an id in ``names``, its cells."""
    columns = _columns()
    return {columns[name].title: [columns[name].cell(row) for row in rows] for name in names}


def config(names: Sequence[str]) -> dict[str, Any]:
    """How Streamlit draws these columns, by title."""
    columns, found = _columns(), {}
    for name in names:
        column = columns[name]
        if name == "state":
            chips = {run_words.chip(state).word: _TINTS[shell.theme()][tint] for state, tint in _TINT_OF.items()}
            kind = st.column_config.MultiselectColumn(
                column.title, width=column.width, options=list(chips), color=list(chips.values())
            )
        elif name == "tags":
            kind = st.column_config.ListColumn(column.title, width=column.width)
        elif name in ("curve", "loss_curve"):
            kind = st.column_config.LineChartColumn(column.title, width=column.width, help=_("Over the epochs"))
        elif name == "progress":
            kind = st.column_config.ProgressColumn(column.title, width=column.width, format="percent")
        else:
            side: Literal["left", "right"] = "right" if column.is_number else "left"
            kind = st.column_config.TextColumn(column.title, width=column.width, alignment=side)
        found[column.title] = kind
    return found


def spelled(field: str, value: str | None) -> str:
    """A value of a field by which runs are filtered or grouped, as people read it."""
    if value is None:
        return _("none")
    match field:
        case "state":
            return run_words.chip(value).word
        case "dataset":
            return about.label("datasets", value)
        case "optimizer":
            return about.label("optimizers", value)
        case "training_loss":
            return about.label("losses", value)
        case "metric":
            return run_words.metric(value)
        case "draft":
            return _called(lambda store: store.drafts.draft(value).name or _("Draft"), _("a draft that is gone"))
        case "comparison":
            return _called(
                lambda store: store.comparisons.comparison(value).name or _("Comparison"),
                _("a comparison that is gone"),
            )
        case _:
            return value


def _called(name: Callable[[Store], str], otherwise: str) -> str:
    try:
        return name(engine.client().store)
    except NotFoundError:
        return otherwise


def _columns() -> Mapping[str, _Column]:
    called = words()
    return {
        "name": _Column(called["name"], _name, 190),
        "state": _Column(called["state"], _state, 95),
        "model": _Column(called["model"], _model, 190),
        "curve": _Column(_("Curve"), _curve, 100),
        "best": _Column(called["best"], _best, 75, is_number=True),
        "last": _Column(called["last"], _last, 75, is_number=True),
        "metric": _Column(called["metric"], _metric, 130),
        "loss_curve": _Column(_("Loss curve"), _loss_curve, 100),
        "best_loss": _Column(called["best_loss"], _best_loss, 75, is_number=True),
        "loss": _Column(called["loss"], _loss, 75, is_number=True),
        "progress": _Column(_("Done"), _progress, 100),
        "epoch": _Column(called["epoch"], _epoch, 80, is_number=True),
        "seconds": _Column(called["seconds"], _seconds, 80, is_number=True),
        "created_at": _Column(called["created_at"], _when, 95),
        "dataset": _Column(called["dataset"], _dataset, 130),
        "device": _Column(called["device"], _device, 70),
        "tags": _Column(_("Tags"), _tags, 120),
        "note": _Column(_("Note"), _note, 160),
        "parameters": _Column(called["parameters"], _parameters, 90, is_number=True),
        "optimizer": _Column(called["optimizer"], _optimizer, 90),
        "learning_rate": _Column(called["learning_rate"], _learning_rate, 90, is_number=True),
        "training_loss": _Column(called["training_loss"], _training_loss, 150),
        "batch_size": _Column(called["batch_size"], _batch_size, 80, is_number=True),
        "seed": _Column(called["seed"], _seed, 60, is_number=True),
        "size": _Column(_("Files"), _size, 80, is_number=True),
        "id": _Column(_("Id"), _id, 110),
    }


def _name(row: Row) -> str:
    name = row.name or _("Run")
    return f"★ {name}" if row.label.star else name


def _state(row: Row) -> list[str]:
    return [run_words.chip(row.run.state).word]


def _model(row: Row) -> str:
    return row.model


def _curve(row: Row) -> list[float] | None:
    return _points(row, headline(row.run.metrics))


def _loss_curve(row: Row) -> list[float] | None:
    return _points(row, "val_loss" if "val_loss" in row.run.metrics else "loss")


def _points(row: Row, name: str | None) -> list[float] | None:
    found = row.run.outlines.get(name or "")
    values = (*found.values, row.run.metrics[name or ""].last) if found else ()
    points = [value for value in values if math.isfinite(value)]
    return points if len(points) > 1 else None


def _telling(row: Row) -> Metric | None:
    name = headline(row.run.metrics)
    return row.run.metrics[name] if name else None


def _best(row: Row) -> str:
    metric = _telling(row)
    return run_words.value(metric.best) if metric else NONE


def _last(row: Row) -> str:
    metric = _telling(row)
    return run_words.value(metric.last) if metric else NONE


def _metric(row: Row) -> str:
    name = headline(row.run.metrics)
    return run_words.metric(name) if name else NONE


def _of_loss(row: Row) -> Metric | None:
    return row.run.metrics.get("val_loss", row.run.metrics.get("loss"))


def _best_loss(row: Row) -> str:
    metric = _of_loss(row)
    return run_words.value(metric.best) if metric else NONE


def _loss(row: Row) -> str:
    metric = _of_loss(row)
    return run_words.value(metric.last) if metric else NONE


def _progress(row: Row) -> float:
    return row.run.progress


def _epoch(row: Row) -> str:
    return _("{n} of {all}").format(n=f"{row.run.epoch:,}", all=f"{row.run.epochs:,}")


def _seconds(row: Row) -> str:
    return run_words.exact(row.run.seconds) if row.run.started_at else NONE


def _when(row: Row) -> str:
    return run_words.ago(row.run.created_at)


def _dataset(row: Row) -> str:
    return about.label("datasets", row.dataset)


def _device(row: Row) -> str:
    return row.run.device or NONE


def _tags(row: Row) -> list[str]:
    return list(row.label.tags)


def _note(row: Row) -> str:
    return row.label.note


def _parameters(row: Row) -> str:
    return f"{row.run.parameters:,}" if row.run.parameters is not None else NONE


def _setting(row: Row, field: str) -> str:
    value = setting(row.spec, FIELDS[field].path)
    if isinstance(value, Mapping):  # a schedule in place of a rate
        return about.label("schedules", str(value.get("kind", "")))
    return spelled(field, f"{value:g}" if isinstance(value, float) else str(value)) if value is not None else NONE


def _optimizer(row: Row) -> str:
    return _setting(row, "optimizer")


def _learning_rate(row: Row) -> str:
    return _setting(row, "learning_rate")


def _training_loss(row: Row) -> str:
    return _setting(row, "training_loss")


def _batch_size(row: Row) -> str:
    return _setting(row, "batch_size")


def _seed(row: Row) -> str:
    return _setting(row, "seed")


def _size(row: Row) -> str:
    return in_words(size_of(settings().run_dir(row.run.id)))


def _id(row: Row) -> str:
    return row.run.id
