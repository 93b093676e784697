"""Files that belong to a run: checkpoints, the model. The files lie in the run's folder, their names here."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from playground.frame import dumps
from playground.runs.database import reading, writing
from playground.runs.log import locked
from playground.runs.schema import artifacts

STATE = "state.zip"
"""The file in a run's folder with the newest state that the run, or another one, can go on from."""

EVENT_FILES = "tensorboard"
"""The folder in a run's folder with what TensorBoard shows."""

REPORT = "report.html"
"""The file in a run's folder with its report, once somebody has had it made."""

EPOCHS = "epochs"
"""The folder in a run's folder with the weights after some of its epochs, a file each."""


def kept_epochs(folder: Path) -> list[int]:
    """The epochs after which the run in ``folder`` has kept its weights, in order."""
    return sorted(int(path.stem) for path in (folder / EPOCHS).glob("*.npy") if path.stem.isdigit())


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of a run: ``name`` is its name in the run's folder, ``size`` its bytes."""

    run_id: str
    name: str
    kind: str
    size: int
    data: Mapping[str, Any] = field(default_factory=dict)
    updated_at: float = 0.0


class Artifacts:
    """The artifacts of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, artifact: Artifact) -> None:
        """Record a file, in place of an earlier one of the same name. Raises NotFoundError without its run."""
        row = {
            "run_id": artifact.run_id,
            "name": artifact.name,
            "kind": artifact.kind,
            "size": artifact.size,
            "data": dumps(artifact.data),
            "updated_at": time.time(),
        }
        same = sa.and_(artifacts.c.run_id == artifact.run_id, artifacts.c.name == artifact.name)
        with writing(self._engine) as connection:
            locked(connection, artifact.run_id)
            connection.execute(artifacts.delete().where(same))
            connection.execute(artifacts.insert().values(row))

    def find(self, run_id: str) -> Sequence[Artifact]:
        """The files of a run, by name."""
        query = sa.select(artifacts).where(artifacts.c.run_id == run_id).order_by(artifacts.c.name)
        with reading(self._engine) as connection:
            return [Artifact(**{**row._mapping, "data": json.loads(row.data)}) for row in connection.execute(query)]
