"""IMDB and Reuters as sources: what is known of them with their options."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.data.sets.word_sets import UNKNOWN, WordSet
from playground.data.source import Source
from playground.data.uploads.class_names import REUTERS_TOPICS


def _source(name: str, classes: tuple[str, ...], origin: str) -> Source:
    made = WordSet(name, len(classes))
    return Source(
        made.load,
        "binary" if len(classes) == 2 else "multiclass",
        (200,),
        None,
        classes,
        has_test=True,
        licence="no licence is stated; free for research",
        origin=origin,
        stamp=made.stamp,
        chosen=_chosen,
    )


def _chosen(source: Source, options: Mapping[str, Any]) -> Source:
    n_words = options["num_words"]
    if options["output_mode"] == "multi_hot":
        return replace(source, input_shape=(n_words,), largest=1.0)
    return replace(source, input_shape=(options["maxlen"],), input_dtype="int32", vocabulary=n_words, unknown=UNKNOWN)


WORD_SETS: dict[str, Source] = {
    "imdb": _source(
        "imdb",
        ("negative", "positive"),
        "A. Maas et al., Learning Word Vectors for Sentiment Analysis, 2011; imdb.npz as Keras provides it",
    ),
    "reuters": _source("reuters", REUTERS_TOPICS, "D. Lewis, Reuters-21578, 1997; reuters.npz as Keras provides it"),
}
