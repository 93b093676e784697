"""A run in the foreground: its progress on a terminal, and Ctrl-C."""

import sys
import time

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from playground.engine.client import Client
from playground.runs import Run

_LOOK_S = 0.1


def watched(client: Client, run_id: str, *, is_quiet: bool) -> Run:
    """The run once it has ended. The first Ctrl-C stops it, the second leaves it to itself.

    Args:
        client: the engine.
        run_id: the run.
        is_quiet: whether to draw no bar on a terminal either.
    """
    console = Console(stderr=True)
    is_quiet = is_quiet or not sys.stderr.isatty()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"), TimeRemainingColumn())
    is_stopping = False
    with Progress(*columns, console=console, disable=is_quiet, transient=True) as bar:
        task = bar.add_task("Waiting", total=1.0, words="")
        while True:
            try:
                run = client.store.runs.run(run_id)
                if run.is_ended:
                    return run
                words = " · ".join(f"{name} {metric.last:.3f}" for name, metric in list(run.metrics.items())[:4])
                title = (
                    f"Epoch {min(run.epoch + 1, run.epochs)} of {run.epochs}" if run.step else run.phase or run.state
                )
                bar.update(task, completed=run.progress, description=title, words=words)
                client.tend()
                time.sleep(_LOOK_S)
            except KeyboardInterrupt:
                if is_stopping:
                    raise click.exceptions.Abort from None
                is_stopping = True
                console.print("Stopping; press Ctrl-C again to leave it running.")
                client.request(run_id, "stop")
