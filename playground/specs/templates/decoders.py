"""Templates that answer with a sequence: one answer a step."""

from typing import Any

from playground.specs.facts import Facts
from playground.specs.templates.sequences import steps
from playground.specs.templates.template import Layers, Misfit, Template, is_text, layer

_UNITS = 64


def _is_sequence(facts: Facts) -> bool:
    return is_text(facts) or len(facts.input_shape) > 1


def _misfit(facts: Facts) -> Misfit | None:
    if facts.task == "reconstruction":
        return Misfit.NO_RECONSTRUCTION
    return None if facts.is_sequence_answered and len(facts.answer_shape) == 2 else Misfit.ONLY_STEPS


def _from_sequence(facts: Facts) -> Misfit | None:
    return _misfit(facts) or (None if _is_sequence(facts) else Misfit.NO_SEQUENCE)


def _step_by_step(facts: Facts) -> Misfit | None:
    is_aligned = facts.input_shape[:1] == facts.answer_shape[:1]
    return _from_sequence(facts) or (None if is_aligned else Misfit.ONLY_ALIGNED)


def _from_row(facts: Facts) -> Misfit | None:
    return _misfit(facts) or (Misfit.ONLY_ONE_ROW if _is_sequence(facts) else None)


def _answered(facts: Facts) -> Layers:
    """One dense layer for every step."""
    args: dict[str, Any] = {"units": facts.answer_shape[-1]}
    if facts.task == "multiclass":
        args["activation"] = "softmax"
    return [layer("TimeDistributed", "output", layer={"kind": "Dense", "args": args})]


def _many_to_many(facts: Facts) -> Layers:
    inside = {"kind": "LSTM", "args": {"units": _UNITS // 2, "return_sequences": True}}
    return [*steps(facts), layer("Bidirectional", "both_ways", layer=inside), *_answered(facts)]


def _decoder(facts: Facts) -> Layers:
    repeat = layer("RepeatVector", "repeat", n=facts.answer_shape[0])
    return [repeat, layer("LSTM", "decoder", units=_UNITS, return_sequences=True), *_answered(facts)]


def _encoder_decoder(facts: Facts) -> Layers:
    return [*steps(facts), layer("LSTM", "encoder", units=_UNITS), *_decoder(facts)]


def _one_to_many(facts: Facts) -> Layers:
    return [layer("Dense", "hidden", units=_UNITS, activation="relu"), *_decoder(facts)]


DECODERS = (
    Template(
        "many_to_many",
        "Many to many",
        "Two LSTMs, one from each end, and an answer at every step.",
        "When the answer has as many steps as the input, and each belongs to one of them.",
        _many_to_many,
        _step_by_step,
        ends=True,
    ),
    Template(
        "encoder_decoder",
        "Encoder and decoder",
        "An LSTM reads the whole sequence, another one writes the answer from its last state.",
        "When the answer is a sequence of its own length, such as a sum, a translation or what comes next.",
        _encoder_decoder,
        _from_sequence,
        ends=True,
    ),
    Template(
        "one_to_many",
        "One to many",
        "One row of numbers, repeated at every step, and an LSTM that makes a sequence of it.",
        "When a sequence is to be made of a few numbers that say what it is like.",
        _one_to_many,
        _from_row,
        ends=True,
    ),
)
"""In teaching order."""
