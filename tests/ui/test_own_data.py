"""The Data page with a file of one's own: what is proposed, what is asked, what is said when it is gone."""

import hashlib

import pytest
from streamlit.testing.v1 import AppTest

from playground import data
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import is_here, take_in
from playground.engine import tables, uploads
from playground.engine.client import Client
from playground.export.link import packed
from playground.runs import Draft, Store
from playground.settings import setting, settings
from tests.openml_server import ROWS, flowers
from tests.ui import stories
from tests.ui.conftest import Open
from tests.ui.test_data import keyed, of, prepare_here, press, started_on, words
from tests.unit.data.file_server import serving

pytestmark = pytest.mark.ui

PATH = "pages/1_Data.py"
TABLE = "\n".join(
    ["size,colour,told,note,kind"]
    + [
        f"{row * 7 % 31 / 4 if row % 9 else ''},{('red', 'blue')[row // 5 % 2]},{'ny'[row % 2]},{row},{'ab'[row % 2]}"
        for row in range(90)
    ]
)
SERIES = "\n".join(["day,level"] + [f"2024-{1 + n // 28:02}-{1 + n % 28:02},{(n * 13) % 17}.5" for n in range(300)])


@pytest.fixture(autouse=True)
def engine_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does here and now what jobs do, since the tests of this folder have none."""

    def wake(self: Client) -> None:
        from playground.engine.job_process import JOBS  # with Keras, which no other test of pages needs

        for job in self.store.jobs.find({"queued"}):
            try:
                result = JOBS[job.kind](job, self.settings, lambda fraction, message: None)
            except data.DataError as error:
                self.store.jobs.end(job.id, "failed", error=str(error))
            else:
                self.store.jobs.end(job.id, "finished", result=result)

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: {"pid": 1})
    monkeypatch.setattr(Client, "ensure_host", lambda self, timeout_s=1.0: 0.0)
    monkeypatch.setattr(Client, "prepare", prepare_here)
    monkeypatch.setattr(Client, "wake", wake)


@pytest.fixture
def draft(store: Store) -> Draft:
    """A draft that holds a table, with everything proposed."""
    return holding(store, TABLE)


def holding(store: Store, text: str, name: str = "own.csv") -> Draft:
    path = settings().home / name
    path.write_text(text)
    profile = take_in(path, name, settings(), lambda fraction, message: None)
    made = store.drafts.create(proposed(profile, settings()), "local")
    uploads.claim(store, settings(), made.id, profile.file, name)
    return made


def bring(app: AppTest, name: str, content: bytes) -> AppTest:
    """Bring a file, and look at the page again once its job has ended."""
    app.file_uploader[0].upload(name, content, "text/csv").run()
    assert not app.exception, app.exception
    return app.run()


def test_a_file_without_a_draft_makes_one_with_everything_proposed(open_page: Open, store: Store):
    app = bring(open_page(PATH), "own.csv", TABLE.encode())
    spec = of(app, store).spec
    assert (spec.dataset.source, spec.dataset.target, spec.dataset.features) == ("table", "kind", ("size", "colour"))
    assert [step.kind for step in spec.dataset.steps] == ["fill", "one_hot", "standardise"]
    assert len(spec.model.layers) > 1
    said = words(app).replace("\\", "")
    assert "to predict: kind, since" in said
    assert "put aside: told, note" in said
    assert "Class balance" in said
    assert app.dataframe[0].value.columns.tolist()[0] == "size"
    assert [each.name for each in store.uploads.of_draft(of(app, store).id)] == ["own.csv"]
    assert not app.error


def test_an_empty_draft_takes_what_is_proposed_and_undo_takes_it_back(open_page: Open, store: Store):
    before = started_on(store, "iris")
    app = press(open_page(PATH, draft=before.id), "change-dataset")
    keyed(app.button_group, "data-kind").set_value("Your own").run()
    bring(app, "own.csv", TABLE.encode())
    assert of(app, store).spec.dataset.source == "table"
    press(app, "undo-choice")
    assert of(app, store).spec == before.spec


@pytest.mark.parametrize(("keep", "source"), [("layers", "table"), ("all", "table"), ("nothing", "table")])
def test_a_draft_with_layers_is_asked_what_to_keep(open_page: Open, store: Store, keep: str, source: str):
    before = started_on(store, "iris", "mlp")
    app = press(open_page(PATH, draft=before.id), "change-dataset")
    keyed(app.button_group, "data-kind").set_value("Your own").run()
    bring(app, "own.csv", TABLE.encode())
    assert of(app, store).spec == before.spec, "nothing happens before the answer"
    assert "made for Iris" in words(app)
    press(app, f"keep-{keep}")
    spec = of(app, store).spec
    assert spec.dataset.source == source
    units = {"layers": 1, "all": 3, "nothing": 1}[keep]
    assert spec.model.layers[-1].args["units"] == units


def test_columns_show_type_reason_and_what_is_put_aside(open_page: Open, draft: Draft, store: Store):
    app = open_page(PATH, draft=draft.id)
    said = words(app)
    assert "10 missing" in said
    assert "it alone predicts kind" in said
    assert "it counts the rows" in said
    used = {each.label: each.value for each in app.checkbox}
    assert used == {"size": True, "colour": True, "told": False, "note": False}
    assert keyed(app.selectbox, "type-1").value == "category"
    keyed(app.checkbox, "use-2").check().run()
    assert of(app, store).spec.dataset.features == ("size", "colour", "told")
    assert "used, though it alone predicts kind" in words(app)
    keyed(app.selectbox, "type-0").set_value("category").run()
    assert dict(of(app, store).spec.dataset.options["types"]) == {"size": "category"}
    keyed(app.checkbox, "use-3").check().run()
    assert "note" not in of(app, store).spec.dataset.features
    assert "identifier" in app.warning[0].value


def test_another_target_is_looked_at_first_and_brings_what_fits(open_page: Open, draft: Draft, store: Store):
    app = open_page(PATH, draft=draft.id)
    keyed(app.selectbox, "target-column").set_value("size").run()
    app.run()
    spec = of(app, store).spec
    assert (spec.dataset.target, spec.training.loss.kind) == ("size", "MeanSquaredError")
    assert {"told", "kind"} <= set(spec.dataset.features), "neither tells the size"
    assert spec.model.layers[-1].args["units"] == 1
    keyed(app.segmented_control, "target-task").set_value("multiclass").run()
    assert of(app, store).spec.training.loss.kind == "SparseCategoricalCrossentropy"


def test_a_series_is_a_line_with_window_and_horizon(open_page: Open, store: Store):
    app = open_page(PATH, draft=holding(store, SERIES).id)
    assert of(app, store).spec.dataset.source == "series"
    assert not app.error
    keyed(app.number_input, "dataset.options.window").set_value(7).run()
    assert of(app, store).spec.dataset.options["window"] == 7
    assert "7" in [metric.value for metric in app.metric]
    assert not app.error
    assert any("level" in chart.proto.alt for chart in app.main.get("echarts_chart"))


@pytest.mark.parametrize("content", [b"", b"one\n1\n2\n", b"\x00\x01\x02" * 99])
def test_what_is_no_table_is_said_and_nothing_changes(open_page: Open, store: Store, content: bytes):
    app = bring(open_page(PATH), "strange.csv", content)
    assert "strange.csv" in app.error[0].value
    assert store.drafts.find("local") == []
    assert app.button(key="choose-iris")


def test_no_room_is_said_with_figure_and_setting(open_page: Open, draft: Draft, store: Store, monkeypatch):
    store.uploads.claim(draft.id, hashlib.sha256(b"").hexdigest(), "local", "huge.csv", 2 * 10**9)
    app = bring(open_page(PATH), "more.csv", TABLE.replace("red", "green").encode())
    assert "2,000 MB (PLAYGROUND" in app.error[0].value.replace("\\", "")
    assert len(store.drafts.find("local")) == 1


def test_a_file_is_deleted_once_confirmed_and_the_page_says_how_to_mend_it(open_page: Open, draft: Draft, store: Store):
    file = draft.spec.dataset.options["file"]
    app = open_page(PATH, draft=draft.id)
    assert "kept until" in words(app)
    press(app, f"file-ask-{file[:16]}")
    assert is_here(file, settings())
    press(app, "file-delete")
    assert not is_here(file, settings())
    assert "not on this server" in words(app)
    assert "own.csv is deleted" in app.warning[0].value.replace("\\", "")
    bring(app, "own.csv", TABLE.encode())
    assert of(app, store).spec == draft.spec
    assert "is here again" in words(app)


@pytest.mark.parametrize("page", ["pages/1_Data.py", "pages/2_Model.py", "pages/3_Train.py", "app.py"])
def test_every_page_opens_with_a_file_that_is_here_and_one_that_is_gone(
    open_page: Open, draft: Draft, page: str, store: Store
):
    assert not open_page(page, draft=draft.id).error
    uploads.release_all(store, settings(), draft.id)
    open_page(page, draft=draft.id)


def test_a_share_link_with_a_file_says_that_it_is_not_here(open_page: Open, draft: Draft, store: Store):
    link = packed(draft.spec)
    uploads.release_all(store, settings(), draft.id)
    app = open_page(spec=link)
    assert "not on this server" in words(app)
    press(app, "open-shared")


def test_a_deleted_draft_takes_its_file_along(open_page: Open, draft: Draft):
    app = open_page()
    press(app, f"ask-{draft.id}")
    press(app, f"delete-{draft.id}")
    assert not is_here(draft.spec.dataset.options["file"], settings())


def test_a_job_that_takes_a_file_in_can_be_cancelled(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Client, "wake", lambda self: None)
    app = open_page(PATH)
    app.file_uploader[0].upload("own.csv", TABLE.encode(), "text/csv").run()
    (job,) = store.jobs.find()
    assert (settings().uploads_dir / job.args["upload"]).read_bytes() == TABLE.encode()
    press(app, "own-cancel")
    assert store.jobs.job(job.id).state == "cancelled"
    assert list(settings().uploads_dir.iterdir()) == []
    assert tables.retargeting(Client(settings()), "0" * 64, "y") is None
    assert store.drafts.find("local") == []


def ask_public(app: AppTest, asked: str, collection: str = "openml") -> AppTest:
    """Ask for a public table, and look at the page again once its job has ended."""
    keyed(app.button_group, "data-kind").set_value("Your own").run()
    keyed(app.button_group, "own-collection").set_value(collection).run()
    app.text_input(key="own-asked").set_value(asked)
    next(button for button in app.button if button.label == "Fetch").click().run()
    assert not app.exception, app.exception
    return app.run()


def test_a_dataset_of_openml_is_chosen_by_its_name(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with flowers() as server:
        monkeypatch.setenv(setting("openml_url"), server.url)
        settings.cache_clear()
        app = ask_public(open_page(PATH), " flowers ")
    spec = of(app, store).spec
    assert (spec.dataset.source, spec.dataset.target) == ("table", "class")
    assert "since it is OpenML's target" in words(app).replace("\\", "")
    assert [each.name for each in store.uploads.of_draft(of(app, store).id)] == ["flowers (OpenML 61)"]
    assert str(ROWS) in [metric.value for metric in app.metric]
    assert not app.error


@pytest.mark.parametrize(("asked", "said"), [("flowers", "not on this server"), ("", "Expected the name")])
def test_openml_that_cannot_be_asked_says_what_to_do(open_page: Open, store: Store, monkeypatch, asked: str, said: str):
    monkeypatch.setenv(setting("openml_url"), "http://127.0.0.1:9")
    settings.cache_clear()
    app = ask_public(open_page(PATH), asked)
    assert said in app.error[0].value
    assert store.drafts.find("local") == []


def test_a_table_of_seaborn_is_chosen_by_its_name(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as server:
        server.bodies["/birds.csv"] = TABLE.encode()
        monkeypatch.setenv(setting("seaborn_url"), server.url)
        settings.cache_clear()
        app = ask_public(open_page(PATH), "birds", "seaborn")
        assert of(app, store).spec.dataset.source == "table"
        assert [each.name for each in store.uploads.of_draft(of(app, store).id)] == ["birds.csv"]
        assert not app.error
        app = ask_public(open_page(PATH), "nothing", "seaborn")
    assert "seaborn's collection has no table called 'nothing'" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("has_draft", [True, False])
def test_a_reload_finds_the_job_that_takes_a_file_in(open_page: Open, store: Store, monkeypatch, has_draft: bool):
    wake = Client.wake
    monkeypatch.setattr(Client, "wake", lambda self: None)
    before = {"draft": started_on(store, "iris").id} if has_draft else {}
    app = open_page(PATH, **before)
    if has_draft:
        press(app, "change-dataset")
        keyed(app.button_group, "data-kind").set_value("Your own").run()
    app.file_uploader[0].upload("own.csv", TABLE.encode(), "text/csv").run()
    address = before | {"taking": stories.address(app, "taking")}
    again = open_page(PATH, **address)
    assert again.button(key="own-cancel")
    wake(Client(settings()))
    again.run()
    assert of(again, store).spec.dataset.source == "table"
    assert stories.address(again, "taking") is None
    assert len(store.drafts.find("local")) == 1


@pytest.mark.parametrize("kind", ["prepare", ""])
def test_an_address_with_another_job_or_none_is_no_file(open_page: Open, store: Store, kind: str):
    job_id = store.jobs.create(kind, "key", {}, "local") if kind else "nothing"
    assert "own-cancel" not in [button.key for button in open_page(PATH, taking=job_id).button]


def test_a_file_that_is_refused_opens_the_cards_until_it_was_read(open_page: Open, draft: Draft, store: Store):
    app = press(open_page(PATH, draft=draft.id), "change-dataset")
    bring(app, "strange.csv", b"one\n1\n2\n")
    assert "strange.csv" in app.error[0].value
    press(app, "keep-dataset")
    assert not app.error
    assert of(app, store).spec == draft.spec


def test_another_kind_of_split_leaves_no_argument_of_the_one_before(open_page: Open, store: Store):
    lines = [f"{row * 7 % 31 / 4},house {row % 9},{'ab'[row % 2]}" for row in range(90)]
    draft = holding(store, "\n".join(["size,house,kind", *lines]))
    app = open_page(PATH, draft=draft.id)
    keyed(app.selectbox, "split-kind").set_value("groups").run()
    assert dict(of(app, store).spec.dataset.split.args) == {"column": "house"}
    # Both before the page is drawn anew: the second knows only the split that it was drawn with.
    keyed(app.selectbox, "split-kind").set_value("holdout")
    keyed(app.number_input, "split-test").set_value(20).run()
    assert not app.exception
    split = of(app, store).spec.dataset.split
    assert (split.kind, dict(split.args)) == ("holdout", {"test": 0.2})
    keyed(app.selectbox, "split-kind").set_value("ordered").run()
    assert dict(of(app, store).spec.dataset.split.args) == {}
    assert not app.error
