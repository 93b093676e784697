"""Which layer reads which: the graph of a model as the rules look at it."""

from collections.abc import Iterator
from dataclasses import dataclass

from playground import catalog
from playground.specs.rules.chosen import layer_place
from playground.specs.rules.head import activation_of
from playground.specs.run_spec import LayerSpec, RunSpec

INPUT = "input"
"""What layers call the network's input."""

SHAPELESS = frozenset({"Activation", "Regularisation", "Normalisation", "Preparation"})
"""Groups of layers that give on the shape that they read."""


@dataclass(frozen=True, slots=True)
class Wired:
    """A layer in its place.

    Attributes:
        number: its position among the layers that are on.
        layer: what was chosen.
        entry: its kind in the catalogue, or ``None`` if there is no such kind.
        reads: the names of the layers that it reads, never empty; ``input`` is the network's input.
    """

    number: int
    layer: LayerSpec
    entry: catalog.Entry | None
    reads: tuple[str, ...]

    @property
    def place(self) -> str:
        """Its place as users know it."""
        return layer_place(self.layer)

    @property
    def group(self) -> str:
        """Its group in the catalogue; empty for an unknown kind."""
        return self.entry.group if self.entry else ""

    @property
    def activation(self) -> str | None:
        """The function that its values go through last: ``linear`` for none, ``None`` where that is not known."""
        if self.group == "Activation" and self.entry and self.entry.param("activation") is None:
            return self.layer.kind
        return activation_of(self.layer)

    @property
    def has_kernel(self) -> bool:
        """Whether it multiplies what it reads by weights."""
        names = ("kernel_initializer", "depthwise_initializer", "embeddings_initializer")
        return self.entry is not None and any(self.entry.param(name) for name in names)

    def path(self, name: str) -> str:
        """The path of the argument ``name`` for :func:`playground.specs.edit.with_value`."""
        return f"model.layers.{self.number}.args.{name}"

    def value(self, name: str) -> object:
        """The argument ``name`` as chosen, or Keras's default; ``None`` if its kind has none of that name."""
        param = self.entry.param(name) if self.entry else None
        return self.layer.args.get(name, param.default) if param else None


class Wiring:
    """The layers of a model that are on, in order, with what reads what."""

    def __init__(self, spec: RunSpec) -> None:
        self.layers: list[Wired] = []
        self._by_name: dict[str, Wired] = {}
        self._readers: dict[str, list[Wired]] = {}
        last = INPUT
        for number, layer in enumerate(spec.model.layers):
            wired = Wired(number, layer, catalog.entry("layers", layer.kind), layer.inputs or (last,))
            self.layers.append(wired)
            self._by_name.setdefault(layer.name, wired)
            for name in wired.reads:
                self._readers.setdefault(name, []).append(wired)
            last = layer.name

    def __iter__(self) -> Iterator[Wired]:
        return iter(self.layers)

    def named(self, name: str) -> Wired | None:
        """The layer called ``name``."""
        return self._by_name.get(name)

    def read_by(self, wired: Wired) -> Wired | None:
        """The only layer that ``wired`` reads; ``None`` where that is the input, or it reads several."""
        found = self._by_name.get(wired.reads[0]) if len(wired.reads) == 1 else None
        return found if found and found.number < wired.number else None

    def readers(self, wired: Wired) -> list[Wired]:
        """The layers that read ``wired``."""
        return self._readers.get(wired.layer.name, [])

    def is_last(self, wired: Wired) -> bool:
        """Whether it is the output."""
        return wired.number == len(self.layers) - 1

    def back(self, wired: Wired, through: frozenset[str]) -> Wired | None:
        """The nearest layer before ``wired`` that is in none of the groups ``through``; ``None`` where none is left."""
        found = self.read_by(wired)
        while found is not None and found.group in through:
            found = self.read_by(found)
        return found
