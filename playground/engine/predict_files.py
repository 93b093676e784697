"""Tables that are to be answered by a network: how they come in, and where the answers lie. Nothing of Keras."""

import secrets
from pathlib import Path

from playground.data.scratch import PREFIX
from playground.engine.asked import Asking
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.settings import Settings, setting
from playground.specs import RunSpec


def inputs_of(spec: RunSpec) -> Asking:
    """What the inputs of ``spec`` are like; see :func:`playground.insight.inputs.described`."""
    plain = spec.model_copy(update={"name": ""})
    return Asking("inputs", {"spec": plain.model_dump(mode="json")})


def ask_rows(client: Client, spec: RunSpec, run_id: str, which: str, name: str, table: bytes) -> str:
    """Have a job answer all rows of ``table``, the bytes of a file called ``name``; returns the id of the job.

    Args:
        client: the engine.
        spec: of the run.
        run_id: the run.
        which: ``best`` or ``last``, the weights.
        name: what the file is called.
        table: CSV, TSV, Excel or Parquet.

    Raises:
        SpecError: it is too large, or cannot be copied.
        HostError: there is no engine.
    """
    settings = client.settings
    if len(table) > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise SpecError(f"{name} has {len(table):,} bytes; this server takes {limit} at most.")
    client.ensure_host()
    copy = settings.uploads_dir / f"{PREFIX}{secrets.token_hex(16)}"
    try:
        settings.uploads_dir.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(table)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise SpecError(f"{name} cannot be copied: {error.strerror}") from error
    args = {
        "spec": spec.model_dump(mode="json"),
        "run": run_id,
        "which": which,
        "name": name,
        "upload": copy.name,
    }
    job_id = client.store.jobs.create("predict_rows", copy.name, args, settings.owner)
    client.wake()
    return job_id


def answers_path(settings: Settings, run_id: str, key: str) -> Path:
    """The CSV file with the answers that the job of that ``key`` gave: in the run's folder, and deleted with it."""
    return settings.run_dir(run_id) / "answers" / f"{Path(key).name}.csv"
