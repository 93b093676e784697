"""Samples of the chosen dataset: images as images, tables as tables, points as a scatter."""

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts import scatter_chart
from playground.data.sets.known_source import file_of, known_source
from playground.locale.text import _, ngettext
from playground.specs import DatasetSpec
from playground.specs.facts import Facts, is_sequence_shape
from playground.ui import (
    data_cards,
    data_own_samples,
    data_ready,
    data_samples_missing,
    data_sequences,
    data_texts,
    segments,
    shell,
)
from playground.ui.data_mixed_rows import mixed_rows
from playground.ui.data_ready import Look
from playground.ui.data_rows import Rows
from playground.ui.pictures_inline import inline

_HEIGHT = 380
_IMAGES, _TABLE_ROWS, _POINTS = 52, 200, 5_000
_IMAGE_PX, _SHARPER = 44, 2
_SMALL_SIDE, _SHORT = 32, 7  # pixels that can be seen in so small a picture, letters that fit under it
_LARGE_IMAGES, _LARGE_PX = 24, 84
_PLANE_PX = 480  # about as wide as high: a circle must look like one
_EVERY = -1
_FEW_CLASSES = 12
_INK = {"light": ("#F3F5F8", "#11151A"), "dark": ("#1E2328", "#E6E8EB")}


def panel(found: Look) -> None:
    """Draw the samples, or what is in their way."""
    title = st.container(horizontal=True, vertical_alignment="center", key="samples-title")
    with title:
        st.markdown(f"### {_('Samples')}", width="content")
    if found.error:
        data_samples_missing.panel(found)
        return
    if found.prepared is None:
        data_ready.wait(found, _HEIGHT)
        return
    facts, rows = found.prepared.facts, Rows(found.prepared)
    with title:
        label = _filter(facts, found.dataset.source)
    of = len(rows) if label is None else int(rows.counts(len(facts.classes))[label])
    with st.container(key="samples"):
        if facts.is_sequence_answered or is_sequence_shape(facts.input_shape):
            shown = data_sequences.panel(rows, facts, label, _HEIGHT)
        elif len(facts.input_shape) > 1:
            shown = _images(rows, facts, label)
        elif facts.vocabulary is not None:
            shown = data_texts.panel(rows, facts, found.dataset, label, _HEIGHT)
        elif facts.input_shape == (2,):
            shown = _scatter(rows, facts, label)
        elif facts.is_series:
            shown = data_own_samples.series(rows, facts)
        elif facts.input_shape == (1,) and facts.task == "regression":
            shown = _curve(rows, facts)
        else:
            shown = _table(rows, facts, label, found.dataset)
    st.caption(_origin(found, shown, of))


def _filter(facts: Facts, source: str) -> int | None:
    """The class to show; ``None`` for all."""
    if not facts.classes or facts.is_sequence_answered:
        return None
    if not shell.is_phone():
        st.space("stretch")
    names = {_EVERY: _("All"), **dict(enumerate(facts.classes))}
    key = f"class-{source}"
    chosen: int | None
    if len(facts.classes) > _FEW_CLASSES:
        chosen = st.selectbox(
            _("Class"), list(names), format_func=names.__getitem__, label_visibility="collapsed", key=key
        )
    else:
        chosen = segments.choose(_("Class"), names, _EVERY, key)
    return None if chosen in (None, _EVERY) else chosen


def _images(rows: Rows, facts: Facts, label: int | None) -> int:
    longest = max(map(len, " ".join(facts.classes).split()), default=0)
    is_large = max(facts.input_shape[:2]) > _SMALL_SIDE or longest > _SHORT
    at = rows.drawn(_LARGE_IMAGES if is_large else _IMAGES, label)
    px = _LARGE_PX if is_large else _IMAGE_PX
    pictures = [inline(each) for each in coloured(rows.x(at), px)]
    names = [facts.classes[int(of)] if facts.classes else f"{of:.3g}" for of in rows.y[at]]
    st.image(pictures, caption=[shell.plain(name) for name in names], width=px, alt=names)
    return len(at)


