"""A whole run for images or arrays that were taken in: preparation, split and a model, as a beginner would be told."""

from playground.data.outline import outline
from playground.data.uploads.array_profile import ArrayProfile
from playground.settings import Settings
from playground.specs import CallbackSpec, DatasetSpec, MetricSpec, RunSpec, SplitSpec, StepSpec
from playground.specs.args import Args
from playground.specs.facts import Facts
from playground.specs.templates import started
from playground.specs.templates.images import is_image

_FEW_OF_A_CLASS = 10
_PATIENCE = 10
_EPOCHS = 60
_MANY_EPOCHS_ROWS = 5_000
_BRIGHTEST = 255.0


def proposed_images_dataset(profile: ArrayProfile, task: str | None = None) -> DatasetSpec:
    """The steps and the split that are proposed for images or arrays.

    Args:
        profile: theirs.
        task: ``binary``, ``multiclass`` or ``regression``; the proposed one without.
    """
    options = {"file": profile.file}
    if profile.source == "arrays" and task is not None:
        options["task"] = task
    return DatasetSpec(
        source=profile.source, options=Args(options), steps=_steps(profile, task), split=_split(profile, task)
    )


def proposed_images(profile: ArrayProfile, settings: Settings, task: str | None = None, seed: int = 0) -> RunSpec:
    """A run of :func:`proposed_images_dataset` with a small network that stops when it learns no more.

    Raises:
        DataError: the task does not fit, or there are too few rows.
    """
    dataset = proposed_images_dataset(profile, task)
    facts = outline(dataset, settings)
    spec = started(dataset, facts, _template(profile, facts), seed)
    metrics = spec.training.metrics
    if facts.task == "regression":
        metrics = (*metrics, MetricSpec(kind="R2Score"))
    watched = "val_loss" if facts.n_validation else "loss"
    stop = CallbackSpec(
        kind="EarlyStopping",
        args=Args({"monitor": watched, "patience": _PATIENCE, "restore_best_weights": True}),
    )
    epochs = _EPOCHS if (facts.n_train or 0) <= _MANY_EPOCHS_ROWS else spec.training.epochs
    training = spec.training.model_copy(update={"metrics": metrics, "epochs": epochs, "callbacks": (stop,)})
    return spec.model_copy(update={"name": profile.name[:200], "training": training})


def _steps(profile: ArrayProfile, task: str | None) -> tuple[StepSpec, ...]:
    steps = []
    if profile.kind != "images":
        steps.append(StepSpec(kind="standardise"))
    elif profile.lowest >= 0 and profile.highest > 1:
        steps.append(StepSpec(kind="scale", args=Args({"maximum": max(profile.highest, _BRIGHTEST)})))
    elif profile.lowest < 0:
        steps.append(StepSpec(kind="standardise"))
    if profile.kind == "images" and len(profile.shape) == 2:
        steps.append(StepSpec(kind="add_channel"))
    if (task or profile.task) == "regression":
        steps.append(StepSpec(kind="standardise_target"))
    return tuple(steps)


def _split(profile: ArrayProfile, task: str | None) -> SplitSpec:
    if profile.parts is not None and profile.parts.test:
        return SplitSpec(kind="own_parts" if profile.parts.validation else "given")
    is_rare = (task or profile.task) != "regression" and min(profile.counts, default=0) < _FEW_OF_A_CLASS
    return SplitSpec(kind="holdout", args=Args({"stratify": False} if is_rare else {}))


def _template(profile: ArrayProfile, facts: Facts) -> str:
    if profile.kind == "images" and is_image(facts):
        return "cnn"
    return "conv1d" if profile.kind == "sequences" else "mlp"
