"""What a race comes to in words: whether it was fair, who is ahead, and how sure that is."""

from collections.abc import Iterable, Mapping, Sequence

from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.runs.race import Placed
from playground.ui.compare_words import Shown
from playground.ui.shell import plain

_FAIR = ":green[:material/verified:]"
_OTHER = ":material/info:"


def fair(heats: Iterable[Sequence[Run]]) -> str:
    """What was checked of the starts of those who race from one seed, in Markdown; empty before all have begun."""
    starts = [[run.fair_start for run in heat if run.fair_start] for heat in heats]
    complete = [heat for heat in starts if len(heat) > 1]
    if not complete:
        return ""
    if not all(_same(heat, "order") for heat in complete):
        return _("{icon} The batches differ: the contestants do not have the same training rows.").format(icon=_OTHER)
    if all(_same(heat, "weights") for heat in complete):
        return _("{icon} Checked: the same first weights, and the same batches in the same order.").format(icon=_FAIR)
    return _(
        "{icon} Checked: the same batches in the same order. The first weights differ, as the contestants draw them."
    ).format(icon=_FAIR)


def _same(starts: Sequence[Mapping[str, str]], name: str) -> bool:
    return len({start[name] for start in starts}) == 1


def sure(found: Sequence[Placed], n: int, *, is_going: bool) -> str:
    """How sure the ranking is, in Markdown.

    Args:
        found: the contestants in their order.
        n: seeds in which all have a value.
        is_going: whether the race goes on.
    """
    if n < 2:
        return _("One seed does not tell skill from luck: race over three or five to find out.")
    words = _best([plain(_(each.label)) for each in found if each.may_be_best], len(found), n)
    return _("Provisional: {words}").format(words=words) if is_going else words


def _best(best: Sequence[str], of: int, n: int) -> str:
    seeds = ngettext("{n} seed", "{n} seeds", n).format(n=n)
    if len(best) == of:
        return _("{seeds} do not tell them apart: each of them may be the best.").format(seeds=seeds)
    if len(best) == 1:
        return _("**{name}** is the best: over {seeds} all others are clearly behind.").format(
            name=best[0], seeds=seeds
        )
    return _("The best is among **{names}**: over {seeds} the others are clearly behind.").format(
        names="**, **".join(best), seeds=seeds
    )


def how() -> str:
    """How the ranking was judged, for those who want to know."""
    return _(
        "Values after the last epoch, held against each other seed by seed. Out is whoever another beats in a paired "
        "one-sided t test at the level 5 % divided by the number of rivals: the one that truly is best is out with a "
        "probability of 5 % at most (Hsu's comparison with the best). Time is that of its own training, without "
        "waiting for the others."
    )


def state(shown: Sequence[Shown]) -> str:
    """The state of all together; where one pauses, all stand."""
    states = {each.view.run.state for each in shown}
    order = ("paused", "running", "queued", "failed", "lost", "stopped")
    return next((each for each in order if each in states), "finished")


def progress(shown: Sequence[Shown]) -> str:
    """Where the race stands, in one line of Markdown."""
    racing: dict[int, Run] = {}
    for _label, view in shown:
        if view.run.state in ("running", "paused"):
            seed = view.spec.seed
            racing[seed] = min(racing.get(seed, view.run), view.run, key=lambda run: run.step)
    done = sum(each.view.run.is_ended for each in shown)
    said = []
    for seed, run in racing.items():
        words = _("Seed {seed}: **epoch {epoch}** of {epochs}") if run.step else _("Seed {seed} is starting")
        said.append(words.format(epoch=f"{min(run.epoch + 1, run.epochs):,}", epochs=f"{run.epochs:,}", seed=seed))
    said.append(
        ngettext("{done} of {n} run has ended", "{done} of {n} runs have ended", len(shown)).format(
            done=done, n=len(shown)
        )
    )
    return " · ".join(said)
