"""A loss over all probabilities of three classes, as a triangle."""

import numpy as np
import streamlit as st

from playground.charts.triangle import triangle_chart
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, shell
from playground.ui.lab_answers import Answer
from playground.ui.losses_choice import CLASSES, Looked

_HEIGHT = 400
_SIDE_BY_SIDE = 2
_TINY = 1e-3


def panel(looked: Looked) -> list[Answer]:
    """Draw the triangle of the first two losses."""
    if not looked.losses:
        return []
    st.markdown(f"### {_('All probabilities of three classes')}")
    target = 0 if looked.target == 0 else 1
    names = [_("class {n}").format(n=n) for n in range(CLASSES)]
    said = _("Every point of a triangle is three probabilities that add up to 1; a corner is certainty. Right: {name}.")
    st.caption(said.format(name=names[target]))
    found = []
    columns = st.columns(_SIDE_BY_SIDE, gap="medium")
    for place, each in zip(columns, looked.losses, strict=False):
        asked = {"kind": each.entry.id, "args": each.args, "target": target}
        answer = lab_answers.ask("loss_over_shares", asked)
        found.append(answer)
        if not answer.is_there:
            continue
        shares, loss = answer.arrays["shares"], answer.arrays["loss"]
        middle = float(loss[np.argmin(np.abs(shares - 1 / CLASSES).sum(axis=1))])
        with place:
            st.markdown(f"#### {shell.plain(each.label)}")
            st.echarts_chart(
                triangle_chart(shares, loss, names),
                height=_HEIGHT,
                key=f"triangle-{each.entry.id}",
                alt=_("Smallest loss {low}, largest {high}").format(low=f"{loss.min():.3g}", high=f"{loss.max():.3g}"),
            )
            corner = float(loss[shares[:, target] == 1][0])
            lab_fields.outcome(
                [
                    _("certain and right **{n}**").format(n=_number(corner)),
                    _("undecided **{n}**").format(n=_number(middle)),
                    _("certain and wrong **{n}**").format(n=_number(float(loss[shares[:, target] == 0].max()))),
                ]
            )
            rows = lab_csv.side_by_side(each.label, *shares.T, loss)
            lab_csv.offer(f"triangle-{each.entry.id}", ("loss", *names, "value"), rows)
    return found


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) >= _TINY else "0"
