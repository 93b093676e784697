"""``runs list``: which runs there are."""

import datetime
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from playground.frame import dumps
from playground.runs import STATES, Run, open_store
from playground.runs.listing import Row, Shelf, Wanted
from playground.runs.listing_fields import SORTS
from playground.settings import settings


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 10_000), help="The most runs to list.")
@click.option("--skip", default=0, type=click.IntRange(0), help="How many to leave out at the beginning.")
@click.option("--search", default="", help="Words that the name, dataset, layers, tags or note contain.")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only runs in this state.")
@click.option("--tag", "tags", multiple=True, help="Only runs with this tag.")
@click.option("--shelf", default="all", type=click.Choice(("all", "starred", "bin")), help="Starred runs, or the bin.")
@click.option("--sort", default="created_at", show_default=True, type=click.Choice(SORTS), help="What to sort by.")
@click.option("--ascending", is_flag=True, help="The smallest first.")
@click.option("--everybody", is_flag=True, help="Everybody's, those that the app started by itself among them.")
def list_runs(
    *,
    as_json: bool,
    limit: int,
    skip: int,
    search: str,
    states: tuple[str, ...],
    tags: tuple[str, ...],
    shelf: Shelf,
    sort: str,
    ascending: bool,
    everybody: bool,
) -> None:
    """Runs, those that train or wait first, then the newest."""
    owner = None if everybody else settings().owner
    wanted = Wanted(owner, search, (), shelf, states, tags, (), sort, not ascending)
    found = open_store(settings()).listing.page(wanted, limit, skip)
    if as_json:
        click.echo(dumps([row.run.to_dict() | _said(row) for row in found]))
    elif found:
        Console().print(_table(found))
    elif (search, states, tags, shelf, skip) == ("", (), (), "all", 0):
        click.echo("Nothing was trained yet. Try: python -m playground run digits-mlp")
    else:
        click.echo("No run is like that.")


def _said(row: Row) -> dict[str, object]:
    label = row.label
    return {
        "name": row.name,
        "dataset": row.dataset,
        "model": row.model,
        "tags": label.tags,
        "note": label.note,
        "star": label.star,
        "binned_at": label.binned_at,
    }


def _table(found: Sequence[Row]) -> Table:
    table = Table("run", "name", "state", "epochs", "when", "result", box=None, pad_edge=False)
    for row in found:
        run = row.run
        when = datetime.datetime.fromtimestamp(run.created_at).strftime("%Y-%m-%d %H:%M")
        table.add_row(run.id, row.name, run.state, f"{run.epoch}/{run.epochs}", when, _result(run))
    return table


def _result(run: Run) -> str:
    if run.error:
        return run.error[:60]
    name = next((name for name in ("val_accuracy", "accuracy", "val_loss", "loss") if name in run.metrics), None)
    return "" if name is None else f"{name} {run.metrics[name].last:.3f}"
