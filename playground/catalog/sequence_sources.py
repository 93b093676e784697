"""Sequences that are drawn at random, with a number, a kind or another sequence as their answer."""

from playground.catalog.entry import Entry, Param


def _int(name: str, default: int, low: int, high: int, label: str, what: str) -> Param:
    return Param(name, "int", default, minimum=low, maximum=high, label=label, help=what, basic=True)


_SAMPLES = _int(
    "n_samples", 1_000, 10, 100_000, "Sequences", "How many are drawn, no two of them alike: none is seen beforehand."
)
_STEPS = "How many values a sequence has."
_STEP = _int("step", 10, 1, 1_000, "Largest difference", "How far the second value lies from the first at most.")
_GROWTH = _int("growth", 5, 0, 100, "Largest growth", "By how much the differences grow from one to the next at most.")


def _first(default: int) -> Param:
    return _int("first", default, 0, 10_000, "Largest first value", "Sequences begin with a whole number from 0 to it.")


def _length(default: int) -> Param:
    return _int("length", default, 3, 50, "Steps", _STEPS)


def _entry(name: str, label: str, summary: str, task: str, rank: int, *params: Param) -> Entry:
    return Entry(name, "datasets", "Sequences", label, summary, params, (rank,), (task,), basic=True)


SEQUENCES: tuple[Entry, ...] = (
    _entry(
        "next_value",
        "Next value",
        "Sequences such as 3, 5, 8, 12: say which value comes next.",
        "regression",
        2,
        *(_SAMPLES, _length(4), _first(50), _STEP, _GROWTH),
    ),
    _entry(
        "trend",
        "Up or down",
        "Sequences that rise, fall, stay, or go up and down in turn: say which.",
        "multiclass",
        2,
        *(_SAMPLES, _length(6), _first(300), _STEP),
    ),
    _entry(
        "aligned",
        "Third sequence",
        "Two sequences side by side, such as 3, 5, 8 and 4, 6, 9: say the third, 5, 7, 10.",
        "regression",
        2,
        *(_SAMPLES, _length(4), _first(50), _STEP, _GROWTH),
        _int("apart", 5, 1, 1_000, "Largest distance", "How far the second sequence lies above the first at most."),
    ),
    _entry(
        "continuation",
        "Continuation",
        "Sequences such as 3, 5, 8, 12, 17: say how they go on, 23, 30, 38.",
        "regression",
        2,
        *(_SAMPLES, _length(5)),
        _int("ahead", 3, 1, 50, "Steps to say", "How many values are to be predicted."),
        *(_first(50), _STEP, _GROWTH),
    ),
    _entry(
        "unfolded",
        "One to many",
        "Three numbers, such as 3, 2, 1: say the sequence they begin, 3, 5, 8, 12.",
        "regression",
        1,
        *(_SAMPLES, _length(5), _first(50), _STEP, _GROWTH),
    ),
    _entry(
        "reversed",
        "Reverse a text",
        "Letters in any order, such as abcde: say them backwards, edcba.",
        "multiclass",
        1,
        _int("n_samples", 5_000, 10, 100_000, "Texts", "How many are drawn, no two of them alike."),
        _int("length", 5, 2, 12, "Letters", "How many letters a text has."),
        _int("letters", 10, 2, 26, "Alphabet", "How many different letters there are."),
    ),
    _entry(
        "addition",
        "Add two numbers",
        "Sums written as characters, such as 12+7: say the result, 19, character by character.",
        "multiclass",
        1,
        _int("n_samples", 8_000, 10, 100_000, "Sums", "How many are drawn, no two of them alike."),
        _int("digits", 2, 1, 3, "Digits", "How many digits a number has at most."),
    ),
)
"""In teaching order."""
