"""What can be taken away from a comparison: its table and its curves, as CSV."""

import csv
import io
import math
from collections.abc import Callable, Sequence

import streamlit as st

from playground.data.harmless import harmless
from playground.export.sections import file_name
from playground.locale.text import _
from playground.runs import Comparison, Run
from playground.runs.spread import spreads
from playground.ui.compare_words import Shown


def panel(comparison: Comparison, shown: Callable[[], Sequence[Shown]]) -> None:
    """Draw the button that opens the list of files.

    Args:
        comparison: what is compared.
        shown: gives its runs as they are once a file is asked for.
    """
    files = (
        (_("Table (CSV)"), "-table.csv", ":material/table:", lambda: table_csv(comparison, shown())),
        (_("Curves (CSV)"), "-curves.csv", ":material/show_chart:", lambda: curves_csv(shown())),
    )
    with st.popover(_("Download"), icon=":material/download:"):
        for label, suffix, icon, made in files:
            name = f"{file_name(comparison.name)}{suffix}"
            key = f"compare{suffix}"
            st.download_button(label, made, name, "text/csv", key=key, icon=icon, on_click="ignore", width="stretch")


def table_csv(comparison: Comparison, shown: Sequence[Shown]) -> str:
    """A row a run with all its metrics; under folds the mean and the sample standard deviation of the validation's."""
    runs = [each.view.run for each in shown]
    names = list(dict.fromkeys(name for run in runs for name in run.metrics))
    tested = list(dict.fromkeys(name for run in runs for name in run.test))
    head = ["run", "id", "state", "epochs", "parameters", "seconds"]
    head += [f"{name}{end}" for name in names for end in ("", "_best", "_best_epoch")]
    rows = [_row(label, view.run, names, tested) for label, view in shown]
    if comparison.kind == "folds":
        found = spreads(runs)
        for label, which in (("mean", "mean"), ("standard deviation", "sd")):
            cells: list[object] = [label, *[""] * 5]
            for name in names:
                pair = found.get(name)
                cells += [*(_cell(getattr(each, which)) for each in pair), ""] if pair else [""] * 3
            rows.append([*cells, *[""] * len(tested)])
    return _csv([*head, *(f"test_{name}" for name in tested)], rows)


def curves_csv(shown: Sequence[Shown]) -> str:
    """A row a run and epoch, and one column a History name; nothing is smoothed or left out."""
    names = list(dict.fromkeys(name for each in shown for name in each.view.epochs))
    rows = []
    for label, view in shown:
        values = {name: dict(zip(s.x.tolist(), s.y.tolist(), strict=True)) for name, s in view.epochs.items()}
        for epoch in sorted({epoch for each in values.values() for epoch in each}):
            cells = [_cell(values.get(name, {}).get(epoch, "")) for name in names]
            rows.append([harmless(label), f"{epoch:.7g}", *cells])
    return _csv(["run", "epoch", *names], rows)


def _row(label: str, run: Run, names: Sequence[str], tested: Sequence[str]) -> list[object]:
    cells: list[object] = [harmless(label), run.id, run.state, run.epoch, run.parameters or "", f"{run.seconds:.7g}"]
    for name in names:
        metric = run.metrics.get(name)
        cells += [_cell(metric.last), _cell(metric.best), metric.best_epoch or ""] if metric else [""] * 3
    return [*cells, *(_cell(run.test.get(name, "")) for name in tested)]


def _cell(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.7g}" if math.isfinite(value) else str(value)


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
