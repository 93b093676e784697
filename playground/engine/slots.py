"""Slots: how many runs share each device, locked machine-wide.

A slot is a file in a folder that all users of the machine share. Whoever holds its lock has the slot. The host takes
the lock and hands the open file to the run's process, so the kernel frees the slot when that process ends, whatever
became of the host.
"""

import contextlib
import fcntl
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playground.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on one device.

    Attributes:
        name: ``cpu-0`` or, for the second place on GPU 0, ``gpu-0-1``.
        device: the device in words, such as "CPU" or "NVIDIA H200, GPU 0".
        visible: the value of ``CUDA_VISIBLE_DEVICES`` for a run in this slot.
    """

    name: str
    device: str
    visible: str


def gpus() -> tuple[tuple[str, str, str], ...]:
    """Index, UUID and name of each GPU this process may use; empty where there is none. Starts no CUDA runtime."""
    return tuple((index, uuid, name) for index, uuid, name, *_ in _gpus())


def abilities() -> tuple[tuple[str, int, tuple[int, int]], ...]:
    """Of each GPU this process may use: its name as a slot has it, memory in bytes, and CUDA compute capability."""
    return tuple((f"{name}, GPU {index}", size, ability) for index, _, name, size, ability in _gpus())


def _gpus() -> tuple[tuple[str, str, str, int, tuple[int, int]], ...]:
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return ()
    found = []
    for index in range(pynvml.nvmlDeviceGetCount()):
        handle = pynvml.nvmlDeviceGetHandleByIndex(index)
        size = int(pynvml.nvmlDeviceGetMemoryInfo(handle).total)
        major, minor = pynvml.nvmlDeviceGetCudaComputeCapability(handle)
        named = str(index), pynvml.nvmlDeviceGetUUID(handle), pynvml.nvmlDeviceGetName(handle)
        found.append((*named, size, (int(major), int(minor))))
    pynvml.nvmlShutdown()
    allowed = os.environ.get("CUDA_VISIBLE_DEVICES")
    if allowed is None:
        return tuple(found)
    names = [name.strip() for name in allowed.split(",") if name.strip()]
    return tuple(gpu for name in names for gpu in found if name in (gpu[0], gpu[1]))


def slots(settings: Settings) -> tuple[Slot, ...]:
    """The slots of this machine, the least crowded order first: one place on each GPU, then a second on each."""
    devices = gpus()
    if not devices:
        return tuple(Slot(f"cpu-{place}", "CPU", "-1") for place in range(settings.cpu_slots))
    return tuple(
        Slot(f"gpu-{index}-{place}", f"{name}, GPU {index}", uuid)
        for place in range(settings.gpu_slots)
        for index, uuid, name in devices
    )


def take(slot: Slot, settings: Settings) -> int | None:
    """The open, locked file of ``slot`` as a descriptor, or ``None`` when somebody holds it."""
    folder = settings.slots_dir or Path(tempfile.gettempdir()) / "playground-slots"
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(PermissionError):  # somebody else was faster and owns it
            folder.chmod(0o1777)
    path = folder / f"{slot.name}.lock"
    # Without O_CREAT first: the kernel refuses to create over another user's file in a shared folder.
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        with contextlib.suppress(PermissionError):
            os.fchmod(descriptor, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def free(settings: Settings) -> list[str]:
    """Names of the slots that nobody holds at this moment."""
    names = []
    for slot in slots(settings):
        descriptor = take(slot, settings)
        if descriptor is not None:
            os.close(descriptor)
            names.append(slot.name)
    return names
