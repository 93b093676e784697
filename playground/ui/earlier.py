"""The runs of one draft, numbered as they were started, so that a change can be judged."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.locale.text import _
from playground.runs import NotFoundError
from playground.ui import changes, reader, watching
from playground.ui.reader import View

_SHOWN = 4


class Earlier(NamedTuple):
    """Another run of the draft: what it is called here, and the run."""

    name: str
    view: View


class Runs(NamedTuple):
    """What is shown of the draft's other runs beside one of them.

    Attributes:
        behind: the runs whose curves lie behind, the newest first.
        said: one line about what this run did differently from the one before it.
    """

    behind: tuple[Earlier, ...] = ()
    said: str = ""


def beside(view: View) -> Runs:
    """The newest other runs of the current draft that have ended, and how ``view`` differs from the one before it."""
    ids = list(watching.runs())
    if view.run.id and view.run.id not in ids:
        return Runs()
    names = {run_id: _("Run {n}").format(n=len(ids) - at) for at, run_id in enumerate(ids)}
    behind: list[Earlier] = []
    for run_id in ids:
        other = _read(run_id) if run_id != view.run.id and len(behind) < _SHOWN else None
        if other is not None and other.run.state in ("finished", "stopped") and other.epochs:
            behind.append(Earlier(names[run_id], other))
    return Runs(tuple(behind), _said(view, ids, names) if view.run.id else "")


def _said(view: View, ids: Sequence[str], names: dict[str, str]) -> str:
    at = ids.index(view.run.id)
    before = _read(ids[at + 1]) if at + 1 < len(ids) else None
    if before is None:
        return ""
    this, that = names[view.run.id], names[before.run.id]
    words = changes.words(before.spec, view.spec)
    if not words:
        return _("{this} has the same settings and seed as {that}.").format(this=this, that=that)
    return _("{this} against {that}: {changes}").format(this=this, that=that, changes=words)


def _read(run_id: str) -> View | None:
    try:
        return reader.read(run_id)
    except NotFoundError:
        return None
