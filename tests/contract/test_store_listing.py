"""The list of runs: searched, filtered, sorted, grouped and paged by the database as plain Python would."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
import sqlalchemy as sa

from playground import recipes
from playground.bench.filled import fill
from playground.runs import Label, Run, Store, open_store
from playground.runs.listed import listed
from playground.runs.listing import Row, Wanted, setting
from playground.runs.listing_fields import FIELDS, SORTS
from playground.runs.schema import listing
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value

SPEC = recipes.recipe("digits-mlp").spec
ME = "ada"
TAGS = ("baseline", "seen", "50%_off")
N_FILLED = 40
RATES = (1e-5, 0.2, {"kind": "CosineDecay", "args": {"decay_steps": 9}})
N = N_FILLED + len(RATES) + 1


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Ended runs of many kinds, one that trains, one that waits, and one of somebody else."""
    home, server = tmp_path_factory.mktemp("home"), None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        name = server.create_database()
    found = open_store(Settings(home=home, database_url=server.url(name) if server else None))
    fill(found, ME, N_FILLED, 8)
    drafts = [found.drafts.create(SPEC, ME) for _ in range(2)]
    found.comparisons.create("variants", "Rates", [(str(rate), _with_rate(rate)) for rate in RATES], ME, drafts[0].id)
    for run in found.runs.find(owner=ME, limit=len(RATES)):
        found.runs.append(run.id, "stopped", {"reason": "Made up."})
    found.runs.append(found.runs.create(SPEC, ME, drafts[1].id), "failed", {"error": "Made up."})
    found.runs.append(found.runs.create(SPEC, ME), "started", {"device": "GPU 0"})
    found.runs.create(with_value(SPEC, "name", "100% of_it"), ME)
    found.runs.create(SPEC, "bob")
    yield found
    if server:
        server.drop_database(name)


@pytest.fixture
def store(filled: Store) -> Iterator[Store]:
    """The filled store, with its labels as they were once a test is over."""
    before = filled.labels.of(filled.listing.ids(Wanted(ME)))
    yield filled
    ids = filled.listing.ids(Wanted(ME)) + filled.listing.ids(Wanted(ME, shelf="bin"))
    if filled.labels.of(ids) != before:
        filled.labels.change(ids, lambda label: before[label.run_id])


@pytest.fixture
def runs(store: Store) -> list[Row]:
    """The runs of one user, the newest first."""
    rows = store.listing.page(Wanted(ME), 1000)
    assert len(rows) == N + 2
    return sorted(rows, key=lambda row: -row.run.created_at)


def _with_rate(rate) -> RunSpec:
    return with_value(SPEC, "training.optimizer.args.learning_rate", rate)


def names(rows) -> list[str]:
    return [row.run.id for row in rows]


def test_what_trains_or_waits_comes_first_then_the_newest(store: Store, runs: list[Row]):
    found = store.listing.page(Wanted(ME), 5)
    assert [row.run.state for row in found[:2]] == ["running", "queued"]
    assert names(found[2:]) == names([row for row in runs if row.run.is_ended][:3])


