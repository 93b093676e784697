"""What Keras answers a lab, asked of a workbench and remembered for all who look."""

import functools
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from playground.engine.errors import AnswerError, HostError, SpecError
from playground.frame import dumps
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.ui import engine, shapes, shell

_TICK_S = 0.5
_SIDE_BY_SIDE = 2
_askers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="playground-lab")


class _UnreachableError(Exception):
    """There is no engine yet. Raised, not returned, so that it is not remembered."""


@dataclass(frozen=True)
class Answer:
    """What came of a question.

    Attributes:
        values: JSON values.
        arrays: by name.
        error: why there are none; empty otherwise.
        is_starting: whether they come as soon as the engine is there.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    error: str = ""
    is_starting: bool = False

    @property
    def is_there(self) -> bool:
        """Whether there are values."""
        return not self.error and not self.is_starting


def ask(question: str, args: Mapping[str, Any], **arrays: tuple[float, ...]) -> Answer:
    """The workbench's answer to ``question``; never waits for an engine to start.

    Args:
        question: one of ``LAB_QUESTIONS``.
        args: JSON values.
        arrays: numbers, sent as float32.
    """
    try:
        return _asked(settings(), question, dumps(args), tuple(sorted(arrays.items())))
    except _UnreachableError:
        return Answer(is_starting=True)
    except (HostError, AnswerError, SpecError) as error:
        return Answer(error=str(error))


def ask_all(question: str, each: Sequence[Mapping[str, Any]], **arrays: tuple[float, ...]) -> list[Answer]:
    """As :func:`ask`, several at once: there is more than one workbench."""
    if len(each) < _SIDE_BY_SIDE:
        return [ask(question, args, **arrays) for args in each]
    return list(_askers.map(lambda args: ask(question, args, **arrays), each))


def missing(*answers: Answer) -> None:
    """Say what could not be answered, and draw the page again as soon as an engine that starts is there."""
    for error in dict.fromkeys(each.error for each in answers if each.error):
        st.caption(f":material/info: {shell.plain(error)}")
    if any(each.is_starting for each in answers):
        st.fragment(_waiting, run_every=_TICK_S)()


def _waiting() -> None:
    if shapes.is_reachable():
        st.rerun()
    engine.client()  # has one started
    st.caption(_("The engine is starting. The pictures appear as soon as it is there."))
    st.skeleton(height=260)


@functools.lru_cache(maxsize=1024)
def _asked(of: Settings, question: str, args: str, arrays: tuple[tuple[str, tuple[float, ...]], ...]) -> Answer:
    if not shapes.is_reachable():
        raise _UnreachableError
    sent = {name: np.asarray(values, np.float32) for name, values in arrays}
    values, found = engine.client().ask(question, json.loads(args), sent)
    return Answer(values, found)
