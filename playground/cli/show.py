"""``recipes``, ``catalog`` and ``summary``: what there is to choose, and what was chosen."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from playground import catalog as tables
from playground import recipes as worked_examples
from playground.cli.specs import spec_of
from playground.engine.check import check
from playground.engine.client import Client
from playground.engine.device import device
from playground.frame import dumps
from playground.settings import settings
from playground.specs.cost import Cost, Device
from playground.specs.rules.memory import in_words, too_little_memory
from playground.specs.shapes import Shapes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def recipes(as_json: bool) -> None:
    """The worked examples."""
    found = [worked_examples.recipe(name) for name in worked_examples.names()]
    if as_json:
        click.echo(dumps([recipe.model_dump() for recipe in found]))
        return
    table = Table(Column("recipe", no_wrap=True), "about", "data", "takes", box=None, pad_edge=False)
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
        listed = {name: [_entry(entry) for entry in tables.offered(name)] for name in kinds}
        click.echo(dumps(listed if kind is None else listed[kind]))
        return
    for name in kinds:
        table = Table(name, "group", "summary", box=None, pad_edge=False)
        for entry in tables.offered(name):
            table.add_row(entry.id, entry.group, entry.summary)
        Console().print(table)


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def summary(name: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Shapes and parameters of a model, layer by layer, from Keras; needs no data."""
    spec = spec_of(name, changes)
    client = Client(settings())
    found = check(spec, client)
    cost = Cost.from_answer(client.ask("cost", {"spec": spec.model_dump()})[0])
    assert cost is not None, "a model that fits has a cost"
    batch_size, where = spec.training.batch_size, device(client.settings)
    cost = cost.on(where)
    if as_json:
        click.echo(dumps(_summary(found.summary, cost, batch_size, where)))
        return
    table = Table("layer", "kind", "output shape", "parameters", "multiply-adds", "output", box=None, pad_edge=False)
    for layer, each in zip(found.summary["layers"], cost.layers, strict=True):
        shape = " × ".join(map(str, layer["output_shape"])) or "1"
        frozen = " (frozen)" if layer["kind"] in tables.BACKBONES and not layer["trainable"] else ""
        counts = (f"{layer['parameters']:,}{frozen}", f"{each.multiply_adds:,}", in_words(each.output_bytes))
        table.add_row(layer["name"], layer["kind"], shape, *counts)
    Console().print(table)
    click.echo(f"{found.summary['parameters']:,} parameters in all")
    click.echo(f"{cost.multiply_adds:,} multiply-adds for one sample; outputs are for one sample too")
    peak = in_words(cost.peak_bytes(batch_size))
    click.echo(f"About {peak} at the peak of a training step with {batch_size:,} samples")
    shapes = Shapes(cost=cost, device=where)
    for problem in too_little_memory(spec, found.facts, shapes, client.settings):
        click.echo(problem.reason)


def _summary(summary: Mapping[str, Any], cost: Cost, batch_size: int, where: Device) -> dict[str, Any]:
    costs = [each.model_dump(exclude={"name"}) for each in cost.layers]
    return {
        **summary,
        "layers": [{**layer, **each} for layer, each in zip(summary["layers"], costs, strict=True)],
        "multiply_adds": cost.multiply_adds,
        "memory": {
            **cost.model_dump(include={"weights_bytes", "gradients_bytes", "optimizer_bytes", "data_bytes"}),
            "batch_size": batch_size,
            "sample_bytes": cost.sample_bytes,
            "peak_bytes": cost.peak_bytes(batch_size),
            "device": where.name,
            "device_bytes": where.memory_bytes,
            "largest_batch": cost.largest_batch(where.memory_bytes),
        },
    }


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
