"""All scores of a network with their intervals, and all models on the same rows."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.ui import evaluate_words, live_part, run_words, shell
from playground.ui.evaluate_beside import Beside
from playground.ui.evaluate_choice import Chosen


def table(chosen: Chosen, found: Evaluation, others: list[Beside], scale: float | None) -> None:
    """Draw all scores of the network with their intervals, and a row for it and each of the others.

    Args:
        chosen: what is evaluated.
        found: the evaluation.
        others: scikit-learn's models.
        scale: what their errors are multiplied by; ``None`` where none makes them comparable.
    """
    task = found.values["task"]
    named = {name: evaluate_words.score(name, task) for name in found.values["scores"]}
    own = []
    for name, of in found.values["scores"].items():
        value, low, high = map(float, of)
        between = evaluate_words.between(low, high) or "–"
        own.append(f"{run_words.first_upper(named[name])} **{run_words.value(value)}** ({shell.plain(between)})")
    st.markdown(" · ".join(own))
    st.caption(_("In brackets the 95 % interval: how far chance moves the score with other rows of the same kind."))
    compared = ["accuracy"] if "accuracy" in found.values["scores"] else list(found.values["scores"])
    note = _("note")
    rows: list[dict[str, Any]] = [
        {"": _("Network"), note: "", **{named[name]: float(found.values["scores"][name][0]) for name in compared}}
    ]
    rows += [
        {
            "": evaluate_words.simple(each["answer"]),
            note: "",
            **{named[name]: float(each["scores"][name]) for name in compared},
        }
        for each in found.values["naive"]
    ]
    for each in others:
        scores = {named[name]: each.score(chosen.part, name, scale or np.nan) for name in compared}
        rows.append({"": _(each.entry.label), **scores, note: _note(each)})
    has_notes = any(row[note] for row in rows)
    table = pd.DataFrame(rows)[["", *(named[name] for name in compared), *([note] if has_notes else [])]]
    numbers = {named[name]: st.column_config.NumberColumn(format="%.4g") for name in compared}
    st.dataframe(table, hide_index=True, key="beside-table", column_config=numbers)
    columns = {str(name) or "model": table[name].tolist() for name in table.columns}
    live_part.below(
        chosen.view, f"evaluate-models-{chosen.part}", _verdict(found, others, chosen, scale), lambda: columns
    )


def _verdict(found: Evaluation, others: list[Beside], chosen: Chosen, scale: float | None) -> str:
    """Whether the network is better than the best of the others by more than chance."""
    first = evaluate_words.MAIN[found.values["task"]]
    value, low, high = map(float, found.values["scores"][first])
    is_high = first == "accuracy"
    scored = [(each.score(chosen.part, first, scale or np.nan), _(each.entry.label)) for each in others]
    there = [(score, label) for score, label in scored if score is not None and np.isfinite(score)]
    if not there or not np.isfinite(low):
        return _("The same rows for all of them, prepared in the same way.")
    score, label = (max if is_high else min)(there)
    names = {"label": label, "score": run_words.value(score)}
    if low <= score <= high:
        return _("The best other, {label} with {score}, lies within what chance moves the network's score.").format(
            **names
        )
    if (value > score) == is_high:
        return _("The network is better than the best other, {label} with {score}, by more than chance.").format(
            **names
        )
    return _("{label} is better than the network by more than chance: {score}.").format(**names)


def _note(each: Beside) -> str:
    if each.answer.error:
        return each.answer.error
    result = each.answer.result
    if result is None:
        return ""
    cut = result.get("n_train") != result.get("of")
    fitted = _("fitted on {n} of {of} rows").format(n=f"{result['n_train']:,}", of=f"{result['of']:,}") if cut else ""
    return "; ".join(filter(None, [fitted, str(result.get("note") or "")]))
