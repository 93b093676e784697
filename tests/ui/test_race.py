"""The fair race on the page Optimizers, through app.py: the choice, a race with its ranking, and what it says."""

import pytest

from playground import catalog
from playground.runs import Comparison, Run, Store
from playground.specs.race import ASPECTS, members, offered
from playground.ui import race_live, race_words
from tests.ui.test_compare import SPEC, table, told
from tests.ui.test_train import buttons, press, text

OPTIMIZERS = "pages/9_Optimizers.py"
RACING = {label: offered("rates", SPEC)[label] for label in ("0.01", "0.1")}


def raced(store: Store, epochs: tuple[int, ...], seeds=(7,), draft_id: str | None = None) -> Comparison:
    return told(store, "race", members(RACING, seeds), epochs, draft_id)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_contestant_is_offered(open_page, aspect):
    page = open_page(OPTIMIZERS, part="race", by=aspect)
    assert not page.exception
    assert "Start the race of" in " ".join(buttons(page))
    if aspect in ("optimizers", "schedules", "activations", "initializers"):
        options = [option for pills in page.get("button_group") for option in pills.options]
        named = " ".join(options).replace("\\", "")
        assert all(entry.id in named for entry in catalog.entries(aspect))


def test_one_alone_does_not_race(open_page):
    page = open_page(OPTIMIZERS, part="race", **{"who-optimizers": "Adam"})
    assert page.button(key="race-start").disabled
    assert "Choose two or more." in text(page)


def test_of_one_seed_the_ranking_says_that_it_may_be_luck(store, open_page):
    draft = store.drafts.create(SPEC, "local")
    made = raced(store, (20, 20), draft_id=draft.id)
    page = open_page(OPTIMIZERS, part="race", race=made.id, draft=draft.id)
    assert not page.exception
    assert [row["Place"] for row in table(page)] == ["1", "2"]
    assert table(page)[0]["Validation accuracy"] == "0.975"
    assert "Verdict" not in table(page)[0]
    assert "One seed does not tell skill from luck" in text(page)
    assert len(page.get("echarts_chart")) == 1  # loss and accuracy in one, with a common cursor
    assert "Race again" in buttons(page)


def test_of_several_seeds_it_says_who_may_be_the_best(store, open_page):
    made = raced(store, (20,) * 6, seeds=(7, 8, 9))
    page = open_page(OPTIMIZERS, part="race", race=made.id)
    assert [row["Verdict"] for row in table(page)] == ["may be the best"] * 2
    assert table(page)[0]["Validation accuracy, mean"] == "0.975 ± 0.000"
    assert "3 seeds do not tell them apart" in text(page)


def test_while_it_goes_on_all_are_paused_resumed_and_stopped_together(store, open_page):
    made = raced(store, (3, 3))
    page = open_page(OPTIMIZERS, part="race", race=made.id)
    assert {"Pause", "Stop all"} <= set(buttons(page))
    press(page, "Pause")
    assert {request.kind for m in made.members for request in store.runs.requests(m.run_id)} == {"pause"}
    for member in made.members:
        store.runs.append(member.run_id, "paused", {})
    page.run()
    press(page, "Resume")
    kinds = [[request.kind for request in store.runs.requests(m.run_id)] for m in made.members]
    assert kinds == [["pause", "resume"]] * 2


def test_the_first_is_taken_with_model_and_training_but_not_with_epochs_or_seed(store, open_page):
    draft = store.drafts.create(SPEC, "local")
    longer = RACING["0.1"].model_copy(
        update={"seed": 99, "training": RACING["0.1"].training.model_copy(update={"epochs": 3})}
    )
    found = race_live.taken(draft.spec, longer)
    assert found == RACING["0.1"].model_copy(update={"name": SPEC.name})


def test_an_unknown_race_is_said(open_page):
    page = open_page(OPTIMIZERS, part="race", race="nothing")
    assert not page.exception
    assert "There is no such race" in text(page)


def test_what_was_checked_is_said():
    def run(weights: str, order: str = "o"):
        fair = {"weights": weights, "order": order}
        return Run("id", "n", "o", "d", 1, 0.0, fair_start=fair)

    assert "same first weights" in race_words.fair([[run("a"), run("a")], [run("b"), run("b")]])
    assert "differ, as the contestants draw them" in race_words.fair([[run("a"), run("b")]])
    assert "The batches differ" in race_words.fair([[run("a"), run("a", "p")]])
    assert race_words.fair([[run("a")], []]) == ""
