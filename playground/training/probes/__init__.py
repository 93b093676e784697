"""The parts of the live view that look at the model: see :mod:`playground.training.probing` for when they do."""

from playground.training.probes.parts import probes

__all__ = ["probes"]
