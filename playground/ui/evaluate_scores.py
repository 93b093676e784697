"""The row of figures: the score with its interval, and what simple answers and other models reach on the same rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from playground.data import Prepared
from playground.data.sets.known_source import known_source
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.specs import DatasetSpec
from playground.ui import evaluate_beside, evaluate_choice, evaluate_models, evaluate_words, run_words
from playground.ui.evaluate_choice import Chosen

_SURE = 0.9
_TICK_S = 0.7
_FIGURES = 5
_DELTA: Mapping[str, Any] = {"delta_color": "off", "delta_arrow": "off"}


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Draw the figures of an evaluation, and those of what it is to be compared with."""
    st.caption(_rows(chosen, found))
    wanted = evaluate_beside.is_wanted(chosen, prepared)
    others = evaluate_beside.all_of(chosen, prepared.facts)
    is_waiting = wanted and any(each.is_open for each in others)
    st.fragment(_live, run_every=_TICK_S if is_waiting else None)(chosen, found, prepared, is_waiting=is_waiting)
    if not wanted and any(each.is_open for each in others):
        evaluate_beside.offer(chosen)


def _live(chosen: Chosen, found: Evaluation, prepared: Prepared, *, is_waiting: bool) -> None:
    others = evaluate_beside.all_of(chosen, prepared.facts)
    if is_waiting:
        evaluate_beside.ask_next(others)
        if not any(each.is_open for each in others):
            st.rerun()  # the whole page: the ticking ends
    task, dataset = prepared.facts.task, chosen.view.spec.dataset
    first = evaluate_words.MAIN[task]
    scale = evaluate_beside.scale_of(dataset, prepared.facts)
    value, low, high = map(float, found.values["scores"][first])
    simple = _best_simple(found)
    with st.container(key="evaluate-scores"):
        grid = st.grid(_FIGURES, min_column_width=150, gap="small")
        grid.metric(
            run_words.first_upper(evaluate_words.score(first)),
            run_words.value(value),
            evaluate_words.between(low, high) or _("no interval: all rows agree"),
            help=_help(dataset, task),
            **_DELTA,
        )
        said = run_words.value(float(simple["scores"][first]))
        grid.metric(evaluate_words.simple(simple["answer"]), said, _("looks at nothing"), **_DELTA)
        shown = [each for each in others if each.entry.id in ("LogisticRegression", "LinearRegression", "RandomForest")]
        for each in shown:
            score = each.score(chosen.part, first, scale or np.nan)
            has = score is not None and np.isfinite(score)
            grid.metric(
                _(each.entry.label),
                run_words.value(score) if score is not None and has else "…" if each.is_open and is_waiting else "–",
                _("same rows") if has else _("being fitted") if each.is_open and is_waiting else _("not fitted"),
                **_DELTA,
            )
        _mistakes(grid, found, task)
    with st.expander(_("All scores, and all models"), icon=":material/table_rows:", key="all-scores"):
        evaluate_models.table(chosen, found, others, scale)


def _best_simple(found: Evaluation) -> Mapping[str, Any]:
    """The best of the answers that know nothing, by the score that comes first."""
    first = evaluate_words.MAIN[found.values["task"]]
    best: Mapping[str, Any] = min(
        found.values["naive"], key=lambda each: float(each["scores"][first]) * (-1 if first == "accuracy" else 1)
    )
    return best


def _mistakes(grid: Any, found: Evaluation, task: str) -> None:
    if task in ("binary", "multiclass"):
        shares, true = found.arrays["shares"], found.arrays["true"]
        wrong = shares.argmax(axis=1) != true
        sure = int(np.sum(wrong & (shares.max(axis=1) >= _SURE)))
        said = _("{n} of {of}").format(n=f"{int(wrong.sum()):,}", of=f"{len(true):,}")
        grid.metric(
            _("Mistakes"),
            said,
            _("{n} confident").format(n=f"{sure:,}"),
            help=_("Confident: its wrong answer was given 90 % or more."),
            **_DELTA,
        )
        return
    if "errors" in found.arrays:
        errors = found.arrays["errors"]
    else:
        error = found.arrays["answered"] - found.arrays["true"]
        errors = np.abs(error).reshape(len(error), -1).mean(axis=1)
    most = _("90 % below {n}").format(n=run_words.value(float(np.quantile(errors, 0.9))))
    grid.metric(_("Worst row"), run_words.value(float(errors.max())), most, **_DELTA)


def _help(dataset: DatasetSpec, task: str) -> str:
    said = _("Below it, the 95 % interval: how far chance moves it with other rows of the same kind.")
    unit = evaluate_words.unit_of(dataset) if task == "regression" else ""
    return said + (" " + _("In {unit}.").format(unit=unit) if unit else "")


def _rows(chosen: Chosen, found: Evaluation) -> str:
    n, of, part = found.values["n"], found.values["of"], evaluate_choice.part_words(chosen.part)
    said = _("{n} {part} rows that training has not learned from.")
    if chosen.part == "train":
        said = _("{n} training rows: there are no others to judge by.")
    said = said.format(n=f"{n:,}", part=part)
    if n < of:
        said += " " + _("They were drawn from {of}.").format(of=f"{of:,}")
    if found.values.get("per_row", 1) > 1:
        said += " " + _("Every symbol of an answer counts by itself.")
    if found.values.get("is_exact") is False:
        said += " " + _("The answers are no probabilities; they are scaled to add up to 1.")
    if known_source(chosen.view.spec.dataset).is_series:
        said += " " + _("Rows of a series depend on each other: chance moves more than is said here.")
    return said
