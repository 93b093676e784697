"""Lines of a script that say how much each training row counts in the loss."""

from playground.data.plan import plan
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Group
from playground.specs import RunSpec
from playground.specs.labels import reads_labels


def weight_lines(spec: RunSpec) -> list[str]:
    """Lines that end with ``w_train``, float32 (n,), what ``fit`` calls ``sample_weight``; none without weights.

    They follow those that end with ``x_train`` and ``y_train``.

    Raises:
        DataError: the dataset is not on offer.
    """
    training = spec.training
    factors = []
    lines: list[str] = []
    if training.class_weight is not None:
        lines += _of_classes(spec)
        factors.append("class_weight[labels]")
    if training.sample_weight is not None:
        lines.append("# How much each row counts.")
        lines.append(
            layout.laid_out(
                ("row_weight = table[", *value_of(training.sample_weight), "]", '.to_numpy("float64")[train]')
            )
        )
        factors.append("row_weight")
    if not factors:
        return []
    product = " * ".join(factors)
    return ["", *lines, f'w_train = {product if len(factors) == 1 else f"({product})"}.astype("float32")']


def _of_classes(spec: RunSpec) -> list[str]:
    chosen, planned = spec.training.class_weight, plan(spec.dataset)
    if planned.task != "multiclass":
        labels = "y_train[:, 0].astype(int)"
    else:
        labels = "y_train" if reads_labels(spec.training.loss) else "y_train.argmax(axis=1)"
    if chosen != "balanced":
        numbers: layout.Expression = (Group("[]", tuple(map(value_of, chosen or ()))),)
        return [f"labels = {labels}", layout.laid_out(("class_weight = ", *layout.call("np.array", numbers)))]
    return [
        "# All classes count the same, however many rows each has.",
        f"labels = {labels}",
        f"counts = np.bincount(labels, minlength={len(planned.source.classes)})",
        "class_weight = len(labels) / (np.count_nonzero(counts) * np.maximum(counts, 1))",
    ]
