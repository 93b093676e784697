"""The page Runs: what is listed, found, labelled, put into the bin and brought back."""

import dataclasses
import json

import pytest
from streamlit.testing.v1 import AppTest

from playground.runs import Label, Store
from playground.runs.listing import Wanted
from playground.ui import runs_label, runs_table, runs_wanted
from tests.ui import stories
from tests.ui.conftest import Open

RUNS = "pages/19_Runs.py"
ALL = Wanted("local")


def listed(page: AppTest) -> list[str]:
    """The names in the table, from the top."""
    return [] if not page.dataframe else [name.removeprefix("★ ") for name in page.dataframe[0].value["Name"]]


def words(page: AppTest) -> str:
    return "\n".join(each.value for kind in (page.markdown, page.caption, page.warning) for each in kind)


def ticked(page: AppTest, *run_ids: str) -> AppTest:
    """The page with these runs ticked, which a browser does in a canvas."""
    page.session_state["playground.page.runs-picked"] = list(run_ids)
    return page.run()


@pytest.fixture
def three(store: Store) -> list[str]:
    """A finished run, one that failed, and one that trains; the labels of the first say something."""
    ids = [stories.finished(store), stories.failed(store), stories.running(store)]
    store.labels.save(Label(ids[0], "Best so far", ("talk",), "For Monday", star=True))
    return ids


def test_an_empty_store_says_how_to_begin(open_page: Open):
    page = open_page(RUNS)
    assert "Nothing was trained yet" in words(page)
    assert not page.dataframe
    assert stories.address(page, "list") == "all"


def test_runs_are_listed_live_first_with_what_came_of_them(open_page: Open, store: Store, three: list[str]):
    page = open_page(RUNS, list="all")
    table = page.dataframe[0].value
    assert [state[0] for state in table["State"]] == ["Running", "Failed", "Finished"]
    assert listed(page)[2] == "Best so far"
    assert table["Name"][2].startswith("★")
    last = dict(zip(table.columns, table.iloc[2], strict=True))
    assert list(last["Tags"]) == ["talk"]
    assert last["Note"] == "For Monday"
    assert last["Metric"] == "validation accuracy"
    assert last["Model"] == "Flatten · Dense 64 · Dense 10"
    metric = store.runs.run(three[0]).metrics["val_accuracy"]
    assert (last["Best value"], last["Last value"]) == (f"{metric.best:.3f}", f"{metric.last:.3f}")
    assert len(last["Curve"]) == 21, "every epoch, and the last value"
    assert last["Time"] == "3.9 s"
    assert "**3 runs · 1 training**" in words(page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "monday"}, 1),
        ({"q": "talk so"}, 1),
        ({"q": "8 ×"}, 3),
        ({"q": "nothing like it"}, 0),
        ({"state": "failed"}, 1),
        ({"state": "failed,running"}, 2),
        ({"list": "starred"}, 1),
        ({"list": "bin"}, 0),
        ({"tag": "talk"}, 1),
        ({"only": '[["optimizer","Adam"]]'}, 3),
        ({"only": '[["optimizer","SGD"]]'}, 0),
        ({"only": '[["seed",null]]'}, 0),
        ({"page": "99"}, 3),
        # What no link of the app says:
        ({"q": "\x00%'\"", "page": "-1", "rows": "x", "sort": "drop", "state": "x", "list": "x"}, 0),
        ({"only": "[[1,2],[],{}]", "columns": "x", "group": "x", "order": "x", "page": "9" * 30}, 3),
        ({"only": "[" * 500}, 3),
    ],
)
def test_the_address_says_what_is_shown(open_page: Open, three: list[str], query: dict[str, str], expected: int):
    page = open_page(RUNS, **{"list": "all", **query})
    assert len(listed(page)) == expected
    assert bool(expected) or "No run is like that" in words(page) or "The bin is empty" in words(page)


