"""One run from spec to last event."""

import dataclasses
import platform
import traceback
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import DataError, Prepared
from playground.runs.artifacts import STATE
from playground.runs.record import STEPS, Change, Record
from playground.settings import Settings
from playground.specs import LossSpec, RunSpec
from playground.specs.adjustable import adjusted as with_adjusted
from playground.training import event_files
from playground.training.ahead import give_up, in_a_hurry
from playground.training.baseline import answer, baseline
from playground.training.build import BuildError
from playground.training.changing import Changing
from playground.training.checkpoints import Checkpoints
from playground.training.control import Control
from playground.training.cost import cost
from playground.training.errors import DivergedError, StoppedError, TrainingError, first_sentences
from playground.training.fair_start import fair_start
from playground.training.journal import Journal
from playground.training.leg import Leg
from playground.training.lockstep import Turn
from playground.training.loop import train as train_loop
from playground.training.recorder import Recorder
from playground.training.shapes import LimitError, summarise
from playground.training.snapshots import Snapshots
from playground.training.state import read, restore
from playground.training.threads import use_one_where_more_do_not_help


def versions() -> dict[str, str]:
    """Versions of what decides a run's numbers."""
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "tensorflow": metadata.version("tensorflow"),
        "numpy": np.__version__,
    }


def train(
    spec: RunSpec,
    prepared: Prepared,
    journal: Journal,
    folder: Path,
    settings: Settings,
    place: Mapping[str, Any],
    *,
    is_going_on: bool = False,
    record: Record | None = None,
    turn: Turn | None = None,
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
        is_going_on: whether it goes on from the state in its folder, and does not begin.
        record: which program to change to at which step, as another run did.
        turn: its part in a race with others of this process; it is its turn now.
    """
    session = _Session(spec, prepared, journal, folder, settings, place.get("room_bytes"))
    session.is_going_on, session.record, session.turn = is_going_on, record, turn
    try:
        for device in tf.config.list_physical_devices("GPU"):
            tf.config.experimental.set_memory_growth(device, True)
        folder.mkdir(parents=True, exist_ok=True)
        session.run()
    except StoppedError as stopped:
        with in_a_hurry():
            session.end("stopped", {"request": stopped.request, "reason": str(stopped), **session.beside()})
        session.put_away()
    except DivergedError as error:
        traceback.print_exc()
        session.fail(str(error), is_diverged=True)
    except (BuildError, DataError, LimitError, TrainingError) as error:
        traceback.print_exc()
        session.fail(str(error))
    except (tf.errors.ResourceExhaustedError, MemoryError):
        traceback.print_exc()
        session.signs = session.too_large(place.get("memory_bytes"))
        size = f"{session.parameters:,} parameters and a batch of {spec.training.batch_size:,}"
        session.fail(f"Out of memory on {place.get('device', 'this device')}: {size} do not fit. Try a smaller batch.")
    except OSError as error:
        traceback.print_exc()
        session.fail(f"Could not write to {folder.name}: {error.strerror or error}.")
    except Exception as error:
        traceback.print_exc()
        session.fail(f"{type(error).__name__} while {session.phase}: {first_sentences(error)}")


class _Session:
    def __init__(
        self,
        spec: RunSpec,
        prepared: Prepared,
        journal: Journal,
        folder: Path,
        settings: Settings,
        room: int | None,
    ) -> None:
        self.spec = spec
        self.prepared = prepared
        self.room = room
        self.journal = journal
        self.folder = folder
        self.settings = settings
        self.phase = "building"
        self.parameters = 0
        self.recorder: Recorder | None = None
        self.names: tuple[str, ...] = ()
        self.is_going_on = False
        self.record: Record | None = None
        self.turn: Turn | None = None
        self.signs: Mapping[str, Any] = {}
        self.stopped: Checkpoints | None = None

    def run(self) -> None:
        spec, facts = self.spec, self.prepared.facts
        self._say("building")
        summary = summarise(spec.model, facts.input_shape, facts.input_dtype, self.settings)
        self.parameters = summary.parameters
        use_one_where_more_do_not_help(summary, facts.input_shape, spec.training.batch_size)
        start = read(self.folder / STATE) if self.is_going_on else None
        adjusted = start.adjusted if start is not None else {}
        leg = Leg(with_adjusted(spec, adjusted.get("values", {})), self.prepared, self.settings, self.room)
        recorder = self.recorder = Recorder(self.journal, leg.resident.batch_names)
        self.names = tuple(leg.resident.batch_names)
        snapshots = Snapshots(self.folder, self.settings.max_history_mb * 10**6)
        checkpoints = Checkpoints(self.journal, recorder, self.folder, spec.seed, snapshots)
        changing = Changing(spec, recorder, adjusted, is_racing=self.turn is not None)
        checkpoints.adjusted = adjusted
        if start is not None:
            restore(leg.model, start.variables)
            start = dataclasses.replace(start, variables=())  # they would stay in memory as long as the run
            recorder.go_on(start.position.epoch, start.step, start.seconds)
            self.record = Record((Change(start.step, start.program),), start.step)
        chosen = [event_files.callback(each.kind, each.args, self.folder) for each in spec.training.callbacks]
        self._watch(leg)
        fair = {} if self.turn is None else {"fair_start": fair_start(leg.model, spec.seed, leg.resident.n)}
        self._say("training", **leg.said, **fair)
        handlers = {"adjust": changing.ask}
        with (
            event_files.closed(chosen),
            Control(self.journal, recorder, self.settings, handlers, turn=self.turn) as control,
        ):
            while True:
                control.serve(leg.handlers, leg.probing.rest)
                try:
                    state = train_loop(
                        leg.resident,
                        leg.validation,
                        recorder,
                        control,
                        checkpoints,
                        chosen,
                        spec.seed,
                        spec.training.epochs,
                        leg.probing,
                        start=start,
                        record=self.record,
                        doctor=leg.doctor,
                        is_changed=changing.is_due,
                    )
                except (StoppedError, TrainingError) as error:
                    if self.turn is None and isinstance(error, StoppedError):
                        give_up()  # in a race others go on, with what is being traced for them
                    recorder.clock.stop()
                    recorder.flush()
                    if recorder.step and isinstance(error, StoppedError):
                        with in_a_hurry():
                            checkpoints.stop()
                        self.stopped = checkpoints
                    elif recorder.step:
                        checkpoints.write(has_state=False)
                    if isinstance(error, DivergedError):
                        self.signs = leg.doctor.explain(error, control.listen)
                    raise
                if state is None:
                    break
                leg = self._changed(leg, changing, control.listen)
                checkpoints.adjusted = changing.adjusted
                start, self.record = dataclasses.replace(state, variables=()), None
            leg.rate.release()
            checkpoints.finish()
            self._say("testing")
            test = leg.held.evaluation(leg.model, "test")
            scores = test.values(control.listen) if test is not None else {}
        self.end(
            "finished",
            {"request": control.ended_by, "test": scores, "baseline": self._baseline("test", scores), **self.beside()},
        )

    def _watch(self, leg: Leg) -> None:
        assert self.recorder is not None
        leg.watched_by(self.recorder, self._saw, self._known_loss, self.folder, self.settings.probe_share)

    def _changed(self, leg: Leg, changing: Changing, listen: Callable[[], None]) -> Leg:
        """What trains from here on: with the settings that were asked for, or as before where these cannot be."""
        assert self.recorder is not None
        watched = leg.probing.watched
        leg.probing.finish(listen)
        try:
            next_leg = Leg(changing.spec, self.prepared, self.settings, self.room, leg)
        except (BuildError, TrainingError, ValueError) as error:
            changing.refuse(first_sentences(error))
            next_leg = Leg(leg.spec, self.prepared, self.settings, self.room, leg)
        else:
            changing.take()
        self._watch(next_leg)
        next_leg.probing.watch({"parts": watched})
        self._say("training", **next_leg.said, program=STEPS)
        return next_leg

    def _saw(self, data: Mapping[str, Any], columns: Mapping[str, np.ndarray] | None = None) -> None:
        self.journal.append("probe", data, columns)

    def too_large(self, memory_bytes: int | None) -> dict[str, Any]:
        """What did not fit into memory, and the batch that is estimated to fit; 0 where none does.

        Args:
            memory_bytes: what the device has for a run; ``None`` where nobody knows.
        """
        batch_size = self.spec.training.batch_size
        fitting = batch_size // 2
        if memory_bytes is not None:
            fitting = min(fitting, cost(self.spec, self.prepared.facts).largest_batch(memory_bytes))
        sizes = {"parameters": self.parameters, "batch_size": batch_size, "fitting_batch": fitting}
        return {"kind": "out-of-memory", **sizes}

    def beside(self) -> dict[str, Any]:
        """What the validation part is compared with, and which answer that is; empty before anything was trained."""
        if self.recorder is None or not self.recorder.step:
            return {}
        loss = self.spec.training.loss
        scores = self._baseline("validation", self.names, loss)
        return {"validation_baseline": scores, "baseline_answer": answer(self.prepared.facts)}

    def put_away(self) -> None:
        """Write what may wait until the run has ended: the files of the weights of one that was stopped."""
        try:
            if self.stopped is not None:
                self.stopped.write_weights()
        except OSError:  # the state, written before that event, holds them too
            traceback.print_exc()

    def end(self, kind: Any, data: Mapping[str, Any]) -> None:
        self.journal.append(kind, {**self._where(), **data})

    def fail(self, error: str, *, is_diverged: bool = False) -> None:
        signs = {"signs": self.signs} if self.signs else {}
        self.end("failed", {"error": error, "phase": self.phase, "is_diverged": is_diverged, **signs})

    def _say(self, phase: str, **more: Any) -> None:
        self.phase = phase
        self.journal.append("progress", {"phase": phase, **self._where(), **more})

    def _where(self) -> dict[str, Any]:
        if self.recorder is not None:
            return self.recorder.where()
        return {} if self.is_going_on else {"epoch": 0, "step": 0, "seconds": 0.0}

    def _known_loss(self) -> float | None:
        """The loss on the training part of an answer that has learned nothing; where rows count more, nobody knows."""
        training = self.spec.training
        if training.class_weight is not None or training.sample_weight is not None:
            return None
        return self._baseline("train", self.names, training.loss).get("loss")

    def _baseline(self, part: str, names: Iterable[str], loss: LossSpec | None = None) -> dict[str, float]:
        y_train, y = self.prepared.array("y_train"), self.prepared.array(f"y_{part}")
        return baseline(y_train, y, self.prepared.facts, names, self.prepared.last(part), loss)
