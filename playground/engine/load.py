"""How busy a machine is while a run trains: sampled by the run, read by whoever shows it.

The run keeps one small file up to date. It holds the whole run in at most 300 samples: when it is full, every second
one goes, and from then on samples are taken half as often; beside them stands the newest, which is never older than a
second.
"""

import functools
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from playground.frame import dumps

LOAD = "load.json"
"""The file in a run's folder."""
_EVERY_S = 1.0
_FIRST_S = 0.2  # the share of a time that has not passed yet is no share
_MOST = 300
_MOST_BYTES = 1_000_000

NAMES = ("gpu", "gpu_memory", "temperature", "power", "cpu", "memory")
"""What is sampled where it can be: the share of time that the GPU was busy, bytes of its memory in use by anybody,
degrees Celsius, watts; the share of all cores that the machine is busy, bytes of memory that the run holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """What a run's file says.

    Attributes:
        now: the newest sample by name; only what could be measured.
        total: of ``gpu_memory`` and ``memory``, how many bytes there are.
        seconds: when the kept samples were taken, since the run's start; float64 (n,).
        samples: by name, the kept samples; float64 (n,), NaN where one could not be taken.
    """

    now: Mapping[str, float]
    total: Mapping[str, float]
    seconds: np.ndarray
    samples: Mapping[str, np.ndarray]


class Sampler:
    """Samples in a small thread; use it as a context.

    Args:
        path: the file to keep.
        gpu: the UUID of the run's GPU; ``None`` on a CPU.
        every_s: seconds between two samples.
    """

    def __init__(self, path: Path, gpu: str | None, every_s: float = _EVERY_S) -> None:
        self._path = path
        self._gpu = gpu
        self._every_s = every_s
        self._over = threading.Event()
        self._kept: list[dict[str, float]] = []
        self._n = 0
        self._stride = 1
        self._thread = threading.Thread(target=self._sample, name="load", daemon=True)

    def __enter__(self) -> "Sampler":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        try:
            machine, began = _Machine(self._gpu), time.monotonic()
            self._over.wait(min(_FIRST_S, self._every_s))
            while True:
                self.take({"seconds": round(time.monotonic() - began, 2), **machine.look()}, machine.total)
                if self._over.wait(self._every_s):
                    return
        except (OSError, psutil.Error):  # a run goes on without; its log says why there is no load
            traceback.print_exc(file=sys.stderr)

    def take(self, sample: dict[str, float], total: Mapping[str, float]) -> None:
        """Keep ``sample``, with its ``seconds`` since the start, if its turn has come, and write the file."""
        self._keep(sample)
        columns = {name: [each.get(name) for each in self._kept] for name in ("seconds", *NAMES)}
        temporary = self._path.with_name(f"part-{self._path.name}")
        temporary.write_text(dumps({"now": sample, "total": total, "columns": columns}))
        os.replace(temporary, self._path)

    def _keep(self, sample: dict[str, float]) -> None:
        if self._n % self._stride == 0:
            self._kept.append(sample)
            if len(self._kept) > _MOST:
                self._kept = self._kept[::2]
                self._stride *= 2
        self._n += 1


class _Machine:
    """What can be measured here."""

    def __init__(self, gpu: str | None) -> None:
        self._process = psutil.Process()
        self._gpu = _Gpu(gpu) if gpu is not None else None
        self.total = {"memory": float(psutil.virtual_memory().total)}
        psutil.cpu_percent()  # the first call has nothing to compare with

    def look(self) -> dict[str, float]:
        """The values of now."""
        found = {"cpu": psutil.cpu_percent() / 100, "memory": float(self._process.memory_info().rss)}
        if self._gpu is not None:
            found |= self._gpu.look(self.total)
        return found


class _Gpu:
    def __init__(self, uuid: str) -> None:
        import pynvml

        self._nvml = pynvml
        self._handle: Any = None
        try:
            pynvml.nvmlInit()
            self._handle = pynvml.nvmlDeviceGetHandleByUUID(uuid)
        except pynvml.NVMLError:
            traceback.print_exc(file=sys.stderr)

    def look(self, total: dict[str, float]) -> dict[str, float]:
        """What this GPU measures; some measure less than others."""
        if self._handle is None:
            return {}
        nvml = self._nvml
        found: dict[str, float] = {}
        for read in (self._use, self._memory, self._temperature, self._power):
            try:
                found |= read(total)
            except nvml.NVMLError:
                continue
        return found

    def _use(self, total: dict[str, float]) -> dict[str, float]:
        return {"gpu": self._nvml.nvmlDeviceGetUtilizationRates(self._handle).gpu / 100}

    def _memory(self, total: dict[str, float]) -> dict[str, float]:
        memory = self._nvml.nvmlDeviceGetMemoryInfo(self._handle)
        total["gpu_memory"] = float(memory.total)
        return {"gpu_memory": float(memory.used)}

    def _temperature(self, total: dict[str, float]) -> dict[str, float]:
        return {
            "temperature": float(self._nvml.nvmlDeviceGetTemperature(self._handle, self._nvml.NVML_TEMPERATURE_GPU))
        }

    def _power(self, total: dict[str, float]) -> dict[str, float]:
        return {"power": self._nvml.nvmlDeviceGetPowerUsage(self._handle) / 1000}


def read(folder: Path) -> Load | None:
    """The load of the run with this ``folder``; ``None`` where there is none, or where its file is not ours."""
    path = folder / LOAD
    try:
        stat = path.stat()
    except OSError:
        return None
    return _read(path, stat.st_mtime_ns) if stat.st_size <= _MOST_BYTES else None


@functools.lru_cache(maxsize=64)  # many watch one run
def _read(path: Path, _changed: int) -> Load | None:
    try:
        said = json.loads(path.read_text())
        columns = {name: np.array(said["columns"][name], np.float64) for name in ("seconds", *NAMES)}
        now = {name: float(said["now"][name]) for name in NAMES if name in said["now"]}
        total = {str(name): float(value) for name, value in said["total"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    samples = {name: columns[name] for name in NAMES if np.isfinite(columns[name]).any()}
    return Load(now, total, columns["seconds"], samples)
