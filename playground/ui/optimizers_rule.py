"""What the optimizers came to: a ranking, and the rule of each with the numbers of one step."""

import numpy as np
import streamlit as st

from playground.catalog.momentum import momentum_of
from playground.locale.text import _
from playground.ui import shell
from playground.ui.lab_answers import Answer
from playground.ui.optimizers_choice import Choice, Walker


def table(choice: Choice, walked: list[tuple[Walker, Answer]], lowest: float) -> None:
    """Draw the ranking by height at the end, with the distance to the nearest minimum and the last step.

    Args:
        choice: what walked where.
        walked: each optimizer with its path.
        lowest: the lowest height known.
    """
    ranked = sorted(walked, key=lambda each: _end(each[1]) - lowest)
    rows = []
    for walker, found in ranked:
        points, rates = found.arrays["points"], found.arrays["rates"]
        steps = len(points) - 1
        distance = min(float(np.linalg.norm(points[-1] - np.array(each))) for each in choice.surface.minima)
        last = float(np.linalg.norm(points[-1] - points[-2])) if steps else 0.0
        rows.append(
            {
                _("Optimizer"): walker.label,
                _("Height above the lowest point"): f"{max(0.0, _end(found) - lowest):.2g}",
                _("Distance to the nearest minimum"): f"{distance:.2g}",
                _("Last step"): f"{last:.2g}",
                _("Learning rate"): f"{rates[-1]:.3g}" if steps else "–",
                _("Steps"): str(steps) if steps == choice.steps else _("left after {n}").format(n=steps),
            }
        )
    if rows:
        st.table(rows)
        label = _("The rules, with the numbers of step {n}").format(n=choice.at)
        with st.expander(label, type="compact", key="rules"):
            for walker, found in ranked:
                _rule(walker, found, choice.at)


def _end(found: Answer) -> float:
    return float(found.arrays["heights"][-1])


def _rule(walker: Walker, found: Answer, at: int) -> None:
    points, slopes, rates = (found.arrays[name] for name in ("points", "slopes", "rates"))
    step = min(at, len(points) - 1)
    if not step:
        st.caption(_("{name}: no step has been taken yet.").format(name=shell.plain(walker.label)))
        return
    before, after, slope = points[step - 1], points[step], slopes[step - 1]
    args = {name: each for name, each in walker.optimizer["args"].items() if isinstance(each, int | float)}
    momentum = momentum_of(walker.optimizer["kind"], args)
    with st.container(gap=None):
        said = [f"**{shell.plain(walker.label)}**"]
        if momentum is not None:
            words = _("momentum {name}, β = {beta}").format(name=momentum.name, beta=f"{momentum.beta:g}")
            said.append(f"{shell.plain(words)}: ${momentum.rule}$")
        st.markdown(f":small[{' · '.join(said)}]")
        numbers = {_("from"): before, _("gradient g"): slope, _("step"): after - before, _("to"): after}
        places = [f"{name} ({_short(each[0])}, {_short(each[1])})" for name, each in numbers.items()]
        st.markdown(f":small[:gray[{shell.plain(' · '.join(places))} · η {rates[step - 1]:.3g}]]")


def _short(number: np.floating) -> str:
    return f"{float(number):.3g}".replace("-", "−")
