"""The rules behind :func:`playground.specs.problems.problems`, one file a family."""
