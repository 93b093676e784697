"""Runs that differ in nothing but the seed, or are the folds of one split, taken together."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.locale.text import _
from playground.runs import Comparison
from playground.ui import adjust_next
from playground.ui.compare_words import Shown


class Group(NamedTuple):
    """Runs of the same settings.

    Attributes:
        label: what they are called together.
        members: the runs, one at least.
    """

    label: str
    members: tuple[Shown, ...]

    @property
    def n_seeds(self) -> int:
        """How many different seeds they have."""
        return len({view.spec.seed for _label, view in self.members})

    def values(self, name: str) -> dict[int, float]:
        """By seed, the last value of the metric ``name``; of two runs of one seed that of the later one in the list."""
        found = {view.spec.seed: view.run.metrics.get(name) for _label, view in self.members}
        return {seed: metric.last for seed, metric in found.items() if metric is not None}


def groups(comparison: Comparison, shown: Sequence[Shown]) -> tuple[Group, ...]:
    """The runs by their settings without the seed, in the order of the first of each; all folds together are one."""
    if comparison.kind == "folds":
        return (Group(_("mean of the folds"), tuple(shown)),)
    found: dict[str, list[Shown]] = {}
    for each in shown:
        spec = adjust_next.standing(each.view)
        found.setdefault(spec.model_copy(update={"seed": 0}).digest, []).append(each)
    return tuple(Group(_together([each.label for each in members]), tuple(members)) for members in found.values())


def has_seeds(found: Sequence[Group]) -> bool:
    """Whether one of the groups has several seeds."""
    return any(group.n_seeds > 1 for group in found)


def _together(labels: Sequence[str]) -> str:
    """What several labels have in common at their beginning, without a word that only leads to the seed."""
    if len(labels) == 1:
        return labels[0]
    first, last = min(labels), max(labels)
    shared = first[
        : next((at for at, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), len(first))
    ]
    if not all(len(label) == len(shared) or not label[len(shared)].isalnum() for label in labels):
        shared = shared.rpartition(" ")[0]  # no half words
    shared = shared.rstrip(" ·,-(")
    for word in (_("seed"), _("Seed")):
        shared = shared.removesuffix(word).rstrip(" ·,-(")
    return shared or labels[0]
