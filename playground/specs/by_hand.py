"""Which runs are small and plain enough to be followed step by step in numbers."""

from playground import catalog
from playground.specs.facts import Facts
from playground.specs.rules.optimizer import RATE_CHANGING
from playground.specs.run_spec import FULL, RunSpec

MAX_PARAMETERS = 60
MAX_BATCH = 64
MAX_STEPS = 1_000
MAX_NUMBERS = 100_000
"""Numbers of all steps together; a long run is followed as far as they reach."""

_DENSE, _BENDING = "Dense", "Activation"


def by_hand_refusal(spec: RunSpec, facts: Facts | None, parameters: int | None) -> str:
    """Why the run of ``spec`` is not followed by hand, as a sentence with the remedy; empty if it is.

    Args:
        spec: the run.
        facts: of its data; ``None`` while nobody knows.
        parameters: how many its model has; ``None`` while nobody knows.
    """
    batch = min(spec.training.batch_size, (facts and facts.n_train) or spec.training.batch_size)
    if facts is not None and len(facts.input_shape) != 1:
        return "A sample of this data is no row of numbers: expected a table or points."
    for layer in spec.model.layers:
        entry = catalog.entry("layers", layer.kind)
        if entry is None or (entry.id != _DENSE and entry.group != _BENDING):
            return f"Layer {layer.name} is {layer.kind}: expected dense and activation layers only."
    before = "input"
    for layer in spec.model.layers:
        if layer.inputs not in ((), (before,)):
            return f"Layer {layer.name} reads {' and '.join(layer.inputs)}: expected layers one after the other."
        before = layer.name
    if not spec.model.layers:
        return "The model has no layers: add at least one."
    if parameters is not None and parameters > MAX_PARAMETERS:
        return f"The model has {parameters:,} parameters, at most {MAX_PARAMETERS} fit on a page: take fewer units."
    if batch > MAX_BATCH:
        return f"A batch has {batch:,} rows, at most {MAX_BATCH} are followed: choose a smaller batch size."
    for callback in spec.training.callbacks:
        if callback.kind in RATE_CHANGING:
            return f"{callback.kind} changes the learning rate on the way, which is not followed: take it out."
    if spec.training.precision != FULL:
        return f"The layers compute in 16 bits, which is not followed: choose the precision {FULL}."
    if spec.training.class_weight is not None or spec.training.sample_weight is not None:
        return "Rows count by weights of their own, which are not followed: take the weights out."
    return ""
