"""One run from spec to last event."""

import platform
import traceback
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import Prepared
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.baseline import baseline
from playground.training.build import BuildError, build, compile_model
from playground.training.checkpoints import Checkpoints
from playground.training.control import Control
from playground.training.errors import StoppedError, TrainingError, first_sentences
from playground.training.evaluate import Evaluation
from playground.training.journal import Journal
from playground.training.loop import train as train_loop
from playground.training.objects import made
from playground.training.recorder import Recorder
from playground.training.resident import Resident
from playground.training.shapes import LimitError, summarise
from playground.training.targets import targets
from playground.training.weights import load


def versions() -> dict[str, str]:
    """Versions of what decides a run's numbers."""
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "tensorflow": metadata.version("tensorflow"),
        "numpy": np.__version__,
    }


def train(
    spec: RunSpec, prepared: Prepared, journal: Journal, folder: Path, settings: Settings, place: Mapping[str, Any]
) -> None:
    """Train ``spec`` on ``prepared`` data and write its events up to the one that ends it.

    The event ``started`` is the caller's. Never raises for what goes wrong with the run: that is its last event,
    ``failed``, in words; the traceback goes to standard error, which is the run's log.

    Args:
        spec: what to train.
        prepared: its data.
        journal: the run's.
        folder: the run's own folder; made if missing.
        settings: limits.
        place: where it runs, as the event ``started`` has it.
    """
    session = _Session(spec, prepared, journal, folder, settings)
    try:
        for device in tf.config.list_physical_devices("GPU"):
            tf.config.experimental.set_memory_growth(device, True)
        folder.mkdir(parents=True, exist_ok=True)
        session.run()
    except StoppedError as stopped:
        session.end("stopped", {"request": stopped.request, "reason": str(stopped)})
    except (BuildError, LimitError, TrainingError) as error:
        traceback.print_exc()
        session.fail(str(error))
    except (tf.errors.ResourceExhaustedError, MemoryError):
        traceback.print_exc()
        size = f"{session.parameters:,} parameters and a batch of {spec.training.batch_size:,}"
        session.fail(f"Out of memory on {place.get('device', 'this device')}: {size} do not fit. Try a smaller batch.")
    except OSError as error:
        traceback.print_exc()
        session.fail(f"Could not write to {folder.name}: {error.strerror or error}.")
    except Exception as error:
        traceback.print_exc()
        session.fail(f"{type(error).__name__} while {session.phase}: {first_sentences(error)}")


class _Session:
    def __init__(self, spec: RunSpec, prepared: Prepared, journal: Journal, folder: Path, settings: Settings) -> None:
        self.spec = spec
        self.prepared = prepared
        self.journal = journal
        self.folder = folder
        self.settings = settings
        self.phase = "building"
        self.parameters = 0
        self.recorder: Recorder | None = None

    def run(self) -> None:
        spec, facts = self.spec, self.prepared.facts
        self._say("building")
        summarise(spec.model, facts.input_shape, facts.input_dtype, self.settings)
        keras.utils.set_random_seed(spec.seed)
        model = build(spec.model, facts.input_shape, facts.input_dtype)
        if spec.model.weights is not None:
            load(model, spec.model.weights, self.settings)
        compile_model(model, spec.training)
        self.parameters = model.count_params()
        batch = spec.training.batch_size
        resident = Resident(model, *self._part("train"), batch)
        validation = self._evaluation(model, "validation")
        recorder = self.recorder = Recorder(self.journal, resident.batch_names)
        checkpoints = Checkpoints(self.journal, recorder, self.folder)
        chosen = [made("callbacks", callback.kind, callback.args) for callback in spec.training.callbacks]
        counts = {f"n_{part}": len(self.prepared.array(f"x_{part}")) for part in ("train", "validation", "test")}
        sizes = {"parameters": self.parameters, "steps_per_epoch": resident.steps_per_epoch}
        self._say("training", **sizes, **counts)
        with Control(self.journal, recorder, self.settings) as control:
            try:
                train_loop(
                    resident, validation, recorder, control, [checkpoints, *chosen], spec.seed, spec.training.epochs
                )
            except (StoppedError, TrainingError):
                recorder.clock.stop()
                recorder.flush()
                if recorder.step:
                    checkpoints.write()
                raise
            checkpoints.finish()
            self._say("testing")
            test = self._evaluation(model, "test")
            scores = test.values(control.listen) if test is not None else {}
        self.end("finished", {"test": scores, "baseline": self._baseline(scores)})

    def end(self, kind: Any, data: Mapping[str, Any]) -> None:
        where = self.recorder.where() if self.recorder else {"epoch": 0, "step": 0, "seconds": 0.0}
        self.journal.append(kind, {**where, **data})

    def fail(self, error: str) -> None:
        self.end("failed", {"error": error, "phase": self.phase})

    def _say(self, phase: str, **more: Any) -> None:
        self.phase = phase
        where = self.recorder.where() if self.recorder else {"epoch": 0, "step": 0, "seconds": 0.0}
        self.journal.append("progress", {"phase": phase, **where, **more})

    def _part(self, part: str) -> tuple[np.ndarray, np.ndarray]:
        x, facts = self.prepared.array(f"x_{part}"), self.prepared.facts
        y = x if facts.task == "reconstruction" else self.prepared.array(f"y_{part}")
        return x, targets(y, facts, self.spec.training)

    def _evaluation(self, model: keras.Model, part: str) -> Evaluation | None:
        x, y = self._part(part)
        return Evaluation(model, x, y, self.spec.training.batch_size) if len(x) else None

    def _baseline(self, scores: Mapping[str, float]) -> dict[str, float]:
        y_train, y_test = self.prepared.array("y_train"), self.prepared.array("y_test")
        return baseline(y_train, y_test, self.prepared.facts, scores, self.prepared.last("test"))
