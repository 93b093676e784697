"""The words for several runs at once: what each is called, how it differs from the first, how far all are."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.locale.text import _, ngettext
from playground.runs import Comparison
from playground.specs import folds
from playground.ui import changes, run_words
from playground.ui.reader import View
from playground.ui.shell import plain

_ORDER = ("running", "paused", "queued", "failed", "lost", "stopped")


class Shown(NamedTuple):
    """One run of a comparison: what it is called there, and the run."""

    label: str
    view: View


def label(comparison: Comparison, written: str, view: View) -> str:
    """What a member is called on screen: a fold by its number in the user's language, a variant as it was written.

    In a race over several seeds those of one name are told apart by the seed.
    """
    if comparison.kind == "race" and sum(each.label == written for each in comparison.members) > 1:
        return _("{label}, seed {seed}").format(label=_(written), seed=view.spec.seed)
    pattern = {"fold": _("Fold {n}"), "repeat": _("Repeat {n}")}.get(folds.called(view.spec))
    if comparison.kind != "folds" or pattern is None:
        return _(written)
    return pattern.format(n=folds.number(view.spec))


def state(shown: Sequence[Shown]) -> str:
    """The state of all together: what is still going on, else the worst that happened to one."""
    found = {each.view.run.state for each in shown}
    return next((state for state in _ORDER if state in found), "finished")


def is_going(shown: Sequence[Shown]) -> bool:
    """Whether one of the runs has not ended."""
    return any(not each.view.run.is_ended for each in shown)


def difference(shown: Sequence[Shown], at: int) -> str:
    """How the run at position ``at`` differs from the first, in one line of Markdown."""
    if at == 0:
        return _("the others are held against this one")
    return changes.words(shown[0].view.spec, shown[at].view.spec) or _("nothing")


def progress(shown: Sequence[Shown]) -> str:
    """How far all are, in one line of Markdown."""
    done = sum(each.view.run.is_ended for each in shown)
    said = [
        ngettext("**{done}** of {n} run has ended", "**{done}** of {n} runs have ended", len(shown)).format(
            done=done, n=len(shown)
        )
    ]
    for name, view in shown:
        run = view.run
        if run.state in ("running", "paused"):
            epoch = min(run.epoch + 1, run.epochs)
            words = _("{name} in epoch {epoch} of {epochs}") if run.step else _("{name} is starting")
            said.append(words.format(name=plain(name), epoch=f"{epoch:,}", epochs=f"{run.epochs:,}"))
    if done == len(shown):
        said.append(run_words.exact(sum(each.view.run.seconds for each in shown)))
    return " · ".join(said)
