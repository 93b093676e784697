"""What a run has recorded, as tables that spreadsheets and data frames read."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playground.data.harmless import harmless
from playground.frame import dumps
from playground.runs import Event, Store
from playground.runs.scalars import HEAD, Scalar, of_run, table

_EVENTS = ("seq", "at", "kind", "data")


def write_records(store: Store, run_id: str, folder: Path) -> None:
    """Write ``run.json``, and ``events`` and ``scalars`` as CSV and Parquet each, into ``folder``.

    An event is a row: its position ``seq``, when it happened in UTC, its kind, and what it says as JSON. The columns of
    numbers that events carry are the scalars: a row a number, as :class:`Scalar` has it.

    Raises:
        NotFoundError: there is no such run.
        OSError: there is no room.
    """
    (folder / "run.json").write_text(dumps(store.runs.run(run_id).to_dict()), "utf-8")
    events = [_event(event) for event in store.runs.events(run_id, has_columns=False)]
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_EVENTS)
        writer.writerows([harmless(cell) for cell in event] for event in events)
    _parquet(folder / "events.parquet", _columns(_EVENTS, events), {"seq": "int64"})
    (folder / "scalars.csv").write_text(table(store, [run_id]), "utf-8")
    scalars: list[Scalar] = list(of_run(store.runs, run_id))
    types = {"epoch": "int64", "step": "int64", "value": "float64"}
    _parquet(folder / "scalars.parquet", _columns(HEAD, scalars), types)


def _event(event: Event) -> tuple[Any, ...]:
    at = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds")
    return event.seq, at, event.kind, dumps(event.data)


def _columns(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    found = list(zip(*rows, strict=True)) or [()] * len(head)
    return {name: list(column) for name, column in zip(head, found, strict=True)}


def _parquet(path: Path, columns: Mapping[str, list[Any]], types: Mapping[str, str]) -> None:
    """Write a table whose columns are text but for those in ``types``; a cell may be empty."""
    import pyarrow as pa
    from pyarrow import parquet

    fields = {name: pa.array(values, types.get(name, "string")) for name, values in columns.items()}
    parquet.write_table(pa.table(fields), path)
