"""Limits of the server."""

from collections.abc import Iterator

from playground.settings import Settings, setting
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec


def over_limit(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """More epochs or larger batches than the settings allow."""
    if settings is None:
        return
    for name, limit in (("epochs", settings.max_epochs), ("batch_size", settings.max_batch_size)):
        value = getattr(spec.training, name)
        if value > limit:
            place = f"training.{name}"
            reason = (
                f"{place}: expected at most {limit:,} ({setting(f'max_{name}')} sets this limit), received {value:,}"
            )
            yield Problem("over-limit", place, reason, True, with_value(spec, place, limit))
