"""Which remedies are proposed for what a run says."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.problems import problems
from playground.specs.remedies import lively, memory, pace, rows, simpler, stronger
from playground.specs.remedies.remedy import Case, Proposal, Remedy
from playground.specs.run_spec import RunSpec

MOST = 4
"""Remedies at once: more are no help in choosing."""

_FOLLOWING = frozenset({"patience-against-epochs", "schedule-against-steps"})  # rules on settings that go by epochs

PROPOSALS: Mapping[str, tuple[Proposal, ...]] = {
    "overfits": (
        simpler.early_stopping,
        simpler.augmentation,
        simpler.dropout,
        simpler.penalty,
        simpler.smaller,
        simpler.fewer_epochs,
    ),
    "underfits": (stronger.unbound, stronger.deeper, stronger.bigger, pace.faster, stronger.longer),
    "not-finished": (stronger.longer, pace.faster),
    "diverged": (pace.slower, pace.clipped, pace.scaled),
    "no-better": (pace.scaled, pace.usual_rate, stronger.bigger, simpler.smaller, stronger.deeper),
    "too-little-data": (rows.validated, rows.more_validation),
    "fits": (),
    "not-finite": (pace.slower, pace.clipped, pace.scaled, lively.usual_start),
    "exploding": (pace.slower, pace.clipped, pace.scaled, lively.usual_start),
    "out-of-memory": (memory.smaller_batch, simpler.smaller),
    "dead-units": (lively.usual_start, lively.leaky, pace.scaled, pace.slower, lively.unsaturated),
    "vanishing": (lively.unsaturated, lively.normalised, lively.usual_start),
    "no-fall": (pace.scaled, pace.usual_rate, lively.usual_start, stronger.unbound, pace.faster, stronger.deeper),
    "overfitting": (simpler.early_stopping, simpler.augmentation, simpler.dropout, simpler.penalty, simpler.smaller),
}
"""What is proposed, the usual first, for every kind of :mod:`verdict <playground.runs.verdict>` and of
:mod:`diagnosis <playground.runs.diagnosis>`."""


def remedies(
    kind: str,
    spec: RunSpec,
    facts: Facts | None = None,
    settings: Settings | None = None,
    best_epoch: int | None = None,
    *,
    has_learned: bool = False,
    fitting_batch: int | None = None,
) -> tuple[Remedy, ...]:
    """Up to four remedies of ``spec`` for a verdict or a diagnosis of ``kind``, the usual first.

    Left out are those that do not apply, and those that would bring a problem that ``spec`` does not have.

    Args:
        kind: of :attr:`playground.runs.verdict.Verdict.kind` or of
            :attr:`playground.runs.diagnosis.Diagnosis.kind`.
        spec: the run that is to be changed.
        facts: the learning problem that its dataset poses.
        settings: the server's limits.
        best_epoch: the epoch with the least validation loss, from 1.
        has_learned: whether the training rows were learned.
        fitting_batch: the batch size that is estimated to fit into memory.

    Raises:
        KeyError: there is no such kind.
    """
    case = Case(spec, facts, best_epoch, has_learned, fitting_batch)
    before = {problem.rule for problem in problems(spec, facts, settings)}
    proposed = (proposal(case) for proposal in PROPOSALS[kind])
    sound = (_sound(one, case, settings, before) for one in proposed if one is not None)
    return tuple(islice((one for one in sound if one is not None), MOST))


def _sound(one: Remedy, case: Case, settings: Settings | None, before: set[str]) -> Remedy | None:
    """``one`` with what goes by the number of epochs brought after it; ``None`` where it brings a problem."""
    for _round in range(len(_FOLLOWING) + 1):
        found = problems(one.spec, case.facts, settings)
        worse = [problem for problem in found if problem.is_blocking or problem.rule not in before]
        if not worse:
            return one
        fix = next((problem.fix for problem in worse if problem.rule in _FOLLOWING and problem.fix is not None), None)
        if fix is None:
            return None
        one = replace(one, spec=fix)
    return None
