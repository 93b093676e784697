"""The device that the next run trains on, and how much it holds."""

import functools

import psutil

from playground.engine import slots
from playground.settings import Settings, setting
from playground.specs.cost import Device

_OF_ITS_OWN = 800_000_000  # bytes that a process with TensorFlow takes before it has a model, measured


@functools.lru_cache(maxsize=8)
def device(settings: Settings) -> Device:
    """The smallest GPU that runs of this server may get; its main memory where there is none.

    It is read once in the life of a process and starts no CUDA runtime.
    """
    found = slots.memories()
    if found:
        name, size = min(found, key=lambda gpu: gpu[1])
        return Device(name=name, memory_bytes=size)
    limit, there = settings.max_run_memory_mb * 10**6, psutil.virtual_memory().total
    bounded_by = setting("max_run_memory_mb") if limit < there else ""
    return Device(name="CPU", memory_bytes=max(0, min(limit, there) - _OF_ITS_OWN), setting=bounded_by)
