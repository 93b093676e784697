"""The catalogue as a page of documentation: ``python -m playground.catalog.document`` writes docs/CATALOGUE.md."""

from collections.abc import Iterator
from pathlib import Path

from playground.catalog.left_out import LEFT_OUT
from playground.catalog.tables import coverage, facts, offered

PATH = Path(__file__).parents[2] / "docs" / "CATALOGUE.md"
_HEAD = """# The catalogue

What can be chosen of Keras {version}, and what is left out and why. `make catalog` writes this page from the tables in
`playground/catalog`. Arguments, bounds and help: `python -m playground catalog layers --json`, or the page itself.
"""


def document() -> str:
    """The page as Markdown: how much of Keras there is, then each table by group, with what is left out of it."""
    lines = [
        _HEAD.format(version=facts()["keras"]),
        "| table | in Keras | on offer | left out |",
        "| --- | --: | --: | --: |",
    ]
    lines += [
        f"| [{each.table}](#{each.table}) | {each.public} | {each.on_offer} | {each.left_out} |" for each in coverage()
    ]
    for each in coverage():
        lines += ["", f"## {each.table.capitalize()}", "", *_offered(each.table), *_left_out(each.table)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PATH.write_text(document(), "utf-8")


def _offered(table: str) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for entry in offered(table):
        groups.setdefault(entry.group, []).append(f"| {entry.id} | {entry.group} | {entry.summary} |")
    yield from ("| name | group | what it does |", "| --- | --- | --- |")
    for rows in groups.values():
        yield from rows


def _left_out(table: str) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for name, reason in LEFT_OUT.get(table, {}).items():
        reasons.setdefault(reason, []).append(name)
    if reasons:
        yield from ("", "Left out:", "")
    for reason, names in reasons.items():
        yield f"- {', '.join(names)}: {reason}."


if __name__ == "__main__":
    main()
