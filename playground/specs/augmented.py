"""The layers at the beginning of a model that change images at random in training."""

from playground import catalog
from playground.specs.run_spec import LayerSpec, ModelSpec

_GROUP = "Augmentation"
_BETWEEN = frozenset({"Reshape", "Rescaling"})
"""Layers that may stand before an augmentation: they change how an image is written, and not what is on it."""


def augmenting(model: ModelSpec) -> tuple[LayerSpec, ...]:
    """The first layers of ``model`` up to its last augmentation before anything learns; empty without one."""
    found: list[LayerSpec] = []
    last = 0
    for layer in model.layers:
        above = found[-1].name if found else "input"
        entry = catalog.entry("layers", layer.kind)
        is_augmentation = entry is not None and entry.group == _GROUP
        if layer.inputs not in ((), (above,)) or not (is_augmentation or layer.kind in _BETWEEN):
            break
        found.append(layer)
        last = len(found) if is_augmentation else last
    return tuple(found[:last])
