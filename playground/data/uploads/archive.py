"""What takes in a zip: images or arrays, told by what is in it and not by its name."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from playground.data.source import Progress
from playground.data.uploads.array_profile import ArrayProfile
from playground.settings import Settings

TakeIn = Callable[[Path, str, str, Path, Settings, Progress], ArrayProfile]
"""Writes what the file at the first path holds into the empty folder at the second, from its name and SHA-256 too."""

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = "[Content_Types].xml"


def taking_in(path: Path) -> TakeIn | None:
    """What takes in the file at ``path`` if it is a zip of images or arrays; ``None`` for all others, Excel's too."""
    with path.open("rb") as file:
        if file.read(4) not in _STARTS:
            return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeError):
        names = []  # whoever reads it says so in words
    if _OFFICE in names:
        return None
    if any(name.endswith(".npy") for name in names):
        from playground.data.uploads.array_file import take_in_arrays

        return take_in_arrays
    from playground.data.uploads.image_archive import take_in_images

    return take_in_images
