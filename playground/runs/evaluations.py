"""What was found about a run's answers, kept in the run's folder."""

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from playground.frame import pack, unpack


@dataclass(frozen=True, eq=False)
class Evaluation:
    """One evaluation of a run on a part of its data.

    Attributes:
        values: JSON values; NaN and infinities are spelled as text.
        arrays: by name; they may be read-only.
    """

    values: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]


def keep(folder: Path, key: str, found: Evaluation) -> None:
    """Keep what was found under ``key`` in a run's ``folder``, at once or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"part-{_name(key)}"
    temporary.write_bytes(pack(found.values, found.arrays))
    os.replace(temporary, folder / _name(key))


def kept(folder: Path, key: str) -> Evaluation | None:
    """What is kept under ``key``, the same object if asked again; ``None`` where there is nothing that can be read."""
    path = folder / _name(key)
    try:
        stamp = path.stat()
        return _read(path, stamp.st_mtime_ns)
    except (OSError, ValueError):
        return None


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Evaluation:
    return Evaluation(*unpack(path.read_bytes()))


def _name(key: str) -> str:
    return f"evaluation-{key[:24]}.frame"
