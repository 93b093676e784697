"""What a diagnosis says in words: one line, and the numbers that say so in sentences."""

import math

from playground.locale.text import _, ngettext
from playground.runs.diagnosis import Diagnosis
from playground.runs.metric_words import value


def title(found: Diagnosis) -> str:
    """The diagnosis in one line."""
    match found.kind:
        case "not-finite":
            return _("The loss is no number any more")
        case "exploding":
            return _("The training explodes")
        case "out-of-memory":
            return _("It does not fit into memory")
        case "dead-units":
            return _("Units of {layer} are dead").format(layer=found.layer)
        case "vanishing":
            return _("The gradient vanishes")
        case "no-fall":
            return _("The loss does not fall")
        case "overfitting":
            return _("Overfitting began in epoch {epoch}").format(epoch=f"{found.epoch + 1:,}")


def sentences(found: Diagnosis) -> tuple[str, ...]:
    """What says so, with its numbers, the most telling first."""
    said: tuple[str, ...]
    match found.kind:
        case "not-finite":
            said = (_where(found), _gradients(found), _rate(found))
        case "exploding":
            said = (_risen(found), _largest(found), _rate(found))
        case "out-of-memory":
            said = (_memory(found),)
        case "dead-units":
            said = (_dead(found), _still(found))
        case "vanishing":
            said = (_faded(found), _still(found))
        case "no-fall":
            said = (_still(found), _nothing(found), _rate(found))
        case "overfitting":
            said = (_apart(found),)
    return tuple(filter(None, said))


def number(size: float) -> str:
    """A measured size with two digits, however large or small: ``0.031``, ``3.1``, ``8.4e6``, ``NaN``."""
    if math.isnan(size):
        return "NaN"
    if math.isinf(size):
        return _("infinite")
    return (
        f"{size:.0f}"
        if 10 <= abs(size) < 1000
        else f"{size:.2g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    )


def _where(found: Diagnosis) -> str:
    what = {"NaN": _("NaN"), "infinite": _("infinite values")}.get(found.words.get("what", ""), "")
    largest, weight = (number(found.numbers.get(name, 0.0)) for name in ("largest", "weight"))
    match found.words.get("where"):
        case "weights":
            words = _("The batch before had left {what} in the weights of {layer}.")
        case "layer":
            words = _(
                "{layer} is the first layer to give {what}: it reads values up to {largest}, and its weights "
                "reach {weight}."
            )
        case "loss":
            words = _("Every layer gives numbers, the last up to {largest}, but the loss of them is {what}.")
        case "gradient":
            words = _("The loss is a number, but its gradient holds {what}, first at the weights of {layer}.")
        case _:
            return ""
    return words.format(layer=found.layer, what=what, largest=largest, weight=weight)


def _gradients(found: Diagnosis) -> str:
    """How the gradient's norm went; of the last value that was no number only the way there is told."""
    norms = [norm for norm in found.gradients if math.isfinite(norm)]
    if len(norms) < 2 or norms[-1] <= norms[0]:
        return ""
    words = ngettext(
        "The norm of the gradient went from {first} to {last} within {n} batch.",
        "The norm of the gradient went from {first} to {last} within {n} batches.",
        len(norms) - 1,
    )
    return words.format(first=number(norms[0]), last=number(norms[-1]), n=len(norms) - 1)


def _rate(found: Diagnosis) -> str:
    rate = found.numbers.get("learning_rate")
    return "" if rate is None else _("The learning rate is {rate}.").format(rate=f"{rate:.3g}")


def _risen(found: Diagnosis) -> str:
    first, last = (value(found.numbers[name]) for name in ("first_loss", "loss"))
    words = _("The training loss went from {first} in epoch 1 to {last} in epoch {epoch}.")
    return words.format(first=first, last=last, epoch=f"{found.epoch:,}")


def _largest(found: Diagnosis) -> str:
    if "gradient" not in found.numbers:
        return ""
    words = _("The largest gradients are those of {layer}: {gradient}, where its weights are about {weight}.")
    gradient, weight = (number(found.numbers.get(name, 0.0)) for name in ("gradient", "weight"))
    return words.format(layer=found.layer, gradient=gradient, weight=weight)


def _memory(found: Diagnosis) -> str:
    if "limit_mb" in found.numbers:
        words = _("The run took more than the {limit} MB that it may.")
        return words.format(limit=f"{found.numbers['limit_mb']:,.0f}")
    said = _("A batch of {n} did not fit beside {parameters} parameters.").format(
        n=f"{found.numbers.get('batch_size', 0):,.0f}", parameters=f"{found.numbers.get('parameters', 0):,.0f}"
    )
    fitting = found.numbers.get("fitting_batch", 0)
    if fitting >= 1:
        said += " " + _("About {n} would.").format(n=f"{fitting:,.0f}")
    return said


def _dead(found: Diagnosis) -> str:
    share = found.numbers.get("dead", 0.0)
    words = _("{share} of the units of {layer} give the same for every row, so what lies behind learns nothing of it.")
    return words.format(share=f"{share:.0%}", layer=found.layer)


def _faded(found: Diagnosis) -> str:
    words = _("The gradient of {layer} is {gradient}, that of {other} {largest}: the first layers hardly learn.")
    return words.format(
        layer=found.layer,
        gradient=number(found.numbers["gradient"]),
        other=found.words.get("largest_layer", ""),
        largest=number(found.numbers["largest_gradient"]),
    )


def _still(found: Diagnosis) -> str:
    loss, known = found.numbers.get("loss", math.nan), found.numbers.get("known_loss")
    epoch = f"{found.epoch:,}"
    if known is None:
        words = _("After epoch {epoch} the training loss is {loss}, and it began at {first}.")
        return words.format(epoch=epoch, loss=value(loss), first=value(found.numbers.get("first_loss", math.nan)))
    words = _("After epoch {epoch} the training loss is {loss}; an answer that looks at nothing has {known}.")
    return words.format(epoch=epoch, loss=value(loss), known=value(known))


def _nothing(found: Diagnosis) -> str:
    return _("Inside the network no units are dead, and the gradient reaches every layer.")


def _apart(found: Diagnosis) -> str:
    words = _(
        "Since epoch {epoch} the validation loss has gone from {best} to {validation}, while the training loss fell to "
        "{training}."
    )
    best, validation, training = (value(found.numbers[name]) for name in ("best", "validation", "training"))
    return words.format(epoch=f"{found.epoch:,}", best=best, validation=validation, training=training)
