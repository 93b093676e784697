"""What is asked about what a run has learned. Imports nothing of the Keras side."""

from typing import Any

from playground.engine.asked import Asking


def explanation_of(run_id: str, which: str, step: int, part: str, what: str, **args: Any) -> Asking:
    """One way of looking at a run's weights; see :data:`playground.insight.explain.WAYS`.

    Args:
        run_id: the run.
        which: the weights of the ``best`` epoch or of the ``last``.
        step: the training step that they are of: of a run that goes on everything is computed anew.
        part: ``validation`` or ``train``.
        what: the way.
        args: its arguments, JSON values.
    """
    return Asking("explain", {"run": run_id, "which": which, "step": step, "part": part, "what": what, "args": args})
