"""Arguments that Keras wants with the call of a layer and not when the layer is made."""

from playground.catalog.entry import Param

CALLED: tuple[Param, ...] = (
    Param(
        "use_causal_mask",
        "flag",
        False,
        help="No step sees a later one: for a network that continues what it reads.",
        of_call=True,
    ),
)
"""Those of all layers of attention."""
