"""What is known of images or arrays that were taken in, as plain JSON."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["images", "vectors", "sequences"]
"""What one sample is: pixels, a row of numbers, or steps in an order with numbers at each."""

Sides = tuple[int, int]
"""Height and width in pixels."""


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LeftOut(_Known):
    """Entries of an archive that are not learned from.

    Attributes:
        reason: why, in words.
        count: how many.
        examples: names of a few of them.
    """

    reason: str
    count: int
    examples: tuple[str, ...] = ()


class Folder(_Known):
    """A folder of images in an archive.

    Attributes:
        path: ends in a slash.
        part: 0 training, 1 validation, 2 test.
        label: number of its class.
    """

    path: str
    part: int
    label: int


class Parts(_Known):
    """How many of the rows are of each part, where the file itself divides them; they lie in this order."""

    train: int
    validation: int = 0
    test: int = 0


class ArrayProfile(_Known):
    """Images or arrays.

    Attributes:
        file: the SHA-256 of the file as it came.
        name: what the file was called.
        source: ``images`` of an archive of image files, ``arrays`` of an .npz file.
        kind: what one sample is.
        kind_reason: why, in words.
        shape: one sample without the batch axis; of image files after they are made the same size as proposed.
        n_rows: how many samples there are.
        parts: how the file divides them; ``None`` where it does not.
        task: what is proposed to be learned: ``binary``, ``multiclass`` or ``regression``.
        task_reason: why, in words.
        classes: names of the classes, in label order; empty where the targets are numbers of which there are too many.
        counts: samples of each class.
        has_names: whether the targets are names, and not numbers.
        lowest, highest: the smallest and the largest value of the inputs.
        smallest, largest: of image files, the least and the most pixels a side that were found.
        folders: of image files, where they lie, in the order of the rows.
        kept_side: of image files, to how many pixels a side larger ones were shrunk.
        left_out: what was not taken in.
    """

    file: str
    name: str
    source: Literal["images", "arrays"]
    kind: Kind
    kind_reason: str
    shape: tuple[int, ...]
    n_rows: int
    parts: Parts | None = None
    task: Literal["binary", "multiclass", "regression"]
    task_reason: str
    classes: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    has_names: bool = False
    lowest: float
    highest: float
    smallest: Sides | None = None
    largest: Sides | None = None
    folders: tuple[Folder, ...] = ()
    kept_side: int | None = None
    left_out: tuple[LeftOut, ...] = ()
