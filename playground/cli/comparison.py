"""``run`` for several runs at once: the variants of a recipe, or every fold of a split."""

import math
import sys
import time
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from playground.cli.result import summed_up
from playground.engine import comparisons
from playground.engine.client import Client
from playground.engine.comparisons import Plan
from playground.frame import dumps
from playground.runs import Comparison, Run
from playground.runs.spread import spreads, telling_metric

_LOOK_S = 0.1


def run_members(client: Client, plan: Plan, name: str, host_start_s: float, *, as_json: bool) -> int:
    """Train all members in the foreground and print them side by side; returns the exit status.

    Args:
        client: the engine.
        plan: the members, and what they have to do with each other.
        name: what the comparison is called.
        host_start_s: seconds it took to start the engine.
        as_json: whether one JSON object is printed: the first member's, with ``members`` and for folds ``mean``.
    """
    asked_at = time.time()
    made = comparisons.submit(client, plan, name)
    ended = _watch(client, made, is_quiet=as_json or not sys.stderr.isatty())
    if as_json:
        results = [
            {"label": member.label, **summed_up(run, asked_at, host_start_s)}
            for member, run in zip(made.members, ended, strict=True)
        ]
        first = {key: value for key, value in results[0].items() if key != "label"}
        more = {"mean": mean(ended)} if plan.kind == "folds" else {}
        click.echo(dumps({**first, "comparison": made.id, "members": results, **more}))
    else:
        _tell(made, ended)
    return 0 if all(run.state in ("finished", "stopped") for run in ended) else 1


def mean(runs: Sequence[Run]) -> dict[str, dict[str, float | None]]:
    """By validation metric, ``mean`` and ``sd`` of the last values, and ``best_mean`` and ``best_sd`` of the best ones.

    ``None`` where there is no number, as of the spread of one run.
    """
    return {
        name: {
            "mean": _number(last.mean),
            "sd": _number(last.sd),
            "best_mean": _number(best.mean),
            "best_sd": _number(best.sd),
        }
        for name, (last, best) in spreads(runs).items()
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _watch(client: Client, made: Comparison, *, is_quiet: bool) -> list[Run]:
    """All runs once they have ended. The first Ctrl-C stops them, the second leaves them to themselves."""
    console, is_stopping = Console(stderr=True), False
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    with Progress(*columns, console=console, disable=is_quiet, transient=True) as bar:
        tasks = {member.run_id: bar.add_task(member.label, total=1.0, words="") for member in made.members}
        while True:
            try:
                runs = list(comparisons.runs(client, made))
                if len(runs) < len(made.members):
                    raise click.ClickException("A run of this comparison was deleted while it trained.")
                if all(run.is_ended for run in runs):
                    return runs
                for run in runs:
                    words = f"epoch {run.epoch} of {run.epochs}" if run.step else run.phase or run.state
                    bar.update(tasks[run.id], completed=1.0 if run.is_ended else run.progress, words=words)
                client.tend()
                time.sleep(_LOOK_S)
            except KeyboardInterrupt:
                if is_stopping:
                    raise click.exceptions.Abort from None
                is_stopping = True
                console.print("Stopping all; press Ctrl-C again to leave them running.")
                comparisons.stop(client, made)


def _tell(made: Comparison, runs: Sequence[Run]) -> None:
    name = telling_metric(runs)
    table = Table(title=name, title_justify="left", box=None, pad_edge=False)
    table.add_column("", overflow="fold")
    table.add_column("state")
    for title in ("last", "best", "epoch", "parameters", "seconds", "test"):
        table.add_column(title, justify="right")
    for member, run in zip(made.members, runs, strict=True):
        table.add_row(member.label, run.state, *_cells(run, name))
    if made.kind == "folds" and name in (found := spreads(runs)):
        last, best = found[name]
        for label, pair in (("mean", (last.mean, best.mean)), ("sd", (last.sd, best.sd))):
            table.add_row(label, "", *(f"{number:.4f}" if math.isfinite(number) else "–" for number in pair))
    Console().print(table, markup=False, highlight=False)
    for member, run in zip(made.members, runs, strict=True):
        if run.error:
            Console(stderr=True).print(f"{member.label}: {run.error}", markup=False, highlight=False)


def _cells(run: Run, name: str) -> list[str]:
    metric = run.metrics.get(name)
    tested: Any = run.test.get(name.removeprefix("val_"))
    return [
        f"{metric.last:.4f}" if metric else "–",
        f"{metric.best:.4f}" if metric else "–",
        f"{metric.best_epoch or '–'}" if metric else "–",
        f"{run.parameters:,}" if run.parameters is not None else "–",
        f"{run.seconds:.1f}",
        f"{tested:.4f}" if tested is not None else "–",
    ]
