"""Asking for more of a run that has ended: resuming it where its process died, continuing it where it was done."""

import os
import shutil
from pathlib import Path

from playground.engine.check import check
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.runs import ConflictError, Run, going_on, new_id
from playground.runs.artifacts import EPOCHS, STATE
from playground.specs import RunSpec
from playground.specs.adjustable import adjusted


def has_state(client: Client, run: Run) -> bool:
    """Whether the run can go on from where it was saved last, and its file is still there."""
    return run.can_go_on and (client.settings.run_dir(run.id) / STATE).is_file()


def resume(client: Client, run_id: str) -> Run:
    """Have a run whose process died go on from its newest state, in the same run; returns the run, which waits now.

    Raises:
        NotFoundError: there is no such run.
        SpecError: it did not die, or left no state; one line that says so.
        HostError: there is no engine.
    """
    run = client.store.runs.run(run_id)
    if not run.can_resume or not has_state(client, run):
        raise SpecError(_refusal(run, "resumed", "failed or lost"))
    client.ensure_host()
    client.make_room(run.owner)
    try:
        resumed = going_on.resume(client.store, run_id)
    except ConflictError as error:
        raise SpecError(f"{error}.") from error
    client.wake()
    return resumed


def more_epochs(client: Client, run: Run, epochs: int) -> RunSpec:
    """What the run ``run`` would have been with ``epochs`` more than it did, the one it was stopped in among them.

    What was changed on the way is part of it.
    """
    spec = adjusted(client.store.runs.spec(run.id), run.saved.get("adjusted", {}).get("values", {}))
    training = spec.training.model_copy(update={"epochs": run.saved["epoch"] + epochs})
    return spec.model_copy(update={"training": training})


def go_on(client: Client, run_id: str, epochs: int, owner: str | None = None, draft_id: str | None = None) -> str:
    """Ask for a new run that goes on from the last state of one that has ended; returns its id.

    Args:
        client: the engine.
        run_id: the run that has ended.
        epochs: how many more; of a run that was stopped in the middle of one, the rest of that is the first.
        owner: whose the new run is; the home's by default.
        draft_id: the draft that it is a run of.

    Raises:
        NotFoundError: there is no such run.
        SpecError: it has no state, or so many epochs are not allowed; one line that says why. Nothing is left behind.
        HostError: there is no engine.
    """
    run = client.store.runs.run(run_id)
    if not has_state(client, run):
        raise SpecError(_refusal(run, "continued", "finished or stopped"))
    spec = more_epochs(client, run, epochs)
    client.ensure_host()
    check(spec, client)
    owner = owner or client.settings.owner
    client.make_room(owner)
    new = new_id()
    folder = client.settings.run_dir(new)
    folder.mkdir(parents=True)
    try:
        _take(client.settings.run_dir(run_id) / STATE, folder / STATE)
        _take_epochs(client.settings.run_dir(run_id) / EPOCHS, folder / EPOCHS)
        client.store.runs.create(spec, owner, draft_id, new, going_on.continued(client.store, run_id))
    except (OSError, ConflictError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise SpecError(f"Run {run_id} cannot be continued: {error}") from error
    client.wake()
    return new


def _take(source: os.PathLike[str], target: os.PathLike[str]) -> None:
    """The same file in another folder; each run later puts new files in place of its own."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _take_epochs(source: Path, target: Path) -> None:
    """What was kept of single epochs, where anything was; the new run gives up what lies after its state."""
    if source.is_dir():
        target.mkdir()
        for file in source.glob("*.npy"):
            _take(file, target / file.name)


def _refusal(run: Run, what: str, states: str) -> str:
    if run.is_diverged:
        why = "its loss was no finite number any more. Change the settings and run it again"
    elif not run.is_ended:
        why = f"it is {run.state}"
    elif not run.saved:
        why = "it ended before its state was saved. Run it again from the start"
    elif run.state not in states:
        why = f"it is {run.state}, expected {states}"
    else:
        why = "the file with its state is gone. Run it again from the start"
    return f"Run {run.id} cannot be {what}: {why}."
