"""What was chosen: frozen, hashable specs that are equal by value and JSON both ways."""

from playground.specs.args import Args
from playground.specs.run_spec import (
    CallbackSpec,
    DatasetSpec,
    LayerSpec,
    LossSpec,
    MetricSpec,
    ModelSpec,
    OptimizerSpec,
    RunSpec,
    SplitSpec,
    StepSpec,
    TrainSpec,
)

__all__ = [
    "Args",
    "CallbackSpec",
    "DatasetSpec",
    "LayerSpec",
    "LossSpec",
    "MetricSpec",
    "ModelSpec",
    "OptimizerSpec",
    "RunSpec",
    "SplitSpec",
    "StepSpec",
    "TrainSpec",
]
