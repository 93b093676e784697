"""The device that the next run trains on, and how much it holds."""

import functools

import psutil

from playground.engine import slots
from playground.settings import Settings, setting
from playground.specs.cost import Device

_OF_ITS_OWN = 800_000_000  # bytes that a process with TensorFlow takes before it has a model, measured

_FAST = {"float32": (0, 0), "mixed_float16": (7, 0), "mixed_bfloat16": (8, 0)}
"""By Keras's dtype policy, the CUDA compute capability from which tensor cores take it: NVIDIA's CUDA guide."""


@functools.lru_cache(maxsize=8)
def device(settings: Settings) -> Device:
    """The smallest GPU that runs of this server may get; its main memory where there is none.

    It is read once in the life of a process and starts no CUDA runtime.
    """
    found = slots.abilities()
    if found:
        name, size, ability = min(found, key=lambda gpu: gpu[1])
        fast = tuple(precision for precision, needed in _FAST.items() if ability >= needed)
        room = _room(size, settings.gpu_slots, settings)
        return Device(name=name, memory_bytes=size, room_bytes=room, precisions=fast)
    limit, there = settings.max_run_memory_mb * 10**6, psutil.virtual_memory().total
    bounded_by = setting("max_run_memory_mb") if limit < there else ""
    size = max(0, min(limit, there) - _OF_ITS_OWN)
    room = _room(min(size, there // settings.cpu_slots), 1, settings)
    return Device(name="CPU", memory_bytes=size, setting=bounded_by, room_bytes=room)


def _room(size: int, runs: int, settings: Settings) -> int:
    """Bytes of data that each of ``runs`` runs at once keeps in ``size`` bytes; the rest is for training."""
    return size // (2 * runs) if settings.resident_mb is None else settings.resident_mb * 10**6
