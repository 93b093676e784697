"""The Compare page, through app.py, from a store filled by the stories."""

import csv
import io

import numpy as np
import pytest

from playground import recipes
from playground.engine import comparisons
from playground.engine.client import Client, SpecError
from playground.recipes.recipe import Variation
from playground.runs import Comparison, Store
from playground.specs import folds
from playground.specs.edit import with_value
from playground.ui import compare_axis, compare_colours, compare_files, compare_words, reader
from playground.ui.compare_words import Shown
from tests.ui import stories
from tests.ui.test_train import buttons, links, press, text

COMPARE = "pages/7_Compare.py"
SPEC = recipes.recipe("digits-mlp").spec
KFOLD = with_value(SPEC, "dataset.split", {"kind": "kfold", "args": {"folds": 3}})
VARIANTS = (("64 units", SPEC), ("4 units", with_value(SPEC, "model.layers.hidden.units", 4)))


def told(store: Store, kind: str, members, epochs: tuple[int, ...], draft_id: str | None = None) -> Comparison:
    """A comparison whose runs have come to these epochs: 0 waits, all of them has finished."""
    made = store.comparisons.create(kind, "Digits *compared*", members, "local", draft_id)
    for member, n in zip(made.members, epochs, strict=True):
        if not n:
            continue
        journal = store.runs.journal(member.run_id)
        journal.append("started", {"machine": "here", "device": "CPU", "slot": "cpu-0", "start": "fork"})
        known = {"phase": "building", "epoch": 0, "step": 0, "seconds": 0.0, "parameters": 4810, **stories.SIZES}
        journal.append("progress", known)
        stories.trained(journal, 1, n)
        if n == stories.EPOCHS:
            done = {"epoch": n, "step": n * stories.STEPS, "seconds": 3.9}
            journal.append("finished", {**done, "test": {"loss": 0.1, "accuracy": 0.97}, "baseline": {}})
    return made


def table(page) -> list[dict[str, str]]:
    return page.table[0].value.to_dict("records")


def transport(page) -> list[str]:
    """The buttons at the foot of the page."""
    return [label for label in buttons(page) if label in ("Run again", "Stop all", "Stopping …")]


def test_variants_stand_side_by_side_with_what_differs_and_a_link_each(store, open_page):
    made = told(store, "variants", VARIANTS, (20, 20))
    page = open_page(COMPARE, compare=made.id)
    assert page.title[0].value.replace("\\", "") == "Digits *compared*"
    first, second = table(page)
    assert first["Run"] == f"[64 units](Train?run={made.members[0].run_id})"
    assert second["What differs"].replace("\\", "") == "hidden.units 64 → 4"
    assert (second["Validation accuracy, last"], second["Best (epoch)"]) == ("0.975", "0.979 (18)")
    assert (second["Parameters"], second["Time"], second["Test accuracy"]) == ("4,810", "3.9\xa0s", "0.970")
    assert "Finished" in second["State"]
    assert len(page.get("echarts_chart")) >= 2, "the curves, and a setting against what came out"
    assert transport(page) == ["Run again"]
    assert "Choose by the validation values" in text(page)
    assert stories.address(page, "compare") == made.id


def test_folds_have_their_mean_and_their_spread(store, open_page):
    made = told(store, "folds", folds.members(KFOLD), (20, 18, 0))
    rows = table(open_page(COMPARE, compare=made.id))
    assert [row["Run"].partition("]")[0] for row in rows[:3]] == ["[Fold 1", "[Fold 2", "[Fold 3"]
    assert "What differs" not in rows[0]
    assert (rows[2]["Validation accuracy, last"], rows[2]["Time"]) == ("–", "–")
    lasts = [store.runs.run(member.run_id).metrics["val_accuracy"].last for member in made.members[:2]]
    assert rows[3]["Run"] == "**Mean of 2 of 3**"
    assert rows[3]["Validation accuracy, last"] == f"**{sum(lasts) / 2:.3f}**"
    assert rows[4]["Run"] == "Standard deviation"
    assert rows[4]["Validation accuracy, last"] == compare_words.run_words.value(abs(lasts[0] - lasts[1]) / 2**0.5)