def test_controls_change_the_list_and_the_address(open_page: Open, store: Store, three: list[str]):
    page = open_page(RUNS, list="all")
    page.text_input(key="runs-text").set_value("monday").run()
    assert listed(page) == ["Best so far"]
    assert stories.address(page, "q") == "monday"
    page.text_input(key="runs-text").set_value("no such run").run()
    page.button(key="runs-clear").click().run()
    assert len(listed(page)) == 3
    assert stories.address(page, "q") is None
    page.selectbox(key="runs-sort").set_value("seconds").run()
    assert listed(page)[0] == "Best so far"
    assert stories.address(page, "sort") == "seconds"
    page.multiselect(key="runs-columns").set_value(["name", "optimizer", "learning_rate", "id", "size"]).run()
    table = page.dataframe[0].value
    assert list(table.columns) == ["Name", "Optimizer", "Learning rate", "Id", "Files"]
    assert set(table["Optimizer"]) == {"Adam"}
    assert set(table["Id"]) == set(three)


def test_every_column_and_every_sort_can_be_shown(open_page: Open, three: list[str]):
    from playground.ui import runs_columns

    every = list(runs_columns.titles())
    for by in runs_wanted.SORTS[:2]:
        page = open_page(RUNS, list="all", columns=",".join(every), sort=by)
        assert list(page.dataframe[0].value.columns) == list(runs_columns.titles().values())


def test_groups_say_how_many_and_how_good(open_page: Open, store: Store, three: list[str]):
    page = open_page(RUNS, list="all", group="state")
    table = page.dataframe[0].value
    assert sorted(table["State"]) == ["Failed", "Finished", "Running"]
    assert list(table["Runs"]) == [1, 1, 1]
    best = store.runs.run(three[0]).metrics["val_accuracy"].best
    assert f"{best:.3f}" in list(table["Best value"])


def test_pages_are_cut_by_the_database(open_page: Open, store: Store):
    ids = [stories.queued(store) for _ in range(30)]
    page = open_page(RUNS, list="all", columns="id")
    assert list(page.dataframe[0].value["Id"]) == ids[::-1][:25]
    page.button(key="runs-chevron_right").click().run()
    assert list(page.dataframe[0].value["Id"]) == ids[::-1][25:]
    assert "26 to 30 of 30 runs" in words(page)
    assert page.button(key="runs-last_page").disabled
    page.text_input(key="runs-text").set_value("digits").run()
    assert stories.address(page, "page") is None, "other runs begin with their first page"


def test_the_bin_and_the_way_back(open_page: Open, store: Store, three: list[str]):
    page = ticked(open_page(RUNS, list="all"), three[0], three[1])
    assert "**2 runs ticked**" in words(page)
    page.button(key="runs-bin").click().run()
    assert len(listed(page)) == 1
    assert "2 runs are in the bin" in words(page)
    page.button(key="runs-undo").click().run()
    assert len(listed(page)) == 3
    assert store.labels.label(three[0]) == Label(three[0], "Best so far", ("talk",), "For Monday", star=True)


def test_what_trains_cannot_be_put_into_the_bin(open_page: Open, store: Store, three: list[str]):
    page = ticked(open_page(RUNS, list="all"), *three)
    assert page.button(key="runs-bin").disabled
    page = ticked(page, *three[:2])
    assert not page.button(key="runs-bin").disabled


def test_runs_in_the_bin_are_deleted_for_good_only_when_asked_twice(open_page: Open, store: Store, three: list[str]):
    store.labels.change(three[:2], lambda label: dataclasses.replace(label, binned_at=1.0))
    page = ticked(open_page(RUNS, list="bin"), three[0])
    page.button(key="runs-ask-delete").click().run()
    assert store.runs.count() == 3
    page.button(key="runs-delete").click().run()
    assert set(store.runs.states_of(three)) == set(three[1:])
    page = ticked(page, three[1])
    page.button(key="runs-restore").click().run()
    assert store.labels.binned() == []


