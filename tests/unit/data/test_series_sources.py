"""Series are what their options say."""

import numpy as np
import pytest

from playground.data import DataError, outline, prepare
from playground.specs import DatasetSpec, SplitSpec

WHOLE = SplitSpec(kind="none")


def prepared(source: str, server_settings, **options):
    return prepare(DatasetSpec(source=source, options=options, split=WHOLE), 1, server_settings)


def test_a_series_without_noise_is_its_parts(server_settings):
    options = {"length": 100, "level": 5, "trend": 10, "periods": [8, 20], "season": 2, "noise": 0}
    found = prepared("seasonal", server_settings, window=6, horizon=3, **options)
    at = np.arange(100)
    values = 5 + 10 * at / 100 + 2 * np.sin(2 * np.pi * at / 8) + 2 * np.sin(2 * np.pi * at / 20)
    x, y = found.array("x_train"), found.array("y_train")
    assert x.shape == (100 - 6 - 3 + 1, 6)
    np.testing.assert_allclose(x[10], values[10:16], rtol=1e-5)
    np.testing.assert_allclose(y, values[8:], rtol=1e-5)
    np.testing.assert_allclose(found.last("train"), x[:, -1])
    assert found.facts.is_series
    assert found.facts.features[0] == "5 back"


def test_stock_prices_are_plotly_s(server_settings):
    from plotly import data

    values = data.stocks()["MSFT"].to_numpy()
    found = prepared("stocks", server_settings, company="MSFT", window=4, difference=False)
    np.testing.assert_allclose(found.array("y_train"), values[4:], rtol=1e-6)
    np.testing.assert_allclose(found.array("x_train")[0], values[:4], rtol=1e-6)


def test_differences_are_of_neighbours_and_of_the_value_ahead(server_settings):
    plain = prepared("seasonal", server_settings, window=5, horizon=2)
    found = prepared("seasonal", server_settings, window=4, horizon=2, difference=True)
    values = plain.array("x_train")
    np.testing.assert_allclose(found.array("x_train"), np.diff(values), atol=1e-6)
    np.testing.assert_allclose(found.array("y_train"), plain.array("y_train") - values[:, -1], atol=1e-6)
    assert not found.last("train").any()


@pytest.mark.parametrize(
    ("source", "options"), [("stocks", {"window": 105}), ("seasonal", {"length": 20, "window": 15, "horizon": 6})]
)
def test_a_window_longer_than_the_series_is_refused(source, options):
    with pytest.raises(DataError, match="too few for a window"):
        outline(DatasetSpec(source=source, options=options))
