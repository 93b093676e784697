"""Images and arrays on the command line: the run that is proposed for them, and what is said of it."""

from collections.abc import Sequence

import click

from playground.cli.specs import changed
from playground.data import DataError
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.image_proposal import proposed_images
from playground.engine.client import Client
from playground.specs import RunSpec

_SHOWN = 8


def proposed_run(
    client: Client, profile: ArrayProfile, target: str | None, task: str | None, changes: tuple[str, ...]
) -> RunSpec:
    """The run that is proposed for what was taken in, with the ``changes`` of ``--set``.

    Raises:
        click.UsageError: it has no such target or task.
    """
    if target is not None:
        raise click.UsageError(f"{profile.name} holds {profile.kind}, whose targets are fixed: leave out --target.")
    try:
        return changed(proposed_images(profile, client.settings, task), changes)
    except DataError as error:
        raise click.UsageError(str(error)) from error


def said(profile: ArrayProfile) -> list[str]:
    """Lines that say what was found, what is proposed to be learned, and what was left out."""
    lines = [f"{profile.name}: {profile.n_rows:,} {profile.kind} of shape {' × '.join(map(str, profile.shape))}."]
    lines.append(f"Read as {profile.kind}: {profile.kind_reason}.")
    if profile.smallest and profile.largest and profile.smallest != profile.largest:
        small, large = (" × ".join(map(str, sides)) for sides in (profile.smallest, profile.largest))
        lines.append(f"Found in sizes from {small} to {large} pixels; all are made the same size.")
    lines.append(f"Task {profile.task}: {profile.task_reason}.")
    if profile.task != "regression":
        lines.append(f"Classes: {_classes(profile.classes, profile.counts)}.")
    if profile.parts:
        divided = ", ".join(f"{part} {n:,}" for part, n in profile.parts.model_dump().items() if n)
        lines.append(f"Divided by the file itself: {divided}.")
    left = [f"Left out: {each.count:,} {each.reason}, such as {', '.join(each.examples)}." for each in profile.left_out]
    return [*lines, *left]


def _classes(names: Sequence[str], counts: Sequence[int]) -> str:
    shown = [f"{name} ({count:,})" for name, count in zip(names, counts, strict=True)]
    return ", ".join([*shown[:_SHOWN], *([f"and {len(shown) - _SHOWN:,} more"] if len(shown) > _SHOWN else [])])
