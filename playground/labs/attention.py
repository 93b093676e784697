"""Who looks at whom: the scores of Keras's attention layers over the words of a sentence."""

import re
import zlib
from typing import Any

import keras
import numpy as np
from keras import ops

from playground.training.objects import made

MOST_WORDS, MOST_HEADS, SIZE = 16, 4, 16
_WORD = re.compile(r"\w+|[.,;:!?]")
_PERIOD = 10_000.0
EMBEDDINGS = ("random", "onehot")


def words(sentence: str) -> list[str]:
    """The first 16 words and punctuation marks of ``sentence``, in lower case."""
    return [each.lower() for each in _WORD.findall(sentence[:400])][:MOST_WORDS]


def embedded(tokens: list[str], kind: str, *, has_position: bool, seed: int) -> np.ndarray:
    """One vector a word, float32 (words, 16); the same word has the same one.

    Args:
        tokens: at most 16 words.
        kind: ``"random"``, a standard normal vector drawn for each different word; ``"onehot"``, 1 at a place of its
            own.
        has_position: whether waves are added that say where a word stands, as in A. Vaswani et al., "Attention is all
            you need" (2017), section 3.5.
        seed: of what is drawn.

    Raises:
        ValueError: there is no such embedding.
    """
    known = list(dict.fromkeys(tokens))
    if kind == "onehot":
        found = np.eye(len(known), SIZE)[[known.index(each) for each in tokens]]
    elif kind == "random":
        found = np.stack(
            [np.random.default_rng([seed, zlib.crc32(each.encode())]).normal(size=SIZE) for each in tokens]
        )
    else:
        raise ValueError(f"embedding: expected one of {', '.join(EMBEDDINGS)}, received {kind!r}.")
    if has_position:
        rate = _PERIOD ** (-np.arange(0, SIZE, 2) / SIZE)
        angle = np.arange(len(tokens))[:, None] * rate
        found = found + np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(len(tokens), SIZE)
    return found.astype(np.float32)


def attention(
    x: np.ndarray, kind: str, *, heads: int, key_dim: int, scale: float, is_causal: bool, seed: int
) -> np.ndarray:
    """How much each word looks at each other, float32 (heads, words, words); rows add up to 1.

    Args:
        x: vectors, (words, size), that are query, key and value at once.
        kind: ``"Attention"``, dot products of the vectors themselves, or ``"MultiHeadAttention"``, of what random
            matrices make of them, divided by the root of ``key_dim``.
        heads: of ``MultiHeadAttention``, at most 4; an ``Attention`` has one.
        key_dim: of ``MultiHeadAttention``.
        scale: what scores are multiplied with before the softmax.
        is_causal: whether a word sees only itself and those before it.
        seed: of the random matrices.

    Raises:
        LookupError: there is no such layer.
        ValueError: what Keras says of an argument.
    """
    keras.utils.set_random_seed(seed)
    batch = ops.convert_to_tensor(x[None])
    if kind == "Attention":
        layer: Any = made("layers", kind, {"use_scale": True})
        layer.build([batch.shape, batch.shape])
        layer.scale.assign(scale)
        _output, scores = layer([batch, batch], return_attention_scores=True, use_causal_mask=is_causal)
        return np.asarray(scores)
    if kind != "MultiHeadAttention":
        raise LookupError(f"There is no attention layer {kind!r} here; expected Attention or MultiHeadAttention.")
    size = {"num_heads": max(1, min(heads, MOST_HEADS)), "key_dim": max(1, min(key_dim, 4 * SIZE))}
    layer = made("layers", kind, size)
    layer.build(batch.shape, batch.shape)
    layer.query_dense.kernel.assign(scale * layer.query_dense.kernel)
    _output, scores = layer(batch, batch, return_attention_scores=True, use_causal_mask=is_causal)
    return np.asarray(scores)[0]
