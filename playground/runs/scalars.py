"""Every number that runs have recorded over their training, one a row, as one table for other programs."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from playground.data.harmless import harmless
from playground.runs.database import reading
from playground.runs.history import history
from playground.runs.log import NotFoundError, RunLog
from playground.runs.schema import runs
from playground.runs.store import Store

_AXES = ("epoch", "step")


class Scalar(NamedTuple):
    """One number of a run.

    Attributes:
        run: the id of the run.
        name: what the run is called.
        at: ``batch``, ``epoch`` for values of a whole epoch, or ``test`` for those on the test part at the end.
        epoch: epochs that were complete; ``None`` of a batch.
        step: batches that were done; ``None`` where the epoch alone is known.
        metric: its name in Keras's History.
        value: the number; NaN and infinities are values too.
    """

    run: str
    name: str
    at: str
    epoch: int | None
    step: int | None
    metric: str
    value: float


HEAD: tuple[str, ...] = Scalar._fields
"""The names of the columns."""


def ids(store: Store, owner: str | None = None) -> list[str]:
    """The ids of all runs, of one ``owner`` if given, oldest first."""
    query = sa.select(runs.c.id).order_by(runs.c.created_at, runs.c.id)
    if owner is not None:
        query = query.where(runs.c.owner == owner)
    with reading(store.engine) as connection:
        return list(connection.execute(query).scalars())


def of_run(log: RunLog, run_id: str, *, has_batches: bool = True) -> Iterator[Scalar]:
    """The numbers of a run in the order in which they were measured; what was taken back is not among them.

    Args:
        log: where the run is.
        run_id: the run.
        has_batches: whether values of single batches are wanted too.

    Raises:
        NotFoundError: there is no such run.
    """
    run = log.run(run_id)
    for event in history(log, run_id):
        for at in ("batch", "epoch") if has_batches else ("epoch",):
            columns = {
                name.removeprefix(f"{at}/"): values
                for name, values in event.columns.items()
                if name.startswith(f"{at}/")
            }
            epochs, steps = (columns.get(axis) for axis in _AXES)
            found = {name: values for name, values in columns.items() if name not in _AXES}
            for place in range(max((len(values) for values in found.values()), default=0)):
                epoch = int(epochs[place]) if epochs is not None else None
                step = int(steps[place]) if steps is not None else None
                for name, values in found.items():
                    yield Scalar(run.id, run.name, at, epoch, step, name, float(values[place]))
    for name, value in run.test.items():
        yield Scalar(run.id, run.name, "test", run.epoch, run.step, name, float(value))


def lines(store: Store, run_ids: Iterable[str] | None = None, *, has_batches: bool = True) -> Iterator[str]:
    """A CSV table of the numbers of several runs, a piece of text at a time: the head first, then a run at a time.

    Numbers have nine digits, so that 32-bit ones come back as they were. A run that is deleted meanwhile is left out.

    Args:
        store: where the runs are.
        run_ids: which runs, in this order; ``None`` for all, oldest first.
        has_batches: whether values of single batches are wanted too.
    """
    yield _csv([HEAD])
    for run_id in ids(store) if run_ids is None else run_ids:
        try:
            found = list(of_run(store.runs, run_id, has_batches=has_batches))
        except NotFoundError:
            continue
        yield _csv([_cells(each) for each in found])


def table(store: Store, run_ids: Iterable[str] | None = None, *, has_batches: bool = True) -> str:
    """What :func:`lines` gives, as one text."""
    return "".join(lines(store, run_ids, has_batches=has_batches))


def _cells(scalar: Scalar) -> tuple[object, ...]:
    value = f"{scalar.value:.9g}" if math.isfinite(scalar.value) else str(scalar.value)
    return (*(harmless("" if each is None else each) for each in scalar[:-1]), value)


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
