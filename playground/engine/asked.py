"""Jobs whose result is the answer: a small run in numbers, and an estimator's scores, as a page asks for them.

What was asked before is found by its key and not computed again. Imports nothing of the Keras side.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.engine.client import Client
from playground.frame import dumps
from playground.specs import DatasetSpec, RunSpec

_VERSION = 3
"""Of the answers; those of another version are computed anew."""


@dataclass(frozen=True)
class Asking:
    """A question that a job answers.

    Attributes:
        kind: the job's.
        args: its arguments, JSON values.
    """

    kind: str
    args: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Equal for equal questions: 64 hexadecimal digits."""
        asked = {"version": _VERSION, "kind": self.kind, "args": self.args}
        return hashlib.sha256(dumps(asked).encode()).hexdigest()

    def submit(self, client: Client) -> str:
        """Ask; returns the id of the job.

        Raises:
            HostError: there is no engine.
        """
        client.ensure_host()
        job_id = client.store.jobs.create(self.kind, self.key, self.args, client.settings.owner)
        client.wake()
        return job_id


def by_hand_of(spec: RunSpec) -> Asking:
    """The first steps of ``spec`` in numbers; see :func:`playground.training.by_hand.by_hand`."""
    return Asking("by_hand", {"spec": spec.model_copy(update={"name": ""}).model_dump(mode="json")})


def beside_of(dataset: DatasetSpec, seed: int, estimator: str, args: Mapping[str, Any] | None = None) -> Asking:
    """The scores of an estimator on ``dataset``; see :func:`playground.training.beside.fitted_beside`."""
    given = {"dataset": dataset.model_dump(mode="json"), "seed": seed, "estimator": estimator, "args": dict(args or {})}
    return Asking("beside", given)


def evaluation_of(run_id: str, which: str, step: int, part: str) -> Asking:
    """An evaluation of a run's weights on a part of its data; see :func:`playground.insight.evaluate.evaluate`.

    Args:
        run_id: the run.
        which: the weights of the ``best`` epoch or of the ``last``.
        step: the training step that they are of: a run that goes on is evaluated anew.
        part: ``validation`` or ``test``.
    """
    return Asking("evaluate", {"run": run_id, "which": which, "step": step, "part": part})


def regularised_of(spec: RunSpec) -> Asking:
    """What a small network on few points comes to; see :func:`playground.labs.regularisation.fitted`."""
    return Asking("regularised", {"spec": spec.model_copy(update={"name": ""}).model_dump(mode="json")})


def history_of(run_id: str, epoch: int, step: int) -> Asking:
    """How a run came to know its training rows; see :func:`playground.insight.row_history.row_history`.

    Args:
        run_id: the run.
        epoch: the last one, whose weights it has kept.
        step: the training step that these weights are of.
    """
    return Asking("history", {"run": run_id, "epoch": epoch, "step": step})


def report_of(run_id: str, seq: int) -> Asking:
    """The report of a run as a file in its folder; see :func:`playground.insight.report.report`.

    Args:
        run_id: the run.
        seq: position of its last event: a run that goes on is reported anew.
    """
    return Asking("report", {"run": run_id, "seq": seq})
