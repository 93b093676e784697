"""Writes ``.npy`` files."""

from pathlib import Path
from typing import BinaryIO

import numpy as np


def save(path: Path, array: np.ndarray) -> None:
    """Write ``array`` to ``path``. ``np.save`` would not notice a disk that fills up within C's last buffer."""
    array = np.ascontiguousarray(array)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(array.data)


def write_header(file: BinaryIO, n: int) -> None:
    """Write the first bytes of a file of ``n`` bytes, uint8.

    numpy leaves room in them for any number, so that they can be written again once that is known.
    """
    header = np.lib.format.header_data_from_array_1_0(np.empty(0, np.uint8)) | {"shape": (n,)}
    np.lib.format.write_array_header_1_0(file, header)
