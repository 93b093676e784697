"""What a share link holds is shown first; only the button makes a draft of it."""

import base64
import json
import zlib

import pytest

from playground import recipes
from playground.export.link import MAX_CHARACTERS, packed
from playground.runs import Store
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.ui import shell
from tests.ui.conftest import Open
from tests.ui.test_home import words

SPEC = with_value(recipes.recipe("digits-cnn").spec, "name", "*Ada's* <b>network</b> $x$")


def link_of(**changes: object) -> str:
    data = json.dumps(SPEC.model_dump() | changes).encode()
    return "1." + base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


def drafts(store: Store) -> list[RunSpec]:
    return [each.spec for each in store.drafts.find("local")]


def test_a_link_is_shown_and_makes_nothing(open_page: Open, store: Store):
    app = open_page(spec=packed(SPEC))
    said = words(app)
    assert app.title[0].value == "Shared with you"
    assert shell.plain(SPEC.name) in said
    assert shell.plain("Digits 8 × 8") in said
    assert "8 layers" in said
    assert shell.plain("Adam, rate 0.001") in said
    assert "Examples" not in said
    assert drafts(store) == []


def test_not_now_leaves_everything_as_it_was(open_page: Open, store: Store):
    before = store.drafts.create(recipes.recipe("spiral").spec, "local")
    app = open_page(spec=packed(SPEC), draft=before.id)
    app.button(key="not-now").click().run()
    assert not app.exception
    assert app.title[0].value == "Pick something to learn"
    assert "spec" not in app.query_params
    assert drafts(store) == [before.spec]


def test_opening_makes_a_draft_of_its_own(open_page: Open, store: Store):
    before = store.drafts.create(recipes.recipe("spiral").spec, "local")
    app = open_page(spec=packed(SPEC), draft=before.id)
    app.button(key="open-shared").click().run()
    assert not app.exception
    assert app.title[0].value == "Model"
    assert "spec" not in app.query_params
    opened = store.drafts.draft("".join(app.query_params["draft"]))
    assert opened.id != before.id
    assert opened.spec == SPEC
    assert store.drafts.draft(before.id) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1.",
        "1.!!!",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "1." + "A" * 9_000,
        packed(SPEC)[:-9],
        "1." + base64.urlsafe_b64encode(zlib.compress(b"0" * 5_000_000)).decode().rstrip("="),
        link_of(version=9),
        link_of(model={"layers": [{"kind": "Lambda", "name": "a"}]}),
        link_of(dataset={"source": "../secret"}),
    ],
    ids=str,
)
def test_whatever_stands_in_the_address_there_is_no_traceback(open_page: Open, store: Store, text):
    app = open_page(spec=text)
    if text:
        assert app.title[0].value == "This cannot be opened"
        assert app.error[0].value
        app.button(key="not-now").click().run()
    assert app.title[0].value == "Pick something to learn"
    assert drafts(store) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"model": {"layers": []}},
        {"model": {"layers": [{"kind": "Dense", "name": "a", "inputs": ["nowhere"], "args": {"units": 3}}]}},
        {"model": {"layers": [{"kind": "Dense", "name": "a", "inputs": ["a"], "args": {"units": 10**12}}]}},
        {"model": {"layers": [{"kind": "Dense", "name": "a", "args": {"units": {"kind": "x"}}}]}},
        {"model": {"layers": [{"kind": "Add", "name": f"a{n}", "inputs": ["b"]} for n in range(300)]}},
        {"dataset": {"source": "iris", "features": ["no such column"]}},
        {"dataset": {"source": "iris", "steps": [{"kind": "add_channel", "args": {}}]}},
    ],
)
def test_what_cannot_run_is_shown_with_what_is_wrong(open_page: Open, store: Store, changes):
    app = open_page(spec=link_of(**changes))
    assert app.title[0].value == "Shared with you"
    assert "Worth a look" in words(app)
    app.button(key="open-shared").click().run()
    assert not app.exception
    assert len(drafts(store)) == 1


def test_a_file_goes_the_same_way(open_page: Open, store: Store):
    app = open_page()
    app.file_uploader(key="upload-settings").upload("spec.json", SPEC.to_json().encode(), "application/json").run()
    assert not app.exception
    assert app.title[0].value == "Shared with you"
    assert drafts(store) == []
    app.button(key="open-shared").click().run()
    assert drafts(store) == [SPEC]


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b" " * 1_000_001])
def test_a_file_that_is_none_of_ours_says_why(open_page: Open, store: Store, data):
    app = open_page()
    app.file_uploader(key="upload-settings").upload("spec.json", data, "application/json").run()
    assert not app.exception
    assert app.title[0].value == "This cannot be opened"
    assert app.error[0].value.startswith("The file")


@pytest.mark.parametrize("page", ["pages/2_Model.py", "pages/3_Train.py"])
def test_a_draft_shows_its_link(open_page: Open, store: Store, page):
    draft = store.drafts.create(SPEC, "local")
    app = open_page(page, draft=draft.id)
    code = [each.value for each in app.code if "?spec=" in each.value]
    assert [text.partition("?spec=")[2] for text in code] == [packed(SPEC)]
    assert "no data and no weights" in words(app)


def test_what_is_too_long_for_a_link_is_offered_as_a_file(open_page: Open, store: Store):
    boundaries = [n * 1.1234567 + (n * 7919 % 997) / 997 for n in range(3_000)]
    layers = [{"kind": "Discretization", "name": "d", "args": {"bin_boundaries": boundaries}, "inputs": []}]
    spec = RunSpec.from_dict(SPEC.model_dump() | {"model": {"layers": layers}})
    assert len(packed(spec)) > MAX_CHARACTERS
    draft = store.drafts.create(spec, "local")
    app = open_page("pages/3_Train.py", draft=draft.id)
    assert "too much for a link" in words(app)
    assert [each for each in app.code if "?spec=" in each.value] == []
