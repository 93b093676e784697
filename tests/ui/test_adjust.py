"""What can be changed while a run trains, and what is told of it, through app.py from the store."""

import dataclasses

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.settings import settings
from playground.ui import adjust, ending
from playground.ui.reader import Reader
from tests.ui import stories
from tests.ui.test_train import TRAIN, buttons, press, text


def asked(store, run_id: str) -> list[tuple[str, dict[str, object]]]:
    return [(request.kind, dict(request.args)) for request in store.runs.requests(run_id)]


def opened(open_page, run_id: str, **query: str) -> AppTest:
    """The page Train with what can be adjusted unfolded, where there is anything to adjust."""
    page = open_page(TRAIN, run=run_id, **query)
    page.session_state[f"{adjust.OPEN}{run_id}"] = True
    return page.run()


def slider(page: AppTest):
    return next(each for each in page.select_slider if each.key.startswith("rate-"))


def test_rate_speed_and_epochs_are_requests(store, open_page):
    run_id = stories.running(store)
    page = opened(open_page, run_id)
    assert slider(page).label == "Learning rate, now 0.001"
    slider(page).set_value("2e-4").run()
    next(each for each in page.button_group if each.key.startswith("speed-")).set_value(5).run()
    next(each for each in page.number_input if each.key.startswith("add-epochs-")).set_value(7).run()
    press(page, "Add")
    assert asked(store, run_id) == [
        ("set", {"learning_rate": 2e-4}),
        ("speed", {"steps_per_s": 5}),
        ("epochs", {"add": 7}),
    ]
    assert "Adding …" in buttons(page)


@pytest.mark.parametrize("state", ["running", "paused"])
def test_what_can_be_adjusted_is_drawn_only_while_somebody_looks(store, open_page, state):
    run_id = getattr(stories, state)(store)
    behind = {"Add", "Change", "Finish now", *(["Pause after this epoch"] if state == "running" else [])}
    page = open_page(TRAIN, run=run_id)
    assert not behind & set(buttons(page))
    assert not page.select_slider
    page = opened(open_page, run_id)
    assert behind < set(buttons(page))
    assert slider(page)


@pytest.mark.parametrize(
    ("state", "label", "kind", "busy"),
    [
        ("running", "Pause after this epoch", "epoch", "To the end of the epoch …"),
        ("running", "Finish now", "finish", "Finishing …"),
        ("paused", "One epoch", "epoch", "One epoch …"),
        ("paused", "Step", "step", "One batch …"),
        ("paused", "Resume", "resume", "Resuming …"),
    ],
)
def test_each_button_says_so_until_the_run_has_answered(store, open_page, state, label, kind, busy):
    run_id = getattr(stories, state)(store)
    page = opened(open_page, run_id)
    before = len(asked(store, run_id))
    press(page, label)
    assert asked(store, run_id)[before:] == [(kind, {})]
    assert next(button for button in page.button if button.label == busy).disabled
    stop = next(button for button in page.button if button.label == "Stop")
    assert not stop.disabled, "a stop can always be asked for"


def test_nothing_but_a_stop_is_offered_while_the_test_part_is_measured(store, open_page):
    journal = stories.started(store)
    stories.trained(journal, 1, 20)
    journal.append("progress", {"phase": "testing", "epoch": 20, "step": 20 * stories.STEPS, "seconds": 3.9})
    assert sorted(buttons(opened(open_page, journal.run_id))) == ["Change a copy", "Stop"]


def test_every_viewer_is_told_what_was_changed_and_what_was_refused(store, open_page):
    journal = stories.started(store)
    stories.trained(journal, 1, 12)
    at = {"phase": "training", "epoch": 12, "step": 12 * stories.STEPS, "seconds": 2.3}
    journal.append("progress", {**at, "request": 1, "set": {"learning_rate": 0.0003}})
    journal.append("progress", {**at, "request": 2, "speed": 5})
    journal.append("progress", {**at, "request": 3, "epochs": 32})
    journal.append("progress", {**at, "request": 4, "refused": "101 epochs: expected at most 100."})
    edit = {"layer": "hidden", "neuron": 2, "source": 1, "before": 0.1, "value": -1.5}
    journal.append("progress", {**at, "request": 5, "edit": edit})
    journal.append("resumed", {**at, "request": 6, "until_epoch": 13})
    page = opened(open_page, journal.run_id)
    said = text(page)
    for words in (
        "learning_rate 0.0003 from here on, in epoch 13, batch 1",
        "Held at 5 steps a second",
        "32 epochs in all",
        "101 epochs: expected at most 100.",
        "A weight of hidden set to -1.5 by hand",
        "To the end of epoch 13",
        "**Epoch 13** of 32",
        "then it pauses",
        "Learning rate 0.0003",
        "Speed 5.0 batches/s held",
    ):
        assert words in said, words
    assert slider(page).label == "Learning rate, now 0.0003"
    assert "Pause after this epoch" not in buttons(page), "it does already"
    assert store.runs.refold(journal.run_id) == store.runs.run(journal.run_id)


