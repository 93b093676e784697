"""The rows that went wrong, or nearly: the most confident mistakes, the hardest and the most undecided."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from playground.data import Prepared
from playground.data.sets.shown_words import words_of
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.scores.classes import log_losses
from playground.settings import settings
from playground.ui import evaluate_samples, lab_fields, live_part, shell
from playground.ui.evaluate_choice import Chosen

_MOST = 12
_WORDS = 6
_SHOWN_WORDS = 40
_TOTAL = 0.01


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
    if kind == "sure" and "texts" in found.arrays and len(answered) == len(found.arrays["true"]):
        _texts(chosen, found, prepared)
    else:
        rows(chosen, found, prepared, at, answered, f"rows-{kind}")
    live_part.below(
        chosen.view, f"evaluate-rows-{kind}-{chosen.part}", said[kind], lambda: _table(found, prepared, answered, kind)
    )


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
        _in_words(names[true[each]], names[answered[each]], float(shares[each, answered[each]]), is_short=is_image)
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


def _in_words(true: str, said: str, share: float, *, is_short: bool) -> str:
    percent = f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
    if true == said:
        return _("{true}, {percent}").format(true=true, percent=percent)
    short, long = _("{true} as {said}, {percent}"), _("{true} answered as {said}, {percent} sure")
    return (short if is_short else long).format(true=true, said=said, percent=percent)


def _texts(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """The most confident mistakes with the words without which the network would be less sure."""
    texts, effects = found.arrays["texts"], found.arrays["effects"]
    if not len(texts):
        st.caption(_("There are none."))
        return
    facts, true, shares = prepared.facts, found.arrays["true"], found.arrays["shares"]
    words = words_of(chosen.view.spec.dataset, facts, settings())
    x = np.asarray(prepared.array(f"x_{chosen.part}")[found.arrays["at"][texts]])
    for number, text in enumerate(texts.tolist()):
        said = int(shares[text].argmax())
        what = _in_words(facts.classes[true[text]], facts.classes[said], float(shares[text, said]), is_short=False)
        with st.container(border=True, gap="xxsmall", key=f"text-{number}"):
            st.markdown(f"**{shell.plain(what)}**")
            named = [words.get(int(each), str(int(each))) for each in x[number]]
            st.markdown(f":small[{_marked(x[number], named, effects[number])}]")
            st.caption(_mattered(named, effects[number]))


def _marked(row: np.ndarray, named: Sequence[str], effects: np.ndarray) -> str:
    """The text as Markdown, with the words that mattered most bold, around the first of them where it is long."""
    places = np.flatnonzero(row)
    top = set(np.argsort(-effects, kind="stable")[:_WORDS].tolist())
    first = next((number for number, at in enumerate(places) if at in top and effects[at] > _TOTAL), 0)
    start = max(0, min(first - 5, len(places) - _SHOWN_WORDS))
    shown = places[start : start + _SHOWN_WORDS]
    said = [
        f"**:orange[{shell.plain(named[at])}]**" if at in top and effects[at] > _TOTAL else shell.plain(named[at])
        for at in shown.tolist()
    ]
    before, after = "… " if start else "", " …" if start + _SHOWN_WORDS < len(places) else ""
    return before + " ".join(said) + after


def _mattered(named: Sequence[str], effects: np.ndarray) -> str:
    order = [at for at in np.argsort(-effects, kind="stable")[:_WORDS].tolist() if effects[at] > _TOTAL]
    if not order:
        return _("No single word decided it: without any of them it would be nearly as sure.")
    each = [f"{shell.plain(named[at])} −{100 * effects[at]:.0f}" for at in order]
    return _("Less sure without, in percentage points: {words}").format(words=", ".join(each))


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
