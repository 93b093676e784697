"""Which colour each run has: the same one in all charts, and while others come and go."""

from collections.abc import Sequence

from playground.ui import draft
from playground.ui.compare_words import Shown

_KEY = "colours of runs"
_KEPT = 400


def order(shown: Sequence[Shown]) -> tuple[str, ...]:
    """The labels of the runs in the order of the theme's colours; empty for a colour that none of them has.

    A run that comes in takes the first colour that none of those beside it has, and keeps it in this session.
    """
    kept: dict[str, int] = draft.get(_KEY, {})
    now: dict[str, int] = {}
    for _label, view in shown:
        place = kept.get(view.run.id)
        if place is not None and place not in now.values():
            now[view.run.id] = place
    for _label, view in shown:
        if view.run.id not in now:
            now[view.run.id] = next(place for place in range(len(shown)) if place not in now.values())
    if any(kept.get(run_id) != place for run_id, place in now.items()):
        others = {run_id: place for run_id, place in kept.items() if run_id not in now}
        draft.put(_KEY, dict([*others.items(), *now.items()][-_KEPT:]))
    labels = [""] * (max(now.values(), default=-1) + 1)
    for label, view in shown:
        labels[now[view.run.id]] = label
    return tuple(labels)
