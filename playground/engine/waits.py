"""What a run needs before it can start, each brought by a job: its prepared data, and published weights."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import data
from playground.data.downloads import backbone_weights
from playground.settings import Settings
from playground.specs import RunSpec


@dataclass(frozen=True, slots=True)
class Wait:
    """A job that has to end first.

    Attributes:
        kind: of the job.
        key: of the job: runs that need the same share it.
        args: of the job.
        error: what to say where it failed without a word.
    """

    kind: str
    key: str
    args: Mapping[str, Any]
    error: str


def waits(spec: RunSpec, settings: Settings) -> Iterator[Wait]:
    """The jobs that must end before ``spec`` can be trained here."""
    if data.opened(spec.dataset, spec.seed, settings) is None:
        args = {"dataset": spec.dataset.model_dump(), "seed": spec.seed}
        yield Wait("prepare", spec.prepared_key, args, "The data could not be prepared.")
    if backbone_weights.missing(spec.model, settings):
        args = {"model": spec.model.model_dump()}
        yield Wait("weights", _key(spec), args, "The weights could not be downloaded.")


def keys(spec: RunSpec) -> tuple[tuple[str, str], ...]:
    """Kind and key of every job that such a run may wait for."""
    return (("prepare", spec.prepared_key), ("weights", _key(spec)))


def _key(spec: RunSpec) -> str:
    names = sorted({file.name for _layer, file in backbone_weights.pretrained(spec.model)})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
