"""A text whose words are coloured by what they moved."""

import numpy as np
import streamlit as st

from playground.data.sets.shown_words import words_of
from playground.locale.text import _
from playground.settings import settings
from playground.ui import evaluate_samples, live_part, shell
from playground.ui.explain_choice import Chosen

_SHOWN = 300
_STRONG, _WEAK = 0.5, 0.1  # of the largest effect
_NAMED = 5


def names(chosen: Chosen, n: int) -> list[str]:
    """What the ``n`` inputs are called: the words where they mark words, else the columns, else numbers."""
    facts = chosen.prepared.facts
    found = list(facts.features) if len(facts.features) == n else [f"x{at}" for at in range(1, n + 1)]
    for of in evaluate_samples.marks(chosen.view.spec.dataset, facts):
        found[of.first : of.first + len(of.words)] = [word or str(at) for at, word in enumerate(of.words)]
    return found


def panel(chosen: Chosen, x: np.ndarray, effects: np.ndarray, said: str) -> None:
    """Draw the words of the prepared input ``x`` with their ``effects``, and ``said`` under them."""
    facts = chosen.prepared.facts
    if facts.symbols:
        names, places = [facts.symbols[int(each)] for each in x.ravel()], np.arange(x.size)
    else:
        words = words_of(chosen.view.spec.dataset, facts, settings())
        names = [words.get(int(each)) or str(int(each)) for each in x.ravel()]
        places = np.flatnonzero(x.ravel())
    flat = effects.ravel()
    most = float(np.abs(flat).max(initial=0)) or 1.0
    shown = places[:_SHOWN]
    with st.container(border=True, key="explain-text"):
        st.markdown(" ".join(_coloured(names[at], float(flat[at]) / most) for at in shown.tolist()) or _("Nothing."))
    legend = _("Blue speaks for it, orange against; bold is strong.")
    if len(places) > _SHOWN:
        legend += " " + _("The first {n} of {of} words.").format(n=_SHOWN, of=f"{len(places):,}")
    st.caption(f"{legend} {_strongest(names, flat, places)}")
    table = {"place": (places + 1).tolist(), "word": [names[at] for at in places], "effect": flat[places].tolist()}
    live_part.below(chosen.view, "explain-words", said, lambda: table)


def _coloured(word: str, share: float) -> str:
    """A word as Markdown: two strengths of two colours."""
    plain = shell.plain(word.strip()) or "·"
    if abs(share) < _WEAK:
        return plain
    colour = "blue" if share > 0 else "orange"
    return f":{colour}-background[**{plain}**]" if abs(share) >= _STRONG else f":{colour}[{plain}]"


def _strongest(names: list[str], effects: np.ndarray, places: np.ndarray) -> str:
    """The words that moved most, in both directions, with their numbers."""
    order = places[np.argsort(-effects[places], kind="stable")]
    most = [at for at in order[:_NAMED].tolist() if effects[at] > 0]
    least = [at for at in order[::-1][:_NAMED].tolist() if effects[at] < 0]
    said = []
    if most:
        said.append(_("For it: {words}.").format(words=_listed(names, effects, most)))
    if least:
        said.append(_("Against it: {words}.").format(words=_listed(names, effects, least)))
    return shell.plain(" ".join(said))


def _listed(names: list[str], effects: np.ndarray, places: list[int]) -> str:
    return ", ".join(f"{names[at]} {effects[at]:+.2g}".replace("-", "−") for at in places)
