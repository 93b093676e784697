"""Names of runs in a list to choose from: no two of them alike, and none that changes while it is looked at."""

import time
from collections.abc import Sequence

from playground.locale.text import _
from playground.runs import Run


def run_names(runs: Sequence[Run]) -> dict[str, str]:
    """By id, the name of each run with the server's time at which it was asked for, in the order of ``runs``.

    Streamlit's selectbox sends back the words and not the value: two alike, or "2 min ago", would choose another run.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for run in sorted(runs, key=lambda run: (run.created_at, run.id)):
        name = f"{run.name or _('Run')} · {time.strftime('%d %b %H:%M', time.localtime(run.created_at))}"
        again, count = name, 2
        while again in taken:
            again, count = f"{name} ({count})", count + 1
        taken.add(again)
        found[run.id] = again
    return {run.id: found[run.id] for run in runs}
