"""``code``: what does the same without this app."""

from pathlib import Path

import click

from playground.cli.specs import spec_of
from playground.export import notebook, script
from playground.runs.weights import path
from playground.settings import settings


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--notebook", "as_notebook", is_flag=True, help="Print a Jupyter notebook.")
def code(name: str, changes: tuple[str, ...], as_notebook: bool) -> None:
    """The stand-alone Keras script, or notebook, that does the same.

    Where it loads weights, standard error says where their file lies.
    """
    spec = spec_of(name, changes)
    click.echo(notebook(spec) if as_notebook else script(spec), nl=as_notebook)
    if spec.model.weights is not None:
        click.echo(_where(path(spec.model.weights, settings())), err=True)


def _where(file: Path) -> str:
    if file.exists():
        return f"The code loads weights: copy {file} beside it."
    return (
        f"The code loads weights from {file.name}, which is not in {file.parent}: download it from the draft's or the "
        "run's page on the server that has it (Download, Weights it starts from), and put it beside the code."
    )
