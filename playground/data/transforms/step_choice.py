"""Which steps go with a dataset."""

import contextlib

from playground.data.after_steps import step_of
from playground.data.errors import DataError
from playground.data.sets.known_source import known_source
from playground.data.steps import STEPS
from playground.data.transforms.row_steps import ROW_STEPS
from playground.data.transforms.table_steps import TABLE_STEPS
from playground.data.transforms.target_steps import TARGET_STEPS
from playground.settings import Settings
from playground.specs import DatasetSpec


def steps_for(spec: DatasetSpec, limits: Settings | None = None) -> tuple[str, ...]:
    """The ids of the steps that go with the kind of data and task of ``spec``, whatever steps it has already.

    Raises:
        DataError: the dataset is unknown or not here.
    """
    source = known_source(spec, limits)
    found = []
    for kind in dict.fromkeys((*ROW_STEPS, *STEPS, *TABLE_STEPS, *TARGET_STEPS)):
        with contextlib.suppress(DataError):
            step_of(kind, source.task, source)
            if kind not in ROW_STEPS or not source.is_series:
                found.append(kind)
    return tuple(found)
