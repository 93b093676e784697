"""What is learned by heart, and which ways against it are looked at, with how much of each; all in the address."""

from typing import NamedTuple

import streamlit as st

from playground.catalog.regularisations import PROBLEMS, WAYS, Problem, Way, amount, problem, way
from playground.data import outline
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.regularised import overfitting, regularised
from playground.ui import lab_fields

PROBLEM, SHOWN, SEED = "learn", "ways", "draw"
_FIRST = ("nothing", "l1", "l2", "dropout", "early", "smaller")
_MOST = 6
_SLIDER_PX = 184
_MOST_SEEDS = 9999


class Contestant(NamedTuple):
    """A way with how much of it, what it is called, and the run that shows it."""

    way: Way
    amount: float
    label: str
    spec: RunSpec


class Choice(NamedTuple):
    """All that decides the pictures."""

    problem: Problem
    base: RunSpec
    contestants: tuple[Contestant, ...]


def choose() -> Choice:
    """Draw the choice of a problem, of ways and of how much of each; returns it."""
    with st.container(border=True, gap="small", key="regularisation-choice"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            labels = {each.id: _(each.label) for each in PROBLEMS}
            name = lab_fields.part(_("Points to learn"), labels, PROBLEM)
            seed = st.number_input(
                _("Seed"),
                0,
                _MOST_SEEDS,
                0,
                key=SEED,
                width=110,
                help=_("Of the points, the first weights and the order. Another one is another draw of all three."),
                bind="query-params",
                persist_state="session",
            )
        titles = {_(each.label): each for each in WAYS}
        picked = lab_fields.several(_("Ways"), list(titles), [_(way(each).label) for each in _FIRST], SHOWN)
        base = overfitting(problem(name), int(seed))
        facts = outline(base.dataset)
        found = []
        with st.container(horizontal=True, gap="small", key="amounts"):
            for title in picked[:_MOST]:
                of = titles[title]
                value = _amount(of)
                label = f"{title} {value:.3g}" if of.amount else title
                found.append(Contestant(of, value, label, regularised(base, of.id, value, facts)))
        if len(picked) > _MOST:
            st.caption(_("The first {n} are drawn.").format(n=_MOST))
    return Choice(problem(name), base, tuple(found))


def amount_key(of: Way) -> str:
    """The key of the slider of a way."""
    return f"{of.id}.{of.amount}"


def _amount(of: Way) -> float:
    """Draw the slider of a way; returns how much of it there is."""
    if not of.amount:
        return 0.0
    label = _("{way}: `{amount}`").format(way=_(of.label), amount=of.amount)
    if of.is_power:
        label = _("{way}: `{amount}` = 10ˣ").format(way=_(of.label), amount=of.amount)
    # A slider of whole numbers hands back whole numbers.
    kind = float if of.is_power or of.step < 1 else int
    low, high, default, step = (kind(each) for each in (of.low, of.high, of.default, of.step))
    how = {"step": step, "width": _SLIDER_PX, "help": _(of.summary)}
    return amount(of, lab_fields.slider(label, low, high, default, amount_key(of), **how))
