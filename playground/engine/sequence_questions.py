"""What can be asked of a workbench by the lab of sequences: gates, the reach of gradients, attention."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground import data
from playground.data.sets.shown_words import words_of
from playground.engine.errors import RefusedError, refusing
from playground.engine.protocol import Message
from playground.insight.trained import UntrainedError, trained
from playground.labs import attention as attending
from playground.labs import sequences
from playground.labs.recurrent_of_run import reads, recurrent
from playground.settings import Settings
from playground.specs import RunSpec

_SHOWN_STEPS = 60


def gates(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """A layer ``args["kind"]`` with fresh weights along a sequence: ``x`` and what its cell works out at every step.

    ``steps`` are the names of the steps; ``activation`` and ``recurrent_activation`` those of the cell's functions.
    """
    with refusing():
        x, names = _sequence(args)
        layer = _fresh(args, args["kind"], x)
        found = sequences.steps(layer, x)
    return {"steps": names, **_activations(layer)}, {"x": x, **found}


def gates_of_run(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """As :func:`gates`, of the layer ``args["layer"]`` of a trained network, along the sample ``args["at"]``.

    The network is that of ``args["spec"]`` with the best weights of the run ``args["run"]``, the sample one of the
    validation part. Of a long sequence the last 60 steps are told; ``first`` is the number of the first of them.
    """
    try:
        spec = RunSpec.from_dict(args["spec"])
        model = trained(settings.run_dir(args["run"]), spec, settings)
        prepared = data.opened(spec.dataset, spec.seed, settings)
        if prepared is None:
            raise RefusedError("The data of this run are no longer prepared: open the run's Data page first.")
        with refusing():
            samples = prepared.array("x_validation" if prepared.facts.n_validation else "x_train")
            sample = np.asarray(samples[int(args["at"]) % len(samples)])
            layer, outer = recurrent(model, args["layer"])
            x, kept, total = reads(model, outer, sample)
            if not len(x):
                raise RefusedError("This sample has no steps that the layer reads: choose another one.")
            found = sequences.steps(layer, x)
    except (UntrainedError, data.DataError) as error:
        raise RefusedError(str(error)) from error
    if layer.go_backwards:
        x, kept = x[::-1], kept[::-1]
    names = [str(at + 1) for at in kept]
    if sample.ndim == 1 and len(sample) == total:
        words = words_of(spec.dataset, prepared.facts, settings)
        names = [words.get(int(sample[at]), name) for at, name in zip(kept, names, strict=True)] if words else names
    shown = slice(-_SHOWN_STEPS, None)
    parts = {name: values[shown, : sequences.MOST_UNITS] for name, values in {"x": x, **found}.items()}
    kind = type(layer).__name__
    header = {"steps": names[shown], "first": max(0, len(x) - _SHOWN_STEPS), "kind": kind, "samples": len(samples)}
    return header | _activations(layer), parts


def reach(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """How much the last output depends on each step, ``size`` (steps,), for a layer as :func:`gates` makes it."""
    with refusing():
        x, names = _sequence(args)
        found = sequences.reach(_fresh(args, args["kind"], x), x)
    return {"steps": names}, {"size": found}


def attention(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The ``scores`` of an attention layer over the words of ``args["sentence"]``, and these ``words``."""
    with refusing():
        tokens = attending.words(args["sentence"])
        if not tokens:
            raise ValueError("The sentence is empty: type at least one word.")
        seed = int(args["seed"])
        x = attending.embedded(tokens, args["embedding"], has_position=bool(args["position"]), seed=seed)
        found = attending.attention(
            x,
            args["kind"],
            heads=int(args["heads"]),
            key_dim=int(args["key_dim"]),
            scale=float(args["scale"]),
            is_causal=bool(args["causal"]),
            seed=seed,
        )
    return {"words": tokens}, {"scores": found}


def _activations(layer: Any) -> dict[str, str]:
    """The names of what bends the candidate and the output, and of what makes gates."""
    inner = layer.cell
    gate = getattr(inner, "recurrent_activation", inner.activation)
    return {"activation": inner.activation.__name__, "recurrent_activation": gate.__name__}


def _sequence(args: Mapping[str, Any]) -> tuple[np.ndarray, list[str]]:
    return sequences.sequence(args["sequence"], int(args["length"]), str(args["text"]), int(args["seed"]))


def _fresh(args: Mapping[str, Any], kind: str, x: np.ndarray) -> Any:
    biases = args["biases"]
    bias = float(biases[kind]) if kind in biases else None
    return sequences.fresh(kind, int(args["units"]), x.shape[1], int(args["seed"]), bias, float(args["gain"]))


SEQUENCE_QUESTIONS: dict[str, Callable[..., Message]] = {
    "gates": gates,
    "gates_of_run": gates_of_run,
    "reach": reach,
    "attention": attention,
}
