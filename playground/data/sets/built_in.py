"""The data sets that scikit-learn brings along."""

from collections.abc import Callable, Mapping
from typing import Any

from playground.data.source import Loaded, Progress
from playground.settings import Settings

Load = Callable[[Mapping[str, Any], int, Settings, Progress], Loaded]


def built_in(name: str, shape: tuple[int, ...] | None = None) -> Load:
    """A function that loads ``sklearn.datasets.load_<name>()``, each row reshaped to ``shape`` if given."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        from sklearn import datasets  # half a second

        x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
        return Loaded(x if shape is None else x.reshape(-1, *shape), y)

    return load
