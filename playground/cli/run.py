"""``run``: trains in the foreground, through the engine."""

import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from playground.cli import tables
from playground.cli.arrays import proposed_run, said
from playground.cli.specs import changed, spec_of
from playground.data import DataError
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.look import retargeted
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import TASKS, proposed
from playground.engine.client import Client
from playground.engine.tables import submit_public, submit_table, taken_in
from playground.frame import dumps
from playground.runs import Run
from playground.settings import settings
from playground.specs import RunSpec

_LOOK_S = 0.1


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json", required=False)
@click.option("--data", "file", metavar="FILE", type=click.Path(path_type=Path), help="Learn from a table of your own.")
@click.option("--openml", metavar="NAME|NUMBER", help="Learn from a table of OpenML, downloaded once.")
@click.option("--seaborn", metavar="NAME", help="Learn from a table of seaborn's collection, downloaded once.")
@click.option("--target", metavar="NAME|POSITION", help="The column of the table to predict; proposed if left out.")
@click.option("--task", type=click.Choice(TASKS), help="What to learn of the table; proposed if left out.")
@click.option("--save", metavar="SPEC.json", type=click.Path(path_type=Path), help="Write the spec that is run.")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else, on standard output.")
def run(
    name: str | None,
    file: Path | None,
    openml: str | None,
    seaborn: str | None,
    target: str | None,
    task: str | None,
    save: Path | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> int:
    """Train a recipe, a spec file or a network for a table; Ctrl-C stops the run and keeps what it has learned."""
    if [name, file, openml, seaborn].count(None) != 3:
        raise click.UsageError("Name either a recipe or spec file, or a table with --data, --openml or --seaborn.")
    if name is not None and (target or task):
        raise click.UsageError("--target and --task go with --data, --openml or --seaborn.")
    client = Client(settings())
    host_start_s = client.ensure_host()
    if name:
        spec = spec_of(name, changes)
    else:
        collection, asked = ("openml", openml) if openml is not None else ("seaborn", seaborn or "")
        job_id = submit_table(client, file, file.name) if file else submit_public(client, collection, asked)
        spec = _of_table(client, job_id, target, task, changes, as_json)
    if save:
        _write(save, spec)
    asked_at = time.time()
    run_id = client.submit(spec)
    ended = _watch(client, run_id, Console(stderr=True), is_quiet=as_json or not sys.stderr.isatty())
    result = summed_up(ended, asked_at, host_start_s)
    if as_json:
        click.echo(dumps(result))
    else:
        _tell(ended, result)
        _print(tables.repeated(spec, client.settings))
    return 0 if ended.state in ("finished", "stopped") else 1


def _of_table(
    client: Client, job_id: str, target: str | None, task: str | None, changes: tuple[str, ...], is_quiet: bool
) -> RunSpec:
    """The run that is proposed for the table that a job takes in; says on standard error what was proposed, and why."""
    profile = taken_in(client, job_id)
    if isinstance(profile, ArrayProfile):
        spec = proposed_run(client, profile, target, task, changes)
        if not is_quiet:
            _print([*said(profile), _steps(spec)])
        return spec
    try:
        if target is not None:
            profile = retargeted(profile, _column(target, profile), client.settings)
        spec = proposed(profile, client.settings, task)
    except DataError as error:
        raise click.UsageError(str(error)) from error
    spec = changed(spec, changes)
    if not is_quiet:
        _print([*tables.said(profile, is_task_proposed=task is None), _steps(spec)])
    return spec


def _column(target: str, profile: Profile) -> str | int:
    """The column that ``--target`` names: a name before a position."""
    if target in [column.name for column in profile.columns]:
        return target
    return int(target) if target.lstrip("-").isdigit() else target


def _steps(spec: RunSpec) -> str:
    return f"Steps: {', '.join(step.kind for step in spec.dataset.steps) or 'none'}."


def _print(lines: list[str]) -> None:
    console = Console(stderr=True)
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _write(path: Path, spec: RunSpec) -> None:
    try:
        path.write_text(spec.to_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error


def summed_up(run: Run, asked_at: float, host_start_s: float) -> dict[str, Any]:
    """What ``run --json`` prints of an ended run; seconds from ``asked_at``, when the request reached a ready host."""
    metrics = {
        name: {"last": metric.last, "best": metric.best, "best_epoch": metric.best_epoch}
        for name, metric in run.metrics.items()
    }
    return {
        "id": run.id,
        "state": run.state,
        "parameters": run.parameters,
        "epochs": run.epoch,
        "steps": run.step,
        "seconds": run.seconds,
        "host_start_s": host_start_s,
        "first_point_s": None if run.first_point_at is None else run.first_point_at - asked_at,
        "steps_per_s": run.steps_per_s,
        "device": run.device,
        "metrics": metrics,
        "test": dict(run.test),
        "baseline": dict(run.baseline),
        "error": run.error,
    }


def _watch(client: Client, run_id: str, console: Console, is_quiet: bool) -> Run:
    """The run once it has ended. The first Ctrl-C stops it, the second leaves it to itself."""
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


def _tell(run: Run, result: dict[str, Any]) -> None:
    console = Console()
    if run.error:
        Console(stderr=True).print(f"{run.state.capitalize()}: {run.error}", markup=False, highlight=False)
        return
    console.print(f"{run.state.capitalize()} after {run.epoch} epochs in {run.seconds:.1f} s on {run.device}.")
    for name, metric in run.metrics.items():
        best = f"   best {metric.best:.4f} in epoch {metric.best_epoch}" if metric.best_epoch else ""
        console.print(f"  {name:<24}{metric.last:.4f}{best}", highlight=False)
    for name, value in run.test.items():
        beside = f"   baseline {run.baseline[name]:.4f}" if name in run.baseline else ""
        console.print(f"  test {name:<19}{value:.4f}{beside}", highlight=False)
    console.print(f"Run {result['id']}", highlight=False)
