import numpy as np
import pytest

from playground.charts.smoothing import smoothed


@pytest.mark.parametrize("factor", [0.0, 0.5, 0.9])
def test_every_point_is_the_average_of_itself_and_the_one_before(factor):
    y = np.random.default_rng(0).normal(size=50)
    found = smoothed(y, factor)
    assert found[0] == y[0]
    np.testing.assert_allclose(found[1:], factor * found[:-1] + (1 - factor) * y[1:], rtol=1e-12)


def test_where_there_is_no_number_the_average_stays():
    found = smoothed(np.array([np.nan, 2.0, np.inf, np.nan, 4.0]), 0.5)
    np.testing.assert_array_equal(found, [np.nan, 2.0, 2.0, 2.0, 3.0])
