"""From the lab of tensors to the draft: the layer that does the same with every sample."""

from playground.catalog.tensor_layers import TensorLayer, tensor_layer
from playground.locale.text import _
from playground.ui import lab_layer
from playground.ui.lab_answers import Answer
from playground.ui.tensors_fields import Given


def button(of: Given, answer: Answer) -> None:
    """Draw the button that takes the layer of an operation into the draft; it is off where no layer does the same."""
    found = _layer(of, answer)
    if found is None:
        lab_layer.button((), {}, _("No layer does this by itself with every sample."))
        return
    words = [_("Does with every sample what is shown here, before the output.")]
    if found.kind == "Dense":
        words.append(_("The numbers of b become weights, which it learns: a row of them for each number it reads."))
    elif of.op.reads > 1:
        words.append(_("It joins two layers: choose the other one on the page Model."))
    args = ", ".join(f"{name}={value!r}" for name, value in found.args.items())
    lab_layer.button([found.kind], found.args, " ".join([*([f"`{args}`."] if args else []), *words]))


def _layer(of: Given, answer: Answer) -> TensorLayer | None:
    if not answer.is_there or "result" not in answer.arrays:
        return None
    a, b, result = (answer.arrays[name].shape if name in answer.arrays else () for name in ("a", "b", "result"))
    return tensor_layer(of.op, of.args, a, b, result)
