"""Where a home's host listens and which lock it holds."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from playground.engine.errors import HostError
from playground.settings import Settings

_LONGEST = 100
"""Bytes of the longest socket path we use; the kernel's limit is 107."""


def runtime_dir() -> Path:
    """The folder of sockets and locks of this user: private (0700), local, and short enough for a socket's path.

    Raises:
        HostError: somebody else owns the folder, or others may enter it.
    """
    name = f"playground-{os.getuid()}"
    candidates = [Path(tempfile.gettempdir()) / name, Path("/tmp") / name]
    if run := os.environ.get("XDG_RUNTIME_DIR"):
        candidates.insert(0, Path(run) / "playground")
    folder = next((path for path in candidates if len(os.fsencode(path)) <= _LONGEST - 24), candidates[-1])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise HostError(f"The folder {folder} must belong to you alone (mode 0700). Remove it and try again.")
    return folder


def _name(settings: Settings) -> str:
    return hashlib.sha256(os.fsencode(settings.home.resolve())).hexdigest()[:16]


def socket_path(settings: Settings) -> Path:
    """The socket of the host of this home."""
    return runtime_dir() / f"{_name(settings)}.sock"


def lock_path(settings: Settings) -> Path:
    """The file that the host of this home keeps locked; it holds the host's process id."""
    return runtime_dir() / f"{_name(settings)}.lock"


def log_path(settings: Settings) -> Path:
    """The log of the host of this home."""
    return settings.logs_dir / "host.log"
