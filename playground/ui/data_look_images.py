"""Pictures of images, and the map of any rows."""

import numpy as np
import streamlit as st

from playground.charts.looks import map_chart, spread_chart
from playground.data.statistics import Picture
from playground.data.statistics.images import unpacked
from playground.locale.text import _
from playground.ui import data_samples, shell
from playground.ui.data_look_tables import legend

_STRIP_PX = 400
_MEAN_PX = 66
_MAP_PX = 480
_PIXELS_PX = 240
_STRIPS = 20


def class_means(picture: Picture) -> None:
    """The mean image of each class, and some of its images beside it."""
    classes = picture.values["classes"]
    alone = [each for each in classes if each["examples"] is None]
    if alone or len(classes) > _STRIPS:
        means = np.concatenate([unpacked(each["mean"]) for each in classes])
        names = [each["name"] for each in classes]
        captions = [shell.plain(name) for name in names]
        st.image(list(data_samples.coloured(means)), caption=captions, width=_MEAN_PX, alt=names)
        return
    with st.grid(1 if shell.is_phone() else 2, min_column_width=_STRIP_PX, key="look-strips"):
        for each in classes:
            with st.container(gap="xxsmall"):
                words = _("{name} · mean of {n} images, and examples").format(name=each["name"], n=f"{each['n']:,}")
                st.caption(shell.plain(words))
                examples = data_samples.coloured(np.concatenate([unpacked(each["mean"]), unpacked(each["examples"])]))
                gap = np.zeros((examples.shape[1], examples.shape[2] // 4, 4), np.uint8)
                strip = np.concatenate([examples[0], gap, *examples[1:]], axis=1)
                st.image(strip, width="stretch", alt=words)


def pixels(picture: Picture) -> None:
    """How often which pixel value occurs."""
    values = picture.values
    names = {"red": _("red"), "green": _("green"), "blue": _("blue"), "all": _("all")}
    groups = [names[name] for name in values["channels"]] if len(values["channels"]) > 1 else []
    legend(groups)
    said = _("mean {mean}, standard deviation {std}, {zero} of the values are 0").format(
        mean=f"{values['mean']:.4g}", std=f"{values['std']:.4g}", zero=f"{values['zero']:.0%}"
    )
    option = spread_chart(values["counts"], values["edges"], groups)
    st.echarts_chart(option, height=_PIXELS_PX, key="look-pixels", alt=_("Pixel values: {words}").format(words=said))
    st.caption(shell.plain(said))


def plane(picture: Picture) -> None:
    """Rows as points of a plane."""
    values = picture.values
    points = np.column_stack([values["x"], values["y"]]).astype(np.float64)
    explained = values.get("explained")
    axes = ("", "")
    if explained:
        shares = [f"{share:.0%}" for share in explained]
        axes = tuple(_("component {n}: {share}").format(n=n + 1, share=share) for n, share in enumerate(shares))  # type: ignore[assignment]
        words = _("PCA: the plane keeps {share} of the variance of {n} features.").format(
            share=f"{sum(explained):.0%}", n=f"{values['features']:,}"
        )
    else:
        words = _("t-SNE: neighbours stay neighbours; distances between groups and their sizes say nothing.")
    chart = map_chart(points, values["rows"], values["labels"], values["classes"], _("row {n}"), axes)
    alt = _("{n} rows as points. {words}").format(n=f"{len(points):,}", words=words)
    st.echarts_chart(chart, height=_MAP_PX, key="look-map", alt=alt)
    st.caption(shell.plain(words))
