"""A link from one browser to another: seen there before anything is made of it, and the same run in the end."""

import re
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import expect

from playground import recipes
from tests import browser as real


def test_what_one_browser_shares_another_opens(open_tab, store):
    mine = store.drafts.create(recipes.recipe("digits-cnn").spec, "local")
    others = store.drafts.create(recipes.recipe("spiral").spec, "local")
    sender = open_tab(f"/Model?draft={mine.id}")
    sender.get_by_role("button", name="Share").click()
    shown = sender.locator(".stCode:visible code").filter(has_text="?spec=")
    expect(shown).to_be_visible()
    link = shown.inner_text().replace("\n", "")
    assert urlparse(link).path == "/"

    reader = open_tab(f"/?{urlparse(link).query}&draft={others.id}")
    expect(reader.get_by_role("heading", name="Shared with you")).to_be_visible()
    expect(reader.get_by_text("Digits CNN")).to_be_visible()
    assert len(store.drafts.find("local")) >= 2
    before = {each.id for each in store.drafts.find("local")}
    real.press(reader, "Open as a new draft")
    reader.wait_for_url(re.compile(r".*/Model\?"))
    expect(reader.get_by_role("heading", name="Model")).to_be_visible()
    opened = store.drafts.draft(parse_qs(urlparse(reader.url).query)["draft"][0])
    assert opened.id not in before
    assert opened.spec.digest == mine.spec.digest
    assert store.drafts.draft(others.id) == others
    assert "spec" not in parse_qs(urlparse(reader.url).query)


def test_the_link_of_another_page_leads_home_too(open_tab, store):
    mine = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_tab(f"/Train?draft={mine.id}")
    page.get_by_role("button", name="Share").click()
    shown = page.locator(".stCode:visible code").filter(has_text="?spec=")
    expect(shown).to_be_visible()
    assert urlparse(shown.inner_text().replace("\n", "")).path == "/"


def test_a_damaged_link_says_so_and_not_now_leads_home(open_tab, store):
    before = len(store.drafts.find("local"))
    page = open_tab("/?spec=1.eJyrVkrLz1eyUkpKLKoFAB7eBFI")
    expect(page.get_by_role("heading", name="This cannot be opened")).to_be_visible()
    real.press(page, "Go to the examples")
    expect(page.get_by_role("heading", name="Pick something to learn")).to_be_visible()
    assert "spec" not in parse_qs(urlparse(page.url).query)
    assert len(store.drafts.find("local")) == before
