"""The page's server dies or is interrupted while a run trains: the run does not notice, and is there afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.engine.client import Client
from tests.faults.engine import engine, long_spec, training, wait_for

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def client(tmp_path) -> Iterator[Client]:
    with engine(tmp_path) as client:
        yield client


def _environment(client: Client) -> dict[str, str]:
    settings = client.settings
    return {**os.environ, "PLAYGROUND_HOME": str(settings.home), "PLAYGROUND_SLOTS_DIR": str(settings.slots_dir)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_healthy(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
                assert answer.read() == b"ok"
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def _serve(client: Client, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, env=_environment(client), stdout=subprocess.DEVNULL, process_group=0)


def test_a_run_finishes_although_the_server_that_asked_for_it_is_killed(client):
    """The request is made inside a server process, as a page makes it, and that process is killed with SIGKILL."""
    port = _free_port()
    with _serve(client, port) as server:
        _wait_healthy(port)
        run = wait_for(client, client.submit(long_spec(epochs=400)), training)
        assert run.state == "running"
        server.send_signal(signal.SIGKILL)
        server.wait(10)
    run = wait_for(client, run.id, lambda run: run.is_ended, 120)
    assert run.state == "finished"
    assert run.epoch == 400
    with _serve(client, port) as server:
        _wait_healthy(port)
        assert client.store.runs.run(run.id) == run
        server.terminate()


def test_ctrl_c_in_make_run_ends_the_page_and_not_the_runs(client):
    """The whole process group of ``make run`` gets SIGINT, as a terminal sends it."""
    port = _free_port()
    environment = {**_environment(client), "PORT": str(port)}
    command = ["make", "--silent", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, process_group=0) as make:
        _wait_healthy(port)
        run = wait_for(client, client.submit(long_spec()), training)
        os.killpg(make.pid, signal.SIGINT)
        make.wait(20)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
    assert client.ping() is not None
    wait_for(client, run.id, lambda now: now.step > run.step)
