"""Pictures of texts and of series."""

from typing import Any

import streamlit as st

from playground.charts.looks import lags_chart, ranked_chart, series_chart, spread_chart
from playground.data.statistics import Picture
from playground.locale.text import _
from playground.ui import shell
from playground.ui.data_look_tables import legend

_LINE, _SMALL, _BESIDE, _WORDS = 190, 90, 190, 260
_CELL_PX = 300


def words(picture: Picture) -> None:
    """How long texts are, which words are frequent and which tell the classes apart."""
    values = picture.values
    groups = values["groups"]
    legend(groups)
    said = _("{n} words in the middle of all texts, {longest} in the longest").format(
        n=f"{values['median']:,}", longest=f"{values['longest']:,}"
    )
    lengths = values["lengths"]
    st.markdown(f"**{_('Words in a text')}**")
    option = spread_chart(lengths["counts"], lengths["edges"], groups)
    st.echarts_chart(
        option, height=_BESIDE, key="look-lengths", alt=_("Lengths of the texts: {words}").format(words=said)
    )
    st.caption(shell.plain(said))
    if values["telling"]:
        _ranked(_("Words that tell {name}"), values["telling"], groups, "telling")
        st.caption(
            _("By chi-squared between having the word and the class; the bar is the share of texts that have it.")
        )
    _ranked(_("Frequent in {name}") if groups else _("Frequent words"), values["frequent"], groups, "frequent")


def _ranked(title: str, ranked: list[list[dict[str, Any]]], groups: list[str], kind: str) -> None:
    columns = 1 if shell.is_phone() else max(2, min(3, len(ranked)))
    with st.grid(columns, min_column_width=_CELL_PX, gap="medium", key=f"look-{kind}"):
        for group, rows in enumerate(ranked):
            if not rows:
                continue
            name = groups[group] if groups else ""
            with st.container(gap="xxsmall"):
                st.markdown(f"**{shell.plain(title.format(name=name))}**")
                # Empty series before it give it the colour of its class.
                counts: list[list[float]] = [[] for _each in range(group)]
                counts.append([row["share"] for row in rows])
                alt = ", ".join(row["word"] for row in rows)
                option = ranked_chart([row["word"] for row in rows], counts, digits=3)
                st.echarts_chart(option, height=_WORDS, key=f"look-{kind}-{group}", alt=alt)


def seasons(picture: Picture) -> None:
    """The line, what it is made of, and how it resembles itself."""
    values = picture.values
    period, strength = values["period"], values["strength"]
    steps, lines = values["step"], values["lines"]
    if period:
        said = _("A season of {n} steps: the autocorrelation there is {r}, and it explains {share} around the trend.")
        said = said.format(n=f"{period:,}", r=f"{values['peak']:.2f}", share=f"{strength or 0:.0%}")
    else:
        said = _("No season: no lag at which the series clearly resembles itself.")
    icon = ":green[:material/calendar_month:]" if period else ":material/info:"
    st.markdown(f"{icon} {shell.plain(said)}")
    names = {"value": values["name"], "trend": _("Trend"), "season": _("Season"), "rest": _("Rest")}
    for key, line in lines.items():
        st.markdown(f"**{shell.plain(names[key])}**")
        is_first = key == "value"
        st.echarts_chart(
            series_chart(steps, line, is_small=not is_first and key != "rest"),
            height=_LINE if is_first else _SMALL,
            key=f"look-{key}",
            alt=_("{name} over {n} steps. {words}").format(name=names[key], n=f"{picture.of:,}", words=said),
        )
    with st.grid(1 if shell.is_phone() else 3, min_column_width=_CELL_PX, gap="medium", key="look-beside"):
        if period:
            with st.container(gap="xxsmall"):
                st.markdown(f"**{_('One season')}**")
                chart = series_chart(list(range(1, period + 1)), values["profile"])
                alt = _("The mean of each of {n} places of the season, without the trend").format(n=period)
                st.echarts_chart(chart, height=_BESIDE, key="look-profile", alt=alt)
        with st.container(gap="xxsmall"):
            st.markdown(f"**{_('Autocorrelation by lag')}**")
            chart = lags_chart(values["autocorrelation"], values["limit"], period)
            st.echarts_chart(chart, height=_BESIDE, key="look-lags", alt=said)
        with st.container(gap="xxsmall"):
            st.markdown(f"**{_('Differences from step to step')}**")
            spread = values["differences"]
            about = _("mean {mean}, standard deviation {std}").format(
                mean=f"{values['difference']['mean']:.3g}", std=f"{values['difference']['std']:.3g}"
            )
            chart = spread_chart([spread["counts"]], spread["edges"])
            st.echarts_chart(chart, height=_BESIDE, key="look-differences", alt=about)
            st.caption(shell.plain(about))
