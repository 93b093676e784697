"""How far chance moves a share, and a mean error."""

import numpy as np
import pytest

from playground.runs.noise import error_noise, noise


@pytest.mark.parametrize(("share", "n", "expected"), [(0.984, 270, 0.0163), (1.0, 100, 0.0185), (0.5, 10_000, 0.0098)])
def test_the_noise_of_a_share(share, n, expected):
    assert noise(share, n) == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    ("power", "measure"),
    [
        (1.0, lambda errors: np.mean(errors**2, axis=1)),
        (0.5, lambda errors: np.sqrt(np.mean(errors**2, axis=1))),
        (0.5, lambda errors: np.mean(np.abs(errors), axis=1)),
    ],
)
def test_the_noise_of_an_error_holds_95_of_100_draws(power, measure):
    n = 200
    found = measure(np.random.default_rng(3).normal(size=(20_000, n)))
    inside = np.abs(found / found.mean() - 1) < error_noise(n, power)
    assert inside.mean() == pytest.approx(0.95, abs=0.02)
