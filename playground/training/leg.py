"""All that trains with one set of settings: the model, its data, and those who look at it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras

from playground.data import Prepared
from playground.data.row_weights import row_weights
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import build, compile_model
from playground.training.doctor import Doctor
from playground.training.edits import Edits
from playground.training.frames import frames
from playground.training.held import Held
from playground.training.probes import probes
from playground.training.probing import Probing
from playground.training.published_weights import load_published
from playground.training.rate import Rate
from playground.training.recorder import Recorder
from playground.training.state import carry
from playground.training.weights import load


class Leg:
    """A compiled model of ``spec`` with its data on the device.

    Args:
        spec: what to train.
        prepared: its data.
        settings: limits.
        room: bytes of data that the device keeps for a run; ``None`` for as many as there are.
        before: what has trained so far, whose weights and optimizer it takes over; ``None`` for the beginning.

    Raises:
        BuildError: the layers do not fit.
        TrainingError: it is another network than ``before``.
    """

    def __init__(
        self, spec: RunSpec, prepared: Prepared, settings: Settings, room: int | None, before: "Leg | None" = None
    ) -> None:
        facts = prepared.facts
        self.spec = spec
        self._prepared = prepared
        keras.utils.set_random_seed(spec.seed)
        self.model = build(spec.model, facts.input_shape, facts.input_dtype, spec.training.precision)
        if before is None:
            if spec.model.weights is not None:
                load(self.model, spec.model.weights, settings)
            load_published(self.model, spec.model, settings)
        compile_model(self.model, spec.training)
        self.rate = Rate(self.model.optimizer)
        self.held = Held(prepared, spec.training, room, row_weights(spec, prepared, settings))
        self.resident = self.held.trainer(self.model)
        self.validation = self.held.evaluation(self.model, "validation")
        if before is not None:
            carry(before.model, self.model)

    def watched_by(
        self,
        recorder: Recorder,
        say: Callable[..., None],
        known_loss: Callable[[], float | None],
        folder: Path,
        share: float,
    ) -> None:
        """Have it looked at from now on: ``doctor`` and ``probing`` are there."""
        spec, part = self.spec, self.held.part("train")
        self.doctor = Doctor(self.resident, part, recorder, known_loss, spec.training.epochs, spec.seed)
        looks = probes(self.model, spec, self._prepared.facts, self.held, say)
        pictures = frames(self.model, spec, self._prepared, folder)
        self.probing = Probing((*looks, *pictures), recorder.where, say, share)

    @property
    def handlers(self) -> Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]]:
        """What does what people ask of it, by the kind of request."""
        return {"set": self.rate.change, "watch": self.probing.watch, "edit": self._edit}

    @property
    def said(self) -> dict[str, Any]:
        """What the run's events say of it."""
        sizes = {"parameters": self.model.count_params(), "steps_per_epoch": self.resident.steps_per_epoch}
        return {**sizes, **self.held.counts, **self.held.facts, "parts": self.probing.parts}

    def _edit(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = Edits(self.model).change(args)
        self.probing.edited()
        return answer
