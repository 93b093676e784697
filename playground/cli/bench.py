"""``bench``: measured figures, each against a peer or a bound."""

import dataclasses
from typing import Any

import click
import psutil

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
        before = psutil.cpu_times()
        result = BENCHES[each]()
        stolen = _stolen(before)
        if as_json:
            click.echo(dumps({**dataclasses.asdict(result), "stolen": stolen}))
        else:
            click.echo(
                f"{result.name:<14}{result.ours:9.3f} {result.unit:<3} [{result.low:.3f} to {result.high:.3f}]   "
                f"{result.ratio:.2f} of {result.other:g} {result.unit}   {result.what}"
                + (f"; other machines on the same hardware took {stolen:.0%} of the processors" if stolen else "")
            )


def _stolen(before: Any) -> float:
    """The share of this machine's processors, since ``before``, that its host gave to others: such figures say little.

    0 where the machine is no virtual one, or its system cannot tell.
    """
    passed = {name: now - then for name, now, then in zip(before._fields, psutil.cpu_times(), before, strict=True)}
    inside = ("guest", "guest_nice")  # counted as the user's already
    total = sum(seconds for name, seconds in passed.items() if name not in inside)
    return round(passed.get("steal", 0.0) / total, 3) if total > 0 else 0.0
