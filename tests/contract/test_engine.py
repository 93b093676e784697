"""The engine at work: questions, jobs, the queue, both ways of starting processes, and hostile messages."""

import contextlib
import os
import signal
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import recipes
from playground.engine import address, protocol
from playground.engine.client import AnswerError, Client, SpecError
from playground.runs import Run, open_store
from playground.runs.weights import path
from playground.specs.edit import with_value
from playground.specs.shapes import Shapes
from tests.faults.engine import LIMIT_S, engine, long_spec, short_spec, training, until, wait_for

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("engine")) as client:
        client.ensure_host()
        yield client


def test_the_shapes_of_an_unfinished_model_go_as_far_as_it_fits(client):
    spec = with_value(recipes.recipe("digits-cnn").spec, "dataset.steps", [{"kind": "scale", "args": {"maximum": 16}}])
    shapes = Shapes.from_answer(client.ask("shapes", {"spec": spec.model_dump()})[0])
    first = spec.model.layers[0].name
    assert (shapes.wrong_layer, shapes.layers) == (first, ())
    assert first in shapes.error
    spec = recipes.recipe("digits-mlp").spec
    shapes = Shapes.from_answer(client.ask("shapes", {"spec": spec.model_dump()})[0])
    assert (shapes.error, shapes.output("flatten"), shapes.output("hidden")) == ("", (64,), (64,))
    empty = with_value(spec, "model.layers", [])
    assert Shapes.from_answer(client.ask("shapes", {"spec": empty.model_dump()})[0]) == Shapes()


def test_an_answer_at_every_place_of_an_image_is_refused_before_it_runs(client):
    spec = recipes.recipe("digits-cnn").spec
    layers = [layer.model_dump() for layer in spec.model.layers if layer.kind != "Flatten"]
    with pytest.raises(SpecError, match="expected one answer a sample"):
        client.submit(with_value(spec, "model.layers", layers))


def ran(folder: Path, start: str) -> tuple[Client, Run]:
    """The client of an engine that starts processes in this way and has ended, and a run that it has made."""
    with engine(folder, start=start) as client:
        assert client.ensure_host() > 0
        assert client.ensure_host() == 0
        return client, wait_for(client, client.submit(short_spec()), lambda run: run.is_ended)


@pytest.fixture(scope="module")
def fork(tmp_path_factory) -> tuple[Client, Run]:
    return ran(tmp_path_factory.mktemp("fork"), "fork")


@pytest.fixture(scope="module")
def spawn(tmp_path_factory) -> tuple[Client, Run]:
    return ran(tmp_path_factory.mktemp("spawn"), "spawn")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_run_from_request_to_result(start, request):
    client, run = request.getfixturevalue(start)
    assert run.state == "finished", run.error
    kinds = [event.kind for event in client.store.runs.events(run.id)]
    assert kinds[:2] == ["queued", "started"]
    assert kinds[-1] == "finished"
    assert "progress" in kinds
    assert client.store.runs.events(run.id)[1].data["start"] == start
    assert client.store.runs.refold(run.id) == run
    assert run.device == "CPU"
    assert run.test["accuracy"] > run.baseline["accuracy"]
    assert {artifact.name for artifact in client.store.artifacts.find(run.id)} >= {"model.keras"}
    assert (client.settings.run_dir(run.id) / "model.keras").is_file()


def test_fork_and_spawn_give_the_same_numbers(fork, spawn):
    forked, spawned = (run.metrics["loss"].last for _, run in (fork, spawn))
    assert forked == spawned


def test_waiting_runs_know_their_place_and_start_in_order(client):
    first = client.submit(long_spec(name="First"))
    wait_for(client, first, training)
    second, third, fourth = (client.submit(short_spec()) for _ in range(3))
    assert [client.place(run).position for run in (second, third, fourth)] == [1, 2, 3]
    assert client.place(second).holders == ("First",)
    assert client.place(first) is None
    client.request(third, "stop")
    cancelled = client.store.runs.run(third)
    assert (cancelled.state, cancelled.reason) == ("stopped", "Cancelled before it started.")
    assert client.place(fourth).position == 2
    client.request(first, "stop")
    ended = [wait_for(client, run, lambda run: run.is_ended) for run in (second, fourth)]
    assert [run.state for run in ended] == ["finished", "finished"]
    assert ended[0].ended_at <= ended[1].started_at, "one slot, one run at a time"


def test_stop_pause_resume_and_step_are_acknowledged_in_the_store(client):
    run = wait_for(client, client.submit(long_spec()), training)
    pause = client.request(run.id, "pause")
    paused = wait_for(client, run.id, lambda run: run.acknowledged == pause)
    assert paused.state == "paused"
    step = client.request(run.id, "step")
    stepped = wait_for(client, run.id, lambda run: run.acknowledged == step)
    assert (stepped.state, stepped.step) == ("paused", paused.step + 1)
    resume = client.request(run.id, "resume")
    assert wait_for(client, run.id, lambda run: run.acknowledged == resume).state == "running"
    wait_for(client, run.id, lambda run: run.step > stepped.step)
    stop = client.request(run.id, "stop")
    stopped = wait_for(client, run.id, lambda run: run.is_ended)
    assert (stopped.state, stopped.acknowledged) == ("stopped", stop)


