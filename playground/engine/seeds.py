"""The same settings with seeds that no run of them has had yet."""

from playground.runs import Store
from playground.specs import RunSpec

MOST_SEEDS = 19
"""So many that they and the run itself stand side by side on one page."""

_SEEDS = 2**31
"""A seed is smaller than this."""


def new_seeds(store: Store, spec: RunSpec, n: int) -> tuple[RunSpec, ...]:
    """``n`` specs that differ from ``spec`` in nothing but the seed: the next ones that the store has no run of."""
    found: list[RunSpec] = []
    seed = spec.seed
    while len(found) < n:
        seed = (seed + 1) % _SEEDS
        each = spec.model_copy(update={"seed": seed})
        if not store.runs.find(digest=each.digest, limit=1):
            found.append(each)
    return tuple(found)
