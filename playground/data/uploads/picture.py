"""Image files as pixels, and images of another size.

The functions keep to 88 columns and call no others of ours, so that an exported script can carry them.
"""

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageOps

FORMATS = ("BMP", "GIF", "JPEG", "PNG", "WEBP")
"""The formats that are read, by Pillow's names: no others, since some of Pillow's start other programs."""


def decoded(data: bytes, side: int) -> Image.Image:
    """The picture in the bytes of an image file: grey or RGB, its sides at most ``side``.

    Of several frames it is the first; what is transparent becomes white.

    Raises:
        OSError, ValueError, SyntaxError: it is no such file, too large, or damaged.
    """
    file = Image.open(io.BytesIO(data), formats=["BMP", "GIF", "JPEG", "PNG", "WEBP"])
    if file.width * file.height > 50_000_000:
        raise ValueError("more than 50,000,000 pixels")
    file.draft(None, (2 * side, 2 * side))  # JPEGs come smaller at once
    image = ImageOps.exif_transpose(file)
    if image.mode.startswith("I"):  # 16 bits
        image = Image.fromarray((np.asarray(image) // 256).astype("uint8"))
    grey = image.mode in ("1", "L", "LA")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    image = image.convert("L" if grey else "RGB")
    image.thumbnail((side, side))
    return image


def pictures(
    path: str,
    folders: list[str],
    side: int,
    size: tuple[int, int],
    mode: str,
) -> tuple[np.ndarray, np.ndarray]:
    """The images in folders of a zip, one folder after the other.

    Those that cannot be read or have more than 50,000,000 pixels are left out.

    Args:
        path: the zip.
        folders: paths in it that end in a slash.
        side: larger ones are made as small as this first.
        size: width and height of all.
        mode: ``L`` for grey images, ``RGB`` for coloured ones.

    Returns:
        float32 of shape (n, height, width) or (n, height, width, 3), and the number of
        each one's folder.
    """
    endings = (".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp")
    unreadable = (
        *(EOFError, IndexError, NotImplementedError, OSError, OverflowError),
        *(SyntaxError, TypeError, ValueError, struct.error, zlib.error),
        *(zipfile.BadZipFile, Image.DecompressionBombError),
    )
    x, y = [], []
    with zipfile.ZipFile(path) as archive:
        names = sorted(set(archive.namelist()))
        for number, folder in enumerate(folders):
            for name in names:
                if not name.startswith(folder) or "/." in name:
                    continue
                if not name.lower().endswith(endings):
                    continue
                try:
                    image = decoded(archive.read(name), side)
                except unreadable:
                    continue
                x.append(np.asarray(image.convert(mode).resize(size), "float32"))
                y.append(number)
    return np.array(x), np.array(y)


def resized(x: np.ndarray, height: int, width: int, method: str) -> np.ndarray:
    """Images of another size.

    Args:
        x: uint8 or float32 of shape (n, height, width) or (n, height, width, channels).
        height, width: the new size.
        method: one of Pillow's, such as ``bilinear``.
    """
    filter_ = Image.Resampling[method.upper()]
    planes = x[..., np.newaxis] if x.ndim == 3 else x
    new = np.empty((len(x), height, width, planes.shape[3]), "float32")
    for number, image in enumerate(planes):
        for channel in range(planes.shape[3]):
            plane = Image.fromarray(image[..., channel].astype("float32"))
            new[number, ..., channel] = plane.resize((width, height), filter_)
    return new[..., 0] if x.ndim == 3 else new
