"""What the rule on masks believes of each group of layers, asked of Keras."""

import pytest

from playground import catalog
from playground.specs.rules.sequences import AVERAGES_MASKED, DROPS_MASK
from playground.specs.usual import usual_args
from playground.training.objects import made
from tests.contract.tiny import offered


@pytest.mark.parametrize("each", [case for case in offered("layers") if case.values[0].group in DROPS_MASK])
def test_a_layer_of_a_group_that_drops_masks_drops_them(each):
    layer = made("layers", each.id, usual_args("layers", each.id))
    assert layer.supports_masking == (each.id == AVERAGES_MASKED)


@pytest.mark.parametrize("group", ["Activation", "Regularisation", "Merge", "Recurrent", "Attention"])
def test_a_layer_of_any_group_that_passes_masks_on_or_uses_them_does(group):
    for each in catalog.entries("layers"):
        if each.group == group:
            assert made("layers", each.id, usual_args("layers", each.id)).supports_masking, each.id
