"""The table of a comparison: a row a run, and for folds their mean and how far they lie apart."""

import math
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from playground.locale.text import _
from playground.runs import Comparison, Run
from playground.runs.judged import is_share
from playground.runs.noise import noise
from playground.runs.spread import spreads, telling_metric
from playground.ui import compare_words, last_runs, run_words
from playground.ui.compare_words import Shown
from playground.ui.shell import plain

_NONE = "–"
_NO_BREAK = "\N{NO-BREAK SPACE}"


def panel(comparison: Comparison, shown: Sequence[Shown], chosen: str | None = None) -> None:
    """Draw the table, and how to read it.

    Args:
        comparison: what is compared.
        shown: its runs.
        chosen: the metric to compare by, without ``val_``; the one that says most by default.
    """
    runs = [each.view.run for each in shown]
    name = metric_of(shown, chosen)
    has_chance = is_share(name) and any(run.n_validation for run in runs)
    titles = _titles(comparison, name, has_test=any(run.test for run in runs), has_chance=has_chance)
    links = last_runs.addresses(runs)
    rows = [_row(comparison, shown, at, name, links) for at in range(len(shown))]
    if comparison.kind == "folds":
        rows += _mean(runs, name)
    st.table(
        [{title: row.get(key, "") for key, title in titles.items()} for row in rows],
        border="horizontal",
        hide_index=True,
    )
    said = []
    if has_chance:
        said.append(_("Chance: how far other validation rows of the same kind would move the value, at 95 %."))
    if any(run.test for run in runs):
        said.append(_("Choose by the validation values; the test part has the last word on the run that was chosen."))
    if said:
        st.caption(" ".join(said))


def metric_of(shown: Sequence[Shown], chosen: str | None) -> str:
    """The metric to compare by, by its History name: ``chosen``, given without ``val_``, else the most telling."""
    runs = [each.view.run for each in shown]
    measured = {name for run in runs for name in run.metrics}
    return next((name for name in (f"val_{chosen}", chosen) if name in measured), telling_metric(runs))


def _titles(comparison: Comparison, name: str, *, has_test: bool, has_chance: bool) -> Mapping[str, str]:
    """The columns by what they hold."""
    metric = run_words.first_upper(run_words.metric(name))
    return {
        "label": _("Run"),
        **({"differs": _("What differs")} if comparison.kind != "folds" else {}),
        "state": _("State"),
        "last": _("{metric}, last").format(metric=metric),
        **({"chance": _("Chance")} if has_chance else {}),
        "best": _("Best (epoch)"),
        "parameters": _("Parameters"),
        "time": _("Time"),
        **({"test": _("Test {metric}").format(metric=run_words.metric(name.removeprefix("val_")))} if has_test else {}),
    }


def _row(
    comparison: Comparison, shown: Sequence[Shown], at: int, name: str, links: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    label, view = shown[at]
    run = view.run
    metric = run.metrics.get(name)
    return {
        "label": f"[{plain(label)}](Train?{urlencode(links[run.id])})",
        "differs": compare_words.difference(shown, at) if comparison.kind != "folds" else "",
        "state": run_words.badge(run.state),
        "last": run_words.value(metric.last) if metric else _NONE,
        "chance": _chance(run, metric.last) if metric else _NONE,
        "best": f"{run_words.value(metric.best)} ({metric.best_epoch})" if metric and metric.best_epoch else _NONE,
        "parameters": f"{run.parameters:,}" if run.parameters is not None else _NONE,
        "time": run_words.exact(run.seconds).replace(" ", _NO_BREAK) if run.started_at else _NONE,
        "test": _test(run, name),
    }


def _chance(run: Run, share: float) -> str:
    """How far chance moves a share with other validation rows, at 95 %."""
    if not run.n_validation or not 0 <= share <= 1:
        return _NONE
    return f"±{_NO_BREAK}{noise(share, run.n_validation):.3f}"


def _test(run: Run, name: str) -> str:
    value = run.test.get(name.removeprefix("val_"))
    return run_words.value(value) if value is not None else _NONE


def _mean(runs: Sequence[Run], name: str) -> list[dict[str, str]]:
    """The rows under those of the folds; none before there is a number."""
    found = spreads(runs).get(name)
    if found is None:
        return []
    last, best = found
    n = last.n if last.n == len(runs) else _("{n} of {all}").format(n=last.n, all=len(runs))
    return [
        {"label": f"**{_('Mean of {n}').format(n=n)}**", "last": _bold(last.mean), "best": _bold(best.mean)},
        {"label": _("Standard deviation"), "last": _number(last.sd), "best": _number(best.sd)},
    ]


def _number(value: float) -> str:
    return run_words.value(value) if math.isfinite(value) else _NONE


def _bold(value: float) -> str:
    return f"**{_number(value)}**"
