"""Answers that are numbers: beside the true ones, what is left over, and the worst rows."""

import numpy as np
import streamlit as st

from playground.charts import histogram_chart
from playground.charts.answered import answered_chart, forecast_chart
from playground.data import Prepared
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.scores.values import value_scores
from playground.ui import evaluate_samples, evaluate_series, evaluate_words, live_part, run_words, shell
from playground.ui.evaluate_choice import Chosen

_HEIGHT, _PHONE = 340, 260
_POINTS = 2_000
_WORST = 12
_SEED = 1


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Draw how far the answers are off, and where."""
    facts = prepared.facts
    true, answered = found.arrays["true"], found.arrays["answered"]
    unit = evaluate_words.unit_of(chosen.view.spec.dataset)
    if found.values["is_scaled"]:
        st.caption(_("Numbers are on the scale of the data; the network learned from prepared ones."))
    if facts.is_series:
        evaluate_series.panel(chosen, found, prepared, unit)
    if true.ndim > 1:
        _by_step(chosen, true, answered)
    left, right = st.columns(2, gap="medium")
    flat_true, flat = true.ravel(), answered.ravel()
    error = flat.astype(np.float64) - flat_true
    at = np.sort(np.random.default_rng(_SEED).permutation(len(flat))[:_POINTS])
    with left:
        st.markdown(f"### {_('Answered beside true')}")
        named = [f"{word} ({unit})" if unit else word for word in (_("true"), _("answered"))]
        said = _spread(flat_true, flat, error)
        option = answered_chart(flat_true[at], flat[at], (named[0], named[1]))
        _chart(option, "answered", said)
        live_part.below(chosen.view, f"evaluate-answered-{chosen.part}", said, lambda: _columns(flat_true, flat))
    with right:
        st.markdown(f"### {_('What is left over')}")
        bias = float(error.mean())
        words = _("Answers are {bias} too high on average; half are off by less than {half}.")
        if bias < 0:
            words = _("Answers are {bias} too low on average; half are off by less than {half}.")
        half = float(np.median(np.abs(error)))
        said = words.format(bias=live_part.number(abs(bias)), half=live_part.number(half))
        option = answered_chart(flat_true[at], error[at], (named[0], _("answered − true")), is_error=True)
        _chart(option, "left-over", said)
        live_part.below(chosen.view, f"evaluate-left-{chosen.part}", said, lambda: _columns(flat_true, flat))
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"### {_('How often it is how far off')}")
        high = _("From {low} to {high}.").format(
            low=live_part.number(float(error.min())), high=live_part.number(float(error.max()))
        )
        _chart(histogram_chart(error, _("answered − true")), "errors", high)
    with right:
        _worst(chosen, found, prepared)


def _by_step(chosen: Chosen, true: np.ndarray, answered: np.ndarray) -> None:
    """The error of every number of an answer: of a forecast, by how far ahead it looks."""
    places = true.reshape(len(true), true.shape[1], -1), answered.reshape(len(true), true.shape[1], -1)
    errors = np.array([value_scores(places[0][:, at], places[1][:, at])[0] for at in range(true.shape[1])])
    st.markdown(f"### {_('The error by how far ahead it looks')}")
    said = _("Mean absolute error {first} at the first place, {last} at the last of {n}.").format(
        first=run_words.value(float(errors[0])), last=run_words.value(float(errors[-1])), n=len(errors)
    )
    at = np.arange(1, len(errors) + 1)
    _chart(
        forecast_chart(at, {_("mean absolute error"): errors}, (_("place in the answer"), _("error"))), "by-step", said
    )
    live_part.below(
        chosen.view,
        f"evaluate-steps-{chosen.part}",
        said,
        lambda: {"place": at.tolist(), "mean_absolute_error": errors.tolist()},
    )


def _worst(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    st.markdown(f"### {_('Worst rows')}")
    true, answered = found.arrays["true"], found.arrays["answered"]
    off = np.abs(answered - true).reshape(len(true), -1).mean(axis=1)
    rows = np.argsort(-off, kind="stable")[:_WORST]
    if true.ndim == 1:
        words = _("{answered}, is {true}")
        said = [
            words.format(answered=live_part.number(float(answered[at])), true=live_part.number(float(true[at])))
            for at in rows
        ]
    else:
        said = [_("off by {n}").format(n=live_part.number(float(off[at]))) for at in rows]
    at = found.arrays["at"][rows]
    evaluate_samples.panel(prepared, chosen.view.spec.dataset, chosen.part, at, said, "worst-rows")


def _spread(true: np.ndarray, answered: np.ndarray, error: np.ndarray) -> str:
    scores = value_scores(true, answered)
    return _(
        "Off by {error} on average; {share} % of what varies is explained. On the dashed line all is right."
    ).format(error=run_words.value(scores.mean_absolute_error), share=f"{100 * scores.r2_score:.0f}")


def _columns(true: np.ndarray, answered: np.ndarray) -> dict[str, list[float]]:
    return {"true": true.tolist(), "answered": answered.tolist()}


def _chart(option: dict[str, object], key: str, alt: str) -> None:
    st.echarts_chart(option, height=_PHONE if shell.is_phone() else _HEIGHT, key=f"evaluate-{key}", alt=alt)
