"""Why a run goes wrong: what its losses and a look inside the network say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from playground.runs.judged import judged
from playground.runs.run import Run
from playground.runs.suspicion import rises
from playground.runs.verdict import gave_back, is_risen
from playground.specs import RunSpec

Kind = Literal["not-finite", "exploding", "out-of-memory", "dead-units", "vanishing", "no-fall", "overfitting"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_DEAD, _ALL_DEAD = 0.5, 0.9  # of a layer's units
_FADED = 1e-3  # the first layer's gradient beside the largest: a thousandth moves it a thousandth as fast
_FELL = 0.1  # of the loss at the look: since then it has found its way
_SINCE = 3  # epochs behind the best before its end is called one: fewer are jitter


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a run, and the numbers that say so.

    Attributes:
        kind: ``not-finite`` (a loss became NaN or infinite), ``exploding``, ``out-of-memory``, ``dead-units``,
            ``vanishing`` (gradients), ``no-fall`` (of the loss, for no reason that shows) or ``overfitting``.
        epoch: the epoch in which it was seen, or in which overfitting began; from 1, 0 before the first.
        layer: the layer where it was seen, or empty.
        numbers: what was measured, by name; NaN and infinity are values.
        words: what was seen that is no number, by name.
        gradients: norms of the gradient before the last batches, oldest first.
    """

    kind: Kind
    epoch: int
    layer: str
    numbers: Mapping[str, float]
    words: Mapping[str, str]
    gradients: tuple[float, ...] = ()

    @property
    def identity(self) -> tuple[str, int, str]:
        """What makes it another diagnosis."""
        return self.kind, self.epoch, self.layer


def diagnose(spec: RunSpec, run: Run, curves: Mapping[str, np.ndarray]) -> Diagnosis | None:
    """What is wrong with a run, while it goes on or after its end; ``None`` for one that does well.

    The first that applies: it ran out of memory; a loss is no number; the loss rises (see
    :func:`playground.runs.suspicion.rises`); it does not fall, and inside the network

    - a layer in which nine units of ten or more give the same for every row, and that no gradient reaches: dead units,
    - the gradient of the first layer is less than a thousandth of the largest layer's: vanishing gradients,
    - a layer in which half of the units give the same for every row: dead units,
    - nothing of that;

    of a run that goes on, the validation loss was best three epochs ago or more, and has lost a tenth of its gain since
    while the training loss fell on: overfitting. What a run that has ended says of that,
    :func:`playground.runs.verdict.verdict` tells.

    Args:
        spec: what is trained.
        run: what it has come to.
        curves: by History name, a value for every epoch, float64 (epochs,).
    """
    signs = run.signs
    if signs.get("kind") == "out-of-memory":
        return _found("out-of-memory", run.epoch, "", signs)
    if run.is_diverged:
        return _found("not-finite", run.epoch + 1, str(signs.get("layer", "")), signs)
    if run.state in ("failed", "lost"):
        return None
    losses = curves.get("loss", np.empty(0))
    if rises(losses, run.validation_baseline.get("loss")):
        layers = [each for each in _layers(signs) if "gradient" in each]
        worst = max(layers, key=lambda each: float(each["gradient"]), default={"name": ""})
        seen = {"first_loss": float(losses[0]), "loss": float(losses[-1]), **_numbers(worst)}
        return Diagnosis("exploding", len(losses), str(worst["name"]), {**_numbers(signs), **seen}, {})
    if signs.get("kind") == "flat" and _is_still_flat(losses, signs):
        return _flat(signs)
    return None if run.is_ended else _overfitting(spec, run, curves)


def _flat(signs: Mapping[str, Any]) -> Diagnosis:
    layers, epoch = _layers(signs), int(signs.get("epoch", 0))
    learning = [each for each in layers if "gradient" in each]
    dead = max((each for each in layers if "dead" in each), key=lambda each: float(each["dead"]), default=None)
    if dead is not None and float(dead["dead"]) >= _ALL_DEAD and _reaching(layers, dead) == 0:
        first = next(each for each in layers if float(each.get("dead", 0)) >= _ALL_DEAD)
        return _found("dead-units", epoch, str(first["name"]), {**signs, **first})
    largest = max(learning, key=lambda each: float(each["gradient"]), default=None)
    if largest is not None and float(learning[0]["gradient"]) < _FADED * float(largest["gradient"]):
        more = {"largest_gradient": largest["gradient"], "largest_layer": largest["name"]}
        return _found("vanishing", epoch, str(learning[0]["name"]), {**signs, **learning[0], **more})
    if dead is not None and float(dead["dead"]) >= _DEAD:
        return _found("dead-units", epoch, str(dead["name"]), {**signs, **dead})
    return _found("no-fall", epoch, "", signs)


def _overfitting(spec: RunSpec, run: Run, curves: Mapping[str, np.ndarray]) -> Diagnosis | None:
    found = judged(spec, run, curves)
    if found is None or len(curves["val_loss"]) - found.best_epoch < _SINCE:
        return None
    lost = gave_back(curves["loss"], curves["val_loss"], found)
    if not is_risen(lost):
        return None
    numbers = {
        "gave_back": lost,
        "best": float(curves["val_loss"][found.best_epoch - 1]),
        "validation": float(curves["val_loss"][-1]),
        "training": float(curves["loss"][-1]),
    }
    return Diagnosis("overfitting", found.best_epoch, "", numbers, {})


def _is_still_flat(losses: np.ndarray, signs: Mapping[str, Any]) -> bool:
    then = float(signs.get("loss", np.nan))
    return bool(len(losses)) and not then - float(losses[-1]) > _FELL * abs(then)


def _reaching(layers: list[Mapping[str, Any]], dead: Mapping[str, Any]) -> float:
    """The gradient of the dead layer, or of the last before it that learns; 0 where there is none."""
    until = layers[: layers.index(dead) + 1]
    return next((float(each["gradient"]) for each in reversed(until) if "gradient" in each), 0.0)


def _layers(signs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(signs.get("layers", ()))


def _found(kind: Kind, epoch: int, layer: str, signs: Mapping[str, Any]) -> Diagnosis:
    words = {name: value for name, value in signs.items() if name in ("where", "what", "largest_layer")}
    gradients = tuple(float(each) for each in signs.get("gradients", ()))
    return Diagnosis(kind, epoch, layer, _numbers(signs), words, gradients)


def _numbers(signs: Mapping[str, Any]) -> dict[str, float]:
    """The numbers among ``signs``; the store spells NaN and infinity."""
    found = {}
    for name, value in signs.items():
        if isinstance(value, int | float) or value in ("NaN", "Infinity", "-Infinity"):
            found[name] = float(value)
    return found
