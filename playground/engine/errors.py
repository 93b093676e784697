"""What can go wrong between a client and the engine; every message is written for the user."""

import contextlib
from collections.abc import Iterator
from typing import Any


class EngineError(RuntimeError):
    """The engine could not do what it was asked."""


class HostError(EngineError):
    """There is no host and none could be started, or it does not answer."""


class AnswerError(EngineError):
    """A question could not be answered."""


class SpecError(ValueError):
    """A spec cannot be run; the message is one line that names what and why."""


class RefusedError(ValueError):
    """A question has no answer because what was asked about is wrong; the message is for the user."""

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details = details


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Inside, what Keras and the catalogue say of a value becomes a refusal."""
    try:
        yield
    except (LookupError, ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
