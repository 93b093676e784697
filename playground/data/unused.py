"""Small prepared folders that nobody has used for a while: every point that somebody sets by hand makes another."""

import contextlib
import re
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from playground.settings import Settings

_SMALL_BYTES = 10**6
_KEPT = 200
_UNUSED_S = 3600.0
_NAME = re.compile(r"[0-9a-f]{64}")


def remove_unused(settings: Settings, in_use: Collection[str]) -> int:
    """Remove all small prepared folders but the 200 used last; returns how many.

    What was used within the last hour stays, whatever there is. A removed one is prepared anew when it is asked for.

    Args:
        settings: say where they lie.
        in_use: names of folders that stay: those of runs that have not ended.
    """
    found = []
    for folder in settings.prepared_dir.glob("*"):
        with contextlib.suppress(OSError):  # another process may remove it or give it its name meanwhile
            if _NAME.fullmatch(folder.name) and folder.name not in in_use and _size(folder) <= _SMALL_BYTES:
                found.append((folder.stat().st_mtime, folder))
    found.sort(reverse=True)
    old = [folder for used_at, folder in found[_KEPT:] if time.time() - used_at > _UNUSED_S]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
