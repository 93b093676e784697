"""``run``: trains in the foreground, through the engine."""

import time
from pathlib import Path

import click
from rich.console import Console

from playground.cli import tables
from playground.cli.arrays import proposed_run, said
from playground.cli.beside import fitted, tell_beside
from playground.cli.comparison import run_members
from playground.cli.result import summed_up, tell
from playground.cli.specs import changed, recipe_of, spec_of
from playground.cli.start import started_from
from playground.cli.verdict import said as said_of
from playground.cli.watched import watched
from playground.data import DataError
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.look import retargeted
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import TASKS, proposed
from playground.engine.client import Client
from playground.engine.comparisons import folds_of, planned
from playground.engine.tables import submit_public, submit_table, taken_in
from playground.frame import dumps
from playground.settings import settings
from playground.specs import RunSpec


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json", required=False)
@click.option("--data", "file", metavar="FILE", type=click.Path(path_type=Path), help="Learn from a table of your own.")
@click.option("--openml", metavar="NAME|NUMBER", help="Learn from a table of OpenML, downloaded once.")
@click.option("--seaborn", metavar="NAME", help="Learn from a table of seaborn's collection, downloaded once.")
@click.option("--target", metavar="NAME|POSITION", help="The column of the table to predict; proposed if left out.")
@click.option("--task", type=click.Choice(TASKS), help="What to learn of the table; proposed if left out.")
@click.option("--save", metavar="SPEC.json", type=click.Path(path_type=Path), help="Write the spec that is run.")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--from", "start", metavar="RUN", help="Start from the weights that an earlier run kept.")
@click.option(
    "--thaw",
    type=click.IntRange(1, 10_000),
    metavar="LAYERS",
    help="With --from: train the last layers of its frozen networks too, with a hundredth of the learning rate.",
)
@click.option("--folds", "all_folds", is_flag=True, help="Train every fold of the spec's split, or several repeats.")
@click.option("--only", is_flag=True, help="Of a recipe that compares several runs, train just its own.")
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
    start: str | None,
    thaw: int | None,
    all_folds: bool,
    only: bool,
    as_json: bool,
) -> int:
    """Train a recipe, a spec file or a network for a table; Ctrl-C stops the run and keeps what it has learned.

    A recipe that compares several runs, or --folds, trains them all and prints them side by side.
    """
    if all_folds and only:
        raise click.UsageError("--folds trains every fold and --only a single run: give one of them.")
    if start is not None and all_folds:
        raise click.UsageError("--from starts a single run from weights: leave --folds out.")
    if thaw is not None and start is None:
        raise click.UsageError("--thaw goes with --from.")
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
    if start is not None:
        spec = started_from(spec, start, thaw)
    if save:
        _write(save, spec)
    recipe = recipe_of(name) if name and not only and start is None else None
    several = folds_of(spec) if all_folds else planned(recipe, spec) if recipe else None
    if several is not None:
        title = recipe.title if recipe else spec.name
        return run_members(client, several, title, host_start_s, as_json=as_json)
    asked_at = time.time()
    run_id = client.submit(spec)
    ended = watched(client, run_id, is_quiet=as_json)
    result = summed_up(ended, asked_at, host_start_s)
    judged = said_of(client, spec, ended)
    result["verdict"] = judged.as_json() if judged else None
    beside = fitted(client, spec, recipe.beside) if recipe else {}
    if beside:
        result["sklearn"] = beside
    if as_json:
        click.echo(dumps(result))
    else:
        tell(ended)
        if judged:
            judged.tell()
        tell_beside(beside)
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