def test_a_question_is_answered_while_a_run_trains(client):
    run = wait_for(client, client.submit(long_spec()), training)
    spec = recipes.recipe("digits-cnn").spec
    header, _ = client.ask("summary", {"spec": spec.model_dump()})
    assert header["summary"]["parameters"] > 0
    assert header["facts"]["classes"] == [str(digit) for digit in range(10)]
    client.request(run.id, "stop")
    wait_for(client, run.id, lambda run: run.is_ended)


def test_workbenches_are_replaced_and_everyone_is_answered(tmp_path):
    spec = short_spec().model_dump()
    with engine(tmp_path, workbench_requests=3) as client:
        client.ensure_host()
        answers: list[int] = []
        threads = [
            threading.Thread(
                target=lambda: answers.append(client.ask("summary", {"spec": spec})[0]["summary"]["parameters"])
            )
            for _ in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 20
        assert len(set(answers)) == 1


def test_an_answer_that_takes_too_long_is_ended_and_said(tmp_path):
    with engine(tmp_path, answer_s=0.001) as client:
        with pytest.raises(AnswerError, match="took longer than an answer may take"):
            client.ask("summary", {"spec": short_spec().model_dump()})
        assert client.ping() is not None


def test_an_unknown_question_is_refused_in_words(client):
    with pytest.raises(AnswerError, match="There is no question 'secrets'"):
        client.ask("secrets", {})


def _raw(client: Client, data: bytes) -> bytes:
    with protocol.connection(str(address.socket_path(client.settings)), LIMIT_S) as host:
        host.sendall(data)
        host.shutdown(socket.SHUT_WR)
        host.settimeout(LIMIT_S)
        try:
            return host.recv(1000)
        except ConnectionResetError:
            return b""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack("<I", 2**32 - 1),
        struct.pack("<I", 8) + struct.pack("<I", 2**31) + b"{}{}",
        struct.pack("<I", 12) + struct.pack("<I", 8) + b"[1,2,3] ",
    ],
)
def test_the_host_survives_messages_that_are_none(client, data):
    assert _raw(client, data) == b""
    assert client.ping() is not None


def test_a_client_that_says_nothing_does_not_keep_others_waiting(client):
    with protocol.connection(str(address.socket_path(client.settings)), LIMIT_S):
        assert client.ping() is not None


def test_jobs_prepare_once_for_everyone_who_asks(client):
    spec = recipes.recipe("spiral").spec.dataset
    jobs = {client.prepare(spec, 99) for _ in range(3)}
    until(lambda: all(client.store.jobs.job(job).is_ended for job in jobs))
    assert {client.store.jobs.job(job).state for job in jobs} == {"finished"}
    folder = client.settings.prepared_dir / client.store.jobs.job(jobs.pop()).result["folder"]
    assert (folder / "facts.json").is_file()


def test_data_that_is_not_there_fails_the_run_with_what_to_do(client, monkeypatch):
    run = wait_for(client, client.submit(recipes.recipe("mnist-ann").spec), lambda run: run.is_ended)
    assert run.state == "failed"
    assert "mnist.npz" in run.error
    assert str(client.settings.datasets_dir) in run.error


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("training.optimizer.learning_rate", -1, "learning_rate"),
        ("model.layers.hidden.units", 10**12, "PLAYGROUND_MAX_PARAMETERS"),
    ],
)
def test_what_cannot_be_run_is_refused_and_leaves_nothing(client, path, value, words):
    before = client.store.runs.count()
    with pytest.raises(SpecError, match=words):
        client.submit(with_value(short_spec(), path, value))
    assert client.store.runs.count() == before


def test_a_stranger_s_connection_that_is_handed_over_does_not_stop_a_workbench(client):
    path = str(address.socket_path(client.settings))
    with protocol.connection(path, LIMIT_S) as host:
        protocol.send(host, {"op": "ask"})
    with protocol.connection(path, LIMIT_S) as host:
        protocol.send(host, {"op": "ask"})
        host.sendall(b"\xff" * 64)
    assert client.ask("summary", {"spec": short_spec().model_dump()})[0]["summary"]["parameters"] > 0


def test_the_host_deletes_old_weights_that_nothing_names(tmp_path):
    with engine(tmp_path) as client:
        old = path("0" * 64, client.settings)
        old.parent.mkdir(parents=True)
        old.write_bytes(b"of nobody")
        os.utime(old, (0, 0))
        client.ensure_host()
        until(lambda: not old.exists())


def test_a_killed_job_is_failed_and_may_be_asked_for_again(client):
    store = open_store(client.settings)
    job_id = client.prepare(with_value(recipes.recipe("spiral").spec, "dataset.options.n_samples", 20_000).dataset, 5)
    until(lambda: store.jobs.job(job_id).state != "queued")
    job = store.jobs.job(job_id)
    if job.pid is not None and not job.is_ended:
        with contextlib.suppress(ProcessLookupError):  # it was faster
            os.kill(job.pid, signal.SIGKILL)
    until(lambda: store.jobs.job(job_id).is_ended)
    job = store.jobs.job(job_id)
    assert job.state in ("failed", "finished")
    if job.state == "failed":
        assert "killed from outside" in job.error
