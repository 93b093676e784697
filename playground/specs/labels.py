"""Which losses read labels as whole numbers."""

from playground import catalog
from playground.specs.run_spec import LossSpec

LABEL_LOSSES = frozenset({"SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy"})
"""All others compare the output with a target of the same shape."""


def reads_labels(loss: LossSpec) -> bool:
    """Whether ``loss``, by whatever name Keras knows it, reads labels as whole numbers."""
    entry = catalog.entry("losses", loss.kind)
    return entry is not None and entry.id in LABEL_LOSSES
