"""The second phase of transfer learning: the last layers of a frozen network thawed, and much smaller steps."""

from playground import catalog
from playground.specs.run_spec import LayerSpec, RunSpec

SLOWER = 100.0
"""By how much the learning rate is divided, so that the pretrained weights are not undone."""


def frozen(spec: RunSpec) -> list[LayerSpec]:
    """The pretrained layers of ``spec`` that do not train."""
    return [
        layer
        for layer in spec.model.layers
        if layer.kind in catalog.BACKBONES and not layer.args.get("trainable", False)
    ]


def fine_tuned(spec: RunSpec, weights: str, layers: int | None = None) -> RunSpec:
    """``spec`` going on from ``weights`` with its frozen networks thawed from the end, at a hundredth of the rate.

    A learning rate that follows a schedule stays as it is: nobody knows where it stands.

    Args:
        spec: the run whose weights were kept.
        weights: the SHA-256 of the kept file.
        layers: how many layers of each network train; as many as are usual for it where left out.
    """
    thawed = {layer.name: layers or catalog.BACKBONES[layer.kind].thawed for layer in frozen(spec)}
    made = tuple(
        LayerSpec.model_validate(
            {
                **layer.model_dump(),
                "args": layer.args.replace(trainable=True, trainable_layers=thawed[layer.name]).plain(),
            }
        )
        if layer.name in thawed
        else layer
        for layer in spec.model.layers
    )
    training = spec.training
    rate = learning_rate(spec)
    if rate is not None:
        args = training.optimizer.args.replace(learning_rate=rate / SLOWER)
        training = training.model_copy(update={"optimizer": training.optimizer.model_copy(update={"args": args})})
    model = spec.model.model_copy(update={"layers": made, "weights": weights})
    return spec.model_copy(update={"model": model, "training": training})


def learning_rate(spec: RunSpec) -> float | None:
    """The rate of its optimizer, as chosen or usual for it; ``None`` where a schedule decides."""
    entry = catalog.entry("optimizers", spec.training.optimizer.kind)
    param = entry.param("learning_rate") if entry else None
    value = spec.training.optimizer.args.get("learning_rate", param.default if param else None)
    return value if isinstance(value, float) else None
