"""How a network came to know single rows of its training part, seen through the weights of some of its epochs."""

import functools
from pathlib import Path

import keras
import numpy as np

from playground.data import Prepared
from playground.insight.predict import compiled, predictions, shares
from playground.insight.rows import Progress
from playground.insight.trained import UntrainedError
from playground.runs.artifacts import kept_epochs
from playground.runs.evaluations import Evaluation
from playground.scores.learned import margins
from playground.specs import RunSpec
from playground.training import snapshots

MOST_ROWS = 2_000
_VALUES = 50_000_000  # of all inputs together: 200 MB
_SEED = 0


def row_history(
    model: keras.Model, epoch: int, folder: Path, spec: RunSpec, prepared: Prepared, progress: Progress
) -> Evaluation:
    """What a network answered to up to 2,000 training rows after some of its epochs.

    Its ``values`` have ``epochs``, after which it was asked, rising; ``n``, the rows, ``of`` all training rows. Its
    ``arrays``: ``at`` int64 (n,), positions in the training part; ``label`` int32 (n,); ``answered`` int16 (epochs, n)
    and ``given`` float32 (epochs, n), the class that was answered and the share that the label was given; ``margin``
    float32 (n,), by how much the label was given more than any other class, the mean of all epochs; ``instead``
    int32 (n,), the other class that was given most in all epochs together.

    A label that is wrong is believed late or not at all, so that its margin is low: the area under the margin of
    G. Pleiss et al., "Identifying mislabeled data using the area under the margin ranking" (2020), here of shares.

    Args:
        model: with the weights that its run ended with; has them again afterwards.
        epoch: the epoch of these weights.
        folder: the run's own, with what :class:`playground.training.snapshots.Snapshots` has written.
        spec: of the run.
        prepared: its data.
        progress: told how far it is; may raise to cancel.

    Raises:
        UntrainedError: there are no such weights, or answers are no classes of whole rows.
    """
    facts = prepared.facts
    if not facts.classes or facts.target_shape:
        raise UntrainedError("How rows were learned can be said of classes only, one for each row.")
    earlier = [each for each in kept_epochs(folder) if each < epoch]
    if not earlier:
        raise UntrainedError("This run has kept no weights of single epochs.")
    at = _drawn(prepared)
    x = np.asarray(prepared.array("x_train")[at])
    label = np.asarray(prepared.array("y_train")[at]).astype(np.int32).ravel()
    answer, rows = compiled(model), np.arange(len(at))
    epochs, answered, given = [*earlier, epoch], [], []
    margin, total = np.zeros(len(at)), np.zeros((len(at), len(facts.classes)))
    last = snapshots.flat(model)
    try:
        for number, each in enumerate(epochs):
            snapshots.put(model, last if each == epoch else _read(folder, each))
            done = functools.partial(_told, progress, number / len(epochs), 1 / len(epochs))
            found = shares(predictions(model, x, progress=done, answer=answer), spec.training, facts).values
            answered.append(found.argmax(axis=1).astype(np.int16))
            given.append(found[rows, label])
            margin += margins(found, label)
            total += found
    finally:
        snapshots.put(model, last)
    total[rows, label] = -1
    return Evaluation(
        {"epochs": epochs, "n": len(at), "of": len(prepared.array("x_train"))},
        {
            "at": at,
            "label": label,
            "answered": np.stack(answered),
            "given": np.stack(given).astype(np.float32),
            "margin": (margin / len(epochs)).astype(np.float32),
            "instead": total.argmax(axis=1).astype(np.int32),
        },
    )


def _drawn(prepared: Prepared) -> np.ndarray:
    """The positions of the rows that are followed, in order, int64 (n,)."""
    x = prepared.array("x_train")
    most = max(1, min(MOST_ROWS, _VALUES // max(1, x[0].size)))
    if len(x) <= most:
        return np.arange(len(x))
    return np.sort(np.random.default_rng(_SEED).permutation(len(x))[:most])


def _told(progress: Progress, begin: float, of: float, share: float) -> None:
    progress(begin + of * share, "Asking the network")


def _read(folder: Path, epoch: int) -> np.ndarray:
    try:
        return snapshots.read(folder, epoch)
    except (OSError, ValueError, EOFError) as error:
        raise UntrainedError(f"The weights after epoch {epoch:,} cannot be read.") from error
