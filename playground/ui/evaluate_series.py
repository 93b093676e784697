"""A series as it was forecast: one forecast after the other, several steps ahead, and from one place on."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.charts.answered import forecast_chart
from playground.data import Prepared
from playground.data.options import chosen as options_of
from playground.locale.text import _, ngettext
from playground.runs.evaluations import Evaluation
from playground.ui import evaluate_words, lab_fields, live_part, run_words
from playground.ui.evaluate_choice import Chosen

_SERIES = 400
_NAMES = ("network", "last value", "season")


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared, unit: str) -> None:
    """Draw the forecasts of the part along the series, the errors by how far ahead, and a forecast from one place."""
    _along(chosen, found, prepared, unit)
    if "ahead" in found.arrays:
        left, right = st.columns(2, gap="medium")
        with left:
            _by_horizon(chosen, found, unit)
        with right:
            _from_one_place(chosen, found, unit)


def _along(chosen: Chosen, found: Evaluation, prepared: Prepared, unit: str) -> None:
    """The last values of the part, as they were and as they were forecast."""
    st.markdown(f"### {_('The forecast along the series')}")
    places = found.arrays.get("place")
    if places is None:
        places = np.asarray(prepared.array(f"rows_{chosen.part}"))[found.arrays["at"]]
    order = np.argsort(places, kind="stable")[-_SERIES:]
    names = {"true": _("true"), "answered": _("forecast"), "season": _("one season before")}
    added = found.arrays["before"][order] if "before" in found.arrays else 0.0
    lines = {
        word: found.arrays[name].reshape(len(places), -1)[order, 0] + added
        for name, word in names.items()
        if name in found.arrays
    }
    said = _("{n} values, each forecast {ahead} ahead from the values before it.").format(
        n=f"{len(order):,}", ahead=_horizon(chosen)
    )
    said += " " + "; ".join(
        _("{answer} is off by {error}").format(
            answer=evaluate_words.simple(each["answer"]),
            error=run_words.value(float(each["scores"]["mean_absolute_error"])),
        )
        for each in found.values["naive"]
    )
    said += "; " + _("the network by {error}.").format(
        error=run_words.value(float(found.values["scores"]["mean_absolute_error"][0]))
    )
    if "before" in found.arrays:
        said += " " + _(
            "The network says by how much a value changes; here that is added to the value before. All other pictures "
            "and scores are of the changes."
        )
    option = forecast_chart(places[order], lines, (_("place in the series"), unit or _("value")))
    live_part.chart(option, "evaluate-forecast", said)
    live_part.below(
        chosen.view,
        f"evaluate-forecast-{chosen.part}",
        said,
        lambda: {"place": places[order].tolist(), **{name: values.tolist() for name, values in lines.items()}},
    )


def _by_horizon(chosen: Chosen, found: Evaluation, unit: str) -> None:
    """The mean absolute error at every step of forecasts that go on from their own answers."""
    st.markdown(f"### {_('The error by how far ahead it looks')}")
    errors = {name: np.array(values, np.float64) for name, values in found.values["ahead"]["errors"].items()}
    rows = [int(n) for n in found.values["ahead"]["rows"]]
    steps, horizon = len(rows), _horizon(chosen)
    last = {name: run_words.value(float(values[-1])) for name, values in errors.items()}
    words = ngettext(
        "From {n} place the network goes on by itself.", "From {n} places the network goes on by itself.", rows[0]
    )
    said = words.format(n=f"{rows[0]:,}") + " "
    said += _("{steps} steps ahead it is off by {network}; the last value again by {last}").format(
        steps=steps, network=last["network"], last=last["last value"]
    )
    said += _(", one season before by {season}. ").format(season=last["season"]) if "season" in last else ". "
    said += _turn(errors, horizon)
    named = {_label(name): errors[name] for name in _NAMES if name in errors}
    at = np.arange(1, steps + 1)
    axes = (_("steps ahead"), _("mean absolute error ({unit})").format(unit=unit) if unit else _("mean absolute error"))
    live_part.chart(forecast_chart(at, named, axes), "evaluate-horizon", said)
    table = {"steps_ahead": at.tolist(), "forecasts": rows}
    table |= {f"mean_absolute_error_{name.replace(' ', '_')}": values.tolist() for name, values in errors.items()}
    live_part.below(chosen.view, f"evaluate-horizon-{chosen.part}", said, lambda: table)


def _turn(errors: Mapping[str, np.ndarray], horizon: int) -> str:
    """From which step on the network is fed its own answers, and where it is no better than the simplest of all."""
    words = ngettext(
        "The first step follows from what is known, every later one from its own answers.",
        "The first {n} steps follow from what is known, every later one from its own answers.",
        horizon,
    )
    said = words.format(n=horizon)
    worse = np.flatnonzero(errors["network"] >= errors["last value"])
    if len(worse):
        said += " " + _("At step {n} it is no better than the last value again.").format(n=int(worse[0]) + 1)
    return said


def _from_one_place(chosen: Chosen, found: Evaluation, unit: str) -> None:
    """What the network says from one place of the series on, beside what came."""
    st.markdown(f"### {_('From one place on')}")
    origins, past = found.arrays["origins"], found.arrays["past"]
    share = float(lab_fields.slider(_("Where to begin, % of the part"), 0, 100, 0, "from"))
    number = round(share / 100 * (len(origins) - 1))
    origin, ahead, came = int(origins[number]), found.arrays["ahead"][number], found.arrays["came"][number]
    steps, before = len(ahead), past.shape[1]
    at = np.arange(origin - before + 1, origin + steps + 1)
    empty = np.full(before - 1, np.nan)
    lines = {
        _("true"): np.concatenate([past[number], came]),
        _("forecast"): np.concatenate([empty, past[number][-1:], ahead]),
    }
    off = float(np.nanmean(np.abs(ahead - came))) if np.isfinite(came).any() else float("nan")
    said = _("After place {place}: {steps} steps ahead, off by {error} on average.").format(
        place=f"{origin:,}", steps=steps, error=run_words.value(off)
    )
    if not np.isfinite(came).all():
        said += " " + _("Where the true line ends, the series does, or another part of the data begins.")
    option = forecast_chart(at, lines, (_("place in the series"), unit or _("value")))
    live_part.chart(option, "evaluate-from", said)
    live_part.below(
        chosen.view,
        f"evaluate-from-{chosen.part}",
        said,
        lambda: {"place": at.tolist(), **{name: values.tolist() for name, values in lines.items()}},
    )


def _label(name: str) -> str:
    return {"network": _("network"), "last value": _("the last value again"), "season": _("one season before")}[name]


def _horizon(chosen: Chosen) -> int:
    dataset = chosen.view.spec.dataset
    return int(options_of("datasets", dataset.source, dataset.options).get("horizon", 1))
