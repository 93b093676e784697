"""What Keras says of the layers of a model, as a plain value."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from playground.specs.cost import Cost, Device

Shape = tuple[int | None, ...]


class LayerShape(BaseModel):
    """One layer: its output shape without the batch axis, ``None`` where it varies, and its parameters."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    kind: str
    output_shape: Shape
    parameters: int
    trainable: int


class Shapes(BaseModel):
    """The layers of a model up to the first that does not fit.

    Attributes:
        layers: those that could be built, in order.
        parameters, trainable: of these layers.
        wrong_layer: the name of the layer that does not fit, if it is one layer's fault.
        error: why, in one plain sentence; empty if all fit.
        note: why nothing is known, where that is not the model's fault: the engine is not there, or does not answer.
        weights_misfit: why the weights to start from do not belong to the layers; empty where they do.
        cost: what training it takes; ``None`` while that is not known.
        device: where it would train; ``None`` where nobody said.
    """

    model_config = ConfigDict(frozen=True)

    layers: tuple[LayerShape, ...] = ()
    parameters: int = 0
    trainable: int = 0
    wrong_layer: str | None = None
    error: str = ""
    note: str = ""
    weights_misfit: str = ""
    cost: Cost | None = None
    device: Device | None = None

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "Shapes":
        """The answer to the workbench's question ``shapes``."""
        error = answer.get("error") or {}
        made = {"wrong_layer": error.get("layer"), "error": error.get("message", "")}
        made["weights_misfit"] = answer.get("weights_misfit", "")
        return cls.model_validate({**(answer.get("summary") or {}), **made})

    def on(self, device: Device) -> "Shapes":
        """The same, to train on ``device``."""
        return self.model_copy(update={"device": device})

    @property
    def is_known(self) -> bool:
        """Whether Keras was asked and answered."""
        return not self.note

    def output(self, name: str) -> Shape | None:
        """The output shape of the layer ``name``; ``None`` where it is not known."""
        return next((layer.output_shape for layer in self.layers if layer.name == name), None)
