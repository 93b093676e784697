"""Parts of the live view with a line a layer: learning rate, gradients, dead and saturated units."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.live import layers_chart
from playground.locale.text import _, ngettext
from playground.ui import live_part, segments
from playground.ui.live_part import Table
from playground.ui.looks import Look
from playground.ui.reader import View

_RATE = "learning_rate"
_RATIO = "ratio"


def learning_rate(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the learning rate at the end of each epoch."""
    live_part.title(_("Learning rate"))
    series = view.epochs.get(_RATE)
    if series is None:
        st.caption(_("After the first epoch."))
        return
    first, last = float(series.y[0]), float(series.y[-1])
    is_log = float(series.y.min()) > 0 and float(series.y.max()) > 20 * float(series.y.min())
    option = layers_chart(
        [series.line(_("learning rate"))], epochs=max(view.run.epoch, 1), x_name=_("epoch"), is_log=is_log
    )
    words = _("{last} after epoch {epoch}; it began with {first}.").format(
        last=f"{last:.3g}", first=f"{first:.3g}", epoch=view.run.epoch
    )
    live_part.chart(option, "live-rate", _("Learning rate: {words}").format(words=words))
    live_part.below(view, _RATE, words, lambda: {"epoch": series.x.tolist(), "learning_rate": series.y.tolist()})


def gradients(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the norm of each layer's gradient, or how far an update moves its weights."""
    kinds = {"gradient": _("Gradient norm"), _RATIO: _("Update to weights")}
    live_part.title(_("Gradients and updates"))
    if not looks:
        live_part.missing(view, "gradients")
        return
    shown = segments.choose(_("What is drawn"), kinds, "gradient", f"live-gradients-{view.run.id}") or "gradient"
    found = over_time(looks, _ratios if shown == _RATIO else lambda look: look.columns["layer/gradient"])
    _lines(view, looks, found, "gradients", is_log=True)
    newest = {name: float(values[-1]) for name, values in found.items()}
    words = f"{live_part.when(view, looks[-1])}: {_extremes(newest)}"
    if shown == _RATIO:
        words += " " + _("About 0.001 is usual: far above it training is rough, far below it slow.")
    else:
        rows = int(looks[-1].data["rows"])
        words += " " + ngettext("On {n} training row.", "On {n} training rows, the same at every look.", rows).format(
            n=rows
        )
    live_part.below(view, "gradients", words, lambda: _gradient_table(looks))


def units(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the share of dead and of saturated units by layer."""
    live_part.title(_("Dead and saturated units"))
    if not looks:
        live_part.missing(view, "units")
        return
    kinds = {"dead": _("Dead"), "saturated": _("Saturated")}
    shown = segments.choose(_("What is drawn"), kinds, "dead", f"live-units-{view.run.id}") or "dead"
    found = over_time(looks, lambda look: look.columns[f"layer/{shown}"] / look.columns["layer/units"])
    found = {name: values for name, values in found.items() if not math.isnan(values[-1])}
    if shown == "dead":
        meant = _("A unit is dead when it gives exactly 0 for every row.")
    else:
        meant = _("A unit is saturated when 95 % of what it gives lie within 1 % of an end of its activation.")
    if not found:
        st.caption(_("No layer here has an activation with two ends."))
        return
    _lines(view, looks, found, "units", is_log=False)
    worst = max(found, key=lambda name: float(found[name][-1]))
    share = f"{100 * float(found[worst][-1]):.0f}"
    said = _("{when}: most in {layer}, {share} % of its units.").format(
        when=live_part.when(view, looks[-1]), layer=worst, share=share
    )
    live_part.below(view, "units", f"{said} {meant}", lambda: _unit_table(looks))


def over_time(looks: tuple[Look, ...], of: Callable[[Look], np.ndarray]) -> dict[str, np.ndarray]:
    """By layer, one value a look, float64 (looks,)."""
    names = looks[-1].data["layers"]
    values = np.stack([of(look) for look in looks])
    return {str(name): values[:, at] for at, name in enumerate(names)}


def _ratios(look: Look) -> np.ndarray:
    weights = look.columns["layer/weights"]
    return np.divide(look.columns["layer/update"], weights, out=np.full(len(weights), np.nan), where=weights > 0)


def _lines(view: View, looks: tuple[Look, ...], found: Mapping[str, np.ndarray], part: str, *, is_log: bool) -> None:
    x = np.array([live_part.epochs(view, look) for look in looks])
    lines = [Line(name, x, values) for name, values in found.items()]
    option = layers_chart(lines, epochs=live_part.end(view, looks), x_name=_("epoch"), is_log=is_log)
    newest = {name: float(values[-1]) for name, values in found.items()}
    live_part.chart(option, f"live-{part}-chart", f"{live_part.when(view, looks[-1])}: {_extremes(newest)}")


def _extremes(newest: Mapping[str, float]) -> str:
    """The layers with the least and the greatest value, in words."""
    numbers = {name: value for name, value in newest.items() if math.isfinite(value)}
    broken = [name for name in newest if name not in numbers]
    if broken:
        return _("no finite number in {layers}.").format(layers=", ".join(broken))
    high, low = max(numbers, key=numbers.__getitem__), min(numbers, key=numbers.__getitem__)
    if high == low:
        return f"{high} {live_part.number(numbers[high])}."
    return _("largest in {high}, {most}; smallest in {low}, {least}.").format(
        high=high, most=live_part.number(numbers[high]), low=low, least=live_part.number(numbers[low])
    )


def _gradient_table(looks: Sequence[Look]) -> Table:
    return _table(looks, ("gradient", "weights", "update"))


def _unit_table(looks: Sequence[Look]) -> Table:
    return _table(looks, ("units", "dead", "saturated"))


def _table(looks: Sequence[Look], names: Sequence[str]) -> Table:
    """A row a look and layer."""
    table: Table = {"step": [], "layer": [], **{name: [] for name in names}}
    for look in looks:
        layers = look.data["layers"]
        table["step"] += [look.step] * len(layers)
        table["layer"] += layers
        for name in names:
            table[name] += look.columns[f"layer/{name}"].tolist()
    return table
