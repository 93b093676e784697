"""The page Predict, from a store filled by hand: which run is asked, and a row to begin with."""

import pytest

from playground import data
from playground.engine.predict_files import inputs_of
from playground.recipes import recipe
from playground.settings import settings
from playground.ui import predict_ask
from playground.ui.lab_answers import Answer
from playground.ui.run_names import run_names
from tests.ui import stories
from tests.ui.test_train import text

PREDICT = "pages/17_Predict.py"
COLUMNS = [
    {"name": "a_b", "type": "number", "values": [], "may_be_empty": False, "date_format": "", "minimum": 0.0}
    | {"maximum": 2.0, "is_whole": False, "usual": 1.0},
    {"name": "kind", "type": "category", "values": ["x", "y"], "may_be_empty": True, "date_format": "", "usual": "x"},
]
INPUTS = {
    "kind": "columns",
    "shape": [2],
    "part": "validation",
    "at": [4, 5],
    "truths": [3.0, 7.0],
    "target": "",
    "unit": "",
}


@pytest.fixture
def run_id(store):
    """A run that has ended and kept the weights of its best epoch, whose inputs a job has described as columns."""
    run_id = stories.finished(store)
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    (folder / "best.weights.h5").touch()
    spec = recipe("digits-mlp").spec
    data.prepare(spec.dataset, spec.seed, settings())
    asking = inputs_of(spec)
    job = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    found = {**INPUTS, "columns": COLUMNS, "rows": [[1.5, "y"], [0.5, None]]}
    store.jobs.end(job, "finished", result=found)
    return run_id


def test_without_a_trained_run_the_page_leads_to_training(open_page, store):
    assert "Nothing trained yet" in text(open_page(PREDICT))
    waiting = stories.queued(store)
    assert "This run has kept no weights yet" in text(open_page(PREDICT, run=waiting))


def test_a_form_begins_with_a_row_of_the_data_and_asks_with_its_cells(open_page, run_id, monkeypatch):
    asked = []

    def ask(chosen, question, args, arrays=None):
        asked.append((chosen.run.id, chosen.which, question, args))
        return Answer(error="The network says **no**.")

    monkeypatch.setattr(predict_ask, "ask", ask)
    page = open_page(PREDICT)
    assert asked[-1] == (run_id, "best", "predict_row", {"cells": {"a_b": 1.5, "kind": "y"}})
    assert "**no**" not in page.warning[0].value, "what is said is not Markdown"
    page.button(key="predict-another-row").click().run()
    assert asked[-1][3] == {"cells": {"a_b": 0.5, "kind": None}}
    page.number_input[0].set_value(9.0).run()
    assert asked[-1][3]["cells"]["a_b"] == 9.0
    assert any("Outside of what there was in the data" in each.value for each in page.caption)
    assert not page.exception


def test_no_two_runs_have_the_same_name_in_the_list(store):
    runs = [store.runs.run(stories.queued(store)) for _ in range(3)]
    names = run_names(runs)
    assert list(names) == [run.id for run in runs]
    assert len(set(names.values())) == 3
