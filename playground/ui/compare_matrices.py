"""Two confusion matrices side by side, and whether one of the two runs is right more often by more than chance."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from playground.charts.live import confusion_chart
from playground.data import DataError, opened, outline
from playground.data.harmless import harmless
from playground.engine.asked import evaluation_of
from playground.locale.text import _
from playground.runs.evaluations import Evaluation, kept
from playground.scores.classes import confusion
from playground.scores.paired import mcnemar
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.ui import draft, evaluate_choice, ids, job_answer, lab_csv, run_words, shell
from playground.ui.compare_words import Shown
from playground.ui.confusion_words import most_confused
from playground.ui.shell import plain

_NAME = "matrices"
_HEIGHT, _PHONE_HEIGHT = 380, 320
_GROUND = {"light": (255, 255, 255), "dark": (17, 20, 23)}
_SURE = 0.05


class _Answered(NamedTuple):
    """What a run answered to its validation rows."""

    label: str
    names: tuple[str, ...]
    true: np.ndarray
    answered: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        return confusion(self.true, self.answered, len(self.names))


def panel(shown: Sequence[Shown]) -> None:
    """Draw the choice of two runs that answer with classes, and once it is asked for their matrices."""
    able = {each.view.run.id: each for each in shown if _is_able(each)}
    if len(able) < 2:
        return
    st.markdown(f"### {_('Which class is taken for which')}")
    listed = ids.several(_NAME, able)[:2]
    names = {run_id: each.label for run_id, each in able.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compare-matrices"):
        first = _choose(_("Left"), names, 0, listed)
        second = _choose(_("Right"), names, 1, listed)
        is_asked = bool(listed) or draft.get(_NAME, False)
        if not is_asked:
            st.button(_("Show both"), key="compare-matrices-show", icon=":material/grid_on:", on_click=_show)
    if not is_asked:
        st.caption(_("What the two answer to their validation rows is computed once, with their best weights."))
        return
    ids.show_part(_NAME, f"{first},{second}")
    columns = st.columns(2, gap="medium")
    found = [
        _drawn(able[run_id], column, at)
        for at, (run_id, column) in enumerate(zip((first, second), columns, strict=True))
    ]
    if found[0] is not None and found[1] is not None and first != second:
        _below(found[0], found[1])


def _show() -> None:
    draft.put(_NAME, True)


def _choose(label: str, names: dict[str, str], at: int, listed: Sequence[str]) -> str:
    run_ids = list(names)
    default = listed[at] if len(listed) == 2 else run_ids[at]
    chosen: str = st.selectbox(
        label,
        run_ids,
        run_ids.index(default),
        format_func=names.__getitem__,
        key=f"{_NAME}-{at}-{run_ids[0]}-{len(run_ids)}",
        width=300,
    )
    return chosen


def _is_able(each: Shown) -> bool:
    view = each.view
    return view.run.is_ended and bool(evaluate_choice.checkpoints(view)) and _has_classes(view.spec.dataset)


@functools.lru_cache(maxsize=64)
def _has_classes(dataset: DatasetSpec) -> bool:
    try:
        return outline(dataset).task in ("binary", "multiclass")
    except DataError:
        return False


def _drawn(each: Shown, place: st.delta_generator.DeltaGenerator, at: int) -> _Answered | None:
    """Draw one matrix; ``None`` while it is being computed, or where it cannot be."""
    label, view = each
    which, (epoch, step) = next(iter(evaluate_choice.checkpoints(view).items()))
    part = "validation" if view.run.n_validation else "train"
    asking = evaluation_of(view.run.id, which, step, part)
    with place:
        st.markdown(f"#### {plain(label)}")
        evaluation = kept(settings().run_dir(view.run.id), asking.key)
        prepared = opened(view.spec.dataset, view.spec.seed, settings())
        if evaluation is None or prepared is None:
            answer = job_answer.answer(asking)
            if answer.error:
                job_answer.refused(asking, answer.error)
            else:
                job_answer.wait(asking, _HEIGHT)
            return None
        found = _answered(label, prepared.facts.classes, evaluation)
        counts = found.counts
        right, rows = int(np.trace(counts)), int(counts.sum())
        said = _("{right} of {rows} are right.").format(right=f"{right:,}", rows=f"{rows:,}")
        said += most_confused(counts, found.names)
        option = confusion_chart(counts, found.names, (_("answered"), _("true")), _GROUND[shell.theme()])
        height = _PHONE_HEIGHT if shell.is_phone() else _HEIGHT
        st.echarts_chart(option, height=height, key=f"compare-matrix-{at}", alt=f"{label}: {said}")
        words = _("{part} rows, weights of epoch {epoch}.")
        part_words = run_words.first_upper(evaluate_choice.part_words(part))
        st.caption(f"{plain(said)} {words.format(part=part_words, epoch=f'{epoch:,}')}")
    return found


def _answered(label: str, names: tuple[str, ...], found: Evaluation) -> _Answered:
    return _Answered(label, names, found.arrays["true"], found.arrays["shares"].argmax(axis=1))


def _below(left: _Answered, right: _Answered) -> None:
    """What the two say of each other, and their numbers as a file."""
    st.markdown(f":material/info: {_paired(left, right)}")
    rows = [
        [*map(harmless, (each.label, each.names[true], each.names[said])), int(n)]
        for each in (left, right)
        for (true, said), n in np.ndenumerate(each.counts)
    ]
    lab_csv.offer("compare-matrices", ["run", "true", "answered", "rows"], rows, _("Both matrices (CSV)"))


def _paired(left: _Answered, right: _Answered) -> str:
    """Whether one is right more often than the other on the same rows, by more than chance."""
    if left.names != right.names or not np.array_equal(left.true, right.true):
        return _("The two were asked about other rows, so their matrices are to be compared in shares, not row by row.")
    only_left = int(np.sum((left.answered == left.true) & (right.answered != left.true)))
    only_right = int(np.sum((right.answered == right.true) & (left.answered != left.true)))
    p = mcnemar(only_left, only_right)
    said = _("The same rows for both: {m} are right on the left alone, {n} on the right alone.").format(
        m=f"{only_left:,}", n=f"{only_right:,}"
    )
    if p < _SURE:
        better = plain(left.label if only_left > only_right else right.label)
        words = _("**{name}** is right more often by more than chance (McNemar's exact test, p = {p}).")
        return f"{said} {words.format(name=better, p=f'{p:.2g}')}"
    words = _("Chance alone makes such a difference often enough (McNemar's exact test, p = {p}).")
    return f"{said} {words.format(p=f'{p:.2g}')}"
