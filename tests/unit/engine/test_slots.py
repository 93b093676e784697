"""Slots are locks of the kernel: taken once, free again when the holder ends, however it ends."""

import os
import signal
import subprocess
import sys

import pytest

from playground.engine import slots
from playground.settings import Settings

pytestmark = pytest.mark.unit


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path / "home", slots_dir=tmp_path / "slots", cpu_slots=2)


def test_a_machine_without_gpu_has_the_slots_that_are_set(settings, monkeypatch):
    monkeypatch.setattr(slots, "gpus", lambda: ())
    assert [slot.name for slot in slots.slots(settings)] == ["cpu-0", "cpu-1"]
    assert {slot.visible for slot in slots.slots(settings)} == {"-1"}


def test_gpus_are_filled_one_after_the_other_before_any_is_shared(settings, monkeypatch):
    monkeypatch.setattr(slots, "gpus", lambda: (("0", "GPU-a", "H200"), ("1", "GPU-b", "H200")))
    found = slots.slots(settings)
    assert [slot.name for slot in found] == ["gpu-0-0", "gpu-1-0", "gpu-0-1", "gpu-1-1"]
    assert (found[1].device, found[1].visible) == ("H200, GPU 1", "GPU-b")


def test_a_slot_is_taken_once(settings, monkeypatch):
    monkeypatch.setattr(slots, "gpus", lambda: ())
    first, second = slots.slots(settings)
    descriptor = slots.take(first, settings)
    assert descriptor is not None
    assert slots.take(first, settings) is None
    assert slots.free(settings) == [second.name]
    os.close(descriptor)
    assert slots.free(settings) == [first.name, second.name]


def test_a_killed_holder_frees_its_slot(settings, monkeypatch):
    monkeypatch.setattr(slots, "gpus", lambda: ())
    code = (
        "import sys, time; from pathlib import Path; from playground.engine import slots;"
        "from playground.settings import Settings;"
        "settings = Settings(home=Path(sys.argv[1]), slots_dir=Path(sys.argv[2]), cpu_slots=1);"
        "print(slots.take(slots.Slot('cpu-0', 'CPU', '-1'), settings), flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(settings.home), str(settings.slots_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert int(holder.stdout.readline()) > 2
        assert "cpu-0" not in slots.free(settings)
        holder.send_signal(signal.SIGKILL)
    assert "cpu-0" in slots.free(settings)


def test_a_link_in_the_shared_folder_is_not_followed(settings, tmp_path):
    settings.slots_dir.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (settings.slots_dir / "cpu-0.lock").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic link"):
        slots.take(slots.Slot("cpu-0", "CPU", "-1"), settings)
    assert victim.read_text() == "mine"
