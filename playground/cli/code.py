"""``code``: what does the same without this app."""

import click

from playground.cli.specs import spec_of
from playground.export import notebook, script


@click.command()
@click.argument("name", metavar="RECIPE|SPEC.json")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change one value of the spec.")
@click.option("--notebook", "as_notebook", is_flag=True, help="Print a Jupyter notebook.")
def code(name: str, changes: tuple[str, ...], as_notebook: bool) -> None:
    """The stand-alone Keras script, or notebook, that does the same."""
    spec = spec_of(name, changes)
    click.echo(notebook(spec) if as_notebook else script(spec), nl=as_notebook)
