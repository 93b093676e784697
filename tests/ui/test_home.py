"""Home: the examples, what is going on, and the last runs."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.engine.client import Client
from playground.engine.errors import HostError, SpecError
from playground.recipes import Recipe
from playground.runs import Store
from playground.specs.edit import with_value
from playground.ui import shell
from tests.ui import stories
from tests.ui.conftest import Open

EVERY = [recipes.recipe(name) for name in recipes.names()]
GROUPS = list(dict.fromkeys(recipe.group for recipe in EVERY))
WITHOUT_DOWNLOAD = [recipe for recipe in EVERY if recipe.offline]


def words(app: AppTest) -> str:
    """All text of the page's main part."""
    return "\n".join(str(element.value) for kind in ("title", "markdown", "caption") for element in app.main.get(kind))


def run_buttons(app: AppTest) -> list[str]:
    return [button.key for button in app.button if str(button.key).startswith("run-")]


def links(app: AppTest) -> list[str]:
    """The ids of the runs that links of the page's main part lead to."""
    queries = [link.proto.query_string for link in app.main.get("page_link")]
    return [query.removeprefix("run=") for query in queries]


def queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes every run and trains none."""

    def submit(self: Client, spec, owner=None, draft_id=None, follows=None):
        return self.store.runs.create(spec, owner or self.settings.owner, draft_id)

    monkeypatch.setattr(Client, "submit", submit)


def shown(app: AppTest) -> list[str]:
    """The names of the examples whose cards are drawn, in order."""
    return [key.removeprefix("run-") for key in run_buttons(app) if key != "run-first"]


def firsts() -> list[str]:
    """The first four examples of every kind."""
    of = [[recipe.name for recipe in EVERY if recipe.group == group] for group in GROUPS]
    return [name for names in of for name in names[:4]]


def test_the_first_examples_of_every_kind_have_a_card(open_page: Open):
    app = open_page()
    assert shown(app) == firsts()
    for name in firsts():
        assert shell.plain(recipes.recipe(name).title) in words(app)


@pytest.mark.parametrize("group", GROUPS)
def test_all_of_a_kind_are_a_click_away(open_page: Open, group: str):
    app = open_page()
    every = [recipe.name for recipe in EVERY if recipe.group == group]
    if len(every) > 4:
        app.button(key=f"all-{group}").click().run()
    else:
        assert f"all-{group}" not in [button.key for button in app.button]
        app.segmented_control(key="example-kind").set_value(group).run()
    assert shown(app) == every


@pytest.mark.parametrize("level", recipes.LEVELS)
def test_examples_are_chosen_by_level(open_page: Open, level: str):
    app = open_page()
    app.pills(key="example-level").set_value(level).run()
    assert shown(app) == [recipe.name for recipe in EVERY if recipe.level == level]


def test_an_example_is_found_by_search(open_page: Open):
    app = open_page()
    app.selectbox(key="example-search").set_value(EVERY[-1].name).run()
    assert shown(app) == [EVERY[-1].name]


def test_examples_that_run_offline_are_chosen_and_all_come_back(open_page: Open):
    app = open_page()
    app.segmented_control(key="example-kind").set_value("Images")
    app.toggle(key="example-offline").set_value(True).run()
    assert shown(app) == [recipe.name for recipe in WITHOUT_DOWNLOAD if recipe.group == "Images"]
    none = next(
        (group, level)
        for group in GROUPS
        for level in recipes.LEVELS
        if not [recipe for recipe in WITHOUT_DOWNLOAD if (recipe.group, recipe.level) == (group, level)]
    )
    app.segmented_control(key="example-kind").set_value(none[0])
    app.pills(key="example-level").set_value(none[1]).run()
    assert shown(app) == []
    assert "No example fits" in words(app)
    app.button(key="examples-all").click().run()
    assert shown(app) == firsts()


@pytest.mark.parametrize("recipe", EVERY, ids=lambda recipe: recipe.name)
def test_every_example_has_a_picture_for_both_themes(recipe: Recipe):
    for theme in ("light", "dark"):
        picture = shell.STATIC / "recipes" / f"{recipe.name}-{theme}.png"
        assert picture.read_bytes().startswith(b"\x89PNG"), picture


def test_an_example_that_needs_a_download_says_so(open_page: Open):
    needing = [name for name in firsts() if not recipes.recipe(name).offline]
    assert words(open_page()).count("Downloads its data once") == len(needing) > 0


def test_an_empty_store_says_what_will_be_here(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    queue(monkeypatch)
    app = open_page()
    assert "will be listed here" in words(app)
    app.button(key="run-first").click().run()
    assert [run.digest for run in store.runs.find()] == [EVERY[0].spec.digest]


def test_run_makes_a_draft_and_opens_the_live_view(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    queue(monkeypatch)
    app = open_page()
    app.button(key="run-spiral").click().run()
    assert not app.exception
    (run,) = store.runs.find()
    (draft,) = store.drafts.find("local")
    assert run.digest == draft.spec.digest == recipes.recipe("spiral").spec.digest
    assert draft.run_id == run.id
    assert stories.address(app, "run") == run.id
    assert stories.address(app, "draft") == draft.id
    assert app.title[0].value != "Pick something to learn"


@pytest.mark.parametrize(
    "error",
    [
        SpecError("The layer output: units must be at most 10^6, *not* 10^12."),
        HostError("The engine could not be started: no space left. The log is /tmp/host.log."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refused_run_leaves_a_sentence_and_nothing_else(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def refuse(self: Client, spec, owner=None, draft_id=None, follows=None):
        raise error

    monkeypatch.setattr(Client, "submit", refuse)
    app = open_page()
    app.button(key="run-spiral").click().run()
    assert not app.exception
    assert [box.value for box in app.error] == [shell.plain(str(error))]
    assert store.drafts.find("local") == []
    assert store.runs.find() == []
    assert not app.button(key="run-spiral").disabled

    queue(monkeypatch)
    app.button(key="run-spiral").click().run()
    assert not app.error
    assert len(store.runs.find()) == 1


def test_a_running_run_is_shown_with_its_progress(open_page: Open, store: Store):
    run_id = stories.running(store, epochs=12)
    app = open_page()
    assert links(app) == [run_id]
    assert "epoch 13 of 20 · validation accuracy 0.9" in words(app)
    assert [bar.proto.value for bar in app.main.get("progress")] == [60]
    assert "Your last runs" not in words(app)


def test_a_waiting_run_is_shown_with_its_place(open_page: Open, store: Store):
    first, second = stories.queued(store), stories.queued(store, "spiral")
    app = open_page()
    assert links(app) == [first, second]
    assert "1st in line" in words(app)
    assert "2nd in line" in words(app)


def test_runs_that_have_just_begun_say_what_they_do(open_page: Open, store: Store):
    journal = stories.started(store)
    assert "building the model" in words(open_page())
    journal.append("progress", {"phase": "testing", "epoch": 20, "step": 800, "seconds": 3.0})
    assert "computing the test result" in words(open_page())


def test_many_unfinished_runs_do_not_push_the_examples_away(open_page: Open, store: Store):
    ids = [stories.queued(store) for _ in range(7)]
    app = open_page()
    (rest,) = app.expander
    assert rest.label == "3 more"
    assert links(app) == ids


def test_ended_runs_are_listed_newest_first(open_page: Open, store: Store):
    ids = [stories.running(store) for _ in range(4)]
    store.runs.append(ids[0], "finished", {"epoch": 20, "step": 800, "seconds": 3.9, "test": {"accuracy": 0.97}})
    store.runs.append(
        ids[1], "failed", {"error": "The loss became NaN in epoch 2, batch 14. Try 0.01.", "epoch": 1, "step": 54}
    )
    store.runs.append(ids[2], "stopped", {"request": None, "reason": "Stopped by you.", "epoch": 12, "step": 480})
    store.runs.append(ids[3], "lost", {"error": "No sign of life for 12 s."})
    app = open_page()
    assert links(app) == ids[::-1]
    text = words(app)
    for word in ("Finished", "Failed", "Stopped", "Lost"):
        assert word in text
    assert shell.plain("The loss became NaN in epoch 2, batch 14 · just now") in text
    assert shell.plain("epoch 12 of 20 · validation accuracy") in text


def test_a_run_cancelled_in_the_queue_says_so(open_page: Open, store: Store):
    run_id = stories.queued(store)
    store.runs.append(run_id, "stopped", {"request": 1, "reason": "Cancelled before it started.", "epoch": 0})
    assert "cancelled before it started" in words(open_page())


def test_a_long_list_is_shown_in_parts(open_page: Open, store: Store):
    for _ in range(10):
        store.runs.append(stories.queued(store), "stopped", {"request": 1, "epoch": 0, "step": 0})
    app = open_page()
    assert len(links(app)) == 8
    next(button for button in app.button if button.label == "Show more").click().run()
    assert len(links(app)) == 10
    assert "Show more" not in [button.label for button in app.button]


def test_a_name_is_shown_as_it_was_written(open_page: Open, store: Store):
    name = "rate *0.5* :red[$x$] `a` <b>"
    spec = EVERY[0].spec.model_copy(update={"name": name})
    store.runs.create(spec, "local")
    assert f"**{shell.plain(name)}**" in words(open_page())


def test_runs_of_others_are_not_listed(open_page: Open, store: Store):
    stories.queued(store, owner="somebody")
    assert links(open_page()) == []


def test_drafts_are_listed_the_one_changed_last_first(open_page: Open, store: Store):
    for name in ("First", "Second"):
        store.drafts.create(EVERY[0].spec.model_copy(update={"name": name}), "local")
    said = words(open_page())
    assert said.index("**Second**") < said.index("**First**")
    assert shell.plain("Digits 8 × 8 · 3 layers · changed just now") in said


def test_without_drafts_nothing_is_said_of_them(open_page: Open):
    assert "Your drafts" not in words(open_page())


def test_a_draft_without_a_name_says_so(open_page: Open, store: Store):
    store.drafts.create(EVERY[0].spec.model_copy(update={"name": ""}), "local")
    assert "**Without a name**" in words(open_page())


def test_a_draft_opens_where_one_goes_on_with_it(open_page: Open, store: Store):
    draft = store.drafts.create(EVERY[0].spec, "local")
    app = open_page()
    assert links(app) == [f"draft={draft.id}"]
    (link,) = app.main.get("page_link")
    assert link.proto.page == "Model"
    draft = store.drafts.save(draft.id, with_value(draft.spec, "seed", 99), draft.revision)
    run_id = store.runs.create(draft.spec, "local", draft.id)
    store.drafts.ran(draft.id, run_id)
    opened = [link.proto.page for link in open_page().main.get("page_link") if link.proto.label == "Open"]
    assert opened == ["Train"]


def test_a_link_to_a_run_carries_the_draft_it_was_started_from(open_page: Open, store: Store):
    draft = store.drafts.create(EVERY[0].spec, "local")
    run_id = store.runs.create(draft.spec, "local", draft.id)
    assert f"{run_id}&draft={draft.id}" in links(open_page())
    store.runs.append(run_id, "stopped", {"request": 1, "epoch": 0, "step": 0})
    assert f"{run_id}&draft={draft.id}" in links(open_page())


def test_a_draft_is_deleted_after_a_question_and_its_runs_stay(open_page: Open, store: Store):
    draft = store.drafts.create(EVERY[0].spec, "local")
    run_id = stories.finished(store)
    app = open_page(draft=draft.id)
    app.button(key=f"ask-{draft.id}").click().run()
    assert "Delete it? Its runs stay." in words(app)
    app.button(key=f"keep-{draft.id}").click().run()
    assert len(store.drafts.find("local")) == 1
    app.button(key=f"ask-{draft.id}").click().run()
    app.button(key=f"delete-{draft.id}").click().run()
    assert store.drafts.find("local") == []
    assert "Your drafts" not in words(app)
    assert stories.address(app, "draft") is None
    assert store.runs.run(run_id).state == "finished"


def test_an_example_that_was_only_run_is_no_draft_of_yours(open_page: Open, store: Store, monkeypatch):
    queue(monkeypatch)
    app = open_page()
    app.button(key="run-spiral").click().run()
    (draft,) = store.drafts.find("local")
    heading = "### Your drafts"
    assert heading not in [each.value for each in open_page().markdown]
    store.drafts.save(draft.id, with_value(draft.spec, "seed", 99), draft.revision)
    assert heading in [each.value for each in open_page().markdown]


def test_an_example_is_opened_to_be_changed_first(open_page: Open, store: Store):
    app = open_page()
    app.button(key="open-spiral").click().run()
    assert not app.exception
    (draft,) = store.drafts.find("local")
    assert draft.spec == recipes.recipe("spiral").spec
    assert stories.address(app, "draft") == draft.id
    assert store.runs.find() == []


def test_many_drafts_are_shown_in_parts(open_page: Open, store: Store):
    for _ in range(7):
        store.drafts.create(EVERY[0].spec, "local")
    app = open_page()
    assert len([link for link in app.main.get("page_link") if link.proto.label == "Open"]) == 5
    app.button(key="more-drafts").click().run()
    assert len([link for link in app.main.get("page_link") if link.proto.label == "Open"]) == 7


def test_a_new_draft_begins_at_the_data_without_the_one_before(open_page: Open, store: Store):
    draft = store.drafts.create(EVERY[0].spec, "local")
    app = open_page(draft=draft.id, run=stories.finished(store))
    app.button(key="new-draft").click().run()
    assert not app.exception
    assert stories.address(app, "run") is None
    assert stories.address(app, "draft") != draft.id
