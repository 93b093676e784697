"""TensorBoard beside the app: it answers on this machine only, and ends when it is told to."""

import os
import time
from urllib.request import urlopen

import pytest

from playground.engine import board, process
from playground.settings import settings

LIMIT_S = 90.0


@pytest.fixture
def run_id(home):
    folder = settings().run_dir("a2") / "tensorboard" / "train"
    folder.mkdir(parents=True)
    (folder / "events.out.tfevents.1").write_bytes(b"")
    yield "a2"
    board.stop(settings(), "a2")


def until(found):
    deadline = time.monotonic() + LIMIT_S
    while not (value := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return value


def test_it_starts_answers_and_ends(run_id):
    assert board.board(settings(), run_id) is None
    board.start(settings(), run_id)
    first = board.board(settings(), run_id)
    url = until(lambda: (now := board.board(settings(), run_id)) and now.url)
    assert url.startswith("http://127.0.0.1:")
    with urlopen(f"{url}data/environment") as answer:
        assert answer.status == 200
    board.start(settings(), run_id)
    assert board.board(settings(), run_id).pid == first.pid, "it is started once"
    board.stop(settings(), run_id)
    assert board.board(settings(), run_id) is None
    assert process.wait_gone(first.pid, first.pid_start, LIMIT_S)


def test_a_run_without_event_files_has_none(home):
    assert board.event_files(settings(), "a2") is None
    assert board.event_files(settings(), "../../etc") is None
    with pytest.raises(ValueError, match="no event files"):
        board.start(settings(), "a2")


def test_the_oldest_makes_room(home, monkeypatch):
    ended = []
    monkeypatch.setattr(board, "_end", lambda found: ended.append(found.began))
    folder = settings().home / "boards"
    folder.mkdir(parents=True)
    for began in (3.0, 1.0, 2.0):
        board._write(folder / f"r{began:.0f}.json", board.Board(os.getpid(), None, began))
    board._make_room(folder)
    assert ended == [1.0, 2.0]
    assert [each.name for each in folder.iterdir()] == ["r3.json"]


def test_a_file_that_is_none_of_ours_is_no_board(home):
    folder = settings().home / "boards"
    folder.mkdir(parents=True)
    (folder / "a2.json").write_text('{"pid": ')
    assert board.board(settings(), "a2") is None
