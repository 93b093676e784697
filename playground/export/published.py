"""Lines of a script that reads a table, texts or a series that somebody publishes as one file."""

from collections.abc import Callable

from playground.data.plan import Plan
from playground.data.sets.published_series import SERIES_FILES
from playground.data.sets.published_tables import BOSTON_SEED, PIMA
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression
from playground.export.lines import Lines

_PANDAS = ("import pandas as pd",)


def _pima_indians(planned: Plan) -> Lines:
    read = layout.call("pd.read_csv", value_of(PIMA.url), ("header=None",))
    code = (
        layout.laid_out(("table = ", *read, ".to_numpy()")),
        'x, y = table[:, :-1].astype("float32"), table[:, -1]',
    )
    return Lines(code, _PANDAS)


def _boston_housing(planned: Plan) -> Lines:
    code = (
        f"(x, y), (x_test, y_test) = keras.datasets.boston_housing.load_data(seed={BOSTON_SEED})",
        "n_test = len(x_test)",
        'x = np.concatenate([x, x_test]).astype("float32")',
        "y = np.concatenate([y, y_test])",
    )
    return Lines(code)


def _series(name: str, cut: Callable[[Plan], tuple[str, ...]]) -> Callable[[Plan], Lines]:
    series = SERIES_FILES[name]
    turned = "[::-1]" if series.is_newest_first else ""

    def lines(planned: Plan) -> Lines:
        read = layout.call("pd.read_csv", value_of(series.file.url))
        column: Expression = ("[", *value_of(series.column), f'].to_numpy("float64"){turned}')
        return Lines((layout.laid_out(("values = ", *read, *column)), *cut(planned)), _PANDAS)

    return lines


def published_series(cut: Callable[[Plan], tuple[str, ...]]) -> dict[str, Callable[[Plan], Lines]]:
    """By the id of each series in the catalogue, what writes its lines; ``cut`` writes those that cut windows."""
    return {name: _series(name, cut) for name in SERIES_FILES}


PUBLISHED: dict[str, Callable[[Plan], Lines]] = {
    "pima_indians": _pima_indians,
    "boston_housing": _boston_housing,
}
"""By the id of the dataset in the catalogue, what writes its lines."""
