"""The runs of the draft: starting one, and which one the session watches."""

from collections.abc import Sequence

from playground.engine.errors import HostError, SpecError
from playground.runs import Draft
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import draft, engine, ids

_RUNS = 200
_STARTED = "runs started here"


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


def is_started_here(run_id: str) -> bool:
    """Whether this session started the run."""
    return run_id in draft.get(_STARTED, [])


def start(spec: RunSpec, follows: str | None = None) -> str:
    """Make a draft of ``spec``, ask the engine to run it, and watch the run; returns the run's id.

    Args:
        spec: what to train.
        follows: an earlier run of it, whose changes of program are repeated.

    Raises:
        SpecError: it cannot be run; one plain sentence that says why. Nothing is left behind.
        HostError: there is no engine; the message says what to do.
    """
    client = engine.client()
    made = client.store.drafts.create(spec, settings().owner)
    try:
        run_id = _run(made, follows)
    except (SpecError, HostError):
        client.store.drafts.delete(made.id)
        raise
    ids.remember(ids.DRAFT, made.id)
    return run_id


def start_current() -> str | None:
    """Ask the engine to run the draft as it is, and watch the run; returns its id, or ``None`` without a draft.

    A run that repeats an earlier one of the draft changes programs where that did.

    Raises: as :func:`start`.
    """
    current = draft.current()
    if current is None:
        return None
    ended = engine.client().store.runs.find(
        draft_id=current.id, digest=current.spec.digest, states_in={"finished", "stopped"}, limit=1
    )
    return _run(current, ended[0].id if ended else None)


def began(run_id: str, of: Draft | None = None) -> None:
    """Watch a run that was started here, of the draft ``of`` if it is one of its runs."""
    if of is not None:
        engine.client().store.drafts.ran(of.id, run_id)
    draft.put(_STARTED, [*draft.get(_STARTED, [])[-_RUNS:], run_id])
    watch(run_id)


def _run(of: Draft, follows: str | None = None) -> str:
    run_id = engine.client().submit(of.spec, owner=settings().owner, draft_id=of.id, follows=follows)
    began(run_id, of)
    return run_id
