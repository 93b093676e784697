"""Another dataset for a draft: what is kept, what follows, and one line that says so."""

from dataclasses import dataclass
from typing import Literal

from playground.specs.facts import Facts
from playground.specs.rules.head import TASK_WORDS, head, with_usual_head
from playground.specs.rules.reconstruction import with_rebuilt_input
from playground.specs.run_spec import DatasetSpec, RunSpec
from playground.specs.templates import started, usual_loss, usual_metrics

Keep = Literal["all", "layers", "nothing"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A spec with another dataset, and what changed besides, in words that need no translation of names."""

    spec: RunSpec
    task: str
    units: int | None
    activation: str | None
    loss: str
    metrics: tuple[str, ...]


def changed(spec: RunSpec, dataset: DatasetSpec, facts: Facts, keep: Keep = "layers") -> Proposal:
    """``spec`` on ``dataset``.

    Args:
        spec: the draft so far.
        dataset: the one to change to.
        facts: of the new dataset.
        keep: ``layers`` keeps all layers and fits the output layer, loss and metrics to the task; ``all`` changes the
            dataset alone; ``nothing`` starts again with an empty model.
    """
    moved = spec.model_copy(update={"dataset": dataset})
    if keep == "nothing":
        fresh = started(dataset, facts, seed=spec.seed)
        moved = fresh.model_copy(update={"name": spec.name})
    elif keep == "layers":
        training = moved.training.model_copy(update={"metrics": usual_metrics(facts)})
        moved = moved.model_copy(update={"training": training})
        fitted = with_rebuilt_input(moved, facts) or with_usual_head(moved, facts)
        if fitted is None:
            loss = moved.training.loss.model_validate({"kind": usual_loss(facts)})
            fitted = moved.model_copy(update={"training": moved.training.model_copy(update={"loss": loss})})
        moved = fitted
    end = head(moved)
    return Proposal(
        moved,
        TASK_WORDS[facts.task],
        end.units if end else None,
        end.activation if end else None,
        moved.training.loss.kind,
        tuple(metric.kind for metric in moved.training.metrics),
    )


def is_finished(spec: RunSpec) -> bool:
    """Whether a draft has layers, so that a change of its dataset should ask what to keep."""
    return bool(spec.model.layers or spec.model.resting)
