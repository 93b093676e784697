"""The matrices of attention that the lab shows are softmaxes of products, found out with NumPy."""

import inspect

import keras
import numpy as np
import pytest
from scipy.special import softmax

from playground import catalog
from playground.labs.attention import EMBEDDINGS, attention, embedded, words
from playground.specs import Args, LayerSpec, ModelSpec
from playground.training.build import build

pytestmark = pytest.mark.contract

TOKENS = words("The cat sat, and the dog ran!")


def test_words_are_found_and_nothing_else():
    assert TOKENS == ["the", "cat", "sat", ",", "and", "the", "dog", "ran", "!"]
    assert words("<img src=x onerror=alert(1)>") == ["img", "src", "x", "onerror", "alert", "1"]
    assert len(words("word " * 1000)) == 16


@pytest.mark.parametrize("kind", EMBEDDINGS)
def test_a_word_has_one_vector_and_its_place_changes_it(kind):
    plain = embedded(TOKENS, kind, has_position=False, seed=2)
    assert plain.shape == (len(TOKENS), 16)
    np.testing.assert_array_equal(plain[0], plain[5])
    assert len(np.unique(plain, axis=0)) == len(TOKENS) - 1
    moved = embedded(TOKENS, kind, has_position=True, seed=2) - plain
    np.testing.assert_allclose(moved[0], np.tile([0, 1], 8), atol=1e-6)
    np.testing.assert_allclose(moved[3, :2], [np.sin(3), np.cos(3)], atol=1e-6)


@pytest.mark.parametrize("is_causal", [False, True])
def test_scores_of_attention_are_a_softmax_of_dot_products(is_causal):
    x = embedded(TOKENS, "random", has_position=True, seed=0)
    found = attention(x, "Attention", heads=1, key_dim=8, scale=0.25, is_causal=is_causal, seed=0)
    products = 0.25 * x.astype(np.float64) @ x.T
    if is_causal:
        products[np.triu_indices(len(x), 1)] = -np.inf
    np.testing.assert_allclose(found[0], softmax(products, axis=-1), atol=1e-5)


@pytest.mark.parametrize("is_causal", [False, True])
def test_scores_of_several_heads_are_those_of_their_own_matrices(is_causal):
    x = embedded(TOKENS, "random", has_position=False, seed=0)
    found = attention(x, "MultiHeadAttention", heads=3, key_dim=4, scale=2.0, is_causal=is_causal, seed=5)
    keras.utils.set_random_seed(5)
    layer = keras.layers.MultiHeadAttention(3, 4)
    layer.build((1, *x.shape), (1, *x.shape))
    query, key = (np.asarray(each.kernel, np.float64) for each in (layer.query_dense, layer.key_dense))
    q, k = np.einsum("td,dhk->htk", x, query), np.einsum("td,dhk->htk", x, key)
    products = 2.0 * q @ k.transpose(0, 2, 1) / np.sqrt(4)
    if is_causal:
        products[:, *np.triu_indices(len(x), 1)] = -np.inf
    np.testing.assert_allclose(found, softmax(products, axis=-1), atol=1e-5)


def test_the_experiment_tells_the_truth():
    x = embedded(TOKENS, "random", has_position=False, seed=0)
    scores = attention(x, "MultiHeadAttention", heads=2, key_dim=8, scale=1.0, is_causal=True, seed=0)
    np.testing.assert_allclose(scores[:, 0, 0], 1)
    assert not scores[:, 0, 1:].any()


@pytest.mark.parametrize("kind", [each.id for each in catalog.entries("layers") if each.param("use_causal_mask")])
@pytest.mark.parametrize("is_causal", [False, True])
def test_in_a_network_the_mask_hides_what_comes_later(kind, is_causal):
    sizes = {param.name: 2 for param in catalog.entry("layers", kind).params if param.required}
    args = {**sizes, "use_causal_mask": is_causal}
    model = build(ModelSpec(layers=(LayerSpec(kind=kind, name="attend", args=Args(args)),)), (5, 4))
    x = np.random.default_rng(0).normal(size=(2, 5, 4)).astype(np.float32)
    later = x.copy()
    later[:, -1] += 1
    before, after = np.asarray(model(x)), np.asarray(model(later))
    assert np.allclose(before[:, :-1], after[:, :-1]) == is_causal
    assert not np.allclose(before[:, -1], after[:, -1])
    call = inspect.signature(type(model.get_layer("attend")).call).parameters
    assert call["use_causal_mask"].default is False
