"""Image files and archives for tests, drawn on the spot."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

FORMATS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "bmp": "BMP", "webp": "WEBP"}


def image(seed: int, size: tuple[int, int] = (24, 16), ending: str = "png", mode: str = "RGB") -> bytes:
    """An image file of that width and height: a bright square, high up for even seeds, on a dark ground."""
    rng = np.random.default_rng(seed)
    width, height = size
    values = rng.integers(0, 60, (height, width, 3), dtype=np.uint8)
    top = 0 if seed % 2 == 0 else height // 2
    values[top : top + height // 2, : width // 2] = rng.integers(180, 256, 3)
    file = io.BytesIO()
    Image.fromarray(values).convert(mode).save(file, FORMATS[ending])
    return file.getvalue()


def archive(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip of those files, by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def classes(n: int = 20, top: str = "", **sizes: tuple[int, int]) -> dict[str, bytes]:
    """Image files of the classes high and low in turn, ``n`` of each, of all formats and of several sizes."""
    endings = list(FORMATS)
    found = {}
    for number in range(2 * n):
        label = ("high", "low")[number % 2]
        size = sizes.get("size", (20 + number % 5, 14 + number % 7))
        ending = endings[number // 2 % len(endings)]
        found[f"{top}{label}/{number:03}.{ending}"] = image(number, size, ending)
    return found
