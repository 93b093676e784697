"""What a process of the engine does: run, job or workbench. It is told by a plain :class:`Assignment`."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playground.settings import Settings

Role = Literal["run", "job", "workbench"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a new process is to do.

    Attributes:
        role: run, job or workbench.
        args: JSON values for the role.
        log: the file that gets its output.
        environment: variables set before anything starts a device.
    """

    role: Role
    args: dict[str, Any]
    log: str
    environment: dict[str, str] = field(default_factory=dict)


def play(assignment: Assignment, settings: Settings, descriptors: list[int]) -> int:
    """Do what the assignment says; returns the exit status. Called in a process of its own."""
    _open_log(Path(assignment.log))
    os.environ.update(assignment.environment)
    if assignment.role == "workbench":
        from playground.engine import workbench

        return workbench.main(settings, descriptors[0])
    if assignment.role == "job":
        from playground.engine import job_process

        return job_process.main(settings, assignment.args["job_id"])
    from playground.engine import run_process

    return run_process.main(settings, assignment.args)


def _open_log(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for descriptor in (log, nothing):
        if descriptor > 2:
            os.close(descriptor)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (the process's own streams, open to its end)
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
