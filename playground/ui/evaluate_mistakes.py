"""The rows that went wrong, or nearly: the most confident mistakes, the hardest and the most undecided."""

import numpy as np
import pandas as pd
import streamlit as st

from playground.data import Prepared
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.scores.classes import log_losses
from playground.ui import evaluate_samples, evaluate_texts, evaluate_words, explain_choice, lab_fields, live_part
from playground.ui.evaluate_choice import Chosen

_MOST = 12


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared, answered: np.ndarray) -> None:
    """Draw a choice of rows to look at, and these rows."""
    st.markdown(f"### {_('The rows themselves')}")
    kinds = {
        "sure": _("Most confident mistakes"),
        "hard": _("Hardest"),
        "undecided": _("Most undecided"),
    }
    kind = lab_fields.part(_("Which rows"), kinds, "rows")
    at = _chosen(kind, found, answered)
    said = {
        "sure": _("Wrong, and sure of it: look here for wrong labels too."),
        "hard": _("The true class was given the smallest share."),
        "undecided": _("The two largest shares lie closest together."),
    }
    if kind == "sure" and "texts" in found.arrays:
        evaluate_texts.panel(chosen, found, prepared)
    else:
        rows(chosen, found, prepared, at, answered, f"rows-{kind}")
    live_part.below(
        chosen.view, f"evaluate-rows-{kind}-{chosen.part}", said[kind], lambda: _table(found, prepared, answered, kind)
    )
    if len(at):
        place = int(found.arrays["at"][int(at[0]) // int(found.values["per_row"])])
        explain_choice.link(chosen.view.run.id, chosen.part, chosen.which, place)


def rows(chosen: Chosen, found: Evaluation, prepared: Prepared, at: np.ndarray, answered: np.ndarray, key: str) -> None:
    """Draw some samples with what was answered to each.

    Args:
        chosen: what is evaluated.
        found: the evaluation.
        prepared: the data.
        at: numbers of samples, symbols of a sequence each counting as one, (m,).
        answered: the labels that all samples were answered with, (n,).
        key: of the widget.
    """
    names, per_row = prepared.facts.classes, int(found.values["per_row"])
    true, shares = found.arrays["true"], found.arrays["shares"]
    is_image = evaluate_samples.is_image(prepared.facts)
    said = [
        evaluate_words.mistake(
            names[true[each]], names[answered[each]], float(shares[each, answered[each]]), is_short=is_image
        )
        for each in at
    ]
    places = found.arrays["at"][np.asarray(at, np.int64) // per_row]
    evaluate_samples.panel(prepared, chosen.view.spec.dataset, chosen.part, places, said, key)


def _chosen(kind: str, found: Evaluation, answered: np.ndarray) -> np.ndarray:
    """The samples to look at, the most telling first."""
    true, shares = found.arrays["true"], found.arrays["shares"]
    if kind == "hard":
        return np.argsort(-log_losses(shares, true), kind="stable")[:_MOST]
    if kind == "undecided":
        two = np.partition(shares, -2, axis=1)[:, -2:]
        return np.argsort(two[:, 1] - two[:, 0], kind="stable")[:_MOST]
    wrong = np.flatnonzero(answered != true)
    return wrong[np.argsort(-shares[wrong, answered[wrong]], kind="stable")][:_MOST]


def _table(found: Evaluation, prepared: Prepared, answered: np.ndarray, kind: str) -> dict[str, list[object]]:
    names, at = prepared.facts.classes, _chosen(kind, found, answered)
    table = pd.DataFrame(
        {
            "position": found.arrays["at"][at // int(found.values["per_row"])],
            "true": [names[each] for each in found.arrays["true"][at]],
            "answered": [names[each] for each in answered[at]],
            **{f"share_{name}": found.arrays["shares"][at, number] for number, name in enumerate(names)},
        }
    )
    return {str(name): list(table[name]) for name in table.columns}
