"""Answers about what a network has learned: of a job, kept in the run's folder, or of a workbench, remembered."""

import functools
import json
from typing import Any

from playground.engine.errors import AnswerError, HostError, SpecError
from playground.frame import dumps
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.runs.explanations import kept
from playground.settings import Settings, settings
from playground.ui import engine, job_answer, shapes
from playground.ui.explain_choice import Chosen
from playground.ui.lab_answers import Answer
from playground.ui.reader import View


def explanation(chosen: Chosen, what: str, height: int, **args: Any) -> Evaluation | None:
    """What a job found by the way ``what``; ``None`` while it is on its way or cannot be had, and the page says so.

    Args:
        chosen: the network.
        what: the way; see :data:`playground.insight.explain.WAYS`.
        height: of the picture that is to come, in pixels.
        args: of the way, JSON values.
    """
    asking = chosen.asking(what, **args)
    folder = settings().run_dir(chosen.view.run.id)
    found = kept(folder, asking.key)
    if found is not None:
        return found
    answer = job_answer.answer(asking)
    if answer.error:
        job_answer.refused(asking, answer.error)
    elif answer.result is None:
        job_answer.wait(asking, height)
    elif (found := kept(folder, asking.key)) is None:
        job_answer.refused(asking, _("What was found about this run is not there any more."))
    return found


def ask(view: View, which: str, step: int, question: str, **args: Any) -> Answer:
    """The workbench's answer to one of ``EXPLAIN_QUESTIONS`` or ``predict_sample``; never waits for an engine to start.

    Args:
        view: the run.
        which: its weights.
        step: that they are of: the same question about the same weights is asked once.
        question: its name.
        args: JSON values.
    """
    if not shapes.is_reachable():
        return Answer(is_starting=True)
    of = {"spec": view.spec.model_dump(mode="json"), "run": view.run.id, "which": which, "step": step}
    try:
        return _asked(settings(), question, dumps(of | args))
    except (HostError, AnswerError, SpecError) as error:
        return Answer(error=str(error))


@functools.lru_cache(maxsize=64)
def _asked(of: Settings, question: str, args: str) -> Answer:
    return Answer(*engine.client().ask(question, json.loads(args)))
