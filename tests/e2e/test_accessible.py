"""Every page against the rules of WCAG 2 that a program can check, contrast of 4.5 to 1 among them, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground.data import outline
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.stack import added
from playground.specs.templates import started
from tests import browser as real
from tests.faults.engine import wait_for

RULES = {"runOnly": ["wcag2a", "wcag2aa"]}


@pytest.fixture(scope="module")
def paths(client) -> dict[str, str]:
    """Pages in the states that show most, with a text that each ends with."""
    dataset = first_dataset("digits")
    cnn = started(dataset, outline(dataset), "cnn")
    drafts = client.store.drafts
    fits, wrong = drafts.create(cnn, "local"), drafts.create(added(cnn, "LSTM", 3), "local")
    short = with_value(cnn, "training.epochs", 2)
    run = wait_for(client, client.submit(short, draft_id=fits.id), lambda run: run.is_ended)
    drafts.ran(fits.id, run.id)
    return {
        "/": "Your last runs",
        f"/Data?draft={fits.id}": "Class balance",
        f"/Model?draft={fits.id}": "Everything fits",
        f"/Model?draft={wrong.id}": "expects",
        f"/Train?draft={wrong.id}": "Training",
        f"/Train?draft={fits.id}&run={run.id}": "Result on the test part",
    }


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_no_rule_of_wcag_aa_is_broken(open_tab, paths, is_dark):
    broken = []
    for path, text in paths.items():
        page = open_tab(path, is_dark=is_dark)
        expect(page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=20_000)
        real.settled(page)
        found = Axe().run(page, options=RULES).response["violations"]
        broken += [(path, rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]
    assert broken == []


def test_the_check_finds_pale_words(open_tab):
    """The control: the check above can fail."""
    page = open_tab()
    page.evaluate("document.querySelector('h1').style.color = '#DDDDDD'")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [rule["id"] for rule in found] == ["color-contrast"]
