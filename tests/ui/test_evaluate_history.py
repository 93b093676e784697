"""How the training rows were learned, and the report, on the page Evaluate; without an engine."""

import numpy as np
import pytest

from playground import data, recipes
from playground.engine.asked import history_of, report_of
from playground.runs.artifacts import EPOCHS, REPORT
from playground.runs.evaluations import Evaluation, keep
from playground.settings import settings
from playground.ui import evaluate_history
from tests.ui import stories
from tests.ui.test_evaluate import EVALUATE, STEP, evaluated, metrics, no_host, words

__all__ = ["no_host"]
TITLE = "How the training rows were learned"
SAID = {"Labels to check", "Learned early", "Learned late", "Forgotten", "Never learned"}


def ended(store):
    """A finished run that has kept its last weights too; its id."""
    journal = stories.started(store)
    stories.trained(journal, 1, stories.EPOCHS)
    done = {"epoch": stories.EPOCHS, "step": STEP, "seconds": 3.9}
    journal.append("checkpoint", {"which": "last", "file": "last.weights.h5", **done})
    journal.append("finished", {**done, "test": {}, "baseline": {}})
    return journal.run_id


@pytest.fixture
def followed(store, monkeypatch):
    """A run that kept the weights of three epochs, and what they answered to 40 rows; its id."""
    monkeypatch.setattr(stories, "finished", ended)
    run_id = evaluated(store)
    folder = settings().run_dir(run_id)
    (folder / EPOCHS).mkdir(parents=True)
    epochs = [1, 2, stories.EPOCHS]
    for epoch in epochs[:-1]:
        (folder / EPOCHS / f"{epoch:07d}.npy").touch()
    spec = recipes.recipe("digits-mlp").spec
    label = np.array(data.prepare(spec.dataset, spec.seed, settings()).array("y_train")[:40], np.int32)
    right = np.zeros((3, 40), bool)
    right[:, :20] = True  # early
    right[2:, 20:30] = True  # late
    right[:2, 30:35] = True  # forgotten
    given = np.where(right, 0.9, 0.05).astype(np.float32)
    found = Evaluation(
        {"epochs": epochs, "n": 40, "of": 1257},
        {
            "at": np.arange(40),
            "label": label,
            "answered": np.where(right, label, (label + 1) % 10).astype(np.int16),
            "given": given,
            "margin": (2 * given - 1).mean(axis=0),
            "instead": (label + 1) % 10,
        },
    )
    keep(folder, history_of(run_id, stories.EPOCHS, STEP).key, found)
    return run_id


def test_a_run_that_kept_no_epochs_says_so(store, open_page):
    page = open_page(EVALUATE, run=evaluated(store), history="true")
    assert "kept no weights of single epochs" in words(page)
    assert "PLAYGROUND_MAX_HISTORY_MB" in words(page)
    assert not SAID & metrics(page).keys()


def test_nothing_is_asked_before_somebody_wants_it(followed, store, open_page):
    page = open_page(EVALUATE, run=followed)
    assert TITLE in words(page)
    assert not SAID & metrics(page).keys()
    next(each for each in page.toggle if "single rows" in each.label).set_value(True).run()
    assert not page.exception
    assert metrics(page).keys() >= SAID


def test_rows_are_told_by_when_they_were_learned(followed, open_page):
    page = open_page(EVALUATE, run=followed, history="true")
    shown = {name: number for name, (number, _delta) in metrics(page).items() if name in SAID}
    assert shown == {
        "Learned early": "20",
        "Learned late": "10",
        "Forgotten": "5",
        "Never learned": "5",
        "Labels to check": "15",
    }
    assert metrics(page)["Learned early"][1] == "50.0 % of the rows"
    assert "15 rows. The first 12 are shown. 40 of 1,257 training rows were followed" in words(page)


@pytest.mark.parametrize(
    ("kind", "n", "said"),
    [("never", 5, " as "), ("forgotten", 5, " as "), ("labels", 12, "rather"), ("late", 10, "20")],
)
def test_the_rows_of_a_group_are_shown(followed, open_page, kind, n, said):
    page = open_page(EVALUATE, run=followed, history="true", learned=kind)
    captions = [each.caption for each in page.get("image")[-1].proto.imgs]
    assert len(captions) == n
    assert all(said in each for each in captions)


def test_the_file_has_every_row(followed, store):
    spec = recipes.recipe("digits-mlp").spec
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    found = evaluate_history.kept(settings().run_dir(followed), history_of(followed, stories.EPOCHS, STEP).key)
    table = evaluate_history._table(found, evaluate_history._learned(found), prepared)
    assert {len(column) for column in table.values()} == {40}
    assert table["learned"] == ["early"] * 20 + ["late"] * 10 + ["forgotten"] * 5 + ["never"] * 5
    assert table["times_forgotten"] == [0] * 30 + [1] * 5 + [0] * 5
    assert table["source_row"] == prepared.array("rows_train")[:40].tolist()


def test_the_report_is_made_once_and_then_given_away(store, open_page):
    run_id = evaluated(store)
    page = open_page(EVALUATE, run=run_id)
    assert [each.label for each in page.button if "report" in each.label] == ["Make the report"]
    asking = report_of(run_id, store.runs.run(run_id).seq)
    job = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    page = open_page(EVALUATE, run=run_id)
    assert not [each.label for each in page.button if "report" in each.label]
    assert page.get("skeleton")
    store.jobs.end(job, "finished", result={"bytes": 3})
    assert "Make the report" in [each.label for each in open_page(EVALUATE, run=run_id).button]  # somebody removed it
    (settings().run_dir(run_id) / REPORT).write_text("<p>", encoding="utf-8")
    page = open_page(EVALUATE, run=run_id)
    assert "Report (HTML)" in [each.proto.label for each in page.get("download_button")]
