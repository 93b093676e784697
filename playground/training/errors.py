"""What can go wrong in a run, each in words for the user."""

import re

_NODE = re.compile(r"\{\{function_node [^}]*\}\}")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class TrainingError(Exception):
    """Training cannot go on; the message says why in one or two plain sentences."""


class DivergedError(TrainingError):
    """A loss is no finite number any more.

    Attributes:
        epoch, batch: where, both from 1.
        learning_rate: the one that training had then.
    """

    def __init__(self, message: str, epoch: int, batch: int, learning_rate: float) -> None:
        super().__init__(message)
        self.epoch = epoch
        self.batch = batch
        self.learning_rate = learning_rate


class StoppedError(Exception):
    """Somebody asked the run to stop, or its time is up.

    Attributes:
        request: the id of the request, or ``None``.
    """

    def __init__(self, reason: str, request: int | None = None) -> None:
        super().__init__(reason)
        self.request = request


class EnoughError(Exception):
    """Somebody asked that training end here, with all that belongs to its end."""


def first_sentences(error: BaseException, most: int = 300) -> str:
    """What ``error`` says, without the parts of Keras's and TensorFlow's messages that only programmers need."""
    text = _COLOUR.sub("", str(error))
    for mark in (
        "\n\nArguments received",
        "Arguments received by",
        "\n\nStack trace",
        "[[{{",
        " for '{{node",
        "[Op:",
        "\n\nCall ",
    ):
        text = text.split(mark, 1)[0]
    text = " ".join(_NODE.sub("", text).split())
    if len(text) > most:
        text = text[:most].rsplit(" ", 1)[0] + " …"
    if not text:
        return f"{type(error).__name__}."
    return text if text.endswith((".", "…", "!", "?")) else text + "."
