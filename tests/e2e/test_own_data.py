"""A file of one's own in a real browser: from choosing the file to the trained model, by mouse and by keyboard."""

import random
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import is_here, take_in
from playground.engine import uploads
from playground.engine.client import Client
from playground.runs import Draft, Store
from tests import browser as real
from tests.e2e.test_data import tab_to, until

ROWS = 240


@pytest.fixture
def birds(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A table with gaps, categories, a column that tells the target and one that counts the rows; one for each test."""
    drawn = random.Random(request.node.name)
    lines = ["id,island,bill,mass,tag,species"]
    for row in range(ROWS):
        kind = row % 3
        bill = "" if row % 17 == 4 else f"{38 + 6 * kind + drawn.gauss(0, 1.5):.1f}"
        mass = "" if row % 23 == 9 else f"{3500 + 700 * kind + drawn.gauss(0, 250):.0f}"
        species = ("Adelie", "Chinstrap", "Gentoo")[kind]
        lines.append(f"{row + 1},{drawn.choice(('Biscoe', 'Dream'))},{bill},{mass},{species[0]}-tag,{species}")
    path = tmp_path / "birds.csv"
    path.write_text("\n".join(lines))
    return path


def of(page: Page, store: Store) -> Draft:
    """The draft in the page's address."""
    return store.drafts.draft(parse_qs(urlparse(page.url).query)["draft"][0])


def bring(page: Page, path: Path) -> None:
    """Choose a file as the button of the uploader lets one do it."""
    with page.expect_file_chooser() as chooser:
        page.locator(".st-key-own").get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(path)


def drop(page: Page, path: Path) -> None:
    """Let a file fall onto the uploader, as a mouse does that drags it there."""
    carried = page.evaluate_handle(
        """([name, bytes]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], name));
            return carried;
        }""",
        [path.name, list(path.read_bytes())],
    )
    zone = page.locator(".st-key-own").get_by_test_id("stFileUploaderDropzone")
    for event in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(event, {"dataTransfer": carried})


@pytest.fixture
def draft(birds: Path, client: Client, store: Store) -> Draft:
    """A draft that holds the table and learns from it, with everything proposed."""
    profile = take_in(birds, birds.name, client.settings, lambda fraction, message: None)
    made = store.drafts.create(proposed(profile, client.settings), client.settings.owner)
    uploads.claim(store, client.settings, made.id, profile.file, birds.name)
    return made


def chosen(page: Page, path: Path) -> None:
    """Wait until the page has chosen the file."""
    expect(page.locator(".st-key-files").get_by_text(path.name)).to_be_visible()
    real.settled(page)


def column(page: Page, at: int):
    return page.locator(f".st-key-column-{at}")


def test_from_choosing_the_file_to_the_trained_model(open_tab, store, client, birds):
    page = open_tab("/Data")
    bring(page, birds)
    chosen(page, birds)
    note = page.locator(".st-key-note")
    expect(note).to_contain_text("to predict: species, since")
    expect(note).to_contain_text("put aside: id, tag")
    dataset = of(page, store).spec.dataset
    assert (dataset.target, dataset.features) == ("species", ("island", "bill", "mass"))
    assert [step.kind for step in dataset.steps] == ["fill", "one_hot", "standardise"]

    expect(column(page, 0)).to_contain_text("put aside: it tells rows apart")
    expect(column(page, 0).get_by_role("checkbox")).not_to_be_checked()
    expect(column(page, 2)).to_contain_text("14 missing")
    expect(column(page, 4)).to_contain_text("it alone predicts species")
    expect(column(page, 5)).to_contain_text("the target")
    expect(page.locator(".st-key-samples").get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_text("Class balance")).to_be_visible()

    # Corrected by keyboard: the category becomes an identifier, which cannot be learned from, and then it is left out.
    tab_to(page, "type-1")
    page.keyboard.type("text")
    page.keyboard.press("Enter")
    until(lambda: "types" in of(page, store).spec.dataset.options, "the type was corrected")
    spec = of(page, store).spec
    assert dict(spec.dataset.options["types"]) == {"island": "text"}
    assert "tfidf" in [step.kind for step in spec.dataset.steps], "the preparation follows"
    real.settled(page)
    tab_to(page, "use-1")
    page.keyboard.press("Space")
    until(lambda: of(page, store).spec.dataset.features == ("bill", "mass"), "the column was left out")
    kinds = ["fill", "standardise"]
    until(lambda: [step.kind for step in of(page, store).spec.dataset.steps] == kinds, "the preparation follows")

    page.get_by_role("link", name="Train").first.click()
    page.locator(".st-key-transport").get_by_role("button", name=re.compile("^Start")).click()
    real.state(page, "Finished", 120)
    (run,) = store.runs.find(draft_id=of(page, store).id)
    assert run.metrics["val_accuracy"].best > 0.9
    assert "Data" in page.locator("body").inner_text()


def test_the_target_can_be_another_column_and_a_reload_keeps_it(open_tab, store, birds, draft):
    page = open_tab(f"/Data?draft={draft.id}")
    chosen(page, birds)
    page.locator(".st-key-target").get_by_role("combobox").click()
    page.get_by_role("option", name="mass").click()
    until(lambda: of(page, store).spec.dataset.target == "mass", "the target changed")
    spec = of(page, store).spec
    assert spec.training.loss.kind == "MeanSquaredError"
    assert "standardise_target" in [step.kind for step in spec.dataset.steps]
    assert {"species", "tag"} <= set(spec.dataset.features), "neither tells the mass"
    page.reload()
    chosen(page, birds)
    expect(page.locator(".st-key-target").get_by_role("combobox")).to_have_value("mass")
    expect(column(page, 3)).to_contain_text("the target")
    assert of(page, store).spec == spec


REFUSED = {
    "noise.csv": (bytes(range(256)) * 40, "noise.csv"),
    "one.csv": (b"only\n1\n2\n3\n", "one column"),
    "broken.parquet": (b"PAR1 is how it begins, no more", "Parquet"),
    "empty.csv": (b"", "empty.csv"),
}
"""Files that are no table: what is in them, and a word of why."""


def test_files_that_are_no_table_are_refused_in_words_and_the_page_stays(open_tab, client, tmp_path):
    page = open_tab("/Data")
    for at, (name, (data, words)) in enumerate(REFUSED.items()):
        path = tmp_path / name
        path.write_bytes(data)
        (drop if at % 2 and data else bring)(page, path)
        alert = page.locator(".st-key-own-state").get_by_role("alert").filter(has_text=name)
        expect(alert).to_contain_text(words)
        expect(alert).not_to_contain_text("Traceback")
        real.settled(page)
    expect(page.locator(".st-key-choose-iris")).to_be_visible()
    left = [each for each in client.settings.uploads_dir.iterdir() if not (each / "profile.json").exists()]
    assert left == []


def test_a_deleted_file_is_said_and_can_be_brought_again(open_tab, store, client, birds, draft):
    page = open_tab(f"/Data?draft={draft.id}")
    chosen(page, birds)
    before = of(page, store)
    file = before.spec.dataset.options["file"]
    real.press(page.locator(".st-key-files"), "Delete …")
    real.press(page.locator(".st-key-files"), "Keep")
    assert is_here(file, client.settings)
    real.press(page.locator(".st-key-files"), "Delete …")
    delete = page.locator(".st-key-files").get_by_role("button", name="Delete", exact=True)
    real.press_until(delete, lambda: not is_here(file, client.settings))
    expect(page.locator(".st-key-file-gone")).to_contain_text("is not on this server")
    assert not is_here(file, client.settings)
    assert store.uploads.of_draft(before.id) == []
    for where in ("Model", "Train"):
        page.goto(page.url.replace("/Data", f"/{where}").replace("/Model", f"/{where}"))
        real.settled(page)
        expect(page.get_by_text("not on this server").first).to_be_visible()
    page.goto(page.url.replace("/Train", "/Data"))
    real.settled(page)
    bring(page, birds)
    chosen(page, birds)
    expect(page.locator(".st-key-columns")).to_be_visible()
    assert of(page, store).spec == before.spec
