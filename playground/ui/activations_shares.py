"""Softmax on a few scores, with a temperature."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.looks import ranked_chart
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields
from playground.ui.activations_choice import Chosen
from playground.ui.lab_answers import Answer

_SCORES = (2.0, 1.0, 0.1)
_LOW, _HIGH = -1.0, 1.0  # decimal exponents of the temperature
_TEMPERATURES = 81
_HEIGHT = 260


def panel(chosen: Sequence[Chosen]) -> list[Answer]:
    """Draw the shares of three scores, at one temperature and at all."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="softmax-options"):
        scores = [
            lab_fields.slider(_("Score {n}").format(n=n + 1), -5.0, 5.0, score, f"score{n + 1}", width=180, step=0.1)
            for n, score in enumerate(_SCORES)
        ]
        exponent = lab_fields.slider(
            _("Temperature (decimal exponent)"), _LOW, _HIGH, 0.0, "temperature", width=260, step=0.05
        )
    temperature = 10**exponent
    exponents = np.linspace(_LOW, _HIGH, _TEMPERATURES)
    at = (temperature, *(10**exponents).tolist())
    found = lab_answers.ask("shares", {"scores": scores}, temperatures=at)
    if not found.is_there:
        return [found]
    shares = found.arrays["shares"]
    names = [_("Score {n}: {value}").format(n=n + 1, value=f"{score:g}") for n, score in enumerate(scores)]
    columns = st.columns(2, gap="medium")
    with columns[0]:
        st.markdown(f"#### {_('Shares at temperature {n}').format(n=f'{temperature:.2g}')}")
        bars = [round(float(share), 4) for share in shares[0]]
        st.echarts_chart(
            ranked_chart(names, [bars], digits=4),
            height=_HEIGHT - 60,
            key="softmax-bars",
            alt=", ".join(f"{share:.4f}" for share in bars),
        )
        lab_fields.outcome(
            [
                " + ".join(f"**{share:.4f}**" for share in bars) + f" = {sum(bars):.4f}",
                _("rounded to one digit {values}").format(values=", ".join(f"{share:.1f}" for share in bars)),
            ]
        )
    with columns[1]:
        st.markdown(f"#### {_('Shares at every temperature')}")
        lines = [Line(name, exponents, shares[1:, n]) for n, name in enumerate(names)]
        st.echarts_chart(
            panels_chart(
                [Panel("", lines, 0, 1)], _("decimal exponent of the temperature"), _HEIGHT, marks=(exponent,)
            ),
            height=panels_height(1, _HEIGHT, is_stacked=False),
            key="softmax-lines",
            alt=_("Cold: the largest score takes all. Hot: all shares are equal."),
        )
        lab_fields.outcome([_("Cold: the largest score takes all. Hot: all shares are equal.")])
        rows = [row for line in lines for row in lab_csv.side_by_side(line.name, 10**exponents, line.y)]
        lab_csv.offer("softmax", ("score", "temperature", "share"), rows)
    return [found]
