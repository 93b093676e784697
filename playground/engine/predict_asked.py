"""The network of a run that is asked about an input, with what prepares its inputs."""

import contextlib
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import keras

from playground import data
from playground.data.plan import Plan, plan
from playground.engine.errors import RefusedError
from playground.insight.trained import UntrainedError, trained
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.facts import Facts


class Asked(NamedTuple):
    """The network that is asked, and what prepares its inputs."""

    spec: RunSpec
    model: keras.Model
    made: Plan
    facts: Facts
    prepared: data.Prepared


def asked_of(args: Mapping[str, Any], settings: Settings) -> Asked:
    """What ``args`` ask: ``spec`` and ``run``, and ``which`` of its weights.

    Raises:
        DataError: its prepared data is not there.
        UntrainedError: nor are such weights.
    """
    spec = RunSpec.from_dict(args["spec"])
    folder = settings.run_dir(Path(args["run"]).name)
    model = trained(folder, spec, settings, args["which"])
    prepared = data.opened(spec.dataset, spec.seed, settings)
    if prepared is None:
        raise data.DataError("The prepared data of this run is not on this server any more. Load the page again.")
    return Asked(spec, model, _planned(spec.dataset, settings), prepared.facts, prepared)


@functools.lru_cache(maxsize=8)
def _planned(dataset: DatasetSpec, settings: Settings) -> Plan:
    return plan(dataset, settings)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turns what is wrong with an input, or with what is asked, into a refusal."""
    try:
        yield
    except (data.DataError, UntrainedError) as error:
        raise RefusedError(str(error)) from error
