"""What an ended run says, for ``run``: the verdict, why, and the usual remedies."""

from dataclasses import dataclass
from typing import Any

from rich.console import Console

from playground.data import DataError, outline
from playground.engine.client import Client
from playground.runs import Run
from playground.runs.history import history
from playground.runs.judged import epoch_curves
from playground.runs.verdict import Verdict, verdict
from playground.runs.verdict_words import sentences, title
from playground.specs import RunSpec
from playground.specs.difference import differences
from playground.specs.remedies import Remedy, remedies


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict with the remedies proposed for it, and the run that they change."""

    verdict: Verdict
    remedies: tuple[Remedy, ...]
    spec: RunSpec

    def as_json(self) -> dict[str, Any]:
        """``kind``, ``because`` in sentences, and ``remedies``, each with what it changes as ``path: old -> new``."""
        return {
            "kind": self.verdict.kind,
            "because": " ".join(sentences(self.verdict)),
            "remedies": [
                {"label": one.label, "why": one.why, "changes": _changes(self.spec, one.spec)} for one in self.remedies
            ],
        }

    def tell(self) -> None:
        """Print it for people: the verdict and why in a line, and what usually helps in another."""
        console = Console()
        lines = [f"{title(self.verdict.kind)}. {' '.join(sentences(self.verdict))}"]
        if self.remedies:
            lines.append(f"Usual remedies: {'; '.join(one.label for one in self.remedies)}.")
        for line in lines:
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def said(client: Client, spec: RunSpec, run: Run) -> Said | None:
    """What ``run`` of ``spec`` says; ``None`` where its curves say nothing."""
    found = verdict(spec, run, epoch_curves(history(client.store.runs, run.id)))
    if found is None:
        return None
    try:
        facts = outline(spec.dataset)
    except DataError:
        facts = None
    best = found.judged.best_epoch if found.judged is not None else None
    proposed = remedies(found.kind, spec, facts, client.settings, best, has_learned=found.has_learned)
    return Said(found, proposed, spec)


def _changes(before: RunSpec, after: RunSpec) -> list[str]:
    return [f"{each.path}: {each.before or 'none'} -> {each.after or 'none'}" for each in differences(before, after)]
