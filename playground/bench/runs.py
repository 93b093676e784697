"""How soon the page Runs is drawn where there are 10,000 runs of 200 events."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playground.bench.filled import fill
from playground.bench.page import server, wait_for
from playground.bench.result import Result, against_bound
from playground.runs import open_store
from playground.settings import Settings

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

RUNS, EVENTS = 10_000, 200
_FIRST_MS, _FILTER_MS = 300.0, 500.0
_TIMES = 15
_LIMIT_S = 60.0
_ASKED: Mapping[str, Mapping[str, str]] = {
    "search": {"q": "conv digits"},
    "state": {"state": "failed"},
    "setting": {"only": '[["optimizer","SGD"]]'},
    "sort by name": {"sort": "name"},
    "sort by best": {"sort": "best", "order": "up"},
    "last page": {"page": "400"},
    "group": {"group": "learning_rate"},
}


def runs_page() -> Result:
    """Milliseconds until the page's first 25 of 10,000 runs are drawn to the end."""
    with _served() as (address, where):
        samples = asyncio.run(_drawn_ms(address, {"list": "all"}))
    what = f"the page Runs, asked for by a new session until its script has ended, {_of(where)}, median of {_TIMES}"
    return against_bound("runs-page", samples, _FIRST_MS, "ms", what)


def runs_filter() -> Result:
    """The same with a filter, a sorting, a late page or groups in the address; the slowest of them."""
    with _served() as (address, where):
        found = {name: asyncio.run(_drawn_ms(address, {"list": "all", **said})) for name, said in _ASKED.items()}
    slowest = max(found, key=lambda name: statistics.median(found[name]))
    each = ", ".join(f"{name} {statistics.median(samples):.0f}" for name, samples in found.items())
    what = f"the page Runs filtered, sorted and grouped, {_of(where)}, medians of {_TIMES}; the slowest of {each}"
    return against_bound("runs-filter", found[slowest], _FILTER_MS, "ms", what)


@contextmanager
def _served() -> Iterator[tuple[str, str]]:
    """The address of a server whose store is filled, and the kind of the store.

    The store is the one that ``PLAYGROUND_DATABASE_URL`` names, which must be empty, else SQLite in a new home.
    """
    made = tempfile.TemporaryDirectory(prefix="playground-bench-", ignore_cleanup_errors=True)
    with made as folder:
        home = Path(folder) / "home"
        store = open_store(Settings(home=home))
        if store.runs.count():
            raise ValueError("The store has runs already; this benchmark wants an empty one.")
        fill(store, Settings().owner, RUNS, EVENTS)
        with server(home) as (_, address):
            wait_for(address)
            yield address, store.engine.dialect.name


def _of(where: str) -> str:
    return f"{RUNS:,} runs of {EVENTS} events in {where}"


async def _drawn_ms(address: str, query: Mapping[str, str]) -> list[float]:
    """Milliseconds that each of several new sessions takes to draw the page; a first one warms it up."""
    found = await drawn_ms(address, "Runs", [query] * (_TIMES + 1))
    return found[1:]


async def drawn_ms(address: str, page: str, queries: Sequence[Mapping[str, str]]) -> list[float]:
    """Milliseconds that new sessions take to have ``page`` drawn to its end, one for each query."""
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    samples = []
    for query in queries:
        where = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        async with connect(where, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
            began = time.monotonic()
            await _drawn(socket, page, urlencode(query))
            samples.append(1000 * (time.monotonic() - began))
    return samples


async def _drawn(socket: "ClientConnection", page: str, query: str) -> None:
    """Ask for the page and wait until it is drawn to the end."""
    from streamlit.proto.BackMsg_pb2 import BackMsg  # importing any of Streamlit takes a second
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    await socket.send(message.SerializeToString())
    while True:
        said = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), _LIMIT_S))
        if said.WhichOneof("type") == "script_finished" and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
