"""Whether a training step fits into the memory of the device."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shapes

_UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def too_little_memory(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Iterator[Problem]:
    """A training step that is estimated to take more than the device has."""
    cost, device = shapes.cost, shapes.device
    if cost is None or device is None:
        return
    batch_size, peak = spec.training.batch_size, cost.peak_bytes(spec.training.batch_size)
    if peak <= device.memory_bytes:
        return
    fitting = cost.largest_batch(device.memory_bytes)
    there = in_words(device.memory_bytes) + (f" ({device.setting})" if device.setting else "")
    what = (
        f"training.batch_size: a step with {batch_size:,} samples takes about {in_words(peak)}, "
        f"and {device.name} has {there} for a run"
    )
    if fitting:
        fix = with_value(spec, "training.batch_size", fitting)
        yield Problem("memory", "training.batch_size", f"{what}: {fitting:,} samples would fit", False, fix)
    else:
        reason = f"{what}: not even one sample would fit, make the model smaller"
        yield Problem("memory", "training.batch_size", reason, False)


def in_words(size: float) -> str:
    """So many bytes in a unit with at most three digits before the point: "2.4 MB", "116 kB"."""
    for factor, unit in _UNITS:
        if size >= factor:
            return f"{size / factor:.{0 if size >= 100 * factor else 1}f} {unit}"
    return f"{size:.0f} B"