def test_pages_have_every_run_once(store: Store, runs: list[Row]):
    pages = [store.listing.page(Wanted(ME), 7, offset) for offset in range(0, N + 2, 7)]
    assert sorted(names(row for page in pages for row in page)) == sorted(names(runs))
    assert store.listing.count(Wanted(ME)) == N + 2
    assert store.listing.page(Wanted(ME), 7, 1000) == []
    assert store.listing.count(Wanted(None)) == N + 3
    assert list(store.listing.ids(Wanted(ME), 7)) == names(pages[0])


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("by", ["best", "last", "loss", "seconds", "epoch", "created_at", "parameters"])
def test_numbers_are_sorted_with_those_that_have_none_last(store: Store, runs: list[Row], by: str, is_descending: bool):
    def number(run: Run) -> float | None:
        if by not in ("best", "last", "loss"):
            return getattr(run, by)
        metric = run.metrics.get("val_loss" if by == "loss" else "val_accuracy")
        return getattr(metric, "last" if by == "loss" else by, None)

    found = store.listing.page(Wanted(ME, by=by, is_descending=is_descending), 1000)
    values = [number(row.run) for row in found if not (by == "created_at" and not row.run.is_ended)]
    real = [value for value in values if value is not None]
    assert real == sorted(real, reverse=is_descending)
    assert values == [*real, *[None] * (len(values) - len(real))]
    assert len(found) == N + 2


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("by", [name for name in SORTS if FIELDS[name].path])
def test_settings_are_sorted_as_what_they_are(store: Store, runs: list[Row], by: str, is_descending: bool):
    """0.00001 comes before 0.001; a schedule is no number and comes last."""
    found = store.listing.page(Wanted(ME, by=by, is_descending=is_descending), 1000)
    values = [setting(row.spec, FIELDS[by].path) for row in found]
    real = [value for value in values if not isinstance(value, dict)]
    assert real == sorted(real, reverse=is_descending)
    assert values[: len(real)] == real
    assert len(values) == N + 2
    if by == "learning_rate":
        assert len(values) == len(real) + 1
        assert {min(real), max(real)} == {1e-5, 0.2}


def test_words_are_sorted_without_regard_to_case(store: Store, runs: list[Row]):
    store.labels.change([runs[5].run.id], lambda label: dataclasses.replace(label, name="aaa"))
    found = store.listing.page(Wanted(ME, by="name", is_descending=False), 1000)
    assert found[0].name == "100% of_it"
    assert found[1].run.id == runs[5].run.id
    said = [row.name.lower() for row in found]
    assert said == sorted(said)


def test_runs_are_searched_by_name_dataset_layers_tags_and_note(store: Store, runs: list[Row]):
    store.labels.save(Label(runs[4].run.id, name="Renamed", tags=("keep me",), note="for the talk"))

    def searched(text: str, datasets=()) -> set[str]:
        return set(names(store.listing.page(Wanted(ME, text, datasets), 1000)))

    assert searched("renamed") == searched("KEEP talk") == {runs[4].run.id}
    assert searched("conv2d") == {row.run.id for row in runs if "Conv2D" in row.model} != set()
    assert searched("iris") == {row.run.id for row in runs if row.dataset == "iris"} != set()
    assert searched("conv2d spirals") == set()
    meant = (("eight", ("digits",)),)
    assert searched("eight", meant) == {row.run.id for row in runs if row.dataset == "digits"} != set()


@pytest.mark.parametrize("text", ["%", "_", "100% of_it", "\\", "'; DROP TABLE runs; --", '"', "100%", "of_"])
def test_what_is_searched_for_means_itself(store: Store, runs: list[Row], text: str):
    found = store.listing.page(Wanted(ME, text), 1000)
    assert [row.name for row in found] == (["100% of_it"] if text in "100% of_it" else [])


def test_runs_are_filtered_by_state_tag_star_and_bin(store: Store, runs: list[Row]):
    failed = {row.run.id for row in runs if row.run.state == "failed"}
    assert set(names(store.listing.page(Wanted(ME, states=("failed",)), 1000))) == failed != set()
    starred = {row.run.id for row in runs if row.label.star}
    assert set(names(store.listing.page(Wanted(ME, shelf="starred"), 1000))) == starred != set()
    assert set(names(store.listing.page(Wanted(ME, tags=("seen", "baseline")), 1000))) == starred
    assert store.listing.page(Wanted(ME, tags=("base",))) == [], "a tag is a whole word"
    assert store.listing.tags(ME) == ["baseline", "seen"]
    gone = names(runs)[-3:]
    store.labels.change(gone, lambda label: dataclasses.replace(label, binned_at=1.0))
    assert set(names(store.listing.page(Wanted(ME, shelf="bin"), 1000))) == set(gone)
    assert store.listing.count(Wanted(ME)) == N + 2 - 3
    assert set(store.labels.binned()) == set(gone)
    assert store.labels.binned(before=1.0) == []
    left = store.runs.find(owner=ME, limit=1000, has_binned=False)
    assert {run.id for run in left} == {row.run.id for row in runs} - set(gone)
    assert len(store.runs.find(owner=ME, limit=1000)) == N + 2
    states = store.listing.states(Wanted(ME))
    assert sum(states.values()) == N + 2 - 3
    assert list(states)[:2] == ["queued", "running"]


