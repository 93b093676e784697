"""Texts that were answered wrongly, with the words without which the network would be less sure."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from playground.data import Prepared
from playground.data.sets.shown_words import words_of
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.settings import settings
from playground.ui import evaluate_words, shell
from playground.ui.evaluate_choice import Chosen

_WORDS = 6
_SHOWN_WORDS = 40
_LEAST, _DECIDES = 0.0005, 0.01
"""So much smaller a share is worth a word, and one that may have decided."""
_SIGNS = re.compile(r"\w+")


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Draw the most confident mistakes among the texts of an evaluation."""
    texts, true, shares = (found.arrays[name] for name in ("texts", "true", "shares"))
    if not len(texts):
        st.caption(_("There are none."))
        return
    said = _marked_words(found) if "mattered" in found.values else _numbered_words(chosen, found, prepared)
    names = prepared.facts.classes
    for number, (text, (marked, mattered)) in enumerate(zip(texts.tolist(), said, strict=True)):
        answered = int(shares[text].argmax())
        what = evaluate_words.mistake(names[true[text]], names[answered], float(shares[text, answered]))
        with st.container(border=True, gap="xxsmall", key=f"text-{number}"):
            st.markdown(f"**{shell.plain(what)}**")
            st.markdown(f":small[{marked}]")
            st.caption(mattered)


def _numbered_words(chosen: Chosen, found: Evaluation, prepared: Prepared) -> list[tuple[str, str]]:
    """The texts that come as numbers of words, each with its words marked, and what these did."""
    texts, effects = found.arrays["texts"], found.arrays["effects"]
    words = words_of(chosen.view.spec.dataset, prepared.facts, settings())
    x = np.asarray(prepared.array(f"x_{chosen.part}")[found.arrays["at"][texts]])
    named = [[words.get(int(each), str(int(each))) for each in row] for row in x]
    return [(marked(row, of, effect), mattered(of, effect)) for row, of, effect in zip(x, named, effects, strict=True)]


def _marked_words(found: Evaluation) -> list[tuple[str, str]]:
    """The texts of which the network knows which words they have, but not where."""
    each = zip(found.values["written"], found.values["mattered"], strict=True)
    return [in_writing(text, {str(word): float(effect) for word, effect in effects}) for text, effects in each]


def in_writing(text: str, effects: Mapping[str, float]) -> tuple[str, str]:
    """A text with the words that mattered marked wherever they stand, and what they did, both as Markdown.

    Args:
        text: as it was written.
        effects: by word, as the network knows it, how much less sure it is without.
    """
    said = text.split()
    at = np.array([_effect(word, effects) for word in said], np.float32)
    return marked(np.ones(len(said)), said, at), mattered(list(effects), np.array(list(effects.values())))


def _effect(word: str, effects: Mapping[str, float]) -> float:
    """What a word of a text did: in it may stand several that the network tells apart, or one with its signs off."""
    lower = word.lower()
    parts = {word, lower, "".join(_SIGNS.findall(word)), "".join(_SIGNS.findall(lower)), *_SIGNS.findall(lower)}
    return max((effects[part] for part in parts if part in effects), default=0.0)


def marked(row: np.ndarray, named: Sequence[str], effects: np.ndarray) -> str:
    """A text as Markdown, with the words that mattered most bold, around the first of them where it is long.

    Args:
        row: 0 where no word is, (length,).
        named: the word at each place.
        effects: how much less sure the network is without it, (length,).
    """
    places = np.flatnonzero(row)
    most = np.unique(effects[effects > _least(effects)])[::-1][:_WORDS]
    is_top = effects >= (most[-1] if len(most) else np.inf)
    first = next((number for number, at in enumerate(places) if is_top[at]), 0)
    start = max(0, min(first - 5, len(places) - _SHOWN_WORDS))
    shown = places[start : start + _SHOWN_WORDS]
    said = [f"**:orange[{shell.plain(named[at])}]**" if is_top[at] else shell.plain(named[at]) for at in shown.tolist()]
    before, after = "… " if start else "", " …" if start + _SHOWN_WORDS < len(places) else ""
    return before + " ".join(said) + after


def mattered(named: Sequence[str], effects: np.ndarray) -> str:
    """The words that mattered most and by how much, as Markdown."""
    order = [at for at in np.argsort(-effects, kind="stable")[:_WORDS].tolist() if effects[at] > _least(effects)]
    nothing = _("No single word decided it: without any of them it would be nearly as sure.")
    if not order:
        return nothing
    digits = 0 if effects[order[0]] > _DECIDES else 1
    each = ", ".join(f"{shell.plain(named[at])} −{100 * effects[at]:.{digits}f}" for at in order)
    said = _("Less sure without, in percentage points: {words}").format(words=each)
    return said if digits == 0 else f"{nothing} {said}"


def _least(effects: np.ndarray) -> float:
    """What an effect has to be to be told: beside one that decides, the smallest ones are noise."""
    return _DECIDES if effects.max(initial=0) > _DECIDES else _LEAST
