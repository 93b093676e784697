"""What a report says of a network's answers: scores with intervals, baselines, and where it goes wrong."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data import Prepared
from playground.insight.report_parts import Picture, Section, Table
from playground.insight.report_pictures import answers_svg
from playground.insight.report_training import first_upper
from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.runs.evaluations import Evaluation
from playground.runs.metric_words import metric, value
from playground.runs.verdict_words import answer
from playground.scores.classes import confusion, per_class

_MATRIX = 20
_CLASSES = 200


def evaluated(
    found: Evaluation | None, prepared: Prepared | None, why: str, beside: Mapping[str, Mapping[str, Any]]
) -> Section:
    """How good the answers are, beside those of what has learned nothing and of other models.

    Args:
        found: the evaluation; ``None`` where there is none.
        prepared: the data.
        why: there is none.
        beside: scores of other models, by name and part.
    """
    title = _("Evaluation")
    if found is None or prepared is None:
        return Section(title, (_("The network was not evaluated: {why}").format(why=why),))
    part = {"validation": _("validation"), "train": _("training"), "test": _("test")}[found.values["part"]]
    words = _(
        "The weights of the best epoch on {n} {part} rows. Intervals hold 95 %: so far chance moves a score with other "
        "rows of the same kind."
    )
    tables = [_scores(found), _compared(found, beside)]
    pictures = []
    if "shares" in found.arrays:
        tables += _classes(found, prepared)
    elif "answered" in found.arrays and "true" in found.arrays:
        true, answered = found.arrays["true"].ravel(), found.arrays["answered"].ravel()
        svg = answers_svg(true, answered, (_("true"), _("answered")))
        pictures.append(Picture(svg, _("What was answered over what is true; on the line both are equal.")))
    return Section(title, (words.format(n=f"{found.values['n']:,}", part=part),), (), pictures, tables)


def tested(run: Run, times: int) -> Section | None:
    """The result on the test part, which was measured once at the end; nothing of a run that was not."""
    if not run.test:
        return None
    rows = [
        (first_upper(metric(name)), value(score), value(run.baseline[name]) if name in run.baseline else "–")
        for name, score in run.test.items()
    ]
    words = [_("Measured once at the end, on {n} rows.").format(n=f"{run.n_test:,}" if run.n_test else "–")]
    if times:
        said = ngettext("These rows were looked at once since.", "These rows were looked at {n} times since.", times)
        words.append(said.format(n=times))
    table = Table((_("metric"), _("network"), answer(run.baseline_answer)), rows)
    return Section(_("Test part"), words, tables=(table,))


def _scores(found: Evaluation) -> Table:
    rows = []
    for name, of in found.values["scores"].items():
        score, low, high = (value(float(each)) for each in of)
        rows.append((first_upper(_words(name)), score, low, high))
    return Table((_("score"), _("network"), _("from"), _("to")), rows)


def _compared(found: Evaluation, beside: Mapping[str, Mapping[str, Any]]) -> Table:
    """The network, simple answers and other models by the scores that all of them have."""
    own = {name: float(of[0]) for name, of in found.values["scores"].items()}
    others = {name: scores.get(found.values["part"], {}) for name, scores in beside.items()}
    rows: dict[str, Mapping[str, Any]] = {_("Network"): own}
    rows |= {_simple(each["answer"]): each["scores"] for each in found.values["naive"]}
    # Errors of other models are of prepared targets, not on the scale of the data where steps change them.
    if not found.values.get("is_scaled"):
        rows |= others
    names = [name for name in own if any(name in scores for scores in list(rows.values())[1:])]
    cells = [
        (name, *(value(float(scores[each])) if each in scores else "–" for each in names))
        for name, scores in rows.items()
    ]
    return Table((_("on the same rows"), *(_words(name) for name in names)), cells, _("Beside other answers"))


def _words(name: str) -> str:
    return {"log_loss": _("cross entropy"), "roc_auc": _("area under ROC")}.get(name) or metric(name)


def _simple(name: str) -> str:
    return _("As one season before") if name == "season" else first_upper(answer(name))


def _classes(found: Evaluation, prepared: Prepared) -> list[Table]:
    names, true = prepared.facts.classes, found.arrays["true"]
    counts = confusion(true, found.arrays["shares"].argmax(axis=1), len(names))
    scores = per_class(counts)
    rows = [
        (
            name,
            *(f"{float(each[at]):.3f}" for each in (scores.precision, scores.recall, scores.f1)),
            f"{scores.support[at]:,}",
        )
        for at, name in enumerate(names[:_CLASSES])
    ]
    head = (_("class"), _("precision"), _("recall"), _("F1"), _("rows"))
    tables = [Table(head, rows, _("Class by class"))]
    if len(names) <= _MATRIX:
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        signs = np.where(np.eye(len(names), dtype=bool), 1, -1)
        cells = [(name, *(f"{n:,}" for n in counts[at])) for at, name in enumerate(names)]
        title = _("Which class is taken for which")
        tables.insert(0, Table((_("true \\ answered"), *names), cells, title, (shares * signs).tolist()))
    return tables