def test_the_switches_of_the_curves_say_what_is_drawn(store, open_page):
    made = told(store, "folds", folds.members(KFOLD), (20, 20, 20))
    page = open_page(COMPARE, compare=made.id)
    assert "Band: one standard deviation to either side." in text(page)
    page.segmented_control(key="compare-band").set_value("range").run()
    page.segmented_control(key="compare-part").set_value("both").run()
    page.toggle(key="compare-smooth").set_value(True).run()
    page.toggle(key="compare-later").set_value(True).run()
    assert page.number_input(key="compare-first").value == 10
    said = text(page)
    for words in ("from the lowest to the highest", "Dashed: validation", "factor 0.9", "Without the first 10 epochs"):
        assert words in said
    page.segmented_control(key="compare-band").set_value("each").run()
    assert "Band:" not in text(page)
    assert not page.exception


@pytest.mark.parametrize(
    ("epochs", "state", "button"), [((20, 12), "Running", "Stop all"), ((0, 0), "Queued", "Stop all")]
)
def test_while_something_goes_on_all_can_be_stopped(store, open_page, monkeypatch, epochs, state, button):
    made = told(store, "variants", VARIANTS, epochs)
    asked = []
    monkeypatch.setattr(comparisons, "stop", lambda client, comparison: asked.append(comparison.id))
    page = open_page(COMPARE, compare=made.id)
    assert transport(page) == [button]
    assert f"{sum(n == 20 for n in epochs)}** of 2 runs have ended" in text(page)
    assert state in text(page)
    press(page, button)
    assert asked == [made.id]


def test_all_are_stopped_the_waiting_ones_at_once(store, open_page):
    made = told(store, "variants", VARIANTS, (0, 0))
    page = open_page(COMPARE, compare=made.id)
    press(page, "Stop all")
    assert [store.runs.run(member.run_id).state for member in made.members] == ["stopped", "stopped"]
    assert transport(page) == ["Run again"]


def test_without_an_address_the_newest_is_shown_and_the_others_are_linked(store, open_page):
    older = told(store, "variants", VARIANTS[:1], (20,))
    newer = told(store, "variants", VARIANTS, (20, 20))
    page = open_page(COMPARE)
    assert len(table(page)) == 2
    assert stories.address(page, "compare") == newer.id
    assert any(link.proto.query_string == f"compare={older.id}" for link in page.get("page_link"))


def test_where_there_is_none_the_page_says_how_to_come_to_one(store, open_page):
    page = open_page(COMPARE)
    assert page.title[0].value == "Nothing to compare yet"
    assert "Choose a split" in links(page)
    assert "Run all" in buttons(page)
    page = open_page(COMPARE, compare="nosuch")
    assert page.title[0].value == "There is no such comparison"


def test_a_deleted_run_leaves_the_others_and_without_any_the_page_says_so(store, open_page):
    made = told(store, "variants", VARIANTS, (20, 20))
    store.runs.delete(made.members[0].run_id)
    page = open_page(COMPARE, compare=made.id)
    assert len(table(page)) == 1
    store.runs.delete(made.members[1].run_id)
    assert "All runs of this comparison have been deleted." in text(open_page(COMPARE, compare=made.id))


