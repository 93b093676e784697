"""The workbench: answers small questions at once, on the CPU, one after the other.

The host hands it the client's socket; question and answer do not pass through the host. It ends itself when an answer
takes too long (SIGALRM) and when the host is gone.
"""

import resource
import signal
import socket
import traceback
from collections.abc import Callable
from typing import Any

from playground.engine import protocol
from playground.engine.errors import RefusedError
from playground.engine.questions import QUESTIONS
from playground.settings import Settings


def main(settings: Settings, descriptor: int) -> int:
    """Serve until the host closes the control socket ``descriptor``; returns the exit status."""
    limit = settings.max_job_memory_mb * 10**6
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with socket.socket(fileno=descriptor) as control:
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not data:
                return 0
            with socket.socket(fileno=descriptors[0]) as client:
                _serve(client, settings)
            control.sendall(b"d")


def _serve(client: socket.socket, settings: Settings) -> None:
    try:
        question, arrays = protocol.receive(client, timeout_s=5)
    except (OSError, ValueError):
        return  # the client went away or sends no message
    signal.setitimer(signal.ITIMER_REAL, settings.answer_s)
    try:
        header, reply = _answer(QUESTIONS, question, arrays, settings)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        protocol.send(client, header, reply)
    except OSError:
        return  # nobody waits any more


def _answer(
    questions: dict[str, Callable[..., protocol.Message]], question: dict[str, Any], arrays: Any, settings: Settings
) -> protocol.Message:
    name = question.get("question")
    if name not in questions:
        return {"ok": False, "error": f"There is no question {name!r}"}, {}
    try:
        header, reply = questions[name](question.get("args") or {}, arrays, settings)
    except RefusedError as error:
        return {"ok": False, "error": str(error), "is_refusal": True, **error.details}, {}
    except Exception:
        traceback.print_exc()
        return {"ok": False, "error": "This could not be answered; the reason is in the workbench's log."}, {}
    return {"ok": True, **header}, reply
