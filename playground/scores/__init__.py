"""How good answers are, by NumPy alone, so that jobs and pages count alike."""
