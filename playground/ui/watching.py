"""The runs of the draft: starting one, and which one the session watches."""

from collections.abc import Sequence

from playground.engine.errors import HostError, SpecError
from playground.runs import Draft
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import draft, engine, ids

_RUNS = 200


def watched() -> str | None:
    """The id of the run this session watches, from the address, else from the session; ``None`` for none.

    There may be no such run: the address is whatever somebody typed.
    """
    ids.remembered(ids.DRAFT)  # a link to another draft has the session forget the run of the one before
    return ids.remembered(ids.RUN)


def watch(run_id: str) -> None:
    """Watch a run from now on, in this session and in the address."""
    ids.remember(ids.RUN, run_id)


def runs() -> Sequence[str]:
    """The ids of the runs of the current draft, the newest first."""
    draft_id = ids.remembered(ids.DRAFT)
    if draft_id is None:
        return ()
    return [run.id for run in engine.client().store.runs.find(draft_id=draft_id, limit=_RUNS)]


def start(spec: RunSpec) -> str:
    """Make a draft of ``spec``, ask the engine to run it, and watch the run; returns the run's id.

    Raises:
        SpecError: it cannot be run; one plain sentence that says why. Nothing is left behind.
        HostError: there is no engine; the message says what to do.
    """
    client = engine.client()
    made = client.store.drafts.create(spec, settings().owner)
    try:
        run_id = _run(made)
    except (SpecError, HostError):
        client.store.drafts.delete(made.id)
        raise
    ids.remember(ids.DRAFT, made.id)
    return run_id


def start_current() -> str | None:
    """Ask the engine to run the draft as it is, and watch the run; returns its id, or ``None`` without a draft.

    Raises: as :func:`start`.
    """
    current = draft.current()
    return _run(current) if current is not None else None


def _run(of: Draft) -> str:
    client = engine.client()
    run_id = client.submit(of.spec, owner=settings().owner, draft_id=of.id)
    client.store.drafts.ran(of.id, run_id)
    watch(run_id)
    return run_id
