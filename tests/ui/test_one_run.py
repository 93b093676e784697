"""One run, whole, through app.py: the page Runs with the run in its address."""

import pytest

from playground.engine import comparisons
from playground.engine.client import Client, SpecError
from playground.engine.seeds import new_seeds
from playground.runs import event_pages
from playground.runs.artifacts import Artifact
from playground.settings import settings
from tests.ui import stories
from tests.ui.test_train import buttons, links, press, text

RUNS = "pages/19_Runs.py"


@pytest.fixture
def engineless(monkeypatch) -> None:
    """Whatever is asked for is taken in without a host."""
    monkeypatch.setattr(comparisons, "check", lambda spec, client: None)
    monkeypatch.setattr("playground.engine.client.check", lambda spec, client: None)
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)


def table(page) -> dict[str, str]:
    """The facts of the environment."""
    return {row[""]: row["Value"].replace("\\", "") for row in page.table[0].value.to_dict("records")}


def test_a_run_with_its_events_its_curves_and_the_ways_on(store, open_page):
    run_id = stories.finished(store)
    page = open_page(RUNS, run=run_id)
    said = text(page)
    assert run_id in said
    assert {"Open as draft", "Same seed", "Train them"} <= set(buttons(page))
    assert {"Live view", "Evaluate", "Predict"} <= set(links(page))
    assert len(page.get("echarts_chart")) == 2
    events = page.dataframe[0].value
    assert events["Kind"].iloc[0] == "finished"
    assert events["No."].iloc[0] == store.runs.run(run_id).seq
    assert '"accuracy": 0.9741' in events["What it says"].iloc[0]


def test_events_are_filtered_by_kind_in_the_address(store, open_page):
    run_id = stories.finished(store)
    counts = event_pages.counts(store, run_id)
    assert counts["checkpoint"] == stories.EPOCHS
    page = open_page(RUNS, run=run_id, kinds="checkpoint,started")
    kinds = page.dataframe[0].value["Kind"].tolist()
    assert kinds == ["checkpoint"] * stories.EPOCHS + ["started"]
    page = open_page(RUNS, run=run_id, kinds="nonsense")
    assert len(page.dataframe[0].value) == sum(counts.values())


def test_pages_of_events_are_the_newest_first(store):
    run_id = stories.finished(store)
    last = store.runs.run(run_id).seq
    found = [each.seq for at in (0, 4) for each in event_pages.page(store, run_id, ["progress"], limit=4, offset=at)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 8
    assert found[0] < last


def test_the_environment_the_settings_and_the_log_are_parts_of_the_address(store, open_page):
    run_id = stories.failed(store)
    facts = table(open_page(RUNS, run=run_id, part="environment"))
    assert (facts["Keras"], facts["Machine"], facts["Device"]) == (stories.VERSIONS["keras"], "here", "CPU")
    assert facts["Settings' digest"] == store.runs.run(run_id).digest
    page = open_page(RUNS, run=run_id, part="settings")
    code = [each.value for each in page.code]
    assert store.runs.spec(run_id).to_json(indent=1) in code
    assert any("keras.Sequential" in each or "keras.Input" in each for each in code)
    assert "The run has printed nothing." in text(open_page(RUNS, run=run_id, part="log"))
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    (folder / "log.txt").write_text("a line that the process printed\n")
    other = open_page(RUNS, run=stories.failed(store), part="log")
    assert "printed nothing" in text(other)


def test_what_went_wrong_is_said(store, open_page):
    page = open_page(RUNS, run=stories.failed(store))
    assert "try 0.01" in text(page).replace("\\", "")
    assert "Evaluate" in links(page), "it kept the weights of its best epoch"


def test_there_is_no_such_run(store, open_page):
    assert open_page(RUNS, run="nosuch").title[0].value == "There is no such run"


def test_the_settings_are_opened_as_a_draft_of_their_own(store, open_page):
    run_id = stories.finished(store)
    page = open_page(RUNS, run=run_id)
    press(page, "Open as draft")
    assert store.drafts.draft(stories.address(page, "draft")).spec == store.runs.spec(run_id)


def test_the_same_seed_again_follows_the_first_run(store, open_page, engineless):
    run_id = stories.finished(store)
    page = open_page(RUNS, run=run_id)
    press(page, "Same seed")
    again = store.runs.find(limit=1)[0]
    assert again.id != run_id
    assert (again.digest, again.follows) == (store.runs.run(run_id).digest, run_id)


def test_new_seeds_stand_beside_the_run(store, open_page, engineless):
    run_id = stories.finished(store)
    seed = store.runs.spec(run_id).seed
    taken = store.runs.spec(run_id).model_copy(update={"seed": seed + 2})
    store.runs.create(taken, "local")
    page = open_page(RUNS, run=run_id)
    page.number_input(key="one-n-seeds").set_value(2).run()
    press(page, "Train them")
    made = store.comparisons.find("local", limit=1)[0]
    members = [member.run_id for member in made.members]
    assert [store.runs.spec(each).seed for each in members] == [seed + 1, seed + 3], "one seed has been trained already"
    assert stories.address(page, "runs") == ",".join([run_id, *members])
    assert len(page.table[0].value) == 3


def test_a_refusal_is_said_and_leaves_nothing(store, open_page, engineless, monkeypatch):
    def refuse(spec, client):
        raise SpecError("no such data")

    monkeypatch.setattr(comparisons, "check", refuse)
    run_id = stories.finished(store)
    page = open_page(RUNS, run=run_id)
    press(page, "Train them")
    assert any("no such data" in error.value for error in page.error)
    assert [run.id for run in store.runs.find()] == [run_id]
    assert not store.drafts.find("local")


def test_seeds_wrap_before_they_are_too_large(store):
    spec = store.runs.spec(stories.queued(store)).model_copy(update={"seed": 2**31 - 1})
    assert [each.seed for each in new_seeds(store, spec, 2)] == [0, 1]


def test_the_files_the_report_and_the_zip_stand_in_one_place(store, open_page):
    run_id = stories.finished(store)
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    (folder / "model.keras").write_bytes(b"nothing")
    store.artifacts.save(Artifact(run_id, "model.keras", "model", 7))
    store.artifacts.save(Artifact(run_id, "gone.keras", "model", 7))
    page = open_page(RUNS, run=run_id, part="files")
    assert page.dataframe[0].value["File"].tolist() == ["model.keras"]
    assert {"Make the report", "Make the zip"} <= set(buttons(page))


def test_one_run_after_another_in_the_same_session(store, open_page):
    first, second = stories.failed(store), stories.finished(store)
    page = open_page(RUNS, run=first)
    page.button_group(key="lab-kinds").set_value(["failed", "started"]).run()
    assert page.dataframe[0].value["Kind"].tolist() == ["failed", "started"]
    page.query_params["run"] = second
    page.run()
    assert not page.exception
    assert second in text(page)
    assert "started" in page.dataframe[0].value["Kind"].tolist()
