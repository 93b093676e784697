"""The whole state of a training, as plain arrays: what goes on from it is what would have gone on without a break.

Everything that decides the next step is in it: weights, the optimizer's slots and counters, the seeds that dropout,
noise and augmentation draw from, metrics in the middle of an epoch, the best weights so far, what callbacks remember,
which batch comes next, and which program trains. The row order is a function of seed and epoch, so two numbers are the
place in it.
"""

import contextlib
import inspect
import json
import math
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import keras
import numpy as np

from playground.frame import dumps
from playground.training.errors import TrainingError

_VERSION = 2
_SAID, _VALUES = "said", "values"
_NAMED = ("step", "seconds", "best", "program", "is_over", "seed", "adjusted")
_SEED = "seed_generator"
_DAMAGED = (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, EOFError)
"""What numpy and JSON raise at a file that is cut short or is none of ours."""


@dataclass(frozen=True, slots=True)
class Position:
    """The place in a training where the next batch is trained.

    Attributes:
        epoch: epochs that are complete.
        batches: batches of the next epoch that are done.
        logs: that epoch's metrics by History name once all its batches are done, and only its validation is missing.
    """

    epoch: int = 0
    batches: int = 0
    logs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """A training at one moment.

    Attributes:
        variables: what :func:`variables` hold, in their order; the variables themselves where it is to be written.
        best_weights: of the model in its best epoch so far; empty before there is one.
        callbacks: what each chosen callback remembers: arrays and JSON values by attribute.
        position: where it stands.
        step: batches done in all.
        seconds: of training.
        best: which epoch was the best, as the event ``checkpoint`` has it, or ``None``.
        program: what trains, as the event ``progress`` names it.
        is_over: whether a callback has ended the training.
        seed: of the row order.
        adjusted: what was changed on the way, as the run has it: the variables belong to a network of these numbers.
    """

    variables: Sequence[Any]
    best_weights: Sequence[np.ndarray] = ()
    callbacks: Sequence[Mapping[str, Any]] = ()
    position: Position = field(default_factory=Position)
    step: int = 0
    seconds: float = 0.0
    best: Mapping[str, Any] | None = None
    program: str = "steps"
    is_over: bool = False
    seed: int = 0
    adjusted: Mapping[str, Any] = field(default_factory=dict)


def variables(model: keras.Model) -> list[Any]:
    """Every variable of a compiled, built ``model`` that training changes: its layers', metrics' and optimizer's."""
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)  # what scales a loss wraps another one
    factor = getattr(optimizer._learning_rate, "factor", None)  # of a schedule, where people may change the rate
    found = [*model.variables, *model.metrics_variables, *model.optimizer.variables, factor]
    return list({id(each): each for each in found if isinstance(each, keras.Variable)}.values())


def restore(model: keras.Model, saved: Sequence[np.ndarray]) -> None:
    """Put ``saved``, in the order of :func:`variables`, into the variables of ``model``. All or nothing.

    Raises:
        TrainingError: it is the state of another model or optimizer.
    """
    found = variables(model)
    fitting = [
        (variable.shape, np.dtype(variable.dtype)) == (array.shape, array.dtype)
        for variable, array in zip(found, saved, strict=False)
    ]
    if len(found) != len(saved) or not all(fitting):
        raise TrainingError(
            f"The saved state does not fit: expected {len(found)} variables of this model and its optimizer, "
            f"received {len(saved)}, of which {sum(fitting)} fit. Run it again from the start."
        )
    for variable, array in zip(found, saved, strict=True):
        variable.assign(array)


def carry(before: keras.Model, after: keras.Model) -> None:
    """Put what ``before`` has come to into ``after``, the same network with other numbers in its settings.

    Where the one draws random numbers at more places than the other, these places begin anew. All or nothing.

    Raises:
        TrainingError: their weights, or what their optimizers remember, are not alike.
    """
    held, found = variables(before), variables(after)
    if not _are_alike(held, found):
        held, found = ([each for each in those if _SEED not in each.path] for those in (held, found))
    if not _are_alike(held, found):
        raise TrainingError("That would be another network or optimizer, which needs a run of its own.")
    for source, variable in zip(held, found, strict=True):
        variable.assign(source)


def remembered(callback: keras.callbacks.Callback) -> dict[str, Any]:
    """What ``callback`` has come to: its attributes that are numbers, words or weights and no argument of its class."""
    arguments = inspect.signature(type(callback).__init__).parameters
    found = {name: value for name, value in vars(callback).items() if name not in arguments}
    return {name: value for name, value in found.items() if _is_plain(value) or _is_weights(value)}


