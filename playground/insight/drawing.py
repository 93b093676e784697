"""A drawing as the images of a dataset are: its ink cut out, scaled, and centred by its mass."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from playground.data import DataError

SIDE = 1000
"""The pad's coordinates go from 0 to this, to the right and down."""

MAX_STROKES, MAX_POINTS = 2_000, 50_000
_CANVAS = 500
_FAINT = 0.1
"""Ink below this share of the darkest is no part of a drawing, so that paper and scanners leave no trace."""

_SAMPLES = 200


@dataclass(frozen=True)
class Frame:
    """How the images of a dataset show their ink: known from its training images.

    Attributes:
        extent: the longer side of the ink as a share of the shorter side of the image, the median of all.
        pen: how wide a stroke is, as a share of the longer side of the ink.
        is_ink: whether they show bright ink on a ground of the lowest value, as scanned digits do.
        is_centred: whether the centre of mass of the ink lies in the middle.
    """

    extent: float
    pen: float
    is_ink: bool
    is_centred: bool


def frame_of(images: np.ndarray) -> Frame:
    """How ``images``, shape (n, height, width), any range, show their ink; at most 200 of them are looked at."""
    some = np.asarray(images[:_SAMPLES], np.float32)
    low, high = float(some.min()), float(some.max())
    ink = (some - low) / ((high - low) or 1)
    height, width = ink.shape[1:]
    edge = np.concatenate([ink[:, 0], ink[:, -1], ink[:, :, 0], ink[:, :, -1]], axis=1)
    corners = ink[:, [0, 0, -1, -1], [0, -1, 0, -1]]
    is_ink = bool(np.median(edge) < _FAINT and (corners < _FAINT).mean() > 0.9)
    extents, pens, centres = [], [], []
    for image in ink:
        box = _box(image)
        if box is None:
            continue
        top, bottom, left, right = box
        longer = max(bottom - top, right - left)
        extents.append(longer / min(height, width))
        pens.append(_stroke(image) / longer)
        y, x = _centre(image)
        centres.append(math.hypot(y - (height - 1) / 2, x - (width - 1) / 2) / min(height, width))
    if not extents:
        return Frame(1.0, 0.1, False, False)
    return Frame(float(np.median(extents)), float(np.median(pens)), is_ink, float(np.median(centres)) < 0.03)


def inked(strokes: Sequence[Any], pen: float) -> np.ndarray:
    """The ink of ``strokes``, float32 (500, 500) from 0 to 1: round lines between all points, dots for single ones.

    Args:
        strokes: each a list of points, x and y one after the other in the pad's coordinates. A browser sent them.
        pen: how wide a line is, in the same.

    Raises:
        DataError: there are none, too many, or they are no such lists.
    """
    lines = [_points(stroke) for stroke in list(strokes)[: MAX_STROKES + 1]]
    lines = [line for line in lines if len(line)]
    if not lines:
        raise DataError("Nothing is drawn. Draw something first.")
    if len(lines) > MAX_STROKES or sum(map(len, lines)) > MAX_POINTS:
        raise DataError(f"The drawing has more than {MAX_STROKES:,} strokes or {MAX_POINTS:,} points. Clear it.")
    scale = _CANVAS / SIDE
    width = min(max(float(pen), 5.0), SIDE / 2) * scale
    image = Image.new("L", (_CANVAS, _CANVAS), 0)
    draw = ImageDraw.Draw(image)
    for line in lines:
        at = [(float(x) * scale, float(y) * scale) for x, y in line]
        if len(at) > 1:
            draw.line(at, fill=255, width=round(width))
        for x, y in at:
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    return np.asarray(image, np.float32) / 255


def framed(ink: np.ndarray, height: int, width: int, frame: Frame) -> np.ndarray:
    """``ink`` as an image of the dataset shows it, float32 (height, width) from 0 to 1.

    As MNIST was made (http://yann.lecun.com/exdb/mnist): the ink's box is scaled, its sides in proportion, with smooth
    edges, and put where its centre of mass is in the middle; nothing of it leaves the image.

    Args:
        ink: float (any height, any width), 0 for none.
        height, width: of the image.
        frame: how the dataset shows its ink.

    Raises:
        DataError: there is no ink.
    """
    box = _box(ink)
    if box is None:
        raise DataError("There is nothing to be seen in this picture: it is the same everywhere.")
    top, bottom, left, right = box
    cut = np.asarray(ink[top:bottom, left:right], np.float32)
    longer = max(1.0, frame.extent * min(height, width))
    scale = longer / max(cut.shape)
    rows, columns = (
        min(most, max(1, round(size * scale))) for size, most in zip(cut.shape, (height, width), strict=True)
    )
    small = np.asarray(Image.fromarray(cut).resize((columns, rows), Image.Resampling.BILINEAR), np.float32)
    small = np.clip(small / (small.max() or 1), 0, 1)
    y, x = _centre(small) if frame.is_centred else ((rows - 1) / 2, (columns - 1) / 2)
    first_row = min(max(round((height - 1) / 2 - y), 0), height - rows)
    first_column = min(max(round((width - 1) / 2 - x), 0), width - columns)
    image = np.zeros((height, width), np.float32)
    image[first_row : first_row + rows, first_column : first_column + columns] = small
    return image


def _points(stroke: Any) -> np.ndarray:
    """The points of a stroke, float64 (n, 2), inside the pad."""
    try:
        flat = np.asarray(stroke, np.float64)
    except (TypeError, ValueError) as error:
        raise DataError("A stroke of this drawing is no list of numbers. Clear it and draw again.") from error
    if flat.ndim != 1 or len(flat) % 2 or not np.isfinite(flat).all():
        raise DataError("A stroke of this drawing is no list of points. Clear it and draw again.")
    return np.clip(flat.reshape(-1, 2), 0, SIDE)


def _box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """First and last row and column with ink, the last one exclusive; ``None`` where there is none."""
    seen = ink > _FAINT * max(float(ink.max(initial=0)), 1e-6)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _centre(ink: np.ndarray) -> tuple[float, float]:
    """Row and column of the centre of mass."""
    mass = float(ink.sum()) or 1.0
    rows, columns = np.arange(ink.shape[0]), np.arange(ink.shape[1])
    return float((ink.sum(axis=1) * rows).sum() / mass), float((ink.sum(axis=0) * columns).sum() / mass)


def _stroke(ink: np.ndarray) -> float:
    """About how wide the strokes are: twice the area of the ink over the length of its outline."""
    dark = np.pad(ink > 0.5, 1)
    outline = int((dark[1:] != dark[:-1]).sum() + (dark[:, 1:] != dark[:, :-1]).sum())
    return 2 * float(ink.sum()) / max(1.0, outline * math.pi / 4)
