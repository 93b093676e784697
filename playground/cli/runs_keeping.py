"""``runs delete``, ``restore``, ``prune``, ``backup`` and ``size``: housekeeping."""

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path

import click

from playground.engine import keeping
from playground.engine.errors import SpecError
from playground.frame import dumps
from playground.runs import Store, open_store
from playground.runs.backup import backup as back_up
from playground.settings import setting, settings
from playground.specs.rules.memory import in_words

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@click.argument("run_ids", metavar="RUN...", nargs=-1, required=True)
@click.option("--now", is_flag=True, help="For good, with its files, instead of into the bin.")
@_JSON
def delete(run_ids: tuple[str, ...], *, now: bool, as_json: bool) -> None:
    """Put runs that have ended into the bin, or delete them for good."""
    store = open_store(settings())
    for run_id in run_ids:
        run = store.runs.run(run_id)
        if not run.is_ended:
            raise SpecError(f"Run {run_id} is {run.state}, expected one that has ended. Stop it first.")
    if now:
        done = keeping.delete(store, settings(), run_ids)
        _tell(done, "deleted for good", as_json=as_json)
        return
    _tell(_binned(store, run_ids, time.time()), "put into the bin", as_json=as_json)


@click.command()
@click.argument("run_ids", metavar="RUN...", nargs=-1, required=True)
@_JSON
def restore(run_ids: tuple[str, ...], *, as_json: bool) -> None:
    """Take runs out of the bin."""
    store = open_store(settings())
    for run_id in run_ids:
        store.runs.run(run_id)
    _tell(_binned(store, run_ids, None), "taken out of the bin", as_json=as_json)


@click.command()
@click.option("--days", type=click.FloatRange(0), help="Days in the bin; by default the server's.")
@_JSON
def prune(*, days: float | None, as_json: bool) -> None:
    """Delete for good what has been in the bin for long."""
    kept = settings().keep_bin_days if days is None else days
    done = keeping.prune(open_store(settings()), settings(), kept)
    where = "" if days is not None else f" ({setting('keep_bin_days')})"
    _tell(done, f"deleted for good, after more than {kept:g} days in the bin{where}", as_json=as_json)


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@_JSON
def backup(file: Path | None, *, as_json: bool) -> None:
    """Copy the database to FILE, by default into the home's backups, while the app is used."""
    written = back_up(open_store(settings()), settings(), file)
    size = written.stat().st_size
    if as_json:
        click.echo(dumps({"file": str(written), "bytes": size}))
        return
    click.echo(f"{written}: {in_words(size)}")
    click.echo(f"To go back to it: stop the app, and put it in place of {settings().home / 'playground.db'}.")
    click.echo(f"Models and other files of runs lie in {settings().home / 'runs'}; copy that folder too.")


@click.command()
@_JSON
def size(*, as_json: bool) -> None:
    """How much room everything takes, in bytes or words."""
    found = dataclasses.asdict(keeping.sizes(open_store(settings()), settings()))
    if as_json:
        click.echo(dumps(found))
        return
    for name, n_bytes in found.items():
        click.echo(f"{name:<10}{in_words(n_bytes):>12}")


def _binned(store: Store, run_ids: tuple[str, ...], at: float | None) -> list[str]:
    changed = store.labels.change(run_ids, lambda label: dataclasses.replace(label, binned_at=at))
    return [label.run_id for label in changed]


def _tell(run_ids: Sequence[str], what: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(dumps({"runs": run_ids}))
    else:
        click.echo(f"{len(run_ids)} {'run' if len(run_ids) == 1 else 'runs'} {what}.")