def test_again_starts_the_same_members_as_a_new_comparison(store, open_page, monkeypatch):
    monkeypatch.setattr(comparisons, "check", lambda spec, client: None)
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    made = told(store, "variants", VARIANTS, (20, 20), "draft")
    page = open_page(COMPARE, compare=made.id)
    press(page, "Run again")
    newest = store.comparisons.find("local")[0]
    assert stories.address(page, "compare") == newest.id != made.id
    assert (newest.kind, newest.draft_id, newest.name) == (made.kind, made.draft_id, made.name)
    assert [(each.label, store.runs.spec(each.run_id).digest) for each in newest.members] == [
        (label, spec.digest) for label, spec in VARIANTS
    ]
    assert [store.runs.run(each.run_id).name for each in newest.members] == [
        f"{spec.name} · {label}" for label, spec in VARIANTS
    ]


def test_why_it_cannot_be_started_again_is_said_and_nothing_is_left(store, open_page, monkeypatch):
    def refuse(spec, client):
        raise SpecError("no such data")

    monkeypatch.setattr(comparisons, "check", refuse)
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    made = told(store, "variants", VARIANTS, (20, 20))
    page = open_page(COMPARE, compare=made.id)
    press(page, "Run again")
    assert page.error[0].value.replace("\\", "") == "64 units: no such data"
    assert [each.id for each in store.comparisons.find("local")] == [made.id]


def test_an_example_that_compares_is_started_whole_with_a_draft_of_its_own(store, open_page, monkeypatch):
    monkeypatch.setattr(comparisons, "check", lambda spec, client: None)
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    page = open_page(COMPARE)
    page.button(key="compare-xor").click().run()
    made = store.comparisons.find("local")[0]
    recipe = recipes.recipe("xor")
    assert [each.label for each in made.members] == [recipe.label, *(each.label for each in recipe.variants)]
    assert store.drafts.draft(made.draft_id).spec == recipe.spec
    assert store.drafts.draft(made.draft_id).run_id == made.members[0].run_id
    assert page.title[0].value == recipe.title


def test_a_draft_of_k_folds_is_trained_whole_from_the_train_page(store, open_page, monkeypatch):
    monkeypatch.setattr(comparisons, "check", lambda spec, client: None)
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    plain = store.drafts.create(SPEC, "local")
    assert not [each for each in buttons(open_page("pages/3_Train.py", draft=plain.id)) if "folds" in each]
    draft = store.drafts.create(KFOLD, "local")
    page = open_page("pages/3_Train.py", draft=draft.id)
    press(page, "Train all 3 folds")
    made = store.comparisons.find("local", draft_id=draft.id)[0]
    digests = [store.runs.spec(each.run_id).digest for each in made.members]
    assert digests == [spec.digest for _, spec in folds.members(KFOLD)]
    assert [row["Run"].partition("]")[0] for row in table(page)] == ["[Fold 1", "[Fold 2", "[Fold 3"]


def test_a_variation_changes_the_recipe_as_its_button_would(store):
    slow = Variation(label="Slow", changes={"training.optimizer.learning_rate": 0.0001})
    plan = comparisons.planned(recipes.recipe("iris-mlp").model_copy(update={"variants": (slow,)}))
    assert [label for label, _ in plan.members] == ["As it is", "Slow"]
    assert plan.members[1][1].training.optimizer.args["learning_rate"] == 0.0001


def test_table_and_curves_are_taken_away_whole(store):
    made = told(store, "folds", folds.members(KFOLD), (20, 3, 0))
    shown = [Shown(member.label, reader.read(member.run_id)) for member in made.members]
    rows = list(csv.DictReader(io.StringIO(compare_files.table_csv(made, shown))))
    assert [row["run"] for row in rows] == ["Fold 1", "Fold 2", "Fold 3", "mean", "standard deviation"]
    assert rows[0]["id"] == made.members[0].run_id
    mean = (float(rows[0]["val_loss"]) + float(rows[1]["val_loss"])) / 2
    assert float(rows[3]["val_loss"]) == pytest.approx(mean, rel=1e-6)
    assert (rows[0]["test_accuracy"], rows[1]["test_accuracy"], rows[2]["val_loss"]) == ("0.97", "", "")
    curves = list(csv.DictReader(io.StringIO(compare_files.curves_csv(shown))))
    assert [(row["run"], row["epoch"]) for row in curves[19:22]] == [("Fold 1", "20"), ("Fold 2", "1"), ("Fold 2", "2")]
    assert len(curves) == 23


