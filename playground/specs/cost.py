"""What a model costs to train, and where, as a plain value."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict


class Device(BaseModel):
    """Where a run trains.

    Attributes:
        name: in words, such as "CPU".
        memory_bytes: what a run may fill with its data, its model and a training step.
        setting: the setting that bounds it, or empty where the machine does.
        room_bytes: the data that a run keeps there, more is read while it trains; ``None`` for all that fits.
        precisions: Keras's dtype policies that it computes fast with.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    memory_bytes: int
    setting: str = ""
    room_bytes: int | None = None
    precisions: tuple[str, ...] = ("float32",)


class LayerCost(BaseModel):
    """One layer, for one sample.

    Attributes:
        name: the layer's.
        multiply_adds: products that are summed in a forward pass: matrix products and convolutions, nothing else.
        output_bytes: its output.
        kept_bytes: what the backward pass needs and is not another layer's output, the layer's own output among it
            where somebody needs that.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    multiply_adds: int
    output_bytes: int
    kept_bytes: int


class Cost(BaseModel):
    """All layers in order, and what training needs beside them.

    Attributes:
        layers: every layer.
        weights_bytes: all weights, trainable or not.
        gradients_bytes: one gradient a trainable weight.
        optimizer_bytes: the optimizer's own variables.
        update_bytes: what the update of the largest weight holds for a moment.
        batch_bytes: input and target of one sample.
        data_bytes: the whole dataset, which lies on the device while it trains; 0 where its size is not known yet, or
            where it is read while training.
        passing_bytes: the most that one layer holds for a moment in the backward pass, for one sample.
    """

    model_config = ConfigDict(frozen=True)

    layers: tuple[LayerCost, ...]
    weights_bytes: int
    gradients_bytes: int
    optimizer_bytes: int
    update_bytes: int
    batch_bytes: int
    data_bytes: int
    passing_bytes: int

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "Cost | None":
        """The answer to the workbench's question ``cost``; ``None`` where the model does not fit together."""
        return None if answer.get("cost") is None else cls.model_validate(answer["cost"])

    def on(self, device: Device) -> "Cost":
        """The same on ``device``: data that is read while training lies nowhere."""
        if device.room_bytes is None or self.data_bytes <= device.room_bytes:
            return self
        return self.model_copy(update={"data_bytes": 0})

    @property
    def multiply_adds(self) -> int:
        """Those of a forward pass of one sample."""
        return sum(layer.multiply_adds for layer in self.layers)

    @property
    def fixed_bytes(self) -> int:
        """What does not depend on the batch size."""
        return self.weights_bytes + self.gradients_bytes + self.optimizer_bytes + self.update_bytes + self.data_bytes

    @property
    def sample_bytes(self) -> int:
        """What every sample of a batch adds at the peak of a training step."""
        return sum(layer.kept_bytes for layer in self.layers) + self.batch_bytes + self.passing_bytes

    def peak_bytes(self, batch_size: int) -> int:
        """The most that a training step holds, estimated: calibrated to within a factor of two."""
        return self.fixed_bytes + batch_size * self.sample_bytes

    def largest_batch(self, bytes_there: int) -> int:
        """The largest power of two of samples that fit into so many bytes; 0 where not even one does."""
        room = bytes_there - self.fixed_bytes
        fitting = room // self.sample_bytes if self.sample_bytes else 0
        return 1 << (fitting.bit_length() - 1) if fitting > 0 else 0
