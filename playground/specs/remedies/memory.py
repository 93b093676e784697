"""Against a training step that does not fit."""

from playground.locale.text import _
from playground.specs.edit import with_value
from playground.specs.remedies.remedy import Case, Remedy


def smaller_batch(case: Case) -> Remedy | None:
    """The batch that is said to fit, at most half of the one that does not."""
    size = case.spec.training.batch_size
    fitting = min(size // 2, case.fitting_batch or size)
    if fitting < 1:
        return None
    label = _("A batch of {n}").format(n=f"{fitting:,}")
    why = _("Takes fewer rows a step: what every layer keeps for the way back shrinks with them.")
    return Remedy("smaller-batch", label, why, with_value(case.spec, "training.batch_size", fitting))
