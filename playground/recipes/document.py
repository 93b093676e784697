"""``python -m playground.recipes.document`` writes docs/RECIPES.md: what texts reported beside what was measured."""

from collections.abc import Sequence
from pathlib import Path

from playground import catalog
from playground.recipes.figures import OWN, Entry, figures, headline, number, spread
from playground.recipes.recipe import Recipe, names, recipe

PATH = Path(__file__).resolve().parents[2] / "docs" / "RECIPES.md"

_HEAD = """# Worked examples

Every example is one click on Home, or one command. The table has what a text reported of it beside what was measured
here: the mean over the seeds, and the least and the most of them in brackets. "Simplest answer" is what one scores who
always gives the most frequent class, the mean, the mean picture or the last value. The command of an example runs it;
`python -m playground.recipes.measure NAME` measures it again, and `python -m playground.recipes.document` writes this
page.

"""
_ROW = (
    "| Example | Reported | Measured | Simplest answer | Seconds | Repeat it |\n| --- | --- | --- | --- | --- | --- |\n"
)
_RUN_ROW = (
    "| Run | Measured | Simplest answer | Training loss | Epochs | Parameters | Seconds |\n"
    "| --- | --- | --- | --- | --- | --- | --- |\n"
)


def document() -> str:
    """The page as Markdown."""
    every = [recipe(name) for name in names()]
    return _HEAD + _ROW + "".join(map(_row, every)) + "".join(map(_section, every))


def _row(of: Recipe) -> str:
    runs = figures().get(of.name, {})
    entries = runs.get(OWN) or [entry for each in runs.values() for entry in each]
    best, simple, seconds = _figures(entries, of)
    command = f"`python -m playground run {of.name}`"
    cells = (f"[{of.name}](#{of.name})", of.reported, best, simple, seconds, command)
    return f"| {' | '.join(cell or '—' for cell in cells)} |\n"


def _figures(entries: Sequence[Entry], of: Recipe) -> tuple[str, str, str]:
    found = headline(entries, is_folds=of.all_folds)
    if found is None:
        return "not yet measured", "", ""
    what, figure, simple = found
    seconds = number(spread([entry["seconds"] for entry in entries]).mean)
    return f"{what} {figure.words()}", number(simple.mean) if simple else "", seconds


def _section(of: Recipe) -> str:
    source = catalog.entry("datasets", of.spec.dataset.source)
    label = source.label if source else of.spec.dataset.source
    data = f"{label}{'' if of.offline else ', downloaded on first use'}"
    title = f"**{of.title}.** {of.group}; {of.level}. Data: {data}."
    parts = [f"\n## {of.name}\n\n{title}\n\n{of.teaches}\n\nLook at: {of.look_at}\n"]
    if of.question:
        answer = of.question.choices[of.question.answer]
        parts.append(f"\nAsked before the result: {of.question.text} *{answer}.* {of.question.why}\n")
    if runs := figures().get(of.name):
        parts.append("\n" + _RUN_ROW + "".join(_run(of, label, entries) for label, entries in runs.items()))
        parts.append(_measured_on([entry for each in runs.values() for entry in each]))
    if of.try_next:
        parts.append("\nTo try next:\n\n" + "".join(f"- {each.label}: {each.why}\n" for each in of.try_next))
    return "".join(parts)


def _run(of: Recipe, label: str, entries: Sequence[Entry]) -> str:
    best, simple, seconds = _figures(entries, of)
    loss = spread([entry["metrics"]["loss"]["last"] for entry in entries]).words()
    first = entries[0]
    cells = (
        label or of.label or "its own",
        best,
        simple,
        loss,
        f"{first['epochs']:,}",
        f"{first['parameters']:,}",
        seconds,
    )
    return f"| {' | '.join(cell or '—' for cell in cells)} |\n"


def _measured_on(entries: Sequence[Entry]) -> str:
    first = entries[0]
    seeds = ", ".join(str(seed) for seed in sorted({entry["seed"] for entry in entries}))
    versions = ", ".join(f"{name} {version}" for name, version in first["versions"].items())
    command = f"python -m playground.recipes.measure {first['command'].split()[3]} --seeds {seeds.replace(', ', ',')}"
    changes = "".join(f" --set {change}" for change in first["changes"])
    whole = "" if first["is_whole"] else f" Measured with changes: {', '.join(first['changes'])}."
    note = f" {first['note']}" if first["note"] else ""
    dates = sorted({entry["date"] for entry in entries})
    return f"\nSeeds {seeds} on {first['machine']}, {dates[-1]}; {versions}.{whole}{note}\n\n`{command}{changes}`\n"


if __name__ == "__main__":
    PATH.write_text(document(), "utf-8")
