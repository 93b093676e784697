"""The engine as the page and the command line see it. Imports nothing of the Keras side."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from playground.engine import address, line, process, protocol, waits
from playground.engine.abandoned import abandoned
from playground.engine.check import check
from playground.engine.errors import AnswerError, EngineError, HostError, SpecError
from playground.runs import ConflictError, EndedError, Store, estimate, open_store
from playground.settings import Settings, setting
from playground.specs import DatasetSpec, RunSpec

_PING_S = 1.0
_START_S = 90.0
_TEND_S = 2.0
_LOG_BYTES = 10_000_000

SHOWCASE = "showcase"
"""Who the runs belong to that begin by themselves; see :mod:`playground.engine.showcase`."""

_started_here: list["subprocess.Popen[bytes]"] = []
"""Hosts outlive those who start them; kept so that one that ends here leaves no zombie."""

__all__ = ["AnswerError", "Client", "EngineError", "HostError", "Place", "SpecError"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a waiting run stands.

    Attributes:
        position: 1 for the next one.
        holders: names of the runs that hold the slots.
        waiting_s: about how long it waits, where that can be said.
        preparing: what the job that prepares its data, or fetches its weights, is busy with, or ``None``.
        progress: how far that job is, 0 to 1.
    """

    position: int
    holders: tuple[str, ...]
    waiting_s: float | None
    preparing: str | None = None
    progress: float = 0.0


