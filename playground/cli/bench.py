"""``bench``: measured figures, each against a peer or a bound."""

import dataclasses

import click

from playground.frame import dumps


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a benchmark, one a line.")
def bench(name: str | None, as_json: bool) -> None:
    """Measure one benchmark, or all of them."""
    from playground.bench import BENCHES

    if name is not None and name not in BENCHES:
        raise click.UsageError(f"There is no benchmark {name!r}; there are: {', '.join(BENCHES)}")
    for each in BENCHES if name is None else (name,):
        result = BENCHES[each]()
        if as_json:
            click.echo(dumps(dataclasses.asdict(result)))
        else:
            click.echo(
                f"{result.name:<14}{result.ours:9.3f} {result.unit:<3} [{result.low:.3f} to {result.high:.3f}]   "
                f"{result.ratio:.2f} of {result.other:g} {result.unit}   {result.what}"
            )
