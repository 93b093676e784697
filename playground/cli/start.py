"""Runs that start from the weights of an earlier one: ``run --from`` and ``--thaw``."""

import click

from playground.runs import open_store
from playground.runs.weights import KEPT, keep
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.fine_tune import fine_tuned, frozen


def started_from(spec: RunSpec, run_id: str, thaw: int | None) -> RunSpec:
    """``spec`` starting from the best weights that the run kept, or its last ones.

    Args:
        spec: what is to be trained.
        run_id: of the earlier run.
        thaw: how many layers of its frozen networks, counted from the end, are to train, with a hundredth of the
            learning rate; ``None`` leaves them as they are.

    Raises:
        NotFoundError: there is no such run.
        click.UsageError: it kept no weights, they cannot be copied, or there is no frozen network to thaw.
    """
    if thaw is not None and not frozen(spec):
        raise click.UsageError("--thaw: this model has no frozen network. Leave the option out.")
    run = open_store(settings()).runs.run(run_id)
    folder = settings().run_dir(run.id)
    file = next((folder / name for name in KEPT.values() if (folder / name).exists()), None)
    if file is None:
        raise click.UsageError(f"--from: run {run.id} ({run.state}) has kept no weights. Name one that has trained.")
    try:
        digest = keep(file, settings())
    except OSError as error:
        raise click.UsageError(f"--from: its weights could not be kept: {error.strerror}") from error
    if thaw is not None:
        return fine_tuned(spec, digest, thaw)
    return spec.model_copy(update={"model": spec.model.model_copy(update={"weights": digest})})
