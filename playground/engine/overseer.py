"""Runs and jobs of a home: gives waiting ones a process, and tells the store when a process died without a word."""

import contextlib
import logging
import os
import shutil
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.engine import children, process, slots
from playground.engine.roles import Assignment
from playground.engine.waits import waits
from playground.runs import ConflictError, EndedError, Job, NotFoundError, Run, Store, StoreFullError
from playground.settings import Settings, setting

_log = logging.getLogger("playground.host")
_LOOK_S = 1.0
_MEMORY_S = 0.5
_STOP_GRACE_S = 15
_LIVE = ("running", "paused")


@dataclass(slots=True)
class _Watched:
    """A process that works on a job or on runs, several in a race; an earlier host started it without ``child``."""

    role: str
    keys: tuple[str, ...]
    pid: int
    pid_start: float | None
    child: children.Child | None
    reason: str | None = None
    signs: dict[str, Any] = field(default_factory=dict)


class Overseer:
    """One look a tick at what waits, what works and what died."""

    def __init__(self, settings: Settings, store: Store, starter: children.Starter) -> None:
        self._settings = settings
        self._store = store
        self._starter = starter
        self._watched: dict[int, _Watched] = {}
        self._unsaid: list[tuple[_Watched, str, str]] = []
        self._is_awake = True
        self._looked_at = 0.0
        self._memory_at = 0.0
        self._adopt()

    @property
    def n_runs(self) -> int:
        """Runs and jobs that have a process."""
        return len(self._watched)

    def wake(self) -> None:
        """Look for waiting work at the next tick."""
        self._is_awake = True

    def tick(self) -> None:
        """Look after everything once."""
        now = time.monotonic()
        self._bury_adopted()
        if now - self._memory_at > _MEMORY_S:
            self._memory_at = now
            self._watch_memory()
        if self._is_awake or now - self._looked_at > _LOOK_S:
            self._is_awake, self._looked_at = False, now
            self._say_again()
            self._force_stops()
            self._start_jobs()
            self._start_runs()

    def ended(self, child: children.Child, status: int) -> None:
        """A process of ours has ended; whatever it left open is closed in the store."""
        watched = self._watched.pop(child.pid, None)
        if watched is not None:
            self._close(watched, f"Its process {children.words(status)}.", "failed")
        self._is_awake = True

    def _adopt(self) -> None:
        """Take over what an earlier host left: its processes go on, or are lost."""
        here = process.machine()
        together: dict[tuple[int, float | None], list[str]] = {}
        for run in self._store.runs.find(states_in=_LIVE, limit=10_000):
            if run.machine == here and run.pid is not None:
                together.setdefault((run.pid, run.pid_start), []).append(run.id)
        for (pid, pid_start), run_ids in together.items():
            self._take_over(_Watched("run", tuple(run_ids), pid, pid_start, None))
        for job in self._store.jobs.find(states={"running"}):
            if job.machine == here and job.pid is not None:
                self._take_over(_Watched("job", (job.id,), job.pid, job.pid_start, None))

    def _take_over(self, watched: _Watched) -> None:
        self._watched[watched.pid] = watched
        _log.info("Took over %s %s (pid %d)", watched.role, " ".join(watched.keys), watched.pid)

    def _bury_adopted(self) -> None:
        for watched in [one for one in self._watched.values() if one.child is None]:
            if not process.is_alive(watched.pid, watched.pid_start):
                del self._watched[watched.pid]
                self._close(watched, "Its process ended while the engine was away.", "lost")
                self._is_awake = True

    def _close(self, watched: _Watched, error: str, kind: str) -> None:
        """Write the end of what died without a word, now or once there is room for it on the disk."""
        try:
            self._write_end(watched, error, kind)
        except StoreFullError as full:
            _log.warning("The end of %s %s has to wait: %s", watched.role, " ".join(watched.keys), full)
            self._unsaid.append((watched, error, kind))

    def _say_again(self) -> None:
        """Write the ends for which there was no room."""
        with contextlib.suppress(StoreFullError):  # said when it came first; a second later there may be room
            while self._unsaid:
                self._write_end(*self._unsaid[0])
                del self._unsaid[0]

    def _write_end(self, watched: _Watched, error: str, kind: str) -> None:
        """Write the end of what died without a word; what ended properly has its end in the store already."""
        error = watched.reason or error
        for key in watched.keys:
            if watched.role == "job":
                self._store.jobs.end(key, "failed", error=error)
                continue
            with contextlib.suppress(EndedError, NotFoundError):
                if watched.reason and "stop" in watched.reason:
                    self._store.runs.append(key, "stopped", {"reason": error})
                else:
                    data = {"error": error, **watched.signs}
                    self._store.runs.append(key, "lost" if kind == "lost" else "failed", data)
                _log.warning("Run %s: %s", key, error)

    def _watch_memory(self) -> None:
        limit = self._settings.max_run_memory_mb
        for watched in self._watched.values():
            if watched.role == "run" and watched.reason is None and process.memory_mb(watched.pid) > limit:
                watched.signs = {"signs": {"kind": "out-of-memory", "limit_mb": limit}}
                self._kill(
                    watched,
                    f"It used more than {limit:,} MB of memory ({setting('max_run_memory_mb')}). "
                    "Try a smaller batch or a smaller model.",
                )

    def _force_stops(self) -> None:
        for watched in self._watched.values():
            if watched.role != "run" or watched.reason is not None:
                continue
            if any(map(self._is_late, watched.keys)):
                self._kill(watched, f"It did not answer a stop for {_STOP_GRACE_S} s and was ended by force.")

    def _is_late(self, run_id: str) -> bool:
        """Whether the run was asked to stop long ago, and has not."""
        try:
            run = self._store.runs.run(run_id)
        except NotFoundError:  # deleted, while others of its race go on
            return False
        if run.is_ended:
            return False
        asked = self._store.runs.requests(run.id, run.acknowledged or 0)
        return any(each.kind == "stop" and time.time() - each.at > _STOP_GRACE_S for each in asked)

    def _kill(self, watched: _Watched, reason: str) -> None:
        watched.reason = reason
        try:
            os.kill(watched.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def _start_jobs(self) -> None:
        busy = sum(watched.role == "job" for watched in self._watched.values())
        for job in self._store.jobs.find(states={"queued"}):
            if busy >= self._settings.job_slots:
                return
            busy += 1
            self._start_job(job)

    def _start_job(self, job: Job) -> None:
        log = str(self._settings.logs_dir / "jobs.log")
        self._begin("job", (job.id,), Assignment("job", {"job_id": job.id}, log, {"CUDA_VISIBLE_DEVICES": "-1"}), [])
        # Recorded here too: a job must not look queued, and be started twice, before its process has said a word.
        watched = next(one for one in self._watched.values() if one.keys == (job.id,))
        self._store.jobs.start(job.id, process.machine(), watched.pid, watched.pid_start or time.time())

    def _start_runs(self) -> None:
        started = {key for watched in self._watched.values() if watched.role == "run" for key in watched.keys}
        ready = self._together(self._ready_runs(started))
        if not ready:
            return
        for slot in slots.slots(self._settings):
            if not ready:
                return
            descriptor = slots.take(slot, self._settings)
            if descriptor is None:
                continue
            try:
                self._start_runs_of(ready.pop(0), slot, descriptor)
            finally:
                os.close(descriptor)

    @staticmethod
    def _together(ready: Sequence[Run]) -> list[list[Run]]:
        """Runs by the process they share, in their order: those of a race train in turn, any other by itself."""
        found: dict[str, list[Run]] = {}
        for run in ready:
            found.setdefault(run.race or run.id, []).append(run)
        return list(found.values())

    def _ready_runs(self, started: set[str]) -> list[Run]:
        """Waiting runs, oldest first, whose data and weights are here; the others get jobs that bring them."""
        ready = []
        for run in self._store.runs.find(states_in={"queued"}, oldest_first=True, limit=1000):
            if run.id in started:
                continue
            spec = self._store.runs.spec(run.id)
            waiting_for = list(waits(spec, self._settings))
            if not waiting_for:
                ready.append(run)
            for wait in waiting_for:
                job = self._store.jobs.latest(wait.kind, wait.key)
                if job is not None and job.state == "failed" and job.updated_at >= run.created_at:
                    self._refuse(run, job.error or wait.error)
                    break
                if job is None or job.is_ended:
                    self._store.jobs.create(wait.kind, wait.key, wait.args, run.owner)
                    self._is_awake = True
        return ready

    def _refuse(self, run: Run, error: str) -> None:
        try:
            self._store.runs.append(run.id, "failed", {"error": error, "phase": "preparing"}, only_from={"queued"})
        except (EndedError, ConflictError):
            return

    def _start_runs_of(self, runs: Sequence[Run], slot: slots.Slot, descriptor: int) -> None:
        folders = [self._settings.run_dir(run.id) for run in runs]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        args = {
            "run_ids": [run.id for run in runs],
            "slot": slot.name,
            "device": slot.device,
            "start": self._settings.start_method,
        }
        environment = {"CUDA_VISIBLE_DEVICES": slot.visible, "TF_FORCE_GPU_ALLOW_GROWTH": "true"}
        assignment = Assignment("run", args, str(folders[0] / "log.txt"), environment)
        try:
            self._begin("run", tuple(args["run_ids"]), assignment, [descriptor])
        except OSError as error:
            for run, folder in zip(runs, folders, strict=True):
                self._refuse(run, f"No process could be started for it: {error.strerror}.")
                if not run.step:  # one that goes on has its state in there
                    shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, role: str, keys: tuple[str, ...], assignment: Assignment, descriptors: list[int]) -> None:
        child = self._starter.start(assignment, descriptors)
        self._watched[child.pid] = _Watched(role, keys, child.pid, child.pid_start, child)
        _log.info("Started %s %s (pid %d)", role, " ".join(keys), child.pid)
