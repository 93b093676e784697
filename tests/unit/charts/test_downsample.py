import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.charts import downsample

VALUES = st.floats(allow_nan=True, allow_infinity=True, width=32)


def test_a_short_line_stays_as_it_is():
    assert downsample(np.arange(1_000.0)).tolist() == list(range(1_000))
    assert downsample(np.empty(0)).tolist() == []


@pytest.mark.parametrize("spike", [np.float64(9e9), np.float64(-9e9)])
def test_a_single_spike_is_never_dropped(spike):
    y = np.sin(np.arange(100_000) / 500)
    for at in (1, 33_333, 99_998):
        line = y.copy()
        line[at] = spike
        assert at in downsample(line)


def test_what_is_asked_for_stays_and_the_rest_makes_room_for_it():
    y = np.random.default_rng(0).normal(size=50_000)
    y[::7] = np.nan
    chosen = downsample(y, keep=[17, 31_111])
    assert {17, 31_111} <= set(chosen.tolist())
    assert 900 < len(chosen) <= 1_000
    assert np.isnan(y[chosen]).sum() <= 100


def test_a_gap_stays_and_hides_no_extreme():
    y = np.sin(np.arange(100_000) / 7)
    y[40_000:40_003] = np.nan, np.inf, -np.inf
    y[40_010] = 5.0
    assert {40_000, 40_001, 40_002, 40_010} <= set(downsample(y).tolist())


@given(hnp.arrays(np.float32, st.integers(0, 3_000), elements=VALUES), st.sampled_from([10, 21, 500]))
def test_ends_and_extremes_stay_and_the_rest_is_few(y, n_out):
    chosen = downsample(y, n_out)
    assert np.all(np.diff(chosen) > 0)
    if len(y) <= n_out:
        assert len(chosen) == len(y)
        return
    assert len(chosen) <= n_out
    assert chosen[0] == 0
    assert chosen[-1] == len(y) - 1
    finite = y[np.isfinite(y)]
    if len(finite):
        kept = y[chosen][np.isfinite(y[chosen])]
        assert kept.min() == finite.min()
        assert kept.max() == finite.max()
