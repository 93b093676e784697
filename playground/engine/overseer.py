"""Runs and jobs of a home: gives waiting ones a process, and tells the store when a process died without a word."""

import logging
import os
import shutil
import signal
import time
from dataclasses import dataclass

from playground import data
from playground.engine import children, process, slots
from playground.engine.roles import Assignment
from playground.runs import ConflictError, EndedError, Job, NotFoundError, Run, Store
from playground.settings import Settings, setting

_log = logging.getLogger("playground.host")
_LOOK_S = 1.0
_MEMORY_S = 0.5
_STOP_GRACE_S = 15
_LIVE = ("running", "paused")


@dataclass(slots=True)
class _Watched:
    """A process that works on a run or a job; ``child`` is ``None`` for one that an earlier host started."""

    role: str
    key: str
    pid: int
    pid_start: float | None
    child: children.Child | None
    reason: str | None = None


class Overseer:
    """One look a tick at what waits, what works and what died."""

    def __init__(self, settings: Settings, store: Store, starter: children.Starter) -> None:
        self._settings = settings
        self._store = store
        self._starter = starter
        self._watched: dict[int, _Watched] = {}
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
        for run in self._store.runs.find(states_in=_LIVE, limit=10_000):
            if run.machine == here and run.pid is not None:
                self._take_over(_Watched("run", run.id, run.pid, run.pid_start, None))
        for job in self._store.jobs.find(states={"running"}):
            if job.machine == here and job.pid is not None:
                self._take_over(_Watched("job", job.id, job.pid, job.pid_start, None))

    def _take_over(self, watched: _Watched) -> None:
        self._watched[watched.pid] = watched
        _log.info("Took over %s %s (pid %d)", watched.role, watched.key, watched.pid)

    def _bury_adopted(self) -> None:
        for watched in [one for one in self._watched.values() if one.child is None]:
            if not process.is_alive(watched.pid, watched.pid_start):
                del self._watched[watched.pid]
                self._close(watched, "Its process ended while the engine was away.", "lost")
                self._is_awake = True

    def _close(self, watched: _Watched, error: str, kind: str) -> None:
        """Write the end of what died without a word; what ended properly has its end in the store already."""
        error = watched.reason or error
        if watched.role == "job":
            self._store.jobs.end(watched.key, "failed", error=error)
            return
        try:
            if watched.reason and "stop" in watched.reason:
                self._store.runs.append(watched.key, "stopped", {"reason": error})
            else:
                self._store.runs.append(watched.key, "lost" if kind == "lost" else "failed", {"error": error})
            _log.warning("Run %s: %s", watched.key, error)
        except (EndedError, NotFoundError):
            return

    def _watch_memory(self) -> None:
        limit = self._settings.max_run_memory_mb
        for watched in self._watched.values():
            if watched.role == "run" and watched.reason is None and process.memory_mb(watched.pid) > limit:
                self._kill(
                    watched,
                    f"It used more than {limit:,} MB of memory ({setting('max_run_memory_mb')}). "
                    "Try a smaller batch or a smaller model.",
                )

    def _force_stops(self) -> None:
        for watched in self._watched.values():
            if watched.role != "run" or watched.reason is not None:
                continue
            run = self._store.runs.run(watched.key)
            late = [
                request
                for request in self._store.runs.requests(run.id, run.acknowledged or 0)
                if request.kind == "stop" and time.time() - request.at > _STOP_GRACE_S
            ]
            if late:
                self._kill(watched, f"It did not answer a stop for {_STOP_GRACE_S} s and was ended by force.")

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
        self._begin("job", job.id, Assignment("job", {"job_id": job.id}, log, {"CUDA_VISIBLE_DEVICES": "-1"}), [])
        # Recorded here too: a job must not look queued, and be started twice, before its process has said a word.
        watched = next(one for one in self._watched.values() if one.key == job.id)
        self._store.jobs.start(job.id, process.machine(), watched.pid, watched.pid_start or time.time())

    def _start_runs(self) -> None:
        started = {watched.key for watched in self._watched.values() if watched.role == "run"}
        ready = self._ready_runs(started)
        if not ready:
            return
        for slot in slots.slots(self._settings):
            if not ready:
                return
            descriptor = slots.take(slot, self._settings)
            if descriptor is None:
                continue
            try:
                self._start_run(ready.pop(0), slot, descriptor)
            finally:
                os.close(descriptor)

    def _ready_runs(self, started: set[str]) -> list[Run]:
        """Waiting runs, oldest first, whose data is prepared; the others get a job that prepares it."""
        ready = []
        for run in self._store.runs.find(states_in={"queued"}, oldest_first=True, limit=1000):
            if run.id in started:
                continue
            spec = self._store.runs.spec(run.id)
            if data.opened(spec.dataset, spec.seed, self._settings) is not None:
                ready.append(run)
                continue
            key = spec.prepared_key
            job = self._store.jobs.latest("prepare", key)
            if job is not None and job.state == "failed" and job.updated_at >= run.created_at:
                self._refuse(run, job.error or "The data could not be prepared.")
            elif job is None or job.is_ended:
                args = {"dataset": spec.dataset.model_dump(), "seed": spec.seed}
                self._store.jobs.create("prepare", key, args, run.owner)
                self._is_awake = True
        return ready

    def _refuse(self, run: Run, error: str) -> None:
        try:
            self._store.runs.append(run.id, "failed", {"error": error, "phase": "preparing"}, only_from={"queued"})
        except (EndedError, ConflictError):
            return

    def _start_run(self, run: Run, slot: slots.Slot, descriptor: int) -> None:
        folder = self._settings.run_dir(run.id)
        folder.mkdir(parents=True, exist_ok=True)
        args = {
            "run_id": run.id,
            "slot": slot.name,
            "device": slot.device,
            "start": self._settings.start_method,
        }
        environment = {"CUDA_VISIBLE_DEVICES": slot.visible, "TF_FORCE_GPU_ALLOW_GROWTH": "true"}
        try:
            self._begin("run", run.id, Assignment("run", args, str(folder / "log.txt"), environment), [descriptor])
        except OSError as error:
            self._refuse(run, f"No process could be started for it: {error.strerror}.")
            shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, role: str, key: str, assignment: Assignment, descriptors: list[int]) -> None:
        child = self._starter.start(assignment, descriptors)
        self._watched[child.pid] = _Watched(role, key, child.pid, child.pid_start, child)
        _log.info("Started %s %s (pid %d)", role, key, child.pid)
