"""TensorBoard for the event files of one run: a process beside the app, on this machine only, and for an hour at most.

Started as ``python -m playground.engine.board``; at most two run for a home, the oldest makes room for another.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib import util
from pathlib import Path

from playground.engine import process
from playground.runs.artifacts import EVENT_FILES
from playground.settings import Settings

MOST = 2
LASTS_S = 3600.0
_LOOK_S = 1.0
_HOST = "127.0.0.1"
_started: "list[subprocess.Popen[bytes]]" = []  # by this process, which has to take note of their end


@dataclass(frozen=True, slots=True)
class Board:
    """One TensorBoard.

    Attributes:
        pid, pid_start: its process.
        began: seconds since the epoch.
        url: where it answers; empty until it does.
    """

    pid: int
    pid_start: float | None
    began: float
    url: str = ""


def is_installed() -> bool:
    """Whether TensorBoard can be started here."""
    return util.find_spec("tensorboard") is not None


def event_files(settings: Settings, run_id: str) -> Path | None:
    """The folder with the event files of a run; ``None`` where it has written none."""
    folder = settings.run_dir(Path(run_id).name) / EVENT_FILES
    return folder if any(folder.glob("**/*tfevents*")) else None


def board(settings: Settings, run_id: str) -> Board | None:
    """The TensorBoard that shows a run, or is about to; ``None`` where there is none."""
    _reap()
    found = _read(_path(settings, run_id))
    return found if found is not None and process.is_alive(found.pid, found.pid_start) else None


def start(settings: Settings, run_id: str) -> None:
    """Have TensorBoard show the event files of a run, unless it does so already. Does not wait until it answers.

    Raises:
        OSError: there is no room, or no process can be started.
        ValueError: the run has written none.
    """
    folder = event_files(settings, run_id)
    if folder is None:
        raise ValueError("This run has written no event files.")
    if board(settings, run_id) is not None:
        return
    path = _path(settings, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    _make_room(path.parent)
    command = [sys.executable, "-m", "playground.engine.board", str(folder), str(path), str(os.getpid())]
    settings.logs_dir.mkdir(parents=True, exist_ok=True)
    with (settings.logs_dir / "tensorboard.log").open("ab") as log:
        # A session of its own: a Ctrl-C in the app's terminal is not for it; it ends with the app by itself.
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    _started.append(child)
    _write(path, Board(child.pid, process.started_at(child.pid), time.time()))


def stop(settings: Settings, run_id: str) -> None:
    """End the TensorBoard that shows a run, if there is one."""
    path = _path(settings, run_id)
    found = _read(path)
    if found is not None:
        _end(found)
    path.unlink(missing_ok=True)
    _reap()


def main(folder: str, path: str, parent: int) -> None:
    """Show ``folder`` until the process ``parent`` is gone or the hour is over; ``path`` says where."""
    from tensorboard import program  # type: ignore[import-untyped, unused-ignore]

    shown = program.TensorBoard()
    shown.configure(argv=[None, "--logdir", folder, "--host", _HOST, "--port", "0"])
    url = shown.launch()
    pid, began, parent_start = os.getpid(), time.monotonic(), process.started_at(parent)
    _write(Path(path), Board(pid, process.started_at(pid), time.time(), url))
    while process.is_alive(parent, parent_start) and time.monotonic() < began + LASTS_S and Path(folder).exists():
        time.sleep(_LOOK_S)


def _reap() -> None:
    _started[:] = [child for child in _started if child.poll() is None]


def _make_room(folder: Path) -> None:
    known = [(found.began, path, found) for path in folder.glob("*.json") if (found := _read(path)) is not None]
    for _began, path, found in sorted(known, key=lambda each: each[0])[: max(0, len(known) - MOST + 1)]:
        _end(found)
        path.unlink(missing_ok=True)


def _end(found: Board) -> None:
    if process.is_alive(found.pid, found.pid_start):
        with contextlib.suppress(ProcessLookupError):
            os.kill(found.pid, signal.SIGTERM)


def _path(settings: Settings, run_id: str) -> Path:
    return settings.home / "boards" / f"{Path(run_id).name}.json"


def _read(path: Path) -> Board | None:
    try:
        return Board(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, found: Board) -> None:
    part = path.with_name(f"part-{path.stem}-{os.getpid()}")
    part.write_text(json.dumps(asdict(found)), "utf-8")
    part.replace(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
