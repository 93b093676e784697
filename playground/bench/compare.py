"""How soon 20 runs of 200 events stand side by side."""

import asyncio
import statistics
import tempfile
from pathlib import Path

from playground.bench.filled import fill
from playground.bench.page import server, wait_for
from playground.bench.result import Result, against_bound
from playground.bench.runs import drawn_ms
from playground.runs import open_store
from playground.settings import Settings

_SIDE_BY_SIDE, _EVENTS = 20, 200
_LOOKS = 15
_BOUND_MS = 1_000.0


def compare() -> Result:
    """Milliseconds until the page Compare with 20 runs that nobody has looked at is drawn to its end.

    The store is the one that ``PLAYGROUND_DATABASE_URL`` names, which must be empty, else SQLite in a new home.
    """
    with tempfile.TemporaryDirectory(prefix="playground-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        store = open_store(Settings(home=home))
        if store.runs.count():
            raise ValueError("The store has runs already; this benchmark wants an empty one.")
        fill(store, Settings().owner, _SIDE_BY_SIDE * (_LOOKS + 1), _EVENTS)
        ids = [run.id for run in store.runs.find(limit=_SIDE_BY_SIDE * (_LOOKS + 1))]
        queries = [{"runs": ",".join(ids[at :: _LOOKS + 1])} for at in range(_LOOKS + 1)]
        with server(home) as (_, address):
            wait_for(address)
            samples = asyncio.run(drawn_ms(address, "Compare", queries))[1:]
        where = store.engine.dialect.name
    what = (
        f"the page Compare with {_SIDE_BY_SIDE} runs of {_EVENTS} events in {where}, each time others, asked for by a "
        f"new session until its script has ended, median of {_LOOKS}; slowest {max(samples):.0f}, "
        f"mean {statistics.fmean(samples):.0f}"
    )
    return against_bound("compare", samples, _BOUND_MS, "ms", what)