def test_a_metric_that_is_chosen_for_the_curves_is_that_of_the_table_too(store, open_page):
    spec = with_value(SPEC, "training.metrics", [{"kind": "accuracy", "args": {}}, {"kind": "MeanIoU", "args": {}}])
    made = store.comparisons.create("variants", "Two metrics", [("One", spec)], "local")
    journal = store.runs.journal(made.members[0].run_id)
    columns = {
        "epoch/epoch": [1],
        "epoch/val_accuracy": [0.5],
        "epoch/val_mean_io_u": [0.25],
        "epoch/mean_io_u": [0.75],
    }
    journal.append("started", {"machine": "here", "device": "CPU", "slot": "cpu-0", "start": "fork"})
    told_so_far = {name: np.array(values) for name, values in (columns | {"epoch/accuracy": [0.5]}).items()}
    journal.append("progress", {"phase": "training", "epoch": 1, "step": 9, "seconds": 1.0}, told_so_far)
    page = open_page(COMPARE, compare=made.id)
    assert table(page)[0]["Validation accuracy, last"] == "0.500"
    page.segmented_control(key=f"compare-metric-{made.id}").set_value("mean_io_u").run()
    assert table(page)[0]["Validation mean io u, last"] == "0.250"


def alone(store: Store, units: int, seed: int, epochs: int = 20, name: str = "Digits") -> str:
    """A run by itself that has come so far; returns its id."""
    spec = with_value(with_value(SPEC, "model.layers.hidden.units", units), "seed", seed)
    run_id = store.runs.create(spec.model_copy(update={"name": f"{name} {units}, seed {seed}"}), "local")
    journal = store.runs.journal(run_id)
    journal.append("started", {"machine": "here", "device": "CPU", "slot": "cpu-0", "start": "fork"})
    known = {"phase": "building", "epoch": 0, "step": 0, "seconds": 0.0, "parameters": 75 * units, **stories.SIZES}
    journal.append("progress", known)
    stories.trained(journal, 1, epochs)
    journal.append("finished", {"epoch": epochs, "step": epochs * stories.STEPS, "seconds": 3.9, "test": {}})
    return run_id


def test_any_runs_stand_side_by_side_with_what_differs_and_a_picture_of_it(store, open_page):
    runs = [alone(store, 64, 7), alone(store, 16, 7), alone(store, 4, 7, epochs=12)]
    page = open_page(COMPARE, runs=",".join([*runs, "nosuch", runs[0]]))
    assert [row["Run"].partition("]")[0] for row in table(page)] == [
        "[Digits 64, seed 7",
        "[Digits 16, seed 7",
        "[Digits 4, seed 7",
    ]
    assert "3 runs side by side" in text(page)
    differs = page.dataframe[0].value
    assert differs.to_numpy().tolist() == [["hidden.units", "64", "16", "4"]]
    assert "One seed each does not tell skill from luck" in text(page)
    assert "with hidden.units 64" in text(page).replace("\\", "")
    assert stories.address(page, "runs") == ",".join([*runs, "nosuch", runs[0]])
    page.selectbox(key="compare-against").set_value(".parameters").run()
    assert stories.address(page, "against") == ".parameters"
    assert "with parameters 4800" in text(page).replace("\\", "")