def test_a_run_is_named_tagged_and_noted(open_page: Open, store: Store, three: list[str]):
    page = ticked(open_page(RUNS, list="all"), three[1])
    key = f"runs-label-{three[1]}"
    page.text_input(key=f"{key}-name").set_value("  Too  fast \x00")
    page.multiselect(key=f"{key}-tags").set_value(["talk"])
    page.text_area(key=f"{key}-note").set_value("*Rate* 0.5\nsee $x$")
    page.button(key=f"{key}-save").click().run()
    assert store.labels.label(three[1]) == Label(three[1], "Too fast", ("talk",), "*Rate* 0.5\nsee $x$")
    assert "Too fast" in listed(page)
    page = ticked(page, *three)
    page.button(key="runs-star").click().run()
    assert all(label.star for label in store.labels.of(three).values())
    page = ticked(page, *three)
    page.multiselect(key="runs-labels-tags").set_value(["talk"])
    page.button(key="runs-labels-save").click().run()
    assert {label.tags for label in store.labels.of(three).values()} == {("talk",)}


def test_tags_are_tidied():
    assert runs_label.tidied([" Two  words", "two words", "a,b", "", "\x00", "x" * 99]) == ("two words", "ab", "x" * 40)
    assert len(runs_label.tidied(str(number) for number in range(99))) == 20


def test_ticked_runs_lead_to_the_run_and_to_the_comparison(open_page: Open, store: Store, three: list[str]):
    page = ticked(open_page(RUNS, list="all"), three[0])
    links = {link.proto.label: link.proto for link in page.get("page_link")}
    assert f"run={three[0]}" in links["Open"].query_string
    page = ticked(page, *three[:2])
    links = {link.proto.label: link.proto for link in page.main.get("page_link")}
    assert f"runs={three[0]}%2C{three[1]}" in links["Compare"].query_string


def test_ticks_of_one_page_outlive_a_look_at_another(open_page: Open, store: Store):
    ids = [stories.queued(store) for _ in range(30)]
    page = ticked(open_page(RUNS, list="all"), ids[-1])
    page.button(key="runs-chevron_right").click().run()
    assert "**1 run ticked**" in words(page)
    page.button(key="runs-chevron_left").click().run()
    drawn = page.session_state[f"playground.page.{runs_table._DRAWN}"]
    assert drawn[2] == [0], "the table begins with it ticked"


def test_a_run_in_the_address_is_shown_and_the_menu_leads_to_the_list(open_page: Open, three: list[str]):
    page = open_page(RUNS, run=three[0])
    assert not any("Tick runs" in each.value for each in page.caption)
    assert page.title[0].value == "Best so far"
    menu = {link.proto.label: link.proto.query_string for link in page.sidebar.get("page_link")}
    assert "list=all" in menu["Runs"]
    page = open_page(RUNS, run=three[0], list="all")
    assert len(listed(page)) == 3


def test_housekeeping_says_what_takes_room(open_page: Open, store: Store, three: list[str]):
    store.labels.save(Label(three[0], binned_at=1.0))
    page = open_page(RUNS, list="all")
    page.session_state["runs-keeping"] = True
    page.run()
    assert "Free on the disk" in str(page.table[0].value)
    assert "1 run is in the bin" in words(page)
    page.button(key="keeping-backup").click().run()
    assert "Written:" in words(page)
    page.button(key="keeping-ask").click().run()
    page.button(key="keeping-empty").click().run()
    assert set(store.runs.states_of(three)) == set(three[1:])


def test_only_what_can_be_meant_is_read_from_the_address():
    assert runs_wanted.only(json.dumps([["state", "failed"], ["seed", None], ["seed", 7], ["created_at", "1"]])) == (
        ("state", "failed"),
        ("seed", None),
    )
    assert len(runs_wanted.only(json.dumps([["seed", str(number)] for number in range(99)]))) == 5
