"""What scikit-learn's models make of the same rows: asked for one after the other, so that other jobs come through."""

from dataclasses import dataclass

import streamlit as st

from playground.catalog import Entry
from playground.data import Prepared
from playground.data.transforms.target_steps import TARGET_STEPS
from playground.engine.asked import Asking, beside_of
from playground.locale.text import _
from playground.specs import DatasetSpec
from playground.specs.beside import besides
from playground.specs.facts import Facts
from playground.ui import draft, engine, job_answer
from playground.ui.evaluate_choice import Chosen
from playground.ui.job_answer import Answer

_LIGHT = 3_000_000  # values of the training part: seconds for most models
_STANDARDISED = "standardise_target"


@dataclass(frozen=True)
class Beside:
    """A model and what came of it.

    Attributes:
        entry: the estimator.
        asking: its scores as the engine is asked for them.
        answer: what there is of them.
    """

    entry: Entry
    asking: Asking
    answer: Answer

    @property
    def is_open(self) -> bool:
        """Whether it may still come."""
        return self.answer.result is None and not self.answer.error

    def score(self, part: str, name: str, scale: float = 1.0) -> float | None:
        """Its score on a part, errors times ``scale``; ``None`` where there is none."""
        value = ((self.answer.result or {}).get("scores") or {}).get(part, {}).get(name)
        return None if value is None else float(value) * (scale if name.endswith("error") else 1.0)


def all_of(chosen: Chosen, facts: Facts) -> list[Beside]:
    """The models that can be fitted on the data with ``facts``, simplest first, but the one that looks at nothing."""
    spec = chosen.view.spec
    found = []
    for entry in besides(facts):
        if entry.id != "Dummy":
            asking = beside_of(spec.dataset, spec.seed, entry.id)
            found.append(Beside(entry, asking, job_answer.known(asking)))
    return found


def is_wanted(chosen: Chosen, prepared: Prepared) -> bool:
    """Whether they are fitted: at once where that takes seconds, else once somebody has asked."""
    return prepared.array("x_train").size <= _LIGHT or bool(draft.get(_key(chosen), False))


def offer(chosen: Chosen) -> None:
    """Draw the button that has them fitted."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(_("These are many rows; scikit-learn's models may take some minutes."), width="content")
        st.button(
            _("Fit them"),
            icon=":material/compare:",
            type="tertiary",
            key="fit-beside",
            on_click=draft.put,
            args=(_key(chosen), True),
        )


def ask_next(found: list[Beside]) -> None:
    """Ask for the first that is missing, unless one is being fitted."""
    if any(each.answer.job is not None and not each.answer.job.is_ended for each in found):
        return
    missing = next((each for each in found if each.answer.job is None and not each.answer.error), None)
    if missing is not None and engine.client().ping() is not None:  # one that is being started is not waited for
        job_answer.ask(missing.asking)


def scale_of(dataset: DatasetSpec, facts: Facts) -> float | None:
    """What an error of prepared targets is to be multiplied by; ``None`` where no number does it."""
    factor = 1.0
    for step, fitted in zip(dataset.steps, facts.fitted, strict=False):
        if step.kind == _STANDARDISED:
            factor *= float(fitted["std"])
        elif step.kind in TARGET_STEPS:
            return None
    return factor


def _key(chosen: Chosen) -> str:
    return f"beside-wanted-{chosen.view.run.id}"
