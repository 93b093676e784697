"""What ``run`` prints of scikit-learn's estimators that a recipe has beside its network."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

import click
from rich.console import Console

from playground import catalog
from playground.engine.asked import beside_of
from playground.engine.client import Client
from playground.specs import RunSpec

_LOOK_S = 0.05

Scores = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By estimator and part, every score by name."""


def fitted(client: Client, spec: RunSpec, estimators: Iterable[str]) -> dict[str, Any]:
    """The scores of each of ``estimators`` on the parts of the spec's data.

    One that cannot be fitted is left out, and standard error says why. Ctrl-C cancels the one at work, and ends.
    """
    found = {}
    for name in estimators:
        job_id = beside_of(spec.dataset, spec.seed, name).submit(client)
        try:
            while not (job := client.store.jobs.job(job_id)).is_ended:
                client.tend()
                time.sleep(_LOOK_S)
        except KeyboardInterrupt:
            client.store.jobs.cancel(job_id)
            raise click.exceptions.Abort from None
        if job.result is None:
            click.echo(f"{_label(name)}: {job.error or 'it was cancelled.'}", err=True)
        else:
            found[name] = job.result["scores"]
    return found


def tell_beside(scores: Scores) -> None:
    """Print a line for each score of each estimator."""
    console = Console()
    for name, parts in scores.items():
        console.print(f"{_label(name)}, scikit-learn:", highlight=False)
        for part, values in parts.items():
            for score, value in values.items():
                console.print(f"  {f'{part} {score}':<34}{value:.4f}", highlight=False)


def _label(name: str) -> str:
    entry = catalog.entry("estimators", name)
    return entry.label if entry is not None else name
