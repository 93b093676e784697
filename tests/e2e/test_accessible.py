"""Every page against the rules of WCAG 2 that a program can check, contrast of 4.5 to 1 among them, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from playground.export.link import packed
from playground.specs.edit import with_value
from playground.specs.stack import added
from tests import browser as real
from tests import clicks, shown
from tests.faults.engine import wait_for
from tests.sweeps import some

RULES = {"runOnly": ["wcag2a", "wcag2aa"]}


NAMES = (
    *("home", "data", "model", "wrong", "blocked", "result", "templates", "share"),
    *("cost", "code", "summary", "weights", "import", "nested", "shared", "settings"),
)


@pytest.fixture(scope="module")
def states(client, tmp_path_factory) -> dict[str, shown.Shot]:
    """Pages in the states that show most, by name."""
    drafts, cnn = client.store.drafts, shown.begun("digits", "cnn")
    fits = drafts.create(with_value(cnn, "training.epochs", 2), "local")
    wrong = drafts.create(added(cnn, "LSTM", 3), "local")
    nested = drafts.create(shown.nested(), "local")
    run = wait_for(client, client.submit(fits.spec, draft_id=fits.id), lambda run: run.is_ended)
    drafts.ran(fits.id, run.id)
    file = shown.saved_by_keras(tmp_path_factory.mktemp("accessible") / "model.keras")
    model = f"/Model?draft={fits.id}"
    shots = [
        shown.Shot("home", "/", "Your last runs"),
        shown.Shot("data", f"/Data?draft={fits.id}", "Class balance"),
        shown.Shot("model", model, "Everything fits"),
        shown.Shot("wrong", f"/Model?draft={wrong.id}", "expects"),
        shown.Shot("blocked", f"/Train?draft={wrong.id}", "Training"),
        shown.Shot("result", f"/Train?draft={fits.id}&run={run.id}", "Result on the test part"),
        shown.Shot("templates", model, "Everything fits", clicks.templates),
        shown.Shot("share", model, "Everything fits", clicks.share),
        shown.Shot("cost", model, "Everything fits", clicks.tab("Cost", "A training step")),
        shown.Shot("code", model, "Everything fits", clicks.tab("Keras code", "The whole run as a script")),
        shown.Shot("summary", model, "Everything fits", clicks.inside("Summary", "Total params")),
        shown.Shot("weights", model, "Everything fits", clicks.inside("Weights", "Best epoch")),
        shown.Shot("import", model, "Everything fits", clicks.importing(file)),
        shown.Shot("nested", f"/Model?draft={nested.id}", "Everything fits", clicks.row("both_ways", "L2")),
        shown.Shot("shared", f"/?spec={packed(cnn)}", "Everything fits"),
        shown.Shot("settings", f"/Train?draft={fits.id}", "Training", clicks.more_settings),
    ]
    return {each.name: each for each in shots}


@pytest.mark.parametrize("name", some(NAMES, 2))
def test_no_rule_of_wcag_aa_is_broken_light_or_dark(open_tab, states, name):
    shot = states[name]
    page = open_tab(shot.path)
    expect(page.get_by_text(shot.text).locator("visible=true").first).to_be_visible()
    real.settled(page)
    shot.act(page)
    real.settled(page)
    broken = [f"light: {each}" for each in violations(page)]
    real.darken(page)
    broken += [f"dark: {each}" for each in violations(page)]
    assert broken == [], "\n".join(broken)


def violations(page: Page) -> list[str]:
    """The rules that the page breaks as it stands, each with the element that does."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_the_check_finds_pale_words(open_tab):
    """The control: the check above can fail."""
    page = open_tab()
    page.evaluate("document.querySelector('h1').style.color = '#DDDDDD'")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [rule["id"] for rule in found] == ["color-contrast"]
