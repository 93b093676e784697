"""Small pictures for a kernel to slide over."""

import functools

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits, load_sample_image

from playground.catalog.kernels import picture

_DIGITS = {"three": 3, "eight": 8}
_BRIGHTEST_DIGIT, _BRIGHTEST = 16.0, 255.0
_PHOTO = 32
_MIDDLE_SHARE = 0.75


@functools.lru_cache(maxsize=32)
def pixels(name: str) -> np.ndarray:
    """The picture ``name`` of the catalogue, float32 (height, width, channels) with values from 0 to 1.

    Raises:
        LookupError: there is no such picture.
    """
    found = picture(name)
    drawn = _drawn(found.id)
    values = drawn if drawn.ndim == 3 else drawn[:, :, None]
    return np.ascontiguousarray(values, np.float32)


def _drawn(name: str) -> np.ndarray:
    if name in _DIGITS:
        digits = load_digits()
        first = int(np.flatnonzero(digits.target == _DIGITS[name])[0])
        return np.asarray(digits.images[first] / _BRIGHTEST_DIGIT)
    return {
        "square": _square,
        "ring": _ring,
        "stripes": _stripes,
        "chessboard": _chessboard,
        "ramp": _ramp,
        "discs": _discs,
        "flower": _flower,
    }[name]()


def _square() -> np.ndarray:
    drawn = np.zeros((12, 12))
    drawn[3:9, 3:9] = 1.0
    return drawn


def _ring() -> np.ndarray:
    distance = _distances(20, (9.5, 9.5))
    return ((distance > 4.5) & (distance < 8)).astype(float)


def _stripes() -> np.ndarray:
    rows = np.arange(12) // 3 % 2
    return np.repeat(rows[:, None], 12, axis=1).astype(float)


def _chessboard() -> np.ndarray:
    row, column = np.indices((12, 12))
    return ((row + column) % 2).astype(float)


def _ramp() -> np.ndarray:
    return np.repeat(np.linspace(0, 1, 12)[None], 12, axis=0)


def _discs() -> np.ndarray:
    middles = ((7.0, 9.5), (12.0, 6.5), (12.0, 12.5))
    return np.stack([_distances(20, middle) < 5.2 for middle in middles], axis=-1).astype(float)


def _flower() -> np.ndarray:
    photo = load_sample_image("flower.jpg")
    side = int(min(photo.shape[:2]) * _MIDDLE_SHARE)
    top, left = (photo.shape[0] - side) // 2, (photo.shape[1] - side) // 2
    square = Image.fromarray(photo[top : top + side, left : left + side])
    return np.asarray(square.resize((_PHOTO, _PHOTO), Image.Resampling.LANCZOS)) / _BRIGHTEST


def _distances(size: int, middle: tuple[float, float]) -> np.ndarray:
    row, column = np.indices((size, size))
    return np.hypot(row - middle[0], column - middle[1])
