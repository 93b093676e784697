"""What a verdict says in words: one line, and the numbers that say so in sentences."""

from playground.locale.text import _
from playground.runs.judged import Judged
from playground.runs.metric_words import metric, value
from playground.runs.verdict import Kind, Verdict


def title(kind: Kind) -> str:
    """The verdict in one line."""
    return {
        "diverged": _("It diverged"),
        "too-little-data": _("Too little data to say"),
        "not-finished": _("It has not finished learning"),
        "no-better": _("No better than knowing nothing"),
        "overfits": _("It overfits"),
        "underfits": _("It underfits"),
        "fits": _("It fits"),
    }[kind]


def because(verdict: Verdict) -> tuple[str, ...]:
    """The sentences that give the reason, the most telling number first."""
    found = verdict.judged
    match verdict.kind:
        case "diverged":
            return (_("The loss grew instead of falling: the steps are too large for this network and these inputs."),)
        case "too-little-data" if found is None:
            return (
                _("No rows are kept from training, so nothing tells what it has learned from what it knows by heart."),
            )
        case "too-little-data":
            return (_compared(found), _rows(found), _above(found))
        case "not-finished":
            return (_unfinished(verdict), _compared(found))
        case "no-better":
            by_heart = _("What it has learned of the training rows does not carry over.") if verdict.has_learned else ""
            return (_compared(found), _above(found), by_heart)
        case "overfits":
            return (_gap(found), _risen(verdict))
        case "underfits":
            return (_short(found), _above(found))
        case "fits":
            return (_compared(found), _above(found))


def sentences(verdict: Verdict) -> tuple[str, ...]:
    """:func:`because` without what there is nothing to say about."""
    return tuple(filter(None, because(verdict)))


def answer(name: str | None) -> str:
    """The answer that has learned nothing, in words; ``name`` as :class:`playground.runs.run.Run` has it."""
    return {
        "class": _("always answering the most frequent class"),
        "symbol": _("always answering the most frequent symbol of each place"),
        "mean": _("always answering the mean"),
        "mean input": _("always answering the mean input"),
        "last value": _("answering the last value before it"),
    }.get(name or "", _("an answer that has learned nothing"))


def _compared(found: Judged | None) -> str:
    if found is None:
        return ""
    words = _("In epoch {epoch}: training {metric} {training}, validation {validation}.")
    return words.format(epoch=f"{found.epoch:,}", **_values(found))


def _values(found: Judged) -> dict[str, str]:
    return {
        "metric": metric(found.name),
        "training": value(found.training),
        "validation": value(found.validation),
        "baseline": "" if found.baseline is None else value(found.baseline),
    }


def _gap(found: Judged | None) -> str:
    if found is None:
        return ""
    words = _(
        "It does better on the rows it learned than on others: training {metric} {training}, validation {validation}."
    )
    said = words.format(**_values(found))
    if found.is_share:
        about = _("Chance moves the difference of {gap} by about ± {noise}.")
        said += " " + about.format(gap=value(found.gap), noise=value(found.gap_noise))
    return said


def _risen(verdict: Verdict) -> str:
    found = verdict.judged
    if found is None or not verdict.has_risen:
        return ""
    if verdict.gave_back >= 1:
        words = _("The validation loss was best in epoch {best} and has lost all that it had gained since.")
        return words.format(best=f"{found.best_epoch:,}")
    words = _("The validation loss was best in epoch {best} and has lost {share} of what it had gained since.")
    return words.format(best=f"{found.best_epoch:,}", share=f"{verdict.gave_back:.0%}")


def _above(found: Judged | None) -> str:
    """Beside the baseline; a range of chance with it where there is one to say."""
    if found is None or found.baseline is None:
        return ""
    known = answer(found.answer)
    words = _("{answer} gives {baseline}.")
    said = words.format(answer=known[:1].upper() + known[1:], baseline=value(found.baseline))
    if not found.is_better and found.is_share:
        words = _("With {n} rows chance moves {validation} by ± {noise}.")
        said += " " + words.format(n=f"{found.n:,}", validation=value(found.validation), noise=value(found.noise))
    return said


def _rows(found: Judged | None) -> str:
    if found is None:
        return ""
    return _("{n} rows are few: it may be better than knowing nothing, or lucky.").format(n=f"{found.n:,}")


def _unfinished(verdict: Verdict) -> str:
    if not verdict.falling:
        return _("So few epochs do not tell where it would end.")
    words = _("The validation loss is still falling: {share} of all it has gained came in the last quarter.")
    return words.format(share=f"{verdict.falling:.0%}")


def _short(found: Judged | None) -> str:
    if found is None:
        return ""
    words = _("It has not even learned the rows it trains on: training {metric} {training}, validation {validation}.")
    return words.format(**_values(found))