def coloured(images: np.ndarray, px: int = _IMAGE_PX) -> np.ndarray:
    """Images as the screen shows them: grey ones as ink on the theme's ground, each pixel a sharp square.

    Args:
        images: shape ``(n, height, width)`` or ``(n, height, width, channels)``, any range.
        px: how wide they are shown.

    Returns:
        uint8 of shape ``(n, height, width, 4)``, larger where the images are small, with a margin that is clear.
    """
    grey = images[..., 0] if images.ndim == 4 and images.shape[-1] == 1 else images
    low, high = float(grey.min(initial=0)), float(grey.max(initial=0))
    share = (grey - low) / (high - low or 1)
    if grey.ndim == 3:
        ground, ink = (np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)], np.float32) for c in _INK[shell.theme()])
        share = (ground + (ink - ground) * share[..., None]) / 255
    times = max(1, -(-px * _SHARPER // share.shape[1]))
    pixels = np.round(share * 255).astype(np.uint8)
    pixels = pixels.repeat(times, axis=1).repeat(times, axis=2)
    solid = np.full((*pixels.shape[:3], 1), 255, np.uint8)
    edge = max(1, pixels.shape[1] // 14)  # nothing else keeps images in one list apart
    return np.pad(np.concatenate([pixels, solid], axis=3), [(0, 0), (edge, edge), (edge, edge), (0, 0)])


def _scatter(rows: Rows, facts: Facts, label: int | None) -> int:
    at = rows.drawn(_POINTS, label)
    names = (facts.features[0], facts.features[1]) if len(facts.features) == 2 else ("x1", "x2")
    chart = scatter_chart(rows.x(at), rows.y[at], facts.classes, names)
    kinds = _(" and ").join(facts.classes) if facts.classes else _("values")
    alt = _("{n} points in the plane: {kinds}").format(n=f"{len(at):,}", kinds=kinds)
    st.echarts_chart(chart, height=_HEIGHT, width="stretch" if shell.is_phone() else _PLANE_PX, key="scatter", alt=alt)
    return len(at)


def _curve(rows: Rows, facts: Facts) -> int:
    """The target over the only feature."""
    at = rows.drawn(_POINTS)
    points = np.column_stack([rows.x(at)[:, 0], rows.y[at]])
    (name,) = facts.features or ("x",)
    chart = scatter_chart(points, np.zeros(len(at)), (_("samples"),), (name, facts.unit or "y"))
    alt = _("{n} points: the target over {feature}").format(n=f"{len(at):,}", feature=name)
    st.echarts_chart(chart, height=_HEIGHT, key="scatter", alt=alt)
    return len(at)


def _table(rows: Rows, facts: Facts, label: int | None, dataset: DatasetSpec) -> int:
    at = rows.drawn(_TABLE_ROWS, label)
    table = mixed_rows(dataset, rows.numbers[at])
    if table is None:
        table = _numbers(rows, facts, at)
    st.dataframe(table, height=_HEIGHT, hide_index=True, key="table")
    return len(at)


def _numbers(rows: Rows, facts: Facts, at: np.ndarray) -> pd.DataFrame:
    values = rows.x(at).reshape(len(at), -1)
    table = pd.DataFrame(values, columns=list(facts.features) or [str(step) for step in range(1, values.shape[1] + 1)])
    target = _("class") if facts.classes else _("target") + (f" ({facts.unit})" if facts.unit else "")
    table.insert(0, target, [facts.classes[int(of)] for of in rows.y[at]] if facts.classes else rows.y[at])
    return table


def _origin(found: Look, shown: int, of: int) -> str:
    source = known_source(found.dataset)
    if shown < of:
        said = [_("{shown} of {of} drawn at random").format(shown=f"{shown:,}", of=f"{of:,}")]
    else:
        said = [ngettext("{n} sample", "All {n} samples", of).format(n=f"{of:,}")]
    if len(source.input_shape) > 1 and not is_sequence_shape(source.input_shape):
        said.append(_("{shape} pixels").format(shape=data_cards.shape(source.input_shape)))
    unknown = data_texts.unknown(found.prepared.facts) if found.prepared else ""
    said += [each for each in (unknown, source.origin, source.licence) if each]
    if not source.origin and not file_of(found.dataset):
        said.append(_("drawn with seed {seed}").format(seed=found.seed))
    return shell.plain(" · ".join(said))
