"""From the lab of sequences to the draft: a recurrent layer, or one of attention."""

from collections.abc import Sequence
from typing import Any

from playground.locale.text import _
from playground.ui import lab_layer


def layer_button(kinds: Sequence[str], units: int) -> None:
    """Draw the button that adds a recurrent layer, one of ``kinds``, to the draft."""
    said = _("With {n} units, before the output. It learns weights of its own.").format(n=units)
    lab_layer.button(kinds, {"units": units}, said)


def attention_button(kind: str, heads: int, key_dim: int, *, is_causal: bool) -> None:
    """Draw the button that adds a layer of attention to the draft."""
    args: dict[str, Any] = {"num_heads": heads, "key_dim": key_dim} if kind == "MultiHeadAttention" else {}
    if is_causal:
        args["use_causal_mask"] = True
        said = _("Before the output; with the mask, so that every step looks at itself and at those before it.")
    else:
        said = _("Before the output; every step looks at all steps of what it reads.")
    lab_layer.button([kind], args, said)