class Client:
    """Talks to the host of a home, and starts one where there is none. Safe to share between threads.

    Args:
        settings: whose home.
        keeps_connections: whether those to the store are used again, as :func:`playground.runs.open_store` says.
    """

    def __init__(self, settings: Settings, *, keeps_connections: bool = False) -> None:
        self.settings = settings
        self._keeps_connections = keeps_connections
        self._tending = threading.Lock()
        self._tended_at = -_TEND_S

    @property
    def store(self) -> Store:
        """The store of this home."""
        return open_store(self.settings, keeps_connections=self._keeps_connections)

    def ping(self, timeout_s: float = _PING_S) -> dict[str, Any] | None:
        """What the host says of itself (``pid``, ``start``), or ``None`` when there is none.

        Raises:
            HostError: there is one, but it does not answer within ``timeout_s``.
        """
        try:
            return self._call({"op": "ping"}, timeout_s)
        except (FileNotFoundError, ConnectionError):
            return None
        except TimeoutError as error:
            raise HostError(
                f"The engine does not answer within {timeout_s:g} s. Run 'python -m playground stop' and try again."
            ) from error

    def ensure_host(self, timeout_s: float = _START_S) -> float:
        """Make sure that a host is ready; returns the seconds that took, 0 when it was there already.

        Raises:
            HostError: it could not be started; the message holds the last line of its log.
        """
        if self.ping() is not None:
            return 0.0
        began = time.monotonic()
        log = address.log_path(self.settings)
        started = self._start(log)
        while time.monotonic() - began < timeout_s:
            if self._answers():
                return time.monotonic() - began
            if started.poll() is not None and not self._is_locked():
                if started.returncode != 0:
                    raise HostError(f"The engine could not be started: {_last_line(log)} The log is {log}.")
                started = self._start(log)  # the host that was there has just ended
            time.sleep(0.03)
        raise HostError(f"The engine was not ready within {timeout_s:g} s. The log is {log}.")

    def tend(self) -> None:
        """Make sure, in the background, that a host is there. Never blocks, never fails; called at every tick."""
        now = time.monotonic()
        if now - self._tended_at < _TEND_S or not self._tending.acquire(blocking=False):
            return
        self._tended_at = now

        def tend() -> None:
            try:
                with contextlib.suppress(EngineError, OSError):
                    self.ensure_host()
            finally:
                self._tending.release()

        threading.Thread(target=tend, name="playground-tend", daemon=True).start()

    def wake(self) -> None:
        """Tell the host that something waits; it would find out by itself within a second."""
        with contextlib.suppress(OSError):
            self._call({"op": "wake"}, _PING_S)

    def submit(
        self, spec: RunSpec, owner: str | None = None, draft_id: str | None = None, follows: str | None = None
    ) -> str:
        """Ask for a run of ``spec``; returns its id.

        Args:
            spec: what to train.
            owner: whose it is; the home's by default.
            draft_id: the draft that it is a run of.
            follows: an earlier run of the same spec, whose changes of program it repeats: on the same machine, with
                the same versions, the same numbers come out to the last digit.

        Raises:
            SpecError: it cannot be run; one line that names what and why. Nothing is left behind.
            HostError: there is no engine.
        """
        self.ensure_host()
        check(spec, self)
        return self.queue(spec, owner, draft_id, follows)

    def queue(
        self, spec: RunSpec, owner: str | None = None, draft_id: str | None = None, follows: str | None = None
    ) -> str:
        """As :meth:`submit`, for a spec that has been checked."""
        owner = owner or self.settings.owner
        self.make_room(owner)
        more = {"follows": follows} if follows is not None else None
        run_id = self.store.runs.create(spec, owner, draft_id, more=more)
        self.wake()
        return run_id

    def make_room(self, owner: str, n: int = 1) -> None:
        """See to it that ``n`` more runs of ``owner`` may wait; what trains only until somebody else does is stopped.

        Raises:
            SpecError: so many may not wait; the limit and its setting are named.
        """
        limit = self.settings.max_waiting
        waiting = self.store.runs.count(states_in={"queued"}, owner=owner)
        if n > 1 and waiting + n > limit:
            raise SpecError(
                f"{n} runs are to wait together and {waiting} of yours wait already: expected at most {limit} in all "
                f"({setting('max_waiting')}). Wait for some, cancel some, or start fewer."
            )
        if waiting + n > limit:
            raise SpecError(
                f"{limit} runs of yours are waiting already, the most allowed ({setting('max_waiting')}). "
                "Wait for one, or cancel one."
            )
        if owner != SHOWCASE:
            shown = self.store.runs.find(states_in={"queued", "running", "paused"}, owner=SHOWCASE)
            for run in (*shown, *abandoned(self.store)):
                self.request(run.id, "stop")

    def request(self, run_id: str, kind: str, **args: Any) -> int:
        """Ask a run for something; returns the request's id.

        A run that still waits is stopped here and now. The answer of any other is an event that names the request.

        Args:
            run_id: the run.
            kind: ``stop`` or ``finish`` (end it, without or with all that belongs to its end), ``pause``, ``resume``,
                ``step``, ``epoch``, ``epochs``, ``speed``, ``set``, or what else the run has an answer to.
            args: of ``epochs``: ``add``; of ``speed``: ``steps_per_s`` or ``None``; of ``set``: ``learning_rate``.
        """
        request_id = self.store.runs.ask(run_id, kind, args, self.settings.owner)
        if kind == "stop":
            data = {"request": request_id, "reason": "Cancelled before it started."}
            with contextlib.suppress(ConflictError, EndedError):
                self.store.runs.append(run_id, "stopped", data, only_from={"queued"})
        return request_id

    def place(self, run_id: str) -> Place | None:
        """Where a run stands in the queue; ``None`` when it does not wait."""
        waiting = self.store.runs.find(states_in={"queued"}, oldest_first=True, limit=1000)
        ids = [run.id for run in waiting]
        if run_id not in ids:
            return None
        at = ids.index(run_id)
        running = self.store.runs.find(states_in={"running", "paused"}, limit=100)
        lasts = [line.lasts_s(self.store, run) for run in waiting[:at]]
        waiting_s = estimate.waiting_s(map(line.left_s, running), lasts) if running else None
        spec = self.store.runs.spec(run_id)
        jobs = [self.store.jobs.latest(kind, key) for kind, key in waits.keys(spec)]
        job = next((each for each in jobs if each is not None and not each.is_ended), None)
        return Place(
            at + 1,
            tuple(run.name for run in running),
            waiting_s,
            (job.message or "Preparing the data") if job is not None else None,
            job.progress if job is not None else 0.0,
        )

    def ask(
        self,
        question: str,
        args: Mapping[str, Any],
        arrays: Mapping[str, np.ndarray] | None = None,
    ) -> protocol.Message:
        """The answer of a workbench: JSON values and arrays.

        Raises:
            SpecError: what was asked about is wrong; the message says what.
            AnswerError: it could not be answered.
            HostError: there is no engine.
        """
        self.ensure_host()
        timeout_s = self.settings.answer_s + 5
        try:
            with protocol.connection(str(address.socket_path(self.settings)), _PING_S) as host:
                protocol.send(host, {"op": "ask"})
                protocol.send(host, {"question": question, "args": args}, arrays)
                header, reply = protocol.receive(host, timeout_s)
        except (OSError, ValueError) as error:
            raise AnswerError(f"The question {question!r} was not answered: {error}") from error
        if header.pop("ok", False):
            return header, reply
        kind = SpecError if header.get("is_refusal") else AnswerError
        raise kind(header.get("error", "no reason was given"))

    def prepare(self, spec: DatasetSpec, seed: int) -> str:
        """Ask for the prepared arrays of a dataset; returns the id of the job that makes them."""
        self.ensure_host()
        args = {"dataset": spec.model_dump(), "seed": seed}
        job_id = self.store.jobs.create("prepare", spec.prepared_key(seed), args, self.settings.owner)
        self.wake()
        return job_id

    def stop_host(self, timeout_s: float = 10) -> bool:
        """End the host; its runs go on. Returns whether there was one.

        A host that does not answer is killed.
        """
        holder = self._holder()
        if holder is None:
            return False
        pid_start = process.started_at(holder)
        with contextlib.suppress(OSError):
            self._call({"op": "stop"}, _PING_S)
        if not process.wait_gone(holder, pid_start, timeout_s):
            os.kill(holder, signal.SIGKILL)
            process.wait_gone(holder, pid_start, timeout_s)
        return True

    def _call(self, header: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        with protocol.connection(str(address.socket_path(self.settings)), timeout_s) as host:
            protocol.send(host, header, timeout_s=timeout_s)
            return protocol.receive(host, timeout_s)[0]

    def _answers(self) -> bool:
        try:
            self._call({"op": "ping"}, _PING_S)
        except OSError:
            return False
        return True

    def _start(self, log: Path) -> "subprocess.Popen[bytes]":
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        environment = {**os.environ, **_environment(self.settings)}
        root = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH")]))
        # Not multiprocessing: started from a page it would run app.py again in the child. No inherited output: whoever
        # reads ours would wait for the host's end. A session of its own: Ctrl-C here must not reach it.
        _started_here[:] = [host for host in _started_here if host.poll() is None]
        with log.open("ab") as output:
            host = subprocess.Popen(
                [sys.executable, "-m", "playground.engine.host"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env=environment,
            )
        _started_here.append(host)
        return host

    def _is_locked(self) -> bool:
        return self._holder() is not None

    def _holder(self) -> int | None:
        """The process id of the host that holds this home's lock."""
        path = address.lock_path(self.settings)
        try:
            pid = int(path.read_text() or 0)
        except (FileNotFoundError, ValueError):
            return None
        return pid if pid and process.started_at(pid) is not None and _is_held(path) else None


def _is_held(path: Path) -> bool:
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the variables that a child process reads."""
    values = settings.model_dump(mode="json", exclude_none=True)
    return {setting(name): str(value) for name, value in values.items()}


def _last_line(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        if lines:
            return lines[-1]
    return "it said nothing."
