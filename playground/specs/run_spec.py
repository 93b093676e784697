"""What was chosen: a dataset, a model and how to train it, as frozen values that are JSON both ways."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic.types import StrictBool, StrictInt

from playground import catalog
from playground.frame import dumps
from playground.specs.args import Args
from playground.specs.normalise import normalised
from playground.specs.upgrade import VERSION, upgrade

Kind = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80, pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]
LayerName = Annotated[str, StringConstraints(strict=True, max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Sha256 = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, StringConstraints(strict=True, max_length=200, pattern=r"^[^\x00]*$")]
"""Not NUL, which PostgreSQL has no place for."""


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Chosen(_Spec):
    """A kind and its arguments, with the numbers in the types that the catalogue gives them."""

    kind: Kind
    args: Args = Args()

    def _normalised(self, tables: tuple[str, ...]) -> None:
        for table in tables:
            entry = catalog.entry(table, self.kind)
            if entry is not None:
                object.__setattr__(self, "args", normalised(self.args, entry))
                return


class LayerSpec(_Chosen):
    """One layer: its Keras class, a name, arguments, and the names of the layers it reads.

    Empty ``inputs`` means the layer before it; ``"input"`` is the network's input.
    """

    name: LayerName
    inputs: tuple[LayerName, ...] = Field(default=(), max_length=64)

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("layers",))
        return self


class RestingLayer(_Spec):
    """A layer that is switched off, with its place in the list of all layers.

    ``readers`` are the layers that read it, each with what it read, so that switching it on again restores them.
    """

    at: StrictInt = Field(ge=0, le=1000)
    layer: LayerSpec
    readers: tuple[tuple[LayerName, tuple[LayerName, ...]], ...] = Field(default=(), max_length=500)

    @model_serializer(mode="wrap")
    def _short(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without readers where there are none, as in files written before they were kept."""
        values: dict[str, Any] = serialise(self)
        if not self.readers:
            values.pop("readers", None)
        return values


class ModelSpec(_Spec):
    """The layers, in order; the last one is the output. Resting ones take no part and decide nothing.

    ``weights`` is the SHA-256 of the kept file that training starts from; ``None`` means fresh random weights.
    """

    layers: tuple[LayerSpec, ...] = Field(default=(), max_length=500)
    resting: tuple[RestingLayer, ...] = Field(default=(), max_length=500)
    weights: Sha256 | None = None

    @model_serializer(mode="wrap")
    def _short(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without resting layers and weights where there are none, as in most files."""
        values: dict[str, Any] = serialise(self)
        for name in ("resting", "weights"):
            if not getattr(self, name):
                values.pop(name, None)
        return values


class StepSpec(_Chosen):
    """One step of preparation, fitted on the training part only."""

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("steps",))
        return self


class SplitSpec(_Chosen):
    """How rows are divided into training, validation and test parts."""

    kind: Kind = "holdout"

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("splits",))
        return self


RECONSTRUCTED = "input"
"""The target that stands for the inputs themselves, as layers call the network's input."""


class DatasetSpec(_Spec):
    """Where the data comes from, which columns, how it is prepared and divided.

    ``target`` is a column, ``"input"`` for the prepared inputs themselves (an autoencoder's target), or ``None`` for
    the source's own. A column that is called ``input`` is named by its position.
    """

    source: Kind
    options: Args = Args()
    target: Text | StrictInt | None = None
    features: tuple[Text | StrictInt, ...] = Field(default=(), max_length=10_000)
    steps: tuple[StepSpec, ...] = Field(default=(), max_length=100)
    split: SplitSpec = SplitSpec()

    @model_validator(mode="after")
    def _types(self) -> Self:
        if entry := catalog.entry("datasets", self.source):
            object.__setattr__(self, "options", normalised(self.options, entry))
        return self

    def prepared_key(self, seed: int) -> str:
        """SHA-256 of what decides the prepared arrays: this spec and the seed. 64 hexadecimal digits."""
        return _sha256({"dataset": self.model_dump(), "seed": seed})


class OptimizerSpec(_Chosen):
    """An optimizer; ``learning_rate`` is a number or a schedule."""

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("optimizers",))
        return self


class LossSpec(_Chosen):
    """A loss."""

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("losses",))
        return self


class MetricSpec(_Chosen):
    """A Keras metric class, or compile's alias ``accuracy``."""

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("metrics",))
        return self


