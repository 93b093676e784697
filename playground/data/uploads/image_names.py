"""Which entries of an archive are images, and of which part and class, by their names alone."""

import stat
import zipfile
from collections import defaultdict
from typing import NamedTuple

from playground.data.errors import DataError
from playground.data.uploads.array_profile import LeftOut

ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp")
"""What the names of image files end in."""

PARTS = ({"train", "training"}, {"validation", "valid", "val"}, {"test"})
"""Names of folders that divide the images: training, validation and test part."""

MAX_ENTRIES = 80_000
MAX_CLASSES = 1_000
_MAX_NAME = 100
_EXAMPLES = 3
_SHOWN = 80
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Found(NamedTuple):
    """An image.

    Attributes:
        entry: where it lies in the archive.
        part: 0 training, 1 validation, 2 test.
        label: the name of its class.
        folder: the path of that class and part in the archive; ends in a slash.
    """

    entry: zipfile.ZipInfo
    part: int
    label: str
    folder: str


class Left:
    """Collects what is left out, and why."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)

    def add(self, reason: str, name: str) -> None:
        """Leave out the entry called ``name``."""
        self._names[reason].append(shown(name))

    def all(self) -> tuple[LeftOut, ...]:
        """What was left out so far, by reason."""
        return tuple(
            LeftOut(reason=reason, count=len(names), examples=tuple(names[:_EXAMPLES]))
            for reason, names in self._names.items()
        )

    def words(self) -> str:
        """The same in one line; empty where nothing was left out."""
        said = [f"{each.count:,} {each.reason} ({', '.join(each.examples)})" for each in self.all()]
        return f" Left out: {'; '.join(said)}." if said else ""


def shown(name: str) -> str:
    """``name`` as a message can hold it: short, and without signs that do not print."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def found_in(archive: zipfile.ZipFile, name: str, left: Left) -> tuple[list[Found], list[str], bool]:
    """The images of an archive in their order, the class names, and whether its folders divide them.

    Args:
        archive: the open archive.
        name: what it is called.
        left: told what is left out.

    Raises:
        DataError: an entry's name leads elsewhere, or there are no two classes.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise DataError(f"{name} has {len(entries):,} entries: expected at most {MAX_ENTRIES:,}. Leave some out.")
    places = _places(entries, name, left)
    around = _around(list(places))
    tops = {steps[around] for steps in places}
    is_divided = all(_part(top) is not None for top in tops) and any(len(steps) > around + 2 for steps in places)
    above = around + is_divided
    found = []
    for steps, entry in places.items():
        if len(steps) < above + 2:
            left.add("in no folder that could be their class", entry.filename)
            continue
        part = _part(steps[around]) if is_divided else 0
        found.append(Found(entry, part or 0, steps[above], "/".join(steps[: above + 1]) + "/"))
    classes = sorted({each.label for each in found})
    _check(classes, name, left)
    _tell_empty(entries, found, left)
    return sorted(found, key=lambda each: (each.part, each.label, each.entry.filename)), classes, is_divided


def _around(paths: list[tuple[str, ...]]) -> int:
    """How many folders there are around all others."""
    around = 0
    while (
        len({steps[around] for steps in paths}) == 1
        and min(map(len, paths)) > around + 1
        and max(map(len, paths)) > around + 2
    ):
        around += 1
    return around


def _places(entries: list[zipfile.ZipInfo], name: str, left: Left) -> dict[tuple[str, ...], zipfile.ZipInfo]:
    """The entries that are called like images, by the steps of their paths."""
    places: dict[tuple[str, ...], zipfile.ZipInfo] = {}
    for entry in entries:
        path = entry.filename
        _refuse(entry, name)
        steps = tuple(path.split("/"))
        if entry.is_dir():
            continue
        if any(step.startswith(".") or step == "__MACOSX" for step in steps):
            left.add("hidden, or notes of a file manager", path)
        elif not path.lower().endswith(ENDINGS):
            left.add("not called like an image", path)
        else:
            if steps in places:  # whoever opens one by its name gets the last
                left.add("of the same name as a later one", path)
            places[steps] = entry
    return places


def _refuse(entry: zipfile.ZipInfo, name: str) -> None:
    """Refuse the whole archive for an entry that no honest one has."""
    path = entry.filename
    said = f"{shown(name)}: its entry {shown(path)!r}"
    steps = path.removesuffix("/").split("/")
    if ".." in steps or "." in steps or "" in steps or "\\" in path or ":" in steps[0]:
        raise DataError(f"{said} has a name that is no plain path: expected folder/file. Pack it anew.")
    if not path.isprintable():
        raise DataError(f"{said} has signs in its name that cannot be shown. Rename it and pack it anew.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise DataError(f"{said} is a link: expected files. Pack the files themselves.")
    if entry.flag_bits & 1:
        raise DataError(f"{said} is encrypted: expected files that open without a password. Pack it anew without.")
    if entry.compress_type not in _PACKED:
        raise DataError(f"{said} is packed in an unusual way: expected deflate. Pack it anew as an ordinary zip.")


def _part(step: str) -> int | None:
    return next((number for number, names in enumerate(PARTS) if step.lower() in names), None)


def _check(classes: list[str], name: str, left: Left) -> None:
    layout = "expected a zip with one folder for each class, and JPEG, PNG, GIF, BMP or WebP images in them"
    if not classes:
        raise DataError(f"{name} has no images in folders: {layout}.{left.words()}")
    if len(classes) < 2:
        raise DataError(f"{name} has images of one class only, {shown(classes[0])!r}: {layout}.{left.words()}")
    if len(classes) > MAX_CLASSES:
        raise DataError(f"{name} has {len(classes):,} folders: expected at most {MAX_CLASSES:,} classes.")
    for label in classes:
        if len(label) > _MAX_NAME:
            raise DataError(f"{name}: the folder {shown(label)!r} has a name of {len(label)} letters. Shorten it.")


def _tell_empty(entries: list[zipfile.ZipInfo], found: list[Found], left: Left) -> None:
    """Name the folders that have no image in them, at whatever depth."""
    used: set[str] = set()
    for each in found:
        steps = each.entry.filename.split("/")
        used.update("/".join(steps[:at]) for at in range(1, len(steps)))
    for entry in entries:
        folder = entry.filename.removesuffix("/")
        hidden = any(step.startswith(".") or step == "__MACOSX" for step in folder.split("/"))
        if entry.is_dir() and folder not in used and not hidden:
            left.add("folders without images", entry.filename)