def remind(callback: keras.callbacks.Callback, saved: Mapping[str, Any]) -> None:
    """Give ``callback`` back what :func:`remembered` has found; after ``on_train_begin``, which makes it forget."""
    for name, value in saved.items():
        setattr(callback, name, list(value) if isinstance(value, list | tuple) else value)


def write(state: State, path: Path) -> None:
    """Write ``state`` to ``path``, a zip file that is complete or not there, even when the power fails.

    Its two members are ``values``, the bytes of all arrays one behind the other, and ``said``, JSON that says which
    arrays these are. A member each would take several times as long, while somebody waits for the run to stop.

    Raises:
        OSError: there is no room.
    """
    arrays: dict[str, Any] = {f"variable/{at}": array for at, array in enumerate(state.variables)}
    arrays |= {f"best/{at}": array for at, array in enumerate(state.best_weights)}
    plain = []
    for number, saved in enumerate(state.callbacks):
        plain.append({name: value for name, value in saved.items() if _is_plain(value)})
        for name in saved.keys() - plain[-1].keys():
            arrays |= {f"callback/{number}/{name}/{at}": array for at, array in enumerate(saved[name])}
    temporary = path.with_name(f"part-{path.name}")
    with temporary.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            listed = []
            with archive.open(_VALUES, "w", force_zip64=True) as member:
                for name, value in arrays.items():  # one after another: all at once would take the model's memory again
                    array = np.asarray(_array(value), order="C")
                    member.write(array.reshape(-1).view(np.uint8).data)
                    listed.append([name, array.dtype.name, array.shape])
            said = {
                "version": _VERSION,
                "arrays": listed,
                "position": asdict(state.position),
                "callbacks": plain,
                **{name: getattr(state, name) for name in _NAMED},
            }
            archive.writestr(_SAID, dumps(said))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def read(path: Path) -> State:
    """The state in the file at ``path``. Nothing in it is unpickled.

    Raises:
        TrainingError: there is none, or it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(_SAID))
            if said["version"] != _VERSION:
                raise ValueError(f"version {said['version']}, expected {_VERSION}")
            with archive.open(_VALUES) as values:
                arrays = {name: _next(values, dtype, shape) for name, dtype, shape in said["arrays"]}
        callbacks = [dict(plain) for plain in said["callbacks"]]
        position = said["position"]
        logs = {name: float(value) for name, value in position["logs"].items()}
        for name in sorted((name for name in arrays if name.startswith("callback/")), key=_numbered):
            _, number, attribute, _ = name.split("/")
            callbacks[int(number)].setdefault(attribute, []).append(arrays[name])
        return State(
            variables=_listed(arrays, "variable/"),
            best_weights=_listed(arrays, "best/"),
            callbacks=callbacks,
            position=Position(int(position["epoch"]), int(position["batches"]), logs),
            step=int(said["step"]),
            seconds=float(said["seconds"]),
            best=said["best"],
            program=str(said["program"]),
            is_over=bool(said["is_over"]),
            seed=int(said["seed"]),
            adjusted=dict(said.get("adjusted") or {}),
        )
    except _DAMAGED as error:
        why = "it is not there" if isinstance(error, FileNotFoundError) else "its file is damaged"
        raise TrainingError(f"The saved state cannot be read: {why}. Run it again from the start.") from error


@contextlib.contextmanager
def seeds_kept(model: keras.Model) -> Iterator[None]:
    """Inside, an error leaves the seeds of ``model`` as they were: what it broke off will be done again."""
    seeds = [variable for variable in model.variables if _SEED in variable.path]
    before = [variable.numpy() for variable in seeds]
    try:
        yield
    except BaseException:
        for variable, value in zip(seeds, before, strict=True):
            variable.assign(value)
        raise


def _are_alike(some: Sequence[Any], others: Sequence[Any]) -> bool:
    return [(each.shape, each.dtype) for each in some] == [(each.shape, each.dtype) for each in others]


def _next(values: IO[bytes], dtype: str, shape: Sequence[int]) -> np.ndarray:
    """The array that begins where ``values`` stands; it cannot be written to."""
    size = np.dtype(dtype).itemsize * math.prod(shape)
    return np.frombuffer(values.read(size), dtype).reshape(shape)


def _listed(arrays: Mapping[str, np.ndarray], prefix: str) -> list[np.ndarray]:
    return [arrays[name] for name in sorted((name for name in arrays if name.startswith(prefix)), key=_numbered)]


def _numbered(name: str) -> tuple[str, int]:
    before, _, number = name.rpartition("/")
    return before, int(number)


def _array(value: Any) -> np.ndarray:
    return value if isinstance(value, np.ndarray) else np.asarray(keras.ops.convert_to_numpy(value))


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str | np.number)


def _is_weights(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, np.ndarray) for each in value)
