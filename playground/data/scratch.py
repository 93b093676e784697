"""Files and folders under work have names that begin with a dot; a killed process leaves them behind."""

import shutil
import time
from pathlib import Path

PREFIX = "."
_OLD_S = 24 * 3600


def sweep(folder: Path) -> None:
    """Remove what is under work in ``folder`` and has not been touched for a day."""
    for path in folder.glob(f"{PREFIX}*"):
        try:
            old = time.time() - path.stat().st_mtime > _OLD_S
        except FileNotFoundError:  # whoever works on it has just finished
            continue
        if not old:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
