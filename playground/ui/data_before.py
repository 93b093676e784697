"""What the steps of preparation do to the values: a histogram before them and one after."""

import numpy as np
import streamlit as st

from playground.charts import histogram_chart
from playground.locale.text import _, ngettext
from playground.ui import data_cards, data_ready, shell
from playground.ui.data_ready import Look
from playground.ui.data_rows import Rows

_HEIGHT = 150
_SAMPLES = 400
_SIDES = 2
_EVERY = -1


def panel(raw: Look, ready: Look, features: tuple[str, ...]) -> None:
    """Draw the values of the training part as they come and as the model gets them.

    Args:
        raw: the dataset without steps.
        ready: the same with them.
        features: names of the columns in ``ready``; empty for images.
    """
    if raw.error or ready.error:
        return  # said where it belongs: at the samples, at the steps or at the split
    with st.container(horizontal=True, vertical_alignment="center", key="before-title"):
        st.markdown(f"### {_('Before and after')}", width="content")
        column = _column(features, ready.dataset.source) if features else None
    sides = st.columns(_SIDES, gap="medium")
    if raw.prepared is None or ready.prepared is None:
        with sides[0]:
            data_ready.wait(ready if raw.prepared else raw, _HEIGHT)
        with sides[1]:
            st.skeleton(height=_HEIGHT)
        return
    after = Rows(ready.prepared, ("train",))
    before = Rows(raw.prepared)
    drawn = after.drawn(_SAMPLES)
    names_of = raw.prepared.facts.features, ready.prepared.facts.features
    same = before.places(after.numbers[drawn])  # the rows that train now, also where the split was changed
    for side, title, rows, at in ((sides[0], _("Before"), before, same), (sides[1], _("After"), after, drawn)):
        values = rows.x(at)
        with side:
            if column is None:
                _histogram(title, values, rows is after)
            elif (name := features[column]) in names_of[rows is after]:
                _histogram(title, values[:, names_of[rows is after].index(name)], rows is after)
            else:
                st.markdown(f"**{title}**")
                st.caption(_("A step makes {feature}.").format(feature=shell.plain(name)))
    st.caption(_("What a step learns, such as a mean, it learns from the training part alone."))


def _column(features: tuple[str, ...], source: str) -> int | None:
    names = {_EVERY: _("All features"), **dict(enumerate(features))}
    if not shell.is_phone():
        st.space("stretch")
    chosen = st.selectbox(
        _("Feature"),
        list(names),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=240,
        key=f"feature-{source}",
    )
    return None if chosen == _EVERY else chosen


def _histogram(title: str, values: np.ndarray, is_after: bool) -> None:
    said = _("{low} to {high}, mean {mean}, standard deviation {sd}").format(
        low=_short(values.min()), high=_short(values.max()), mean=_short(values.mean()), sd=_short(values.std())
    )
    st.markdown(f"**{title}**")
    key = "after" if is_after else "before"
    st.echarts_chart(histogram_chart(values), height=_HEIGHT, key=key, alt=f"{title}: {said}")
    st.caption(shell.plain(f"{said} · {_shape(values.shape[1:])}" if values.ndim > 1 else said))


def _shape(shape: tuple[int, ...]) -> str:
    """What an input is: so many columns, or an image's sides."""
    if len(shape) == 1:
        return ngettext("{n} column", "{n} columns", shape[0]).format(n=f"{shape[0]:,}")
    return data_cards.shape(shape)


def _short(number: float) -> str:
    return f"{round(float(number), 3):.4g}".replace("-", "−")
