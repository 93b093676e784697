"""``export``: a run as one zip. ``scalars``: every number that runs have recorded, as CSV."""

import shutil
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from playground.engine.client import Client
from playground.engine.export_files import FORMS, export_of, export_path
from playground.export.texts import texts
from playground.frame import dumps
from playground.runs import Job, open_store
from playground.runs import scalars as recorded
from playground.settings import settings

_LOOK_S = 0.1


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option(
    "--form", "forms", multiple=True, type=click.Choice([*FORMS, "none"]), help="Of the model; again for more."
)
@click.option("--weights", "which", default="best", show_default=True, type=click.Choice(["best", "last"]))
@click.option("--to", "to", type=click.Path(dir_okay=False, path_type=Path), help="The file; run-RUN.zip by default.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else, on standard output.")
def export(run_id: str, forms: tuple[str, ...], which: str, to: Path | None, as_json: bool) -> int:
    """A run as one zip: settings, script, report, events, numbers, and its model, read again and checked.

    Without --form the model comes as a .keras file.
    """
    client = Client(settings())
    run = client.store.runs.run(run_id)
    chosen = [form for form in FORMS if form in (forms or ("keras",))]
    asking = export_of(run.id, run.seq, chosen, which, texts(client.store.runs.spec(run_id)))
    job = _ended(client, asking.submit(client))
    if job.result is None:
        raise click.ClickException(job.error or "It was cancelled.")
    to = to or Path(f"run-{run.id}.zip")
    try:
        shutil.copyfile(export_path(settings(), run.id, asking.key), to)
    except OSError as error:
        raise click.ClickException(f"{to}: {error.strerror or error}") from error
    if as_json:
        click.echo(dumps({"file": str(to), **job.result}))
    else:
        _tell(to, job.result)
    return 0 if not any(form["error"] for form in job.result["forms"]) else 1


@click.command()
@click.argument("run_ids", metavar="[RUN]...", nargs=-1)
@click.option("--epochs", "only_epochs", is_flag=True, help="Leave out the values of single batches.")
def scalars(run_ids: tuple[str, ...], only_epochs: bool) -> None:
    """Every number that the runs have recorded, a row each, as CSV; of all runs where none is named."""
    store = open_store(settings())
    for run_id in run_ids:
        store.runs.run(run_id)  # one that is not there is said before anything is printed
    for piece in recorded.lines(store, run_ids or None, has_batches=not only_epochs):
        click.echo(piece, nl=False)


def _ended(client: Client, job_id: str) -> Job:
    """The job once it has ended. Ctrl-C cancels it."""
    try:
        while not (job := client.store.jobs.job(job_id)).is_ended:
            client.tend()
            time.sleep(_LOOK_S)
    except KeyboardInterrupt:
        client.store.jobs.cancel(job_id)
        raise click.exceptions.Abort from None
    return job


def _tell(to: Path, result: dict[str, Any]) -> None:
    click.echo(f"{to}, {result['size'] / 1e6:,.1f} MB")
    table = Table("form", "largest difference", "allowed", "", box=None, pad_edge=False)
    for form in result["forms"]:
        off = "left out" if form["error"] else f"{form['difference']:.2g}"
        table.add_row(form["form"], off, f"{form['tolerance']:.2g}", form["error"] or form["note"])
    if result["forms"]:
        Console().print(table)
