"""What differs between several specs: a row a setting, a value a spec."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playground.specs.difference import differences
from playground.specs.run_spec import RunSpec


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that is not the same in all specs.

    Attributes:
        path: where it is, dotted, as :class:`playground.specs.difference.Difference` has it.
        name: as much of the path as tells it from the others.
        values: its value in each spec, in words; empty where a spec has no such thing.
    """

    path: str
    name: str
    values: tuple[str, ...]

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The values as numbers, float; ``None`` where one of them is none."""
        try:
            return tuple(float(value.replace(",", "")) for value in self.values)
        except ValueError:
            return None


def side_by_side(specs: Sequence[RunSpec]) -> tuple[Setting, ...]:
    """The settings in which at least one of ``specs`` differs from the first; empty for fewer than two."""
    rows: dict[str, dict[int, str]] = {}
    names: dict[str, str] = {}
    first: dict[str, str] = {}
    for at, spec in enumerate(specs):
        for found in differences(specs[0], spec):
            rows.setdefault(found.path, {})[at] = found.after
            first[found.path], names[found.path] = found.before, found.name
    count = Counter(names.values())
    return tuple(
        Setting(
            path,
            names[path] if count[names[path]] == 1 else path,
            tuple(row.get(at, "" if _has_other(path, at, rows) else first[path]) for at in range(len(specs))),
        )
        for path, row in rows.items()
    )


def _has_other(path: str, at: int, rows: dict[str, dict[int, str]]) -> bool:
    """Whether the spec at ``at`` has another thing at a place above ``path``, so that its arguments are others too."""
    parts = path.split(".")
    return any(at in rows.get(".".join(parts[:end]), ()) for end in range(1, len(parts)))
