"""What differs between the settings of runs, and what that had to do with what came out."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from playground.charts.relation import Axis, parallel_chart, scatter_chart
from playground.data.harmless import harmless
from playground.locale.text import _
from playground.runs import is_higher_better
from playground.specs.side_by_side import side_by_side
from playground.ui import adjust_next, compare_colours, draft, ids, lab_csv, run_words, shell
from playground.ui.compare_words import Shown
from playground.ui.shell import plain

_HEIGHT = 320
_MOST_AXES, _PHONE_AXES = 8, 3
_LEAST_RUNS = 3
_TABLE_PX, _HEAD_PX, _ROW_PX = 420, 38, 35
_AGAINST, _METRIC = "against", "outcome"


def panel(shown: tuple[Shown, ...]) -> None:
    """Draw the table of what differs and the two pictures; nothing for a single run."""
    if len(shown) < 2:
        return
    settings = axes_of(shown)
    results = results_of(shown)
    labels = [each.label for each in shown]
    st.markdown(f"### {_('What differs')}")
    differing = {path: axis for path, axis in settings.items() if not path.startswith(".")}
    if not differing:
        st.caption(_("Nothing: the settings of all are the same."))
    else:
        _table(differing, labels)
    if settings and results:
        _pictures(shown, settings, results, labels)


def axes_of(shown: Sequence[Shown]) -> dict[str, Axis]:
    """By path the settings that are not the same in all runs; sizes and times of the runs under names with a dot."""
    found = {
        each.path: Axis(each.name, tuple(value or "–" for value in each.values), each.numbers)
        for each in side_by_side([adjust_next.standing(each.view) for each in shown])
    }
    if "seed" in found:  # the others say more
        found["seed"] = found.pop("seed")
    runs = [each.view.run for each in shown]
    of_runs = {
        ".parameters": (_("parameters"), tuple(float(run.parameters or 0) for run in runs)),
        ".seconds": (_("training seconds"), tuple(round(run.seconds, 2) for run in runs)),
    }
    for path, (name, numbers) in of_runs.items():
        if all(numbers) and len(set(numbers)) > 1:
            found[path] = Axis(name, tuple(f"{value:g}" for value in numbers), numbers)
    return found


def results_of(shown: Sequence[Shown]) -> dict[str, Axis]:
    """By History name the last value of each metric that one of the runs has; validation first."""
    runs = [each.view.run for each in shown]
    names = dict.fromkeys(name for run in runs for name in run.metrics)
    words = {name: run_words.first_upper(run_words.metric(name)) for name in names}
    count = Counter(words.values())
    found = {}
    for name in sorted(names, key=lambda name: (not name.startswith("val_"), name.endswith("loss"))):
        values = tuple(run.metrics[name].last if name in run.metrics else math.nan for run in runs)
        label = words[name] if count[words[name]] == 1 else f"{words[name]} ({name})"
        found[name] = Axis(label, tuple(map(run_words.value, values)), values)
    return found


def _table(settings: Mapping[str, Axis], labels: Sequence[str]) -> None:
    table = pd.DataFrame(
        [[axis.name, *axis.words] for axis in settings.values()], columns=[_("Setting"), *_apart(labels)]
    )
    st.dataframe(
        table,
        hide_index=True,
        key="compare-differs",
        height=min(_TABLE_PX, _HEAD_PX + _ROW_PX * len(table)),
        column_config={_("Setting"): st.column_config.TextColumn(pinned=True)},
    )


def _apart(labels: Sequence[str]) -> list[str]:
    """The labels as names of columns, no two alike."""
    return [label if labels.index(label) == at else f"{label} ({at + 1})" for at, label in enumerate(labels)]


def _pictures(
    shown: Sequence[Shown], settings: Mapping[str, Axis], results: Mapping[str, Axis], labels: Sequence[str]
) -> None:
    order = compare_colours.order(shown)
    left, right = st.columns([1, 1.5], gap="medium") if len(settings) > 1 else (st.container(), None)
    with left:
        st.markdown(f"### {_('A setting and what came out')}")
        with st.container(horizontal=True, gap="small", key="compare-pair"):
            against = _choose(_("Setting"), settings, _AGAINST)
            outcome = _choose(_("Metric"), results, _METRIC)
        x, y = settings[against], results[outcome]
        said = _best(labels, x, y, is_high=is_higher_better(outcome))
        st.echarts_chart(
            scatter_chart(x, y, labels, order), height=_HEIGHT, key=f"compare-scatter-{against}-{outcome}", alt=said
        )
        st.caption(plain(said))
    if right is not None:
        with right:
            st.markdown(f"### {_('All of them at once')}")
            most = (_PHONE_AXES if shell.is_phone() else _MOST_AXES) - 1
            axes = [*list(settings.values())[:most], y]
            words = _("Every run is a line through its settings to {metric}.").format(metric=y.name)
            option = parallel_chart(axes, labels, order, shell.theme())
            st.echarts_chart(option, height=_HEIGHT + 60, key=f"compare-parallel-{outcome}", alt=words)
            if len(settings) > most:
                words = f"{words} {_('The first {n} settings are drawn.').format(n=most)}"
            st.caption(plain(words))
    columns = [*settings.values(), *results.values()]
    head = ["run", "id", *(axis.name for axis in columns)]
    rows = [
        [harmless(each) for each in (label, view.run.id, *(axis.value(at) for axis in columns))]
        for at, (label, view) in enumerate(shown)
    ]
    lab_csv.offer("compare-settings", head, rows, _("Settings and results (CSV)"))


def _choose(label: str, axes: Mapping[str, Axis], name: str) -> str:
    """Draw the choice of an axis, which the address has as ``name``; returns its path."""
    key = f"compare-{name}"
    now = draft.widget(key)
    first = now if now in axes else ids.part(name, axes) or next(iter(axes))
    names = {path: axis.name for path, axis in axes.items()}
    chosen: str = st.selectbox(
        label, list(names), list(names).index(first), format_func=names.__getitem__, key=key, width=180
    )
    ids.show_part(name, chosen if chosen != next(iter(axes)) else "")
    return chosen


def _best(labels: Sequence[str], x: Axis, y: Axis, *, is_high: bool) -> str:
    """Which run came out best, and with what."""
    known = [(value, at) for at, value in enumerate(y.numbers or ()) if math.isfinite(value)]
    if not known:
        return _("None of them has a number yet.")
    value, at = (max if is_high else min)(known, key=lambda each: each[0])
    words = _("Best: {label}, {metric} {value}, with {setting} {chosen}.")
    said = words.format(
        label=labels[at], metric=y.name, value=run_words.value(value), setting=x.name, chosen=x.words[at]
    )
    if len(known) < _LEAST_RUNS:
        said += " " + _("Two points do not show what the setting does.")
    return said
