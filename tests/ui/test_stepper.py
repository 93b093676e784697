"""The row of the eight steps, as the Train page draws it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.data import outline
from playground.runs import Store
from playground.specs import RunSpec
from playground.specs.templates import started
from playground.ui import shell, stepper
from tests.ui.conftest import Open
from tests.ui.test_settings import run_of
from tests.ui.test_train import TRAIN, text

SPEC = recipes.recipe("digits-mlp").spec
DONE, MISSING = ":small[:material/check: {}]", ":small[:gray[{}]]"


def steps(page: AppTest) -> list[str]:
    """The row's words, links as ``[label]``, done ones with ``+`` before them."""
    row = next(block for block in blocks(page.main) if block.proto.id.endswith("stepper"))
    found = []
    for child in row.children.values():
        if child.type == "page_link":
            assert "check" not in child.proto.icon, "an icon of a link is larger than one in words"
            found.append(f"[{child.proto.label.replace(':material/check: ', '+')}]")
        else:
            found.append(child.value)
    return found


def blocks(of):
    for child in of.children.values():
        if hasattr(child, "children"):
            yield child
            yield from blocks(child)


def links(page: AppTest) -> dict[str, str]:
    return {link.proto.label.split()[-1]: link.proto.query_string for link in page.main.get("page_link")}


@pytest.fixture
def empty() -> RunSpec:
    return started(SPEC.dataset, outline(SPEC.dataset))


def test_of_an_empty_draft_only_the_data_is_there(store: Store, open_page: Open, empty: RunSpec):
    page = open_page(TRAIN, draft=store.drafts.create(empty, "local").id)
    assert steps(page) == [
        "[+load]",
        "[prepare]",
        "[define]",
        ":small[**compile**]",
        MISSING.format("fit"),
        "[evaluate]",
        "[predict]",
        MISSING.format("save"),
    ]


def test_a_draft_with_layers_can_be_compiled(store: Store, open_page: Open):
    page = open_page(TRAIN, draft=store.drafts.create(SPEC, "local").id)
    assert steps(page)[2:5] == ["[+define]", ":small[**:material/check: compile**]", MISSING.format("fit")]


def test_a_finished_run_has_been_fitted_and_evaluated(store: Store, open_page: Open):
    draft = store.drafts.create(SPEC, "local")
    run_of(store, draft)
    page = open_page(TRAIN, draft=draft.id)
    assert steps(page)[:2] == ["[+load]", "[+prepare]"]
    assert steps(page)[3:] == [
        DONE.format("compile"),
        ":small[**:material/check: fit**]",
        "[+evaluate]",
        "[predict]",
        MISSING.format("save"),
    ]


def test_links_carry_the_draft(store: Store, open_page: Open):
    draft = store.drafts.create(SPEC, "local")
    found = links(open_page(TRAIN, draft=draft.id))
    assert {found["load"], found["define"]} == {f"draft={draft.id}"}


def test_a_phone_has_the_place_and_the_ways_from_it(store: Store, open_page: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shell, "is_phone", lambda: True)
    page = open_page(TRAIN, draft=store.drafts.create(SPEC, "local").id)
    assert "Step 4 of 8: **compile**" in text(page)
    assert steps(page)[0] == "[define]"
    assert steps(page)[-1] == "[evaluate]"


def test_a_step_whose_page_is_missing_is_no_link(
    store: Store, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    draft = store.drafts.create(SPEC, "local")
    monkeypatch.setattr(shell, "is_page", lambda path: path == TRAIN)
    assert steps(open_page(TRAIN, draft=draft.id))[:3] == [
        DONE.format("load"),
        MISSING.format("prepare"),
        DONE.format("define"),
    ]


def test_every_step_has_a_label(store: Store, open_page: Open):
    page = open_page(TRAIN, draft=store.drafts.create(SPEC, "local").id)
    for name, words in zip(stepper.STEPS, steps(page), strict=True):
        assert name in words
