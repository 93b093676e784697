"""Jobs: heavy work that is no run, with progress, a result and a way to cancel it."""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from playground.frame import dumps
from playground.runs.database import alone, reading, writing
from playground.runs.log import NotFoundError, new_id
from playground.runs.schema import jobs

JobState = Literal["queued", "running", "finished", "failed", "cancelled"]
OPEN = frozenset({"queued", "running"})


@dataclass(frozen=True, slots=True)
class Job:
    """One job.

    Attributes:
        kind: what it does.
        key: equal for jobs that would do the same; only one of them is open at a time.
        progress: 0 to 1.
        message: what it is busy with, in words.
        result: JSON values, once finished.
        error: what went wrong, in words, once failed.
    """

    id: str
    kind: str
    key: str
    args: Mapping[str, Any]
    owner: str
    state: JobState
    progress: float
    message: str
    result: Any
    error: str | None
    is_cancelled: bool
    machine: str | None
    pid: int | None
    pid_start: float | None
    created_at: float
    updated_at: float

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in OPEN

    @property
    def left_s(self) -> float | None:
        """Seconds left at the present speed, or ``None`` while unknown."""
        if self.state != "running" or self.progress <= 0:
            return None
        return (self.updated_at - self.created_at) * (1 - self.progress) / self.progress


class Jobs:
    """The jobs of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, kind: str, key: str, args: Mapping[str, Any], owner: str) -> str:
        """The id of an open job of this kind and key: the one there is, or a new one in the state queued."""
        same = sa.select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.key == key, jobs.c.state.in_(list(OPEN)))
        now = time.time()
        row = {
            "id": new_id(),
            "kind": kind,
            "key": key,
            "args": dumps(args),
            "owner": owner,
            "state": "queued",
            "progress": 0.0,
            "message": "",
            "is_cancelled": False,
            "created_at": now,
            "updated_at": now,
        }
        with writing(self._engine) as connection:
            alone(connection, f"job {kind} {key}")
            found = connection.execute(same.where(jobs.c.is_cancelled.is_(False))).scalar()
            if found is not None:
                return str(found)
            connection.execute(jobs.insert().values(row))
        return str(row["id"])

    def job(self, job_id: str) -> Job:
        """One job. Raises NotFoundError."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.id == job_id)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no job {job_id!r}")
        return _job(row)

    def find(self, states: Collection[str] = OPEN, limit: int = 1000) -> Sequence[Job]:
        """Jobs in one of ``states``, oldest first."""
        query = sa.select(jobs).where(jobs.c.state.in_(list(states))).order_by(jobs.c.created_at).limit(limit)
        with reading(self._engine) as connection:
            return [_job(row) for row in connection.execute(query)]

    def latest(self, kind: str, key: str) -> Job | None:
        """The newest job of this kind and key, or ``None``."""
        query = sa.select(jobs).where(jobs.c.kind == kind, jobs.c.key == key)
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(jobs.c.created_at.desc()).limit(1)).one_or_none()
        return None if row is None else _job(row)

    def start(self, job_id: str, machine: str, pid: int, pid_start: float) -> None:
        """Record that a process has taken the job."""
        self._update(job_id, state="running", machine=machine, pid=pid, pid_start=pid_start)

    def progress(self, job_id: str, progress: float, message: str) -> bool:
        """Record how far it is; returns whether it should go on (false once somebody cancelled it)."""
        self._update(job_id, progress=min(1.0, max(0.0, progress)), message=message)
        return not self.job(job_id).is_cancelled

    def end(self, job_id: str, state: JobState, *, result: Any = None, error: str | None = None) -> None:
        """Record how it ended; a job that has ended already stays as it is."""
        changes: dict[str, Any] = {"state": state, "error": error}
        if state == "finished":
            changes |= {"result": dumps(result), "progress": 1.0}
        self._update(job_id, **changes)

    def cancel(self, job_id: str) -> None:
        """Ask the job to end; one that waits ends at once."""
        with writing(self._engine) as connection:
            found = jobs.c.id == job_id
            connection.execute(jobs.update().where(found).values(is_cancelled=True))
            waiting = jobs.update().where(found, jobs.c.state == "queued")
            connection.execute(waiting.values(state="cancelled", updated_at=time.time()))

    def _update(self, job_id: str, **changes: Any) -> None:
        query = jobs.update().where(jobs.c.id == job_id, jobs.c.state.in_(list(OPEN)))
        with writing(self._engine) as connection:
            connection.execute(query.values(**changes, updated_at=time.time()))


def _job(row: Any) -> Job:
    values = dict(row._mapping)
    values["args"] = json.loads(values["args"])
    values["result"] = None if values["result"] is None else json.loads(values["result"])
    return Job(**values)
