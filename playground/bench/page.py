"""How soon the first page is drawn, and how much memory the page's process holds."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from playground.bench.browser import drawn_s, visit
from playground.bench.result import Result, against_bound

_ROOT = Path(__file__).resolve().parents[2]
_STARTS = 5


@contextlib.contextmanager
def server(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A page server on a free port with ``home``; its process and its address. It may not answer yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PLAYGROUND_HOME": str(home), "PLAYGROUND_SLOTS_DIR": str(home / "slots")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdin=nothing, stdout=nothing, stderr=nothing) as popen:
        try:
            yield popen, f"http://127.0.0.1:{port}"
        finally:
            popen.terminate()
            popen.wait(20)
            subprocess.run([sys.executable, "-m", "playground", "stop"], env=environment, stdout=nothing, check=False)
            _end_runs(home)


def _end_runs(home: Path) -> None:
    """End what still trains, or is paused, in ``home``: runs outlive their host, and would disturb what follows."""
    for each in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if each.environ().get("PLAYGROUND_HOME") == str(home):
                each.kill()


def page_start() -> Result:
    """Seconds from the command to the first page drawn in a browser."""
    samples = []
    for _ in range(_STARTS):
        with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
            began = time.monotonic()
            with server(Path(folder) / "home") as (_, address):
                wait_for(address)
                samples.append(time.monotonic() - began + drawn_s(address))
    what = f"from the command until Home's cards are drawn in Chromium (started beforehand), median of {_STARTS}"
    return against_bound("page-start", samples, 3.0, "s", what)


def page_memory() -> Result:
    """Resident memory of the page's process after Home was visited, in MB."""
    samples = []
    for _ in range(3):
        with (
            tempfile.TemporaryDirectory(prefix="playground-bench-") as folder,
            server(Path(folder) / "home") as (popen, address),
        ):
            wait_for(address)
            visit(address)
            samples.append(psutil.Process(popen.pid).memory_info().rss / 1e6)
    what = "resident memory of the Streamlit process after a visit to Home, median of 3"
    return against_bound("page-memory", samples, 250.0, "MB", what)


def wait_for(address: str) -> None:
    """Wait until the server at ``address`` answers."""
    while True:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
