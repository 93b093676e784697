"""Whether what several settings come to differs by more than the noise of their seeds."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import Comparison, is_higher_better
from playground.runs.judged import is_share
from playground.runs.noise import noise
from playground.runs.seeds import Apart, Mean, apart, mean_of
from playground.ui import compare_table, run_words
from playground.ui.compare_groups import Group, groups, has_seeds
from playground.ui.compare_words import Shown, is_going
from playground.ui.shell import plain

_NONE = "–"
_SMALL = 0.001


class _Placed(NamedTuple):
    """A group, its mean, and how far it is behind the best; ``None`` for the best and where nobody can say."""

    group: Group
    mean: Mean
    behind: Apart | None


def panel(comparison: Comparison, shown: Sequence[Shown], chosen: str | None) -> None:
    """Draw the statement, and where there are several seeds the table that it rests on.

    Args:
        comparison: what is compared; of folds their own table says it.
        shown: its runs.
        chosen: the metric to compare by, without ``val_``.
    """
    name = compare_table.metric_of(shown, chosen)
    found = [group for group in groups(comparison, shown) if group.values(name)]
    if comparison.kind == "folds" or not found or len(shown) < 2:
        return
    if not has_seeds(found):
        if words := _single(found, name):
            st.markdown(f":material/info: {words}")
        return
    placed = _placed(found, name)
    words = _statement(placed, name)
    st.markdown(f"### {_('Seeds')}")
    st.markdown(_("Provisional: {words}").format(words=words) if is_going(shown) else words)
    st.table([_row(each, name) for each in placed], border="horizontal", hide_index=True)
    st.caption(_how(placed))


def _placed(found: Sequence[Group], name: str) -> list[_Placed]:
    """The groups, the best mean first, those that diverged last."""
    sign = 1 if is_higher_better(name) else -1
    means = {group: mean_of(list(group.values(name).values())) for group in found}
    order = sorted(found, key=lambda group: (not math.isfinite(means[group].mean), -sign * means[group].mean))
    best, rivals = order[0], max(1, len(order) - 1)
    values = best.values(name)
    return [
        _Placed(
            group,
            means[group],
            None
            if group is best
            else apart(values, group.values(name), rivals=rivals, grain=_grain([*best.members, *group.members], name)),
        )
        for group in order
    ]


def _grain(members: Sequence[Shown], name: str) -> float:
    """What the values of a share are multiples of."""
    rows = [view.run.n_validation for _label, view in members if view.run.n_validation]
    return 1 / min(rows) if rows and is_share(name) else 0.0


def _statement(placed: Sequence[_Placed], name: str) -> str:
    """What it comes to, in Markdown."""
    best = placed[0]
    if len(placed) == 1:
        return _("{n} seeds of the same settings: **{value}** on average, {between} at 95 %.").format(
            n=best.mean.n, value=run_words.value(best.mean.mean), between=_interval(best.mean, name)
        )
    first = plain(best.group.label)
    known = [each for each in placed[1:] if each.behind is not None]
    clear = [plain(each.group.label) for each in known if each.behind is not None and each.behind.is_beyond_noise]
    close = [plain(each.group.label) for each in known if each.behind is not None and not each.behind.is_beyond_noise]
    others = [plain(each.group.label) for each in placed[1:] if each.behind is None]
    said = []
    if clear:
        words = _("**{name}** is better than {others} by more than the noise of the seeds.")
        said.append(words.format(name=first, others=_listed(clear)))
    if close:
        words = _("Between **{name}** and {others} the difference is within the noise of the seeds.")
        said.append(words.format(name=first, others=_listed(close)))
    if others:
        words = _("Of {others} too few seeds have ended with a number to say anything.")
        said.append(words.format(others=_listed(others)))
    return " ".join(said)


def _single(found: Sequence[Group], name: str) -> str:
    """What can be said where each setting was trained once; empty for nothing."""
    if len(found) < 2:
        return ""
    said = _("One seed each does not tell skill from luck: train each with three seeds or more to know.")
    rows = [each.members[0].view.run.n_validation for each in found]
    if not is_share(name) or not all(rows):
        return said
    sign = 1 if is_higher_better(name) else -1
    values = sorted(
        (sign * next(iter(each.values(name).values())), n, each.label) for each, n in zip(found, rows, strict=True)
    )
    (second, n_second, _label), (best, n_best, label) = values[-2:]
    if not (0 <= second <= 1 and 0 <= best <= 1):
        return said
    chance = math.hypot(noise(best, n_best or 1), noise(second, n_second or 1))
    figures = {"name": plain(label), "difference": run_words.value(best - second), "chance": run_words.value(chance)}
    if best == second:
        words = _("The best two are level: chance moves their difference by ± {chance} with these rows.")
    elif best - second <= chance:
        words = _("**{name}** leads by {difference}, which is within what chance moves it: ± {chance} with these rows.")
    else:
        words = _("**{name}** leads by {difference}; chance moves that by ± {chance} with these rows.")
    if len({(each.members[0].view.spec.dataset, each.members[0].view.spec.seed) for each in found}) == 1:
        said = f"{_('All are measured on the same rows, which two matrices below compare row by row.')} {said}"
    return f"{words.format(**figures)} {said}"


def _row(each: _Placed, name: str) -> dict[str, str]:
    metric = run_words.first_upper(run_words.metric(name))
    is_known = math.isfinite(each.mean.mean)
    return {
        _("Settings"): plain(each.group.label),
        _("Seeds"): f"{each.mean.n}",
        _("{metric}, mean").format(metric=metric): run_words.value(each.mean.mean) if is_known else _("diverged"),
        _("95 % interval"): _interval(each.mean, name),
        _("Behind the first"): _behind(each.behind),
        _("Verdict"): _verdict(each),
    }


def _behind(found: Apart | None) -> str:
    if found is None:
        return _NONE
    ends = sorted((abs(found.low), abs(found.high))) if found.is_beyond_noise else (found.low, found.high)
    size = _size(abs(found.difference))
    if found.is_beyond_noise:
        return f"{size} ({_between(*ends)})"
    return f"{size} ({_('0 is possible')})"


def _verdict(each: _Placed) -> str:
    if each.behind is None:
        return _NONE
    return _("more than the noise") if each.behind.is_beyond_noise else _("within the noise")


def _interval(of: Mean, name: str) -> str:
    """The interval of a mean; that of a share ends at 0 and 1."""
    low, high = of.low, of.high
    if is_share(name) and math.isfinite(low):
        low, high = max(0.0, low), min(1.0, high)
    return _between(low, high)


def _between(low: float, high: float) -> str:
    if not math.isfinite(low) or not math.isfinite(high):
        return _NONE
    return _("{low} to {high}").format(low=_size(low), high=_size(high))


def _size(value: float) -> str:
    """A number as the others in its column are written."""
    return f"{value:.3f}" if _SMALL <= abs(value) < 1 else run_words.value(value)


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(f"**{label}**" for label in labels)


def _how(placed: Sequence[_Placed]) -> str:
    """How it was judged, for those who want to know."""
    said = [_("A seed decides the split of the rows, the first weights and the order of the batches.")]
    known = [each.behind for each in placed if each.behind is not None]
    if any(each.is_paired for each in known):
        said.append(_("With the same seeds the values are compared seed by seed (paired t)."))
    if any(not each.is_paired for each in known):
        said.append(_("With other seeds their spreads are compared (Welch's t)."))
    if known:
        n = len(placed) - 1
        words = ngettext(
            "The difference of {n} pair is looked at, at a level of 95 %.",
            "The differences of {n} pairs are looked at, at a level of 95 % for all together.",
            n,
        )
        said.append(words.format(n=n))
    return " ".join(said)
