"""A recipe's name or a spec file, with ``--set``, as a spec."""

from pathlib import Path

import click

from playground import recipes
from playground.recipes import Recipe
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import parse, with_value


def spec_of(name: str, changes: tuple[str, ...] = ()) -> RunSpec:
    """The spec that ``name`` names, a recipe or a JSON file, with ``path=value`` changes.

    Raises:
        click.UsageError: there is neither; the nearest recipes are named.
        ValueError: the file is no spec, or a change does not fit.
    """
    if _is_file(name):
        try:
            spec = RunSpec.from_file(Path(name), settings().max_spec_bytes)
        except OSError as error:
            raise click.UsageError(f"{name}: {error.strerror}") from error
    elif name in recipes.names():
        spec = recipes.recipe(name).spec
    else:
        near = recipes.nearest(name) or recipes.names()
        raise click.UsageError(f"There is no recipe or spec file {name!r}; did you mean {', '.join(near)}?")
    return changed(spec, changes)


def recipe_of(name: str) -> Recipe | None:
    """The recipe that ``name`` names; ``None`` for a spec file."""
    return None if _is_file(name) else recipes.recipe(name)


def _is_file(name: str) -> bool:
    return name.endswith(".json") or Path(name).is_file()


def changed(spec: RunSpec, changes: tuple[str, ...]) -> RunSpec:
    """``spec`` with ``path=value`` changes. Raises ValueError for one that does not fit."""
    for change in changes:
        spec = with_value(spec, *parse(change))
    return spec
