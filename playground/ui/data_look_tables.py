"""Pictures of columns: statistics, histograms, pairs, correlation."""

from typing import Any

import pandas as pd
import streamlit as st

from playground.charts.looks import ranked_chart, spread_chart
from playground.data.statistics import Picture
from playground.locale.text import _, ngettext
from playground.ui import segments, shell

_ROW_PX, _HEAD_PX, _MOST_PX = 35, 38, 420
_HISTOGRAM = 150
_CELL_PX = 260
_CLEAR_SHIFT = 0.25
_NUMBERS = ("mean", "std", "min", "25%", "50%", "75%", "max")


def summary(picture: Picture) -> None:
    """A line a column: what its values are, of all rows or of each part."""
    rows = picture.values["rows"]
    names = {"all": _("All rows"), "train": _("Training"), "validation": _("Validation"), "test": _("Test")}
    parts = list(dict.fromkeys(row["part"] for row in rows))
    part = "all"
    if len(parts) > 1:
        words = {**{each: names[each] for each in parts}, "means": _("Means side by side")}
        part = segments.choose(_("Part"), words, "all", "look-part") or "all"
    table = _side_by_side(rows, parts, names) if part == "means" else _of_part(rows, part)
    height = min(_MOST_PX, _HEAD_PX + _ROW_PX * len(table))
    alt = ngettext("Statistics of {n} column", "Statistics of {n} columns", len(table)).format(n=len(table))
    # Four digits that mean something: a number is read at a glance, and the file has six.
    digits = {name: st.column_config.NumberColumn(format="%.4g") for name in table.select_dtypes("float").columns}
    key = f"look-summary-{part}"
    st.dataframe(
        table,
        hide_index=True,
        height=height,
        key=key,
        placeholder="–",
        alt=alt,
        column_config=digits,
        row_height=_ROW_PX,
    )
    if picture.values["shifts"]:
        _shift(picture.values["shifts"][0], names)


def _of_part(rows: list[dict[str, Any]], part: str) -> pd.DataFrame:
    table = pd.DataFrame([row for row in rows if row["part"] == part]).drop(columns="part")
    table = table.dropna(axis="columns", how="all")
    if set(table["type"]) == {"number"}:
        table = table.drop(columns="type")
    shown = [name for name in _NUMBERS if name in table.columns]
    if "date" in set(table.get("type", [])):  # stand among the numbers
        for name in shown:
            table[name] = [f"{value:.4g}" if isinstance(value, float) else value for value in table[name]]
    else:
        table[shown] = table[shown].astype(float)
    words = {
        "column": _("Column"),
        "type": _("Type"),
        "count": _("Count"),
        "missing": _("Missing"),
        "distinct": _("Distinct"),
        "mean": _("Mean"),
        "std": _("Std"),
        "min": _("Min"),
        "25%": "25 %",
        "50%": _("Median"),
        "75%": "75 %",
        "max": _("Max"),
        "most frequent": _("Most frequent"),
        "times": _("Times"),
    }
    return table.rename(columns=words)


def _side_by_side(rows: list[dict[str, Any]], parts: list[str], names: dict[str, str]) -> pd.DataFrame:
    """The mean of each number in each part, and of a category how often its most frequent value is there."""
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(row["column"], {_("Column"): row["column"]})
        if row["part"] not in parts[1:]:
            continue
        if row["mean"] is not None:
            line[names[row["part"]]] = f"{row['mean']:.4g} ± {row['std']:.3g}" if row["std"] else f"{row['mean']:.4g}"
        elif row["times"]:
            line[names[row["part"]]] = f"{row['most frequent']} {row['times'] / max(1, row['count']):.0%}"
    return pd.DataFrame(list(lines.values()))


def _shift(most: dict[str, Any], names: dict[str, str]) -> None:
    words = _("Largest difference between parts: {column}, whose mean in {part} lies {n} standard deviations off.")
    said = words.format(
        column=shell.plain(most["column"]), part=names[most["part"]], n=f"{abs(most['shift'] or 0):.2f}"
    )
    is_clear = abs(most["shift"] or 0) >= _CLEAR_SHIFT
    icon = ":orange[:material/warning:]" if is_clear else ":green[:material/check:]"
    st.caption(f"{icon} {said}")


def histograms(picture: Picture) -> None:
    """A small histogram for each column."""
    groups = picture.values["groups"]
    legend(groups)
    columns = 1 if shell.is_phone() else 3
    with st.grid(columns, min_column_width=_CELL_PX, gap="medium", key="look-histograms"):
        for at, chart in enumerate(picture.values["charts"]):
            with st.container(gap="xxsmall"):
                st.markdown(f"**{shell.plain(chart['column'])}**")
                _histogram(chart, groups, at)


def _histogram(chart: dict[str, Any], groups: list[str], at: int) -> None:
    key = f"look-histogram-{at}"
    n = f"{sum(map(sum, chart['counts'])):,}"
    alt = _("How the {n} values of {column} are spread").format(n=n, column=chart["column"])
    if "names" in chart:
        option = ranked_chart(chart["names"], chart["counts"], groups)
        st.echarts_chart(option, height=_HISTOGRAM, key=key, alt=alt)
        if chart["rest"]:
            st.caption(ngettext("and {n} more value", "and {n} more values", chart["rest"]).format(n=chart["rest"]))
        return
    option = spread_chart(chart["counts"], chart["edges"], groups, is_date=chart["is_date"])
    st.echarts_chart(option, height=_HISTOGRAM, key=key, alt=alt)


def legend(groups: list[str]) -> None:
    """The colours of the classes, once for all charts below."""
    if not groups:
        return
    item = {"itemWidth": 10, "itemHeight": 10, "textStyle": {"fontSize": 12}, "selectedMode": False, "type": "scroll"}
    option = {
        "animation": False,
        "legend": {"top": 0, "left": 0, **item},
        "grid": {"show": False, "height": 0, "top": 30},
        "xAxis": {"show": False, "type": "category", "data": [""]},
        "yAxis": {"show": False, "type": "value"},
        "series": [{"type": "bar", "name": name, "data": [0]} for name in groups],
    }
    st.echarts_chart(option, height=26, key="look-legend", alt=_("Classes: {names}").format(names=", ".join(groups)))


def pairs(picture: Picture) -> None:
    """Each column against each other."""
    names = ", ".join(picture.values["shown"])
    st.image(picture.svg, alt=_("Every pair of {names} as points, and the spread of each").format(names=names))


def correlation(picture: Picture) -> None:
    """How strongly each column goes with each other."""
    most = picture.values["strongest"]
    first, second = most["of"]
    words = _("Strongest: {first} and {second}, r = {r}.")
    r = f"{most['r'] or 0:.2f}".replace("-", "−")
    st.image(picture.svg, alt=_("Correlations.") + " " + words.format(first=first, second=second, r=r))
    st.caption(words.format(first=shell.plain(first), second=shell.plain(second), r=r))
