"""What a dataset spec will give, known without touching any data."""

from playground.data.plan import Plan, plan
from playground.data.split import Sizes
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

TARGET_DTYPES = {"binary": "float32", "multiclass": "int32", "regression": "float32"}


def outline(spec: DatasetSpec) -> Facts:
    """The facts of the data that ``spec`` describes; counts are ``None`` where only a file knows, nothing is fitted.

    Raises:
        DataError: something in the spec is unknown, not allowed or does not fit.
    """
    made = plan(spec)
    return facts(made, made.n)


def facts(made: Plan, n: Sizes | None) -> Facts:
    """The facts of ``made`` with ``n`` rows a part."""
    source = made.source
    names = source.features if made.columns is None else tuple(source.features[column] for column in made.columns)
    return Facts(
        task=source.task,
        input_shape=made.input_shape,
        target_dtype=TARGET_DTYPES[source.task],
        classes=source.classes,
        features=names,
        unit=source.unit,
        n_train=n and n.train,
        n_validation=n and n.validation,
        n_test=n and n.test,
    )
