"""How often a recorder writes, with a clock that only moves when the test says so."""

import numpy as np
import pytest

from playground.training.recorder import Recorder

_STEP_S = 0.01


class Clock:
    """Stands in for ``time.monotonic``."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Slow:
    """A journal whose every write takes ``cost_s`` by the clock."""

    def __init__(self, clock: Clock, cost_s: float) -> None:
        self._clock, self._cost_s = clock, cost_s
        self.written: list[tuple[float, int]] = []

    def append(self, kind, data, columns=None) -> None:
        assert kind == "progress"
        self.written.append((self._clock.now, len(columns["batch/step"])))
        self._clock.now += self._cost_s


@pytest.mark.parametrize(
    ("cost_s", "every_s"),
    [(0.0, 0.1), (0.001, 0.1), (0.003, 0.3), (0.2, 0.5)],
    ids=["free", "cheap", "dear", "a disk that hangs"],
)
def test_writing_is_as_seldom_as_it_is_slow(monkeypatch, cost_s, every_s):
    clock = Clock()
    monkeypatch.setattr("playground.training.recorder.time.monotonic", clock)
    journal = Slow(clock, cost_s)
    recorder = Recorder(journal, ["loss"])
    for _ in range(1_000):
        clock.now += _STEP_S
        recorder.add(np.ones((3, 1), np.float32))
    began = [at for at, _ in journal.written]
    between = np.diff(began) - cost_s
    assert began[0] == pytest.approx(100.0 + _STEP_S), "the first point is written at once"
    np.testing.assert_allclose(between, every_s, atol=_STEP_S)
    recorder.flush()
    assert sum(n for _, n in journal.written) == recorder.step == 3_000
