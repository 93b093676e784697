"""Lines of a script that change the numbers to predict."""

from collections.abc import Mapping

TARGET_LINES: Mapping[str, tuple[str, ...]] = {
    "standardise_target": ("y = (y - y[train].mean()) / (y[train].std() or 1.0)",),
    "log_target": ("y = np.log1p(y)",),
}
"""By the id of the step in the catalogue; ``train`` are the rows of the training part."""
