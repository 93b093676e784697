"""What was found about what a run has learned, kept in its folder: the newest of it, for it can be computed again."""

import contextlib
from pathlib import Path

from playground.runs import evaluations
from playground.runs.evaluations import Evaluation

MOST = 60
"""Explanations that a run keeps."""

_FOLDER = "explained"


def keep(folder: Path, key: str, found: Evaluation) -> None:
    """Keep what was found under ``key`` in a run's ``folder``; the oldest goes where there are many. Raises OSError."""
    inner = folder / _FOLDER
    evaluations.keep(inner, key, found)
    files = sorted(inner.glob("*.frame"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files[MOST:]:
        with contextlib.suppress(OSError):  # another job has removed it
            file.unlink()


def kept(folder: Path, key: str) -> Evaluation | None:
    """What is kept under ``key``; ``None`` where there is nothing that can be read."""
    return evaluations.kept(folder / _FOLDER, key)
