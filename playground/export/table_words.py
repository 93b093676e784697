"""What a script does to a column of texts whose words become numbers, as the app does it."""

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.data.transforms.word_steps import FIRST, UNKNOWN, most_frequent
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression
from playground.export.lines import Lines
from playground.export.table_ways import Way

KINDS = frozenset({"multi_hot", "sequences"})
"""The steps that are written here."""

_CLEANED = {
    "lower_and_strip_punctuation": "text.lower().translate(signs)",
    "lower": "text.lower()",
    "strip_punctuation": "text.translate(signs)",
    "none": "text",
}
_KEPT = {"padding": "pre", "truncating": "pre"}
"""What ``keras.utils.pad_sequences`` takes where nothing is said."""


def is_text(way: Way) -> bool:
    """Whether there are still words in the column."""
    return way.column.type == "text" and not way.is_ready


def needed(args: Mapping[str, Any]) -> Lines:
    """The functions that the lines of both steps call, and what these import."""
    cleaned = _CLEANED[args["standardize"]]
    signs = ['    signs = str.maketrans("", "", string.punctuation)'] if "signs" in cleaned else []
    words_of = ["def words_of(text):", '    """The words of a text."""', *signs, f"    return {cleaned}.split()"]
    imports = ["from collections import Counter", "from collections.abc import Iterable"]
    imports += ["import string"] if signs else []
    return Lines((), tuple(imports), ("\n".join(words_of), inspect.getsource(most_frequent).rstrip()))


def multi_hot(args: Mapping[str, Any], way: Way) -> Way:
    """The column after the step: one of 0 and 1 for each word."""
    if not is_text(way):
        return way
    n = args["max_words"]
    given: list[Expression] = [("analyzer=words_of",), ("vocabulary=", *_known(args, way)), ("binary=True",)]
    given += [] if "lower" in _CLEANED[args["standardize"]] else [("lowercase=False",)]
    words = layout.call("CountVectorizer", *given)
    # As wide as the network expects, whatever the number of words that are there.
    pad = layout.call("np.pad", ("words.toarray()",), (f"((0, 0), (0, {n} - words.shape[1]))",))
    made = layout.call("FunctionTransformer", ("lambda words: ", *pad))
    names = (*way.names, "CountVectorizer", "FunctionTransformer")
    return replace(way, transformers=(words, made), names=names, is_ready=True, has_gaps=False)


def sequences(args: Mapping[str, Any], way: Way) -> list[str]:
    """Lines that make ``x``, int32 of shape (n, length), of the only column of a frame ``x``."""
    texts = layout.flat(("x[", *value_of(way.column.name), "]"))
    changed = [(f"{name}=", *value_of(args[name])) for name, kept in _KEPT.items() if args[name] != kept]
    padded = layout.call("keras.utils.pad_sequences", ("x",), (f"maxlen={args['length']}",), *changed)
    return [
        "# Of the training rows only: the others are not known yet.",
        layout.laid_out(("known = ", *_known(args, way))),
        f"number = {{word: at for at, word in enumerate(known, {FIRST})}}  # {UNKNOWN} is any other word",
        f"x = [[number.get(word, {UNKNOWN}) for word in words_of(text)] for text in {texts}]",
        layout.laid_out(("x = ", *padded)),
    ]


def _known(args: Mapping[str, Any], way: Way) -> Expression:
    texts = ("map(words_of, x[", *value_of(way.column.name), "].iloc[train])")
    return layout.call("most_frequent", texts, (f"{args['max_words']}",))
