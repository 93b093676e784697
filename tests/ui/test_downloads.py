import csv

import numpy as np

from playground import recipes
from playground.charts import Line
from playground.export import script
from playground.runs.weights import keep
from playground.settings import settings
from playground.ui import downloads
from playground.ui.reader import View
from playground.ui.series import Series


def view(epochs=None, batches=None) -> View:
    return View(None, None, epochs or {}, batches or {})


def series(x, y) -> Series:
    return Series(np.array(x, float), np.array(y, float), len(x))


def test_epochs_as_a_table_with_holes_where_nothing_was_measured():
    curves = {"loss": series([1, 2, 3], [0.5, np.nan, 0.25]), "val_loss": series([2], [0.75])}
    rows = list(csv.DictReader(downloads.epochs_csv(view(curves)).splitlines()))
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    assert [row["loss"] for row in rows] == ["0.5", "nan", "0.25"]
    assert [row["val_loss"] for row in rows] == ["", "0.75", ""]


def test_a_run_without_points_is_a_head_line():
    assert downloads.batches_csv(view()) == "epoch\n"


def test_a_series_is_a_line_with_its_points():
    line = series([1, 2], [3, 4]).line("training")
    assert isinstance(line, Line)
    assert (line.x.tolist(), line.y.tolist()) == ([1, 2], [3, 4])


def test_weights_that_training_starts_from_have_the_name_by_which_the_code_loads_them(home, tmp_path):
    spec = recipes.recipe("digits-mlp").spec
    assert downloads._weights(spec) == ()
    source = tmp_path / "weights"
    source.write_bytes(b"some weights")
    digest = keep(source, settings())
    started = spec.model_copy(update={"model": spec.model.model_copy(update={"weights": digest})})
    (file,) = downloads._weights(started)
    assert file.made() == b"some weights"
    assert file.name in script(started)
    lost = spec.model_copy(update={"model": spec.model.model_copy(update={"weights": "ab" * 32})})
    assert downloads._weights(lost) == ()
