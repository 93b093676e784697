"""2,000 film reviews as they were written, out of the archive of those who collected them."""

import re
import tarfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.table import Column, Table
from playground.settings import Settings

FILE = Published(
    "Movie reviews",
    "https://www.cs.cornell.edu/people/pabo/movie-review-data/review_polarity.tar.gz",
    None,
    10_000_000,
    "review_polarity.tar.gz",
)
LABELS = ("neg", "pos")
"""The folders of the archive, in label order."""
MEMBER = re.compile(r"^(?:\./)?txt_sentoken/(neg|pos)/[A-Za-z0-9_]+\.txt$")
_N = 2_000
_MAX_MEMBERS = 3_000
_MAX_BYTES = 40_000_000
_COLUMNS = (Column("text", "text"),)
_REMEDY = "Replace it by the published file, or remove it to have that one downloaded."


def stamp(settings: Settings) -> str | None:
    """Size and time of the file, or ``None`` while there is none that can be reached."""
    return published.stamp([FILE.path(settings)])


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """The reviews in the order of their names, blame first: x a table of one text, y int64 (2000,), 1 for praise.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file is damaged, holds something else or cannot be written.
    """
    (path,) = fetched([FILE], settings, progress)
    found: dict[str, str] = {}
    unpacked = 0
    try:
        with tarfile.open(path, "r:gz") as archive:
            for number, member in enumerate(archive):
                unpacked += member.size
                if number >= _MAX_MEMBERS or unpacked > _MAX_BYTES:
                    raise ValueError("it is larger when unpacked than the published one")
                if MEMBER.match(member.name) and (file := archive.extractfile(member)) is not None:
                    found[member.name.removeprefix("./")] = file.read().decode("latin-1").strip()
        names = sorted(found)
        y = np.array([LABELS.index(name.split("/")[1]) for name in names], np.int64)
        if len(names) != _N or y.sum() * 2 != _N:
            raise ValueError(f"expected {_N // 2:,} reviews in each of txt_sentoken/neg and pos, received {len(names)}")
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    texts = np.array([found[name] for name in names], object)
    return Loaded(Table(_COLUMNS, (texts,)), y)


MOVIE_REVIEWS = Source(
    load,
    "binary",
    (1,),
    _N,
    ("negative", "positive"),
    ("text",),
    licence="no licence is stated; for research",
    origin="B. Pang and L. Lee, A Sentimental Education, 2004",
    stamp=stamp,
    columns=_COLUMNS,
    target="review",
)