class CallbackSpec(_Chosen):
    """A training callback."""

    @model_validator(mode="after")
    def _types(self) -> Self:
        self._normalised(("callbacks",))
        return self


LATER = ("class_weight", "sample_weight", "weighted_metrics", "precision")
"""Fields of a training spec that are left out of its JSON where they have their default."""


FULL: Literal["float32"] = "float32"
"""The precision of weights, of the last layer, and of all else where nothing else is chosen."""
_MOST_CLASSES = 10_000


def _is_weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= sys.float_info.max


class TrainSpec(_Spec):
    """How the model is compiled and fitted.

    ``class_weight`` says how much a training row of each class counts in the loss: a number for each class in label
    order, or ``"balanced"`` for as much of every class. ``sample_weight`` is the column of one's own table that says
    how much each row counts; where both are there, they are multiplied. ``weighted_metrics`` has metrics count rows as
    the loss does. Validation and test count every row once. ``precision`` is Keras's dtype policy: mixed ones compute
    in 16 bits and keep the weights, and the last layer, in 32.
    """

    optimizer: OptimizerSpec
    loss: LossSpec
    metrics: tuple[MetricSpec, ...] = Field(default=(), max_length=30)
    epochs: StrictInt = Field(default=20, ge=1)
    batch_size: StrictInt = Field(default=32, ge=1)
    callbacks: tuple[CallbackSpec, ...] = Field(default=(), max_length=30)
    class_weight: Literal["balanced"] | tuple[float, ...] | None = None
    sample_weight: Text | None = None
    weighted_metrics: StrictBool = False
    precision: Literal["float32", "mixed_bfloat16", "mixed_float16"] = FULL

    @field_validator("class_weight", mode="before")
    @classmethod
    def _weights(cls, value: Any) -> Any:
        is_list = isinstance(value, list | tuple) and 0 < len(value) <= _MOST_CLASSES
        if value is None or value == "balanced" or (is_list and all(map(_is_weight, value))):
            return value
        raise ValueError('expected "balanced" or a list of numbers of at least 0, one for each class')

    @model_serializer(mode="wrap")
    def _short(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what was not chosen of the fields that came later: a run's digest stays what it was before them."""
        values: dict[str, Any] = serialise(self)
        for name in LATER:
            if getattr(self, name) == type(self).model_fields[name].default:
                values.pop(name, None)
        return values


class RunSpec(_Spec):
    """Everything that decides a run."""

    version: StrictInt = VERSION
    name: Text = ""
    seed: StrictInt = Field(default=0, ge=0, lt=2**31)
    dataset: DatasetSpec
    model: ModelSpec
    training: TrainSpec

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON without name, version and resting layers: equal for runs that mean the same."""
        return _sha256(self.model_dump(exclude={"name": True, "version": True, "model": {"resting": True}}))

    @property
    def prepared_key(self) -> str:
        """The key of the prepared arrays this run reads."""
        return self.dataset.prepared_key(self.seed)

    def to_json(self, indent: int | None = None) -> str:
        """The spec as JSON text."""
        return json.dumps(self.model_dump(), indent=indent, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_dict(cls, value: Any) -> "RunSpec":
        """The spec in ``value``, of this version or any released before it.

        Raises:
            ValueError: it is no spec, or of a later version.
            pydantic.ValidationError: a field is missing, unknown or of the wrong type.
        """
        return cls.model_validate(upgrade(value))

    @classmethod
    def from_json(cls, text: str) -> "RunSpec":
        """The spec in JSON ``text``. Raises as :meth:`from_dict`, and ValueError for what is no JSON."""
        try:
            value = json.loads(text, parse_constant=_refuse)
        except RecursionError as error:
            raise ValueError("this JSON is nested too deeply for a spec") from error
        return cls.from_dict(value)

    @classmethod
    def from_file(cls, path: Path, max_bytes: int) -> "RunSpec":
        """The spec in the file at ``path``. Raises as :meth:`from_json`, and ValueError for one over ``max_bytes``."""
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise ValueError(f"{path.name} is larger than {max_bytes:,} bytes")
        return cls.from_json(data.decode())


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON; spell it as text")


def _sha256(value: Any) -> str:
    return hashlib.sha256(dumps(value).encode()).hexdigest()
