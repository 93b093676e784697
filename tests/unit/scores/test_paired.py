"""McNemar's test against SciPy's exact binomial test."""

import pytest
from scipy import stats

from playground.scores.paired import mcnemar


@pytest.mark.parametrize(("first", "second"), [(0, 0), (3, 3), (10, 2), (0, 9), (40, 61), (900, 1000)])
def test_it_is_the_two_sided_binomial_test(first, second):
    expected = stats.binomtest(first, first + second).pvalue if first + second else 1.0
    assert mcnemar(first, second) == pytest.approx(expected)
    assert mcnemar(second, first) == pytest.approx(mcnemar(first, second))
