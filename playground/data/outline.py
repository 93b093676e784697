"""What a dataset spec will give, known without touching any data."""

from playground.data.plan import Plan, plan
from playground.data.split import Sizes
from playground.data.steps import Step
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

TARGET_DTYPES = {"binary": "float32", "multiclass": "int32", "regression": "float32", "reconstruction": "float32"}


def outline(spec: DatasetSpec, settings: Settings | None = None) -> Facts:
    """The facts of the data that ``spec`` describes; counts are ``None`` where only a file knows, nothing is fitted.

    Args:
        spec: the dataset.
        settings: whose home has the tables that people brought; this process's without.

    Raises:
        DataError: something in the spec is unknown, not allowed or does not fit.
    """
    made = plan(spec, settings)
    return facts(made, made.n)


def facts(made: Plan, n: Sizes | None) -> Facts:
    """The facts of ``made`` with ``n`` rows a part."""
    source = made.source
    is_reconstruction = made.task == "reconstruction"
    return Facts(
        task=made.task,
        input_shape=made.input_shape,
        input_dtype=made.input_dtype,
        target_shape=made.target_shape,
        target_dtype=TARGET_DTYPES[made.task],
        classes=() if is_reconstruction else source.classes,
        features=made.features,
        unit="" if is_reconstruction else made.unit,
        largest=_largest(made),
        n_train=n and n.train,
        n_validation=n and n.validation,
        n_test=n and n.test,
        vocabulary=made.vocabulary,
        symbols=source.symbols,
        is_series=made.is_series,
    )


def _largest(made: Plan) -> float | None:
    largest = made.source.largest if made.columns is None else None
    for step, args in made.steps:
        largest = step.largest(largest, args) if largest is not None and isinstance(step, Step) else None
    return largest
