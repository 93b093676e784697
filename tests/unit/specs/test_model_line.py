"""A model in one line names every layer and what says most of it."""

import pytest

from playground import recipes
from playground.specs.model_line import LONGEST, model_line
from playground.specs.stack import added


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("digits-mlp", "Flatten · Dense 64 · Dense 10"),
        ("reviews-bilstm", "Embedding 32 · Bidirectional LSTM 32 · Dense 1"),
        ("sp500-lstm", "Reshape 1×1 · LSTM 10 · Dense 1"),
    ],
)
def test_layers_in_order(recipe: str, expected: str):
    assert model_line(recipes.recipe(recipe).spec) == expected


def test_a_long_model_is_cut_where_the_store_has_no_more_room():
    spec = recipes.recipe("digits-mlp").spec
    while len(spec.model.layers) < 60:
        spec = added(spec, "Dense")
    line = model_line(spec)
    assert len(line) == LONGEST
    assert line.endswith(" …")
