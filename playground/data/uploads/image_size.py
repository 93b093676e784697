"""How large an image is, before anything of it is decoded."""

import io

from PIL import Image

from playground.data.uploads.array_profile import Sides
from playground.data.uploads.picture import FORMATS

MAX_PIXELS = 50 * 10**6
"""An image with more of them is not decoded."""

_ORIENTATION = 0x0112
_ROTATED = 5
"""From this EXIF orientation on, height and width change places."""


class TooLargeError(Exception):
    """An image has more than :data:`MAX_PIXELS` pixels."""


def size_of(data: bytes) -> Sides:
    """Height and width of the image in ``data`` as it is looked at, out of its first bytes.

    Raises:
        TooLargeError: it has too many pixels.
        OSError, ValueError, SyntaxError: it is no image of the formats that are read, or damaged.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise TooLargeError
            # Only cameras turn images, and asking a PNG for it would decode it.
            is_turned = image.format == "JPEG" and image.getexif().get(_ORIENTATION, 1) >= _ROTATED
    except Image.DecompressionBombError as error:
        raise TooLargeError from error
    return (width, height) if is_turned else (height, width)
