"""``runs``: what was trained, and going on with it."""

import time

import click

from playground.cli import runs_keeping, runs_list
from playground.cli.result import summed_up, tell
from playground.cli.watched import watched
from playground.engine import going_on
from playground.engine.client import Client
from playground.frame import dumps
from playground.runs import open_store
from playground.settings import settings


@click.group()
def runs() -> None:
    """What was trained: list, show; resume and continue train on; delete, restore, prune and backup keep house."""


runs.add_command(runs_list.list_runs)
for _each in (runs_keeping.delete, runs_keeping.restore, runs_keeping.prune, runs_keeping.backup, runs_keeping.size):
    runs.add_command(_each)


@runs.command()
@click.argument("run_id", metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(run_id: str, as_json: bool) -> None:
    """One run: what it has come to, its settings, its events."""
    store = open_store(settings()).runs
    run, spec, events = store.run(run_id), store.spec(run_id), store.events(run_id)
    if as_json:
        listed = [{"seq": event.seq, "at": event.at, "kind": event.kind, "data": event.data} for event in events]
        click.echo(dumps({"run": run.to_dict(), "spec": spec.model_dump(), "events": listed}))
        return
    click.echo(f"{run.name} ({run.id}): {run.state}, {run.epoch} of {run.epochs} epochs, {run.seconds:.1f} s")
    if run.error or run.reason:
        click.echo(run.error or run.reason)
    for event in events:
        if event.kind != "progress":
            seconds = event.at - run.created_at
            words = ", ".join(f"{key} {value}" for key, value in event.data.items() if not isinstance(value, dict))
            click.echo(f"  {seconds:8.2f} s  {event.kind:<10} {words}")
    for name, metric in run.metrics.items():
        click.echo(f"  {name:<24}last {metric.last:.4f}   best {metric.best:.4f} in epoch {metric.best_epoch}")


@runs.command()
@click.argument("run_id", metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else, on standard output.")
def resume(run_id: str, as_json: bool) -> int:
    """Go on with a run whose process died, from the state that was saved last."""
    client = Client(settings())
    asked_at, host_start_s = time.time(), client.ensure_host()
    run = going_on.resume(client, run_id)
    if not as_json:
        click.echo(f"Resumed from epoch {run.epoch} of {run.epochs}.", err=True)
    return _told(client, run_id, asked_at, host_start_s, as_json=as_json)


@runs.command("continue")
@click.argument("run_id", metavar="RUN")
@click.option("--epochs", required=True, type=click.IntRange(1, 10_000_000), help="How many more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else, on standard output.")
def continue_run(run_id: str, epochs: int, as_json: bool) -> int:
    """Train a new run that goes on from the last state of one that has ended."""
    client = Client(settings())
    asked_at, host_start_s = time.time(), client.ensure_host()
    new = going_on.go_on(client, run_id, epochs)
    return _told(client, new, asked_at, host_start_s, as_json=as_json)


def _told(client: Client, run_id: str, asked_at: float, host_start_s: float, *, as_json: bool) -> int:
    """Wait for the end of a run and print what came out; returns the exit status."""
    ended = watched(client, run_id, is_quiet=as_json)
    if as_json:
        click.echo(dumps(summed_up(ended, asked_at, host_start_s)))
    else:
        tell(ended)
    return 0 if ended.state in ("finished", "stopped") else 1
