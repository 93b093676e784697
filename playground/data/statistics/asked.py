"""Which picture is asked for, of what, and how."""

import hashlib
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from playground.specs import DatasetSpec

MAX_COLUMNS = 12
"""As many columns may be chosen for one picture."""

_VERSION = 1
"""Of what the pictures hold: kept ones of another version are taken anew."""


class Asked(BaseModel):
    """One picture of a dataset.

    Attributes:
        picture: its name in :data:`PICTURES`.
        dataset, seed: of what.
        is_after: whether the values after the steps are looked at, not those that come.
        has_parts: whether the dataset is prepared, so that its rows are known to be of a part.
        columns: names of those looked at; empty for the ones that say most about the target.
        method: how a map is drawn.
        perplexity: of t-SNE, about how many neighbours of a point count.
        theme: the colours of a picture that is drawn here; empty where the page draws it.
        stamp: changes with the file that the rows are read from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    picture: str
    dataset: DatasetSpec
    seed: int
    is_after: bool = False
    has_parts: bool = False
    columns: tuple[str, ...] = Field(default=(), max_length=MAX_COLUMNS)
    method: Literal["pca", "tsne"] = "pca"
    perplexity: float = Field(default=30.0, ge=2.0, le=100.0)
    theme: Literal["", "light", "dark"] = ""
    stamp: str = ""

    @property
    def key(self) -> str:
        """SHA-256 of all of it, 64 hexadecimal digits: equal for what would look the same."""
        values = {**self.model_dump(mode="json"), "version": _VERSION}
        text = json.dumps(values, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
