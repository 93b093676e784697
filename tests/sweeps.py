"""Rows of cases that are long because everything there is takes its turn.

``make test`` takes some of each row, spread over it, and ``make sweeps`` the others; together they are all.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param gives; it has no public name


def some(cases: Iterable[Any], every: int) -> list[ParameterSet]:
    """The cases for ``parametrize``, in their order: the first of each ``every``, the others marked ``sweep``."""
    found = []
    for number, case in enumerate(cases):
        whole = case if isinstance(case, ParameterSet) else pytest.param(case)
        found.append(
            whole if number % every == 0 else pytest.param(*whole.values, id=whole.id, marks=pytest.mark.sweep)
        )
    return found