@pytest.mark.parametrize("field", [name for name, field in FIELDS.items() if field.can_group])
def test_groups_are_those_that_the_runs_form(store: Store, runs: list[Row], field: str):
    groups = store.listing.groups(Wanted(ME), field)
    assert sum(group.n for group in groups) == N + 2
    assert [group.n for group in groups] == sorted((group.n for group in groups), reverse=True)
    path = FIELDS[field].path
    for group in groups:
        found = store.listing.page(Wanted(ME, only=((field, group.value),)), 1000)
        assert len(found) == group.n
        if path:
            assert len({str(setting(row.spec, path)) for row in found}) == 1
        best = [row.run.metrics["val_accuracy"].best for row in found if row.run.metrics]
        assert group.metric == ("val_accuracy" if best else None)
        if best:
            assert (group.low, group.high) == (min(best), max(best))
            assert group.mean == pytest.approx(np.mean(best))
        assert group.newest == max(row.run.created_at for row in found)


def test_groups_by_tag_have_a_run_with_each_of_its_tags(store: Store, runs: list[Row]):
    store.labels.save(Label(runs[0].run.id, tags=("seen", "50%_off")))
    groups = store.listing.by_tag(Wanted(ME))
    of = {tag: {row.run.id for row in runs if tag in store.labels.of([row.run.id])[row.run.id].tags} for tag in TAGS}
    assert {group.value: group.n for group in groups} == {tag: len(ids) for tag, ids in of.items()}
    assert [group.n for group in groups] == sorted((group.n for group in groups), reverse=True)
    assert [group.value for group in store.listing.by_tag(Wanted(ME, tags=("50%_off",)))] == ["50%_off", "seen"]
    assert store.listing.by_tag(Wanted(ME, "no such run")) == []


def test_runs_of_one_draft_and_of_one_comparison_are_together(store: Store, runs: list[Row]):
    drafts = {group.value: group.n for group in store.listing.groups(Wanted(ME), "draft")}
    assert sorted(drafts.values()) == [1, len(RATES), N_FILLED + 2]
    assert drafts[None] == N_FILLED + 2
    (comparison,) = store.comparisons.find(ME)
    found = {group.value: group.n for group in store.listing.groups(Wanted(ME), "comparison")}
    assert found == {None: N + 2 - len(RATES), comparison.id: len(RATES)}
    of = store.listing.page(Wanted(ME, only=(("comparison", comparison.id),)))
    assert set(names(of)) == {member.run_id for member in comparison.members}


def test_what_the_list_keeps_equals_the_fold_of_the_events(store: Store, runs: list[Row]):
    """For every run: the projection, and the narrow row made of it."""
    with store.engine.connect() as connection:
        kept = {row.run_id: dict(row._mapping) for row in connection.execute(sa.select(listing))}
    assert len(kept) == N + 3
    for run_id, row in kept.items():
        assert store.runs.run(run_id) == store.runs.refold(run_id)
        assert row == listed(store.runs.refold(run_id), store.runs.spec(run_id))


def test_labels_of_several_runs_are_changed_at_once(store: Store, runs: list[Row]):
    ids = [row.run.id for row in runs if row.run.is_ended][:3]
    before = store.labels.of(ids)
    changed = store.labels.change([*ids, "nobody"], lambda label: dataclasses.replace(label, name="Said"))
    assert {label.run_id for label in changed} == set(ids)
    assert store.labels.of(ids) == {each: dataclasses.replace(before[each], name="Said") for each in ids}
    states = store.runs.states_of([*ids, "nobody"])
    assert states == {row.run.id: row.run.state for row in runs if row.run.id in ids}