def test_the_rate_of_a_schedule_is_known_after_the_first_epoch(store, open_page):
    journal = stories.started(store)
    view = Reader(store, journal.run_id).read()
    assert adjust.rate(view) == 0.001
    scheduled = {"kind": "Adam", "args": {"learning_rate": {"kind": "CosineDecay", "args": {"decay_steps": 9}}}}
    training = view.spec.training.model_copy(
        update={"optimizer": type(view.spec.training.optimizer).model_validate(scheduled)}
    )
    view = dataclasses.replace(view, spec=view.spec.model_copy(update={"training": training}))
    assert adjust.rate(view) is None
    stories.trained(journal, 1, 1)
    assert adjust.rate(Reader(store, journal.run_id).read()) == 0.001


def test_no_epochs_are_offered_where_there_is_no_room_for_any(store, open_page):
    journal = stories.started(store)
    journal.append("progress", {"phase": "training", "epochs": settings().max_epochs})
    assert "Add" not in buttons(opened(open_page, journal.run_id))


@pytest.mark.parametrize(
    ("story", "says"),
    [
        ("queued", "Queued"),
        ("running", "60 %"),
        ("paused", "Paused"),
        ("finished", "✓ 0.975"),
        ("stopped", "Stopped"),
        ("failed", "✗ Failed"),
        ("lost", "✗ Lost"),
    ],
)
def test_the_tab_says_how_far_the_run_is(store, story, says):
    assert ending.state(store.runs.run(getattr(stories, story)(store))).startswith(says)


def test_a_number_of_a_layer_is_asked_for_and_told_of(store, open_page):
    journal = stories.started(store)
    stories.trained(journal, 1, 12)
    page = opened(open_page, journal.run_id)
    choice = next(each for each in page.selectbox if each.key.startswith("next-"))
    assert choice.options[0] == "batch_size, now 32"
    choice.select("Adam beta_1, now 0.9").run()
    field = next(each for each in page.number_input if each.key.startswith("next-"))
    field.set_value(0.5).run()
    press(page, "Change")
    wanted = {"training.optimizer.beta_1": 0.5}
    assert asked(store, journal.run_id) == [("adjust", {"values": wanted})]
    assert "Changing …" in buttons(page)
    at = {"phase": "training", "epoch": 12, "step": 12 * stories.STEPS, "seconds": 2.3}
    journal.append("progress", {**at, "request": store.runs.requests(journal.run_id)[-1].id, "planned": wanted})
    page.run()
    assert "Adam beta_1 0.5 from the next epoch on" in text(page)
    assert "Change" in buttons(page)
    turned = {"values": {**wanted, "training.batch_size": 16}, "turns": [[12, 12 * stories.STEPS]]}
    journal.append("progress", {**at, "set": turned["values"], "adjusted": turned})
    journal.append("progress", {**at, "steps_per_epoch": 2 * stories.STEPS})
    columns = {"batch/step": np.arange(1, 4) + 12 * stories.STEPS, "batch/loss": np.ones(3)}
    journal.append("progress", {**at, "step": 12 * stories.STEPS + 3}, columns)
    journal.append("paused", {**at, "step": 12 * stories.STEPS + 3})
    page.run()
    said = text(page)
    assert "batch_size 16, Adam beta_1 0.5 from here on, in epoch 13, batch 1" in said
    assert f"after batch 3 of {2 * stories.STEPS}" in said
    batches = Reader(store, journal.run_id).read().batches["loss"].x
    np.testing.assert_allclose(batches[-3:], 12 + np.arange(1, 4) / (2 * stories.STEPS))
    choice = next(each for each in page.selectbox if each.key.startswith("next-"))
    assert choice.options[0] == "batch_size, now 16"
    press(page, "Change a copy")
    assert newest_draft(store).spec.training.batch_size == 16


def newest_draft(store):
    return store.drafts.find(settings().owner, limit=1)[0]


def test_what_was_changed_can_be_kept_in_the_settings_of_its_draft(store, open_page):
    spec = recipes.recipe("digits-mlp").spec
    draft = store.drafts.create(spec, settings().owner)
    run_id = store.runs.create(spec, settings().owner, draft.id)
    store.drafts.ran(draft.id, run_id)
    journal = store.runs.journal(run_id)
    journal.append("started", {"machine": "here", "device": "CPU", "slot": "cpu-0", "versions": stories.VERSIONS})
    stories.trained(journal, 1, 2)
    assert "Keep in the settings" not in buttons(opened(open_page, run_id, draft=draft.id))
    adjusted = {"values": {"training.batch_size": 16}, "turns": [[2, 2 * stories.STEPS]]}
    at = {"phase": "training", "epoch": 2, "step": 2 * stories.STEPS, "seconds": 0.4}
    journal.append("progress", {**at, "set": adjusted["values"], "adjusted": adjusted})
    page = opened(open_page, run_id, draft=draft.id)
    press(page, "Keep in the settings")
    assert not page.exception
    assert store.drafts.draft(draft.id).spec.training.batch_size == 16
