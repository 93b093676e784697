"""A whole run for a table that was taken in: columns, preparation, split and a model, as a beginner would be told."""

from playground.data.errors import DataError
from playground.data.outline import outline
from playground.data.table import CLASSES
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.image_proposal import proposed_images
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.settings import Settings
from playground.specs import CallbackSpec, DatasetSpec, MetricSpec, RunSpec, SplitSpec, StepSpec
from playground.specs.args import Args
from playground.specs.facts import Facts
from playground.specs.run_spec import RECONSTRUCTED
from playground.specs.templates import started

TASKS = ("binary", "multiclass", "regression", "series")
"""What can be learned of a table."""

_FEW_OF_A_CLASS = 10
_PATIENCE = 15
_EPOCHS = 200
_MANY_EPOCHS_ROWS = 20_000
_USUAL_WINDOW = 24
_WINDOWS = 5


def proposed_dataset(profile: Profile, task: str | None = None) -> DatasetSpec:
    """The columns, steps and split that are proposed for a table.

    Of a series the changes are learned: a network that knows nothing then answers with the last value, also where a
    trend has left the range of the training part, which beats what was learned there.

    Args:
        profile: the table's.
        task: one of :data:`TASKS`; the proposed one without.

    Raises:
        DataError: no column is left to learn from.
    """
    goal = profile.column(profile.target)
    task = task or profile.task
    if task == "series":
        return DatasetSpec(
            source="series",
            options=Args({"file": profile.file, "difference": True, **_window(profile.n_rows - goal.missing)}),
            target=_named(profile, goal),
            steps=(StepSpec(kind="standardise"), StepSpec(kind="standardise_target")),
            split=SplitSpec(kind="ordered"),
        )
    used = [each for each in profile.columns if each.name != goal.name and not each.aside]
    is_rare = task != "regression" and goal.fewest < _FEW_OF_A_CLASS
    return DatasetSpec(
        source="table",
        options=Args({"file": profile.file, "task": task}),
        target=_named(profile, goal),
        features=tuple(_named(profile, each) for each in used),
        steps=_steps(used, task),
        split=SplitSpec(kind="holdout", args=Args({"stratify": False} if is_rare else {})),
    )


def proposed(profile: Profile | ArrayProfile, settings: Settings, task: str | None = None, seed: int = 0) -> RunSpec:
    """A run of :func:`proposed_dataset` with a small network that stops when it learns no more.

    Raises:
        DataError: the target or the task does not fit the table.
    """
    if isinstance(profile, ArrayProfile):
        return proposed_images(profile, settings, task, seed)
    dataset = proposed_dataset(profile, task)
    facts = outline(dataset, settings)
    is_text = any(step.kind == "tfidf" for step in dataset.steps)
    spec = started(dataset, facts, _template(facts, is_text), seed)
    metrics = spec.training.metrics
    if facts.task == "regression":
        metrics = (*metrics, MetricSpec(kind="R2Score"))
    n = facts.n_train or 0
    stop = CallbackSpec(
        kind="EarlyStopping",
        args=Args({"monitor": "val_loss", "patience": _PATIENCE, "restore_best_weights": True}),
    )
    training = spec.training.model_copy(
        update={
            "metrics": metrics,
            "epochs": _EPOCHS if n <= _MANY_EPOCHS_ROWS else spec.training.epochs,
            "callbacks": (stop,),
        }
    )
    name = f"{profile.name}: {dataset.target}"[:200]
    return spec.model_copy(update={"name": name, "training": training})


def _template(facts: Facts, is_text: bool) -> str:
    """The network to begin with: one layer where sums of many inputs, or of the values before, say nearly all."""
    if facts.is_series:
        return "linear"
    return "logistic" if is_text and facts.task != "regression" else "mlp"


def _window(n: int) -> dict[str, int]:
    """The length of the windows of a series of ``n`` values, where the usual one would leave too few of them."""
    short = max(1, n // _WINDOWS)
    return {"window": short} if short < _USUAL_WINDOW else {}


def _named(profile: Profile, column: ColumnProfile) -> str | int:
    """How a spec names a column: ``input`` means something else there."""
    return profile.columns.index(column) if column.name == RECONSTRUCTED else column.name


def _steps(used: list[ColumnProfile], task: str) -> tuple[StepSpec, ...]:
    if not used:
        raise DataError("No column is left to learn from beside the target. Name another target.")
    types = {column.type for column in used}
    has_gaps = any(column.missing for column in used if column.type in ("number", "date"))
    wanted = {
        "date_parts": "date" in types,
        "fill": has_gaps,
        "one_hot": bool(types & set(CLASSES)),
        "tfidf": "text" in types,
        "standardise": bool(types & {"number", "date"}),
        "standardise_target": task == "regression",
    }
    return tuple(StepSpec(kind=kind) for kind, is_wanted in wanted.items() if is_wanted)
