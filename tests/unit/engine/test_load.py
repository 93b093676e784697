"""The load of a machine: sampled into a small file, read by anybody, wrong files refused."""

import sys
import types

import numpy as np
import pytest

from playground.engine import load
from playground.engine.load import LOAD, Sampler, read

pytestmark = pytest.mark.unit


def test_a_sampler_writes_what_this_machine_measures(tmp_path):
    with Sampler(tmp_path / LOAD, None, every_s=0.01):
        while (found := read(tmp_path)) is None or len(found.seconds) < 3:
            pass
    assert 0 <= found.now["cpu"] <= 1
    assert 1e6 < found.now["memory"] < found.total["memory"]
    assert set(found.samples) == {"cpu", "memory"}
    assert (np.diff(found.seconds) > 0).all()
    assert not list(tmp_path.glob("part-*"))


def test_a_long_run_keeps_all_of_its_time_in_a_small_file(tmp_path):
    sampler = Sampler(tmp_path / LOAD, None)
    for second in range(5000):
        if second % 100 == 0 or second > 4990:
            sampler.take({"seconds": float(second), "cpu": 0.5, "memory": 1e9 + second}, {"memory": 2e9})
        else:
            sampler._keep({"seconds": float(second), "cpu": 0.5, "memory": 1e9 + second})
    found = read(tmp_path)
    assert 150 <= len(found.seconds) <= 300
    assert found.seconds[0] == 0
    assert found.seconds[-1] > 4900
    assert found.now["memory"] == 1e9 + 4999, "the newest stands beside them"
    assert (tmp_path / LOAD).stat().st_size < 100_000


class _NvmlError(Exception):
    pass


def test_a_gpu_says_what_it_can_and_the_rest_is_left_out(monkeypatch):
    def unsupported(_handle):
        raise _NvmlError

    nvml = types.SimpleNamespace(
        NVMLError=_NvmlError,
        NVML_TEMPERATURE_GPU=0,
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByUUID=lambda uuid: f"handle of {uuid}",
        nvmlDeviceGetUtilizationRates=lambda _: types.SimpleNamespace(gpu=34),
        nvmlDeviceGetMemoryInfo=lambda _: types.SimpleNamespace(used=8_200_000_000, total=139_000_000_000),
        nvmlDeviceGetTemperature=lambda _handle, _kind: 48,
        nvmlDeviceGetPowerUsage=unsupported,
    )
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    machine = load._Machine("GPU-a")
    seen = machine.look()
    assert (seen["gpu"], seen["gpu_memory"], seen["temperature"]) == (0.34, 8.2e9, 48.0)
    assert "power" not in seen
    assert machine.total["gpu_memory"] == 139e9


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"now": 3, "total": {}, "columns": {}}', '{"now": {}, "total": []}'])
def test_a_file_that_is_not_ours_is_no_load(tmp_path, text):
    (tmp_path / LOAD).write_text(text)
    assert read(tmp_path) is None


def test_without_a_file_there_is_no_load(tmp_path):
    assert read(tmp_path) is None
