"""Pages are a few lines that call the user interface; everything else stands in playground/ui, where it is tested."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 40
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def faults(source: str) -> list[str]:
    """What a page with this source does that a page should not do."""
    found = []
    if len(source.splitlines()) > LONGEST:
        found.append(f"has more than {LONGEST} lines")
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module="playground", level=0):
                names = [f"playground.{alias.name}" for alias in node.names]
            case ast.ImportFrom():
                names = ["." * node.level + (node.module or "")]
            case ast.Attribute(attr="session_state") | ast.Constant(value="session_state"):
                found.append(f"line {node.lineno} reaches for session_state")
        found += [f"imports {name}" for name in names if not f"{name}.".startswith("playground.ui.")]
        if isinstance(node, DEFINITIONS):
            found.append(f"line {node.lineno} defines something")
    return found


@pytest.mark.parametrize("path", [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))], ids=lambda path: path.name)
def test_a_page_is_thin(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import streamlit as st", "imports streamlit"),
        ("from playground import runs, ui", "imports playground.runs"),
        ("from playground.uiother import x", "imports playground.uiother"),
        ("from . import shell", "imports ."),
        ("def page(): ...", "line 1 defines something"),
        ("run = lambda: 1", "line 1 defines something"),
        ("from playground.ui import st\nst.session_state['a'] = 1", "line 2 reaches for session_state"),
        ("x = 1\n" * 41, "has more than 40 lines"),
    ],
)
def test_a_fat_page_is_noticed(source, fault):
    assert faults(source) == [fault]


def test_what_a_page_may_do():
    assert faults("from playground.ui import shell\nfrom playground import ui\nshell.start_page('Home')\n") == []


def reaching(root: Path) -> set[str]:
    """The modules of the app that touch the session's state or the address, as paths below ``root``."""
    names = {"session_state", "query_params"}
    return {
        path.relative_to(root).as_posix()
        for path in (*root.glob("app.py"), *root.glob("pages/*.py"), *root.glob("playground/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.Constant) and node.value in names)
        or (isinstance(node, ast.ImportFrom) and names & {alias.name for alias in node.names})
    }


def test_two_modules_own_the_session():
    assert reaching(ROOT) == {"playground/ui/draft.py", "playground/ui/ids.py"}


@pytest.mark.parametrize(
    "line", ["st.session_state['a'] = 1", "getattr(st, 'query_params')", "from streamlit import session_state"]
)
def test_another_module_at_the_session_is_noticed(tmp_path, line):
    folder = tmp_path / "playground" / "ui"
    folder.mkdir(parents=True)
    (folder / "quiet.py").write_text("st.page_link('app.py', query_params={})\n")
    (folder / "loud.py").write_text(f"{line}\n")
    assert reaching(tmp_path) == {"playground/ui/loud.py"}
