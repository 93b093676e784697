"""Layers that act in training only, and layers that centre and scale."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.mend import without
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import RunSpec

_HIGH = 0.8
_RATES = ("rate", "dropout", "recurrent_dropout")
_ONCE = frozenset({"Normalisation", "Regularisation"})


def high_rate(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Dropout that silences 80 % or more."""
    for wired in Wiring(spec):
        for name in _RATES:
            rate = wired.value(name)
            if wired.group not in ("Regularisation", "Recurrent") or not isinstance(rate, float) or rate < _HIGH:
                continue
            place = f"{wired.place}.{name}"
            reason = (
                f"{place}: expected less than {_HIGH:g}, usually 0.1 to 0.5, received {rate:g}; {rate:.0%} of the "
                "values are silenced in each step"
            )
            yield Problem("high-rate", place, reason, False, with_value(spec, wired.path(name), 0.5))


def silenced_answer(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Dropout or noise after the output layer, on the answer itself."""
    wiring = Wiring(spec)
    at = len(wiring.layers) - 1
    if at < 1 or wiring.layers[at].group != "Regularisation":
        return
    wired = wiring.layers[at]
    if wired.value("rate") is None and wired.value("stddev") is None:
        return  # it changes nothing, it only adds to the loss
    reason = (
        f"{wired.place}: expected {wired.layer.kind} before the output layer, received it after; in training it "
        "changes the answer at random"
    )
    yield Problem("silenced-answer", wired.place, reason, False, without(spec, at))


def normalised_answer(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Normalisation of the answer itself, or of all that a regression's output layer reads."""
    wiring = Wiring(spec)
    end = len(wiring.layers) - 1
    for wired in wiring:
        if wired.group != "Normalisation" or not wired.number or wired.value("layer") is not None:
            continue
        after = wiring.readers(wired)
        if wired.number == end or (wired.number == end - 1 and after and after[0].group == "Activation"):
            why = "the answer depends on the other rows of its batch" if _is_by_batch(wired) else "its size is lost"
            reason = f"{wired.place}: expected {wired.layer.kind} before the output layer, received it after; {why}"
        elif (
            _is_by_batch(wired) and facts is not None and facts.task == "regression" and _is_read_by_end(wiring, after)
        ):
            reason = (
                f"{wired.place}: expected no {wired.layer.kind} right before the output of a regression; the "
                "statistics of each batch shake the predicted numbers"
            )
        else:
            continue
        yield Problem("normalised-answer", wired.place, reason, False, without(spec, wired.number))


def repeated_layer(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """The same normalisation, dropout or flattening twice in a row."""
    wiring = Wiring(spec)
    for wired in wiring:
        before = wiring.read_by(wired)
        if before is None or before.layer.kind != wired.layer.kind or before.entry is None:
            continue
        if wired.group in _ONCE or wired.layer.kind == "Flatten":
            reason = (
                f"{wired.place}: expected {wired.layer.kind} once, received it twice in a row; the second does again "
                f"what {before.layer.name} has done"
            )
            yield Problem("repeated-layer", wired.place, reason, False, without(spec, wired.number))


def _is_by_batch(wired: Wired) -> bool:
    """Whether it takes its statistics from the batch, and keeps a moving mean for later."""
    return wired.entry is not None and wired.entry.param("moving_mean_initializer") is not None


def _is_read_by_end(wiring: Wiring, readers: list[Wired]) -> bool:
    return len(readers) == 1 and wiring.is_last(readers[0])
