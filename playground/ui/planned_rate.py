"""The learning rate over the planned steps, where a schedule says it: as a small curve, computed by Keras."""

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from playground.charts.rates import rates_chart
from playground.data import DataError, outline
from playground.engine.errors import AnswerError, HostError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import Args, RunSpec
from playground.specs.planned_steps import planned_steps
from playground.ui import engine
from playground.ui.shapes import is_reachable

_HEIGHT_PX = 140
_NOTHING = 1e-4
"""Of the highest rate: what is less, nobody sees."""


class _UnreachableError(Exception):
    """There is no engine yet. Raised, not returned, so that it is not remembered."""


def panel(spec: RunSpec) -> None:
    """Draw the curve of the schedule of ``spec``; nothing where the rate is a number."""
    schedule = spec.training.optimizer.args.get("learning_rate")
    if not isinstance(schedule, Mapping):
        return
    try:
        total = planned_steps(spec, outline(spec.dataset))
    except DataError:
        return  # the page says it
    if not total:
        st.caption(_("The curve appears once it is known how many rows there are to train with."))
        return
    try:
        steps, rates = _asked(settings(), schedule["kind"], schedule.get("args", Args()), total)
    except _UnreachableError:
        st.caption(_("The engine is starting. The curve of the learning rate appears as soon as it is there."))
        return
    except (AnswerError, HostError, SpecError) as error:
        st.caption(_("There is no curve of this schedule: {why}").format(why=error))
        return
    epochs = spec.training.epochs
    words = _words(rates, total)
    st.echarts_chart(
        rates_chart(steps * (epochs / total), rates, last=epochs, x_name=_("epoch")),
        height=_HEIGHT_PX,
        key="planned-rate",
        alt=_("Learning rate. {words}").format(words=words),
    )
    st.caption(words)


def _words(rates: np.ndarray, total: int) -> str:
    most = float(np.max(rates))
    first, last = (f"{rate if rate > most * _NOTHING else 0:.3g}" for rate in (rates[0], rates[-1]))
    if most > rates[0] and most > rates[-1]:
        return _("From {first} up to {most:.3g} and down to {last} over {n:,} steps").format(
            first=first, most=most, last=last, n=total
        )
    return _("From {first} to {last} over {n:,} steps").format(first=first, last=last, n=total)


@functools.lru_cache(maxsize=256)
def _asked(of: Settings, kind: str, args: Args, steps: int) -> tuple[Any, Any]:
    if not is_reachable():
        raise _UnreachableError
    asked = {"schedule": {"kind": kind, "args": args.plain()}, "steps": steps}
    arrays = engine.client().ask("planned", asked)[1]
    return arrays["steps"], arrays["rates"]
