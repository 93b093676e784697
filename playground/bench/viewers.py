"""How soon a tick of the Train page is drawn while many people watch one run.

Each viewer speaks Streamlit's own messages over a websocket, as its page in a browser does, without drawing anything.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playground import recipes
from playground.bench.engine import wait
from playground.bench.page import server, wait_for
from playground.bench.result import Result, p95_against_bound
from playground.engine.client import Client
from playground.settings import Settings, settings
from playground.specs.edit import with_value

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

_VIEWERS = 50
_WATCH_S = 20.0
_SETTLE_S = 75.0  # until each viewer comes as seldom as so many need
_BOUND_MS = 150.0
_LIMIT_S = 60.0


def viewers() -> Result:
    """Milliseconds from a tick's request until it is drawn to the end, 50 viewers of a run that trains."""
    made = tempfile.TemporaryDirectory(prefix="playground-bench-", ignore_cleanup_errors=True)
    with made as folder, server(Path(folder) / "home") as (_, where):
        wait_for(where)
        changes = {"home": Path(folder) / "home", "slots_dir": Path(folder) / "home" / "slots"}
        client = Client(Settings.model_validate({**settings().model_dump(), **changes}))
        client.ensure_host()
        run_id = client.submit(with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 100_000))
        before = wait(client, run_id, lambda run: run.first_point_at is not None or run.is_ended)
        samples = asyncio.run(_all(where.replace("http", "ws", 1), run_id))
        after = client.store.runs.run(run_id)
        assert after.state == "running", after.error
        assert after.step > before.step
        client.request(run_id, "stop")
        wait(client, run_id, lambda run: run.is_ended)
    what = (
        f"a tick of the Train page, request until it is drawn to the end, {_VIEWERS} viewers of one run that trains "
        f"beside the page and them; p95 of {len(samples):,} ticks, by Streamlit's messages over websockets"
    )
    return p95_against_bound("viewers", samples, _BOUND_MS, "ms", what)


async def _all(address: str, run_id: str) -> list[float]:
    ready = asyncio.Barrier(_VIEWERS)
    found = await asyncio.gather(*(Viewer(run_id).watch(address, ready, _SETTLE_S, _WATCH_S) for _ in range(_VIEWERS)))
    return [sample for samples in found for sample in samples]


class Viewer:
    """One who watches a run on the page Train."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._page = ""
        self._due: dict[str, tuple[float, float]] = {}
        """By fragment, seconds between two ticks, and when the next is due."""

    async def watch(self, address: str, ready: asyncio.Barrier, settle_s: float, watch_s: float) -> list[float]:
        """Milliseconds that each tick took.

        Args:
            address: of the server, beginning with ``ws``.
            ready: passed when the page stands.
            settle_s: seconds from then on whose ticks are not counted.
            watch_s: seconds after these.
        """
        from websockets.asyncio.client import connect
        from websockets.typing import Subprotocol

        samples: list[float] = []
        spoken = [Subprotocol("streamlit")]
        async with connect(f"{address}/_stcore/stream", subprotocols=spoken, max_size=None) as socket:
            await self._drawn(socket, "")
            await ready.wait()
            began = time.monotonic()
            while (now := time.monotonic()) < began + settle_s + watch_s:
                fragment, (every_s, due) = min(self._due.items(), key=lambda each: each[1][1])
                await asyncio.sleep(max(0.0, due - now))
                asked = time.monotonic()
                self._due[fragment] = every_s, max(due + every_s, asked)
                await self._drawn(socket, fragment)
                if asked > began + settle_s:
                    samples.append(1000 * (time.monotonic() - asked))
        return samples

    async def _drawn(self, socket: "ClientConnection", fragment: str) -> None:
        """Ask for the page, or for one of its fragments, and wait until it is drawn to the end."""
        from streamlit.proto.BackMsg_pb2 import BackMsg  # importing any of Streamlit takes a second
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = BackMsg()
        message.rerun_script.query_string = f"run={self._run_id}"
        message.rerun_script.page_name = "Train"
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = bool(fragment)
        await socket.send(message.SerializeToString())
        is_drawn = False
        while not is_drawn:
            said = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), _LIMIT_S))
            kind = said.WhichOneof("type")
            if kind == "navigation":  # a new session names the script app.py, and drawing anew would lead to Home
                self._page = said.navigation.page_script_hash
            elif kind == "auto_rerun":
                every_s = said.auto_rerun.interval
                self._due.setdefault(said.auto_rerun.fragment_id, (every_s, time.monotonic() + every_s))
            elif kind == "script_finished":
                is_drawn = said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if not is_drawn:
                    self._due.clear()  # a page that is drawn anew has fragments of its own
