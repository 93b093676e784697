"""What is known of a dataset before or after preparation, as a plain value."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Task = Literal["binary", "multiclass", "regression", "reconstruction"]


_LEAST_SIDE = 4


def is_sequence_shape(shape: tuple[int, ...]) -> bool:
    """Whether ``shape`` is that of a few numbers a step, fewer than the narrowest image has columns."""
    return len(shape) == 2 and shape[-1] < _LEAST_SIDE


class Facts(BaseModel):
    """The shape of the learning problem that a :class:`DatasetSpec` poses.

    Attributes:
        task: ``binary`` (labels 0 and 1), ``multiclass`` (labels 0 to n-1), ``regression``, or ``reconstruction``,
            whose targets are the inputs themselves.
        input_shape: one sample after preparation, without the batch axis.
        input_dtype: numpy dtype name of the inputs.
        target_shape: one target, without the batch axis; ``()`` for labels and single numbers. Several numbers are
            ``(n,)`` or ``(steps, numbers)``, a label a step is ``(steps,)``.
        target_dtype: numpy dtype name of the targets.
        classes: class names, in label order; empty for regression and reconstruction.
        features: names of the columns of a table, in order; empty otherwise.
        unit: unit of a regression target, or empty.
        largest: about the size of the largest input value after preparation; ``None`` where nobody knows.
        n_train, n_validation, n_test: rows of each part; ``None`` while the data has not been looked at.
        vocabulary: how many words there are where the inputs are the numbers of words, 0 among them; else ``None``.
        symbols: what the numbers of an input stand for, such as letters; empty where they are words or quantities.
        unknown_words: what share of the words of the validation part, 0 to 1, the network does not know; ``None`` where
            there are no words, nobody has looked, or there is no such part.
        is_series: whether a sample is a window of a series, so that "as the last value" is an answer to beat.
        repeated: how many rows of the validation and of the test part are equal to a training row; ``None`` while the
            rows have not been divided.
        fitted: parameters fitted on the training part, by step position, as JSON.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Task
    input_shape: tuple[int, ...]
    input_dtype: str = "float32"
    target_shape: tuple[int, ...] = ()
    target_dtype: str = "float32"
    classes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    unit: str = ""
    largest: float | None = None
    n_train: int | None = None
    n_validation: int | None = None
    n_test: int | None = None
    vocabulary: int | None = None
    symbols: tuple[str, ...] = ()
    unknown_words: float | None = None
    is_series: bool = False
    repeated: tuple[int, int] | None = None
    fitted: tuple[dict[str, Any], ...] = ()

    @property
    def answer_shape(self) -> tuple[int, ...]:
        """What a network answers for one sample whose last axis is a class each, or the numbers to predict.

        One number for two classes; ``(0,)`` where nobody knows how many classes there are.
        """
        if self.task == "multiclass":
            return (*self.target_shape, len(self.classes))
        return self.target_shape or (1,)

    @property
    def is_sequence_answered(self) -> bool:
        """Whether an answer is a sequence: a symbol or some numbers a step."""
        return self.task != "reconstruction" and len(self.answer_shape) > 1
