"""The ranking of a race, live: who is ahead at the common step, by how much, and whether that is more than luck."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from urllib.parse import urlencode

import streamlit as st

from playground.locale.text import _
from playground.runs import Run, is_higher_better
from playground.runs.judged import is_share
from playground.runs.race import Placed, placed
from playground.runs.spread import telling_metric
from playground.ui import last_runs, race_words, run_words
from playground.ui.compare_words import Shown
from playground.ui.shell import plain

_NONE = "–"
_SMALL = 0.001


def panel(shown: Sequence[Shown], chosen: str | None, *, is_going: bool) -> list[Placed]:
    """Draw the ranking; returns the contestants in their order, empty before all of one seed have a value.

    Args:
        shown: the runs of all seeds.
        chosen: the metric to rank by, without ``val_``; the one that says most by default.
        is_going: whether the race goes on.
    """
    runs = [each.view.run for each in shown]
    measured = {name for run in runs for name in run.metrics}
    name = next((name for name in (f"val_{chosen}", chosen) if name in measured), telling_metric(runs))
    values = common(shown, name)
    n = len(next(iter(values.values()), ()))
    if not n:
        return []
    validated = next((run.n_validation for run in runs if run.n_validation), None)
    grain = 1 / validated if validated and is_share(name) else 0.0
    found = placed(values, is_high=is_higher_better(name), grain=grain)
    st.markdown(race_words.sure(found, n, is_going=is_going))
    st.table(
        [_row(at, each, name, n, shown) for at, each in enumerate(found, 1)],
        border="horizontal",
        hide_index=True,
    )
    if n > 1:
        st.caption(race_words.how())
    return found


def common(shown: Sequence[Shown], name: str) -> dict[str, list[float]]:
    """By contestant, its value of the metric ``name`` in each seed in which all have one; NaN where it diverged."""
    labels = dict.fromkeys(each.label for each in shown)
    by_seed: dict[int, dict[str, float]] = {}
    for label, view in shown:
        metric = view.run.metrics.get(name)
        if view.run.is_diverged or metric is not None:
            value = math.nan if view.run.is_diverged or metric is None else metric.last
            by_seed.setdefault(view.spec.seed, {})[label] = value
    whole = [values for values in by_seed.values() if len(values) == len(labels)]
    return {label: [values[label] for values in whole] for label in labels}


def _row(at: int, each: Placed, name: str, n: int, shown: Sequence[Shown]) -> Mapping[str, str]:
    runs = [view.run for label, view in shown if label == each.label]
    metric = run_words.first_upper(run_words.metric(name))
    row = {_("Place"): f"{at}", _("Contestant"): _link(each.label, runs)}
    row[_("{metric}, mean").format(metric=metric) if n > 1 else metric] = _value(each)
    row[_("Behind the first")] = _behind(at, each)
    if n > 1:
        row[_("Seeds won")] = _("{n} of {all}").format(n=each.wins, all=n)
        row[_("Verdict")] = _("may be the best") if each.may_be_best else _("clearly behind")
    row[_("Time")] = run_words.exact(fmean(run.seconds for run in runs))
    return row


def _link(label: str, runs: Sequence[Run]) -> str:
    address = last_runs.addresses(runs[:1])[runs[0].id]
    return f"[{plain(_(label))}](Train?{urlencode(address)})"


def _value(each: Placed) -> str:
    if not math.isfinite(each.spread.mean):
        return _("diverged")
    mean = run_words.value(each.spread.mean)
    return f"{mean} ± {run_words.value(each.spread.sd)}" if math.isfinite(each.spread.sd) else mean


def _behind(at: int, each: Placed) -> str:
    if at == 1 or not math.isfinite(each.behind):
        return _NONE
    return f"{each.behind:.3f}" if _SMALL <= each.behind < 1 else run_words.value(each.behind)
