"""Processes that are really killed: what the store says afterwards, and whether the next run starts."""

import os
import signal
import subprocess
import sys

import pytest

from playground.engine import process, slots
from playground.engine.client import HostError
from tests.faults.engine import LIMIT_S, engine, long_spec, short_spec, training, until, wait_for

pytestmark = pytest.mark.faults


def test_a_killed_run_is_failed_and_the_next_one_starts(client):
    run_id = client.submit(long_spec())
    run = wait_for(client, run_id, training)
    assert slots.free(client.settings) == []
    os.kill(run.pid, signal.SIGKILL)
    run = wait_for(client, run_id, lambda run: run.is_ended)
    assert run.state == "failed"
    assert "killed from outside (SIGKILL)" in run.error
    assert run.step > 0, "what it had learned is still there"
    finished = wait_for(client, client.submit(short_spec()), lambda run: run.is_ended)
    assert finished.state == "finished"
    assert finished.slot == "cpu-0"
    until(lambda: slots.free(client.settings) == ["cpu-0"], "its slot is never free again")


def test_runs_outlive_a_killed_host_and_a_new_one_takes_over(client):
    first = wait_for(client, client.submit(long_spec(name="First")), training)
    os.kill(client.ping()["pid"], signal.SIGKILL)
    assert client.ensure_host() > 0, "another host, and nobody hangs on what the dead one left"
    assert process.is_alive(first.pid, first.pid_start)
    assert slots.free(client.settings) == [], "the run keeps its slot without its host"
    second = client.submit(long_spec(name="Second"))
    place = client.place(second)
    assert (place.position, place.holders) == (1, ("First",))
    before = client.store.runs.run(first.id).step
    wait_for(client, first.id, lambda run: run.step > before)
    client.request(first.id, "stop")
    assert wait_for(client, first.id, lambda run: run.is_ended).state == "stopped"
    assert wait_for(client, second, training).state == "running"


def test_a_run_that_dies_while_there_is_no_host_is_lost(client):
    run = wait_for(client, client.submit(long_spec()), training)
    os.kill(client.ping()["pid"], signal.SIGKILL)
    os.kill(run.pid, signal.SIGKILL)
    assert client.store.runs.run(run.id).state == "running", "nobody is there to tell"
    client.ensure_host()
    run = wait_for(client, run.id, lambda run: run.is_ended)
    assert run.state == "lost"
    assert "ended while the engine was away" in run.error
    assert wait_for(client, client.submit(short_spec()), lambda run: run.is_ended).state == "finished"


def test_clients_of_a_killed_host_do_not_hang_on_its_children(client):
    wait_for(client, client.submit(long_spec()), training)
    os.kill(client.ping()["pid"], signal.SIGKILL)
    until(lambda: client.ping() is None)  # one that hangs is no answer but an error


def test_a_hanging_host_is_told_and_can_be_stopped(client):
    client.ensure_host()
    pid = client.ping()["pid"]
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(HostError, match=r"does not answer within 1 s.*playground stop"):
        client.ping(timeout_s=1)
    assert client.stop_host(timeout_s=1)
    assert not process.is_alive(pid, None)
    assert client.ensure_host() > 0


def test_a_run_that_takes_too_much_memory_is_ended_and_says_so(tmp_path):
    with engine(tmp_path, max_run_memory_mb=300) as client:
        run = wait_for(client, client.submit(long_spec()), lambda run: run.is_ended)
        assert run.state == "failed"
        assert "used more than 300 MB" in run.error
        assert "PLAYGROUND_MAX_RUN_MEMORY_MB" in run.error


def test_a_run_that_does_not_answer_a_stop_is_ended_by_force(client):
    run = wait_for(client, client.submit(long_spec()), training)
    os.kill(run.pid, signal.SIGSTOP)
    client.request(run.id, "stop")
    run = wait_for(client, run.id, lambda run: run.is_ended)
    assert run.state == "stopped"
    assert "by force" in run.reason


def test_the_host_ends_when_its_home_is_gone(tmp_path):
    with engine(tmp_path) as client:
        client.ensure_host()
        pid = client.ping()["pid"]
        (tmp_path / "home").rename(tmp_path / "elsewhere")
        assert process.wait_gone(pid, None, LIMIT_S)
        (tmp_path / "elsewhere").rename(tmp_path / "home")


def test_an_idle_host_ends_and_a_busy_one_does_not(tmp_path):
    idle_s = 2
    with engine(tmp_path, host_idle_s=idle_s) as client:
        run = wait_for(client, client.submit(long_spec()), training)
        pid = client.ping()["pid"]
        began = run.seconds
        wait_for(client, run.id, lambda run: run.seconds > began + 2 * idle_s)
        assert process.is_alive(pid, None), "it has served nobody for longer than it may be idle, but it has a run"
        client.request(run.id, "stop")
        assert process.wait_gone(pid, None, LIMIT_S)


def test_ctrl_c_in_the_terminal_does_not_reach_the_host_or_its_runs(client):
    """A command in a process group of its own, as a terminal makes one, is interrupted as a whole."""
    code = (
        "import sys, time; from playground.engine.client import Client; from playground.settings import settings;"
        "from tests.faults.engine import long_spec; client = Client(settings());"
        "print(client.submit(long_spec()), flush=True); time.sleep(600)"
    )
    environment = {**os.environ, "PLAYGROUND_HOME": str(client.settings.home)}
    environment["PLAYGROUND_SLOTS_DIR"] = str(client.settings.slots_dir)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, process_group=0, text=True) as shell:
        run = wait_for(client, shell.stdout.readline().strip(), training)
        os.killpg(shell.pid, signal.SIGINT)
        shell.wait(LIMIT_S)
    assert client.ping() is not None
    wait_for(client, run.id, lambda now: now.step > run.step)
