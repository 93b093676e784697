"""How much data a run keeps on its device, and what that does to the memory of a training step."""

import pytest

from playground.engine import device as devices
from playground.engine import slots
from playground.settings import Settings
from playground.specs.cost import Cost, Device
from tests.unit.specs.test_precision import H200

pytestmark = pytest.mark.unit


def test_the_room_for_data_is_half_of_what_each_run_has_or_as_set(monkeypatch):
    measured = devices.device.__wrapped__
    cpu = measured(Settings(cpu_slots=2))
    assert 0 < cpu.room_bytes <= cpu.memory_bytes / 2
    assert measured(Settings(resident_mb=3)).room_bytes == 3_000_000
    assert measured(Settings(resident_mb=0)).room_bytes == 0
    monkeypatch.setattr(slots, "abilities", lambda: (H200,))
    assert measured(Settings(gpu_slots=3)).room_bytes == 25_000_000_000


def test_data_that_is_read_while_training_takes_no_memory_of_the_device():
    parts = ("weights_bytes", "gradients_bytes", "optimizer_bytes", "update_bytes", "batch_bytes", "passing_bytes")
    cost = Cost(layers=(), data_bytes=100, **dict.fromkeys(parts, 1))
    assert cost.peak_bytes(1) == 4 + 100 + 2
    for room, data in ((None, 100), (100, 100), (99, 0)):
        assert cost.on(Device(name="CPU", memory_bytes=50, room_bytes=room)).peak_bytes(1) == 4 + data + 2
