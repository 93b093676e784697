"""The page's process must stay small and quick: it imports nothing of the Keras side."""

import json
import subprocess
import sys

import pytest

HEAVY = {"keras", "matplotlib", "seaborn", "sklearn", "tensorflow"}
PAGE_SIDE = [
    "playground.catalog",
    "playground.charts",
    "playground.engine.client",
    "playground.export",
    "playground.locale.text",
    "playground.recipes",
    "playground.runs",
    "playground.specs",
    "playground.ui",
]
WHOLE = {"playground.ui", "playground.charts", "playground.export", "playground.specs"}

IMPORTING = """
import importlib, json, pkgutil, sys
names, whole = json.loads(sys.argv[1])
for name in names:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, name + ".") if name in whole else ():
        importlib.import_module(found.name)
print(json.dumps(sorted(sys.modules)))
"""


def imported(names: list[str], whole: set[str] | None = None) -> set[str]:
    """Names of all modules that a fresh process holds after importing ``names``, and all inside those in ``whole``."""
    command = [sys.executable, "-c", IMPORTING, json.dumps([names, sorted(whole or ())])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_page_imports_nothing_heavy():
    modules = imported(PAGE_SIDE, WHOLE)
    assert "streamlit" in modules
    assert set(PAGE_SIDE) <= modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert "playground.loaders" not in modules, "what unpickles runs in jobs only"


@pytest.mark.parametrize("name", ["playground.__main__", "playground.cli.run", "playground.cli.doctor"])
def test_the_command_line_imports_nothing_heavy(name):
    assert {name.partition(".")[0] for name in imported([name])} & HEAVY == set()


def test_this_test_would_notice():
    assert "matplotlib" in imported(["matplotlib"])