def test_seeds_have_a_mean_a_band_and_a_statement_about_their_noise(store, open_page):
    runs = [alone(store, units, seed, epochs) for units, epochs in ((64, 20), (4, 3)) for seed in (1, 2, 3)]
    page = open_page(COMPARE, runs=",".join(runs))
    said = text(page).replace("\\", "")
    assert "Digits 64** is better than **Digits 4** by more than the noise of the seeds." in said
    wide, narrow = page.table[1].value.to_dict("records")
    assert (wide["Settings"], wide["Seeds"], wide["Verdict"]) == ("Digits 64", "3", "–")
    assert narrow["Verdict"] == "more than the noise"
    assert "the mean of the runs that differ in nothing but the seed" in said
    page.segmented_control(key="compare-band").set_value("each").run()
    page.segmented_control(key="lab-over").set_value("time").run()
    assert "Seconds of training alone" in text(page)
    assert stories.address(page, "over") == "time"
    page.toggle(key="compare-log").set_value(True).run()
    assert not page.exception


def test_runs_are_chosen_on_the_page_and_a_comparison_is_left_for_them(store, open_page):
    made = told(store, "variants", VARIANTS, (20, 20))
    other = alone(store, 16, 7)
    page = open_page(COMPARE, compare=made.id)
    chosen = page.multiselect[0]
    assert chosen.value == [member.run_id for member in made.members]
    chosen.set_value([made.members[0].run_id, other]).run()
    press(page, "Compare these")
    assert stories.address(page, "runs") == f"{made.members[0].run_id},{other}"
    assert stories.address(page, "compare") is None
    assert len(table(page)) == 2


def test_a_link_to_a_comparison_leaves_the_runs_and_one_to_runs_that_are_gone_says_so(store, open_page):
    made = told(store, "variants", VARIANTS, (20, 20))
    page = open_page(COMPARE, runs=alone(store, 16, 7))
    assert len(table(page)) == 1
    page.query_params.clear()
    page.query_params["compare"] = made.id
    page.run()
    assert len(table(page)) == 2
    assert stories.address(page, "runs") is None
    assert open_page(COMPARE, runs="nosuch,neither").title[0].value == "There is no such comparison"


def test_a_run_keeps_its_colour_while_others_come_and_go(store):
    views = {name: reader.read(alone(store, 16, seed)) for seed, name in enumerate("abc")}
    shown = {name: Shown(name, view) for name, view in views.items()}
    assert compare_colours.order([shown["a"], shown["b"]]) == ("a", "b")
    assert compare_colours.order([shown["b"]]) == ("", "b")
    assert compare_colours.order([shown["b"], shown["c"]]) == ("c", "b")


def test_curves_lie_over_steps_and_seconds_where_they_belong(store):
    view = reader.read(alone(store, 16, 7, epochs=4))
    epochs = np.array([1.0, 4.0])
    assert compare_axis.along(view, epochs, "step").tolist() == [stories.STEPS, 4 * stories.STEPS]
    assert compare_axis.along(view, epochs, "time") == pytest.approx([0.19, 0.76])
    common = compare_axis.on_common([(np.array([1.0, 3.0]), np.array([1.0, 3.0])), (np.array([2.0]), np.array([5.0]))])
    assert [(x.tolist(), y.tolist()) for x, y in common] == [([1, 2, 3], [1, 2, 3]), ([2], [5])]


def test_other_runs_with_other_settings_are_compared_in_the_same_session(store, open_page):
    narrow, fast = alone(store, 4, 7), alone(store, 64, 7)
    page = open_page(COMPARE, runs=f"{narrow},{fast}")
    page.selectbox(key="compare-against").set_value("model.layers.hidden.units").run()
    page.query_params["runs"] = f"{fast},{alone(store, 64, 8)}"
    page.run()
    assert not page.exception
    assert page.selectbox(key="compare-against").value == "seed"


def test_a_name_that_a_spreadsheet_would_compute_is_given_away_as_text(store):
    shown = [Shown("=1+1", reader.read(alone(store, 16, 7, epochs=2)))]
    made = Comparison("", "local", None, "variants", "", 0.0)
    for text_csv in (compare_files.table_csv(made, shown), compare_files.curves_csv(shown)):
        assert next(csv.DictReader(io.StringIO(text_csv)))["run"] == "'=1+1"
