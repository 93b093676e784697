"""What stands in the repository's texts and lists is true."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from pydantic_core import PydanticUndefined

from playground import __version__
from playground.settings import Settings, setting

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def requirements(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name):
    field = Settings.model_fields[name]
    default = {None: "unset", PydanticUndefined: "see below"}.get(field.default, field.default)
    row = f"| `{setting(name)}` | {default} | {field.description} |"
    assert row in (ROOT / "docs" / "SETTINGS.md").read_text().splitlines()


def test_no_setting_is_documented_that_is_none():
    known = {setting(name) for name in Settings.model_fields}
    known |= {"PLAYGROUND_CHROMIUM", "PLAYGROUND_POSTGRES", "PLAYGROUND_TEST_DATA"}
    for text in TEXTS:
        assert set(re.findall(r"PLAYGROUND_[A-Z_]+[A-Z]", text.read_text())) <= known, text.name


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_links_lead_somewhere(text):
    read = text.read_text()
    headings = {f"#{heading.lower()}" for heading in re.findall(r"^#+ ([\w-]+)$", read, re.MULTILINE)}
    for target in re.findall(r"(?<!!)\[[^]]*\]\(([^)]+)\)", read):
        assert target.startswith("https://") or target in headings or (text.parent / target).exists(), target


def test_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for text in TEXTS:
        assert set(re.findall(r"make ([a-z]+)(?=[`\s]*(?:#|`))", text.read_text())) <= targets, text.name


def test_the_project_has_the_version_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_asked_for_is_pinned_within_its_range(name):
    pinned = {pin.name.lower(): next(iter(pin.specifier)).version for pin in requirements("constraints.txt")}
    for wanted in requirements(name):
        assert wanted.specifier.contains(pinned[wanted.name.lower()]), wanted


def test_every_file_that_is_downloaded_is_documented():
    from playground.data.sets import california_housing, cifar, fashion_mnist, mnist, movie_reviews, word_sets
    from playground.data.sets.published_series import SERIES_FILES
    from playground.data.sets.published_tables import BOSTON, PIMA

    named = (fashion_mnist.FILES, cifar.FILES, word_sets.FILES, word_sets.WORD_FILES)
    files = [mnist.FILE, california_housing.FILE, *(file for each in named for file in each.values())]
    files += [PIMA, BOSTON, movie_reviews.FILE, *(series.file for series in SERIES_FILES.values())]
    rows = (ROOT / "docs" / "DATASETS.md").read_text().splitlines()
    for file in files:
        name = f"{file.folder}/{file.name}" if file.folder else file.name
        kind = "none published" if file.checksum is None else "SHA-256" if len(file.checksum) == 64 else "MD5"
        checksum = kind if file.checksum is None else f"{kind} `{file.checksum}`"
        assert f"| {file.title} | `{name}` | {file.url} | {checksum} |" in rows
    for name in (name for names in cifar.BY_HAND.values() for name in names):
        assert any(name in row for row in rows)
