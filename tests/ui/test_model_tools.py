"""Model tools and import on the Model page, with an engine that answers by hand."""

import csv
import io
import os

import numpy as np
import pytest

from playground import recipes
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.engine.foreign import foreign
from playground.runs import Store
from playground.settings import Settings, settings
from playground.specs import RunSpec
from playground.ui import model_import, model_weights, shapes, shell
from tests.ui.conftest import Open

SPEC = recipes.recipe("digits-mlp").spec
KEPT = SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"weights": "ab" * 32})})


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An engine whose layers all fit, and that says this of weights to start from."""
    shapes._asked.cache_clear()
    said = {"weights_misfit": ""}

    def ask(self: Client, question: str, args, arrays=None):
        layers = RunSpec.from_dict(args["spec"]).model.layers
        sizes = [(each.name, each.kind, [10] if each.kind == "Dense" else [64]) for each in layers]
        listed = [
            {"name": name, "kind": kind, "output_shape": shape, "parameters": 1, "trainable": 1}
            for name, kind, shape in sizes
        ]
        return {"summary": {"layers": listed, "parameters": 3, "trainable": 3}, "error": None, **said, "cost": None}, {}

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", ask)
    return said


def test_weights_that_no_longer_fit_are_told_and_mended(open_page: Open, store: Store, answers):
    answers["weights_misfit"] = "the layer hidden has other shapes than they have"
    draft = store.drafts.create(KEPT, settings().owner)
    app = open_page(shell.MODEL, draft=draft.id)
    said = "\n".join(str(each.value) for each in app.main.markdown)
    assert "the layer hidden has other shapes" in said
    app.button(key="fix-elsewhere-0").click().run()
    assert not app.exception, app.exception
    assert store.drafts.draft(draft.id).spec == SPEC


def test_weights_that_fit_are_no_problem(open_page: Open, store: Store, answers):
    app = open_page(shell.MODEL, draft=store.drafts.create(KEPT, settings().owner).id)
    assert "Everything fits" in "\n".join(str(each.value) for each in app.main.caption)


def test_a_histogram_is_a_table_whose_rows_meet():
    counts, edges = np.histogram(np.linspace(-1, 1, 100), bins=4)
    rows = list(csv.DictReader(io.StringIO(model_weights.histogram_csv(counts, edges))))
    assert [int(row["count"]) for row in rows] == [25, 25, 25, 25]
    assert [row["to"] for row in rows[:-1]] == [row["from"] for row in rows[1:]]


@pytest.mark.parametrize(
    ("shape", "first"), [((8, 8), ["digits"]), ((None, 8), ["digits"]), ((28, 28), ["mnist"]), ((3, 7), []), ((), [])]
)
def test_datasets_are_proposed_by_the_shape_of_their_samples(shape, first):
    assert model_import._fitting(shape)[:1] == first


def test_a_file_over_the_limit_is_refused_before_anybody_reads_it(tmp_path):
    client = Client(Settings(home=tmp_path / "untouched", max_model_upload_mb=1))
    with pytest.raises(SpecError, match="PLAYGROUND_MAX_MODEL_UPLOAD_MB"):
        foreign(client, bytes(1_000_001), SPEC)
    assert not (tmp_path / "untouched").exists()


def test_uploads_that_a_killed_server_left_are_swept(tmp_path, monkeypatch):
    client = Client(Settings(home=tmp_path))
    monkeypatch.setattr(client, "ensure_host", lambda: None)
    folder, seen = client.settings.uploads_dir, []
    monkeypatch.setattr(client, "ask", lambda question, args: (seen.append(list(folder.iterdir())) or {}, {}))
    folder.mkdir()
    left, young = folder / ".left", folder / ".young"
    left.write_bytes(b"left behind")
    young.write_bytes(b"being read by another server")
    os.utime(left, (0, 0))
    foreign(client, b"a model", SPEC)
    assert list(folder.iterdir()) == [young]
    assert len(seen[0]) == 2, "what is being read lies there while it is"
