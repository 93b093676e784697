"""A small file system of its own, which can be filled without filling the machine's."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """The folder of a file system with so much room; skips the test where none can be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="playground-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        folder.rmdir()
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a process that was killed may still end
        folder.rmdir()


def fill(path: Path) -> None:
    """Leave no room at all on the disk of ``path``, a file."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
