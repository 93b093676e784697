"""``recipes``, ``catalog``, ``summary`` and ``code``: what there is to choose, and what was chosen."""

import dataclasses
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from playground import catalog as tables
from playground import recipes as worked_examples
from playground.cli.specs import spec_of
from playground.engine.check import check
from playground.engine.client import Client
from playground.export import script
from playground.frame import dumps
from playground.settings import settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def recipes(as_json: bool) -> None:
    """The worked examples."""
    found = [worked_examples.recipe(name) for name in worked_examples.names()]
    if as_json:
        click.echo(dumps([recipe.model_dump() for recipe in found]))
        return
    table = Table("recipe", "about", "data", "takes", box=None, pad_edge=False)
    for recipe in found:
        table.add_row(recipe.name, recipe.title, recipe.group, f"about {recipe.seconds:g} s")
    Console().print(table)


@click.command()
@click.argument("kind", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def catalog(kind: str | None, as_json: bool) -> None:
    """What can be chosen: layers, activations, losses, optimizers and the rest."""
    if kind is not None and kind not in tables.KINDS:
        raise click.UsageError(f"There is no table {kind!r}; there are: {', '.join(tables.KINDS)}")
    kinds = tables.KINDS if kind is None else (kind,)
    if as_json:
        listed = {name: [_entry(entry) for entry in tables.entries(name)] for name in kinds}
        click.echo(dumps(listed if kind is None else listed[kind]))
        return
    for name in kinds:
        table = Table(name, "group", "summary", box=None, pad_edge=False)
        for entry in tables.entries(name):
            table.add_row(entry.id, entry.group, entry.summary)
        Console().print(table)


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def summary(name: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Shapes and parameters of a model, layer by layer, from Keras; needs no data."""
    spec = spec_of(name, changes)
    found = check(spec, Client(settings()))
    if as_json:
        click.echo(dumps(found.summary))
        return
    table = Table("layer", "kind", "output shape", "parameters", box=None, pad_edge=False)
    for layer in found.summary["layers"]:
        shape = " × ".join(map(str, layer["output_shape"])) or "1"
        table.add_row(layer["name"], layer["kind"], shape, f"{layer['parameters']:,}")
    Console().print(table)
    click.echo(f"{found.summary['parameters']:,} parameters in all")


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
def code(name: str, changes: tuple[str, ...]) -> None:
    """The stand-alone Keras script that does the same."""
    click.echo(script(spec_of(name, changes)), nl=False)


def _entry(entry: tables.Entry) -> dict[str, Any]:
    arguments = [dataclasses.asdict(param) for param in entry.params]
    return {
        "id": entry.id,
        "group": entry.group,
        "label": entry.label,
        "summary": entry.summary,
        "url": entry.url,
        "arguments": arguments,
    }
