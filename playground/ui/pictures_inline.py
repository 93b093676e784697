"""Images as text inside the page, for those that change while somebody looks."""

import base64
import io

import numpy as np
from PIL import Image


def inline(pixels: np.ndarray) -> str:
    """``pixels``, uint8 (height, width, 3 or 4), as the address of a PNG that holds itself.

    Streamlit keeps the files of a page only until it is drawn again: of an image that changes with every stroke, or of
    a page that is drawn twice as it begins, the browser would ask for one that is gone.
    """
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
