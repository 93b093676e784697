"""What to look for beside the formula box, and its experiments."""

from playground.locale.text import _
from playground.ui.formula_text import KEYS
from playground.ui.lab_experiments import Experiment


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "Keras finds the **slope** of whatever you write by itself, rule by rule; beside it stands what two values "
        "close to each other say. Where the slope is 0, nothing is learned, however good the formula looks."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "steep-swish",
            _("A swish with a large b"),
            _("x * sigmoid(b * x): what does it become when b is 20?"),
            (_("A straight line"), _("Nearly a ReLU"), _("An S")),
            1,
            _(
                "The sigmoid of 20 x is nearly 0 left of zero and nearly 1 right of it, so x is switched off or let "
                "through. Move b down to 0: the switch stands at one half everywhere, and a straight line is left."
            ),
            {KEYS["activations"]: "x * sigmoid(b * x) with b = 20"},
            {"role": "activations"},
        ),
        Experiment(
            "floor",
            _("Stairs as an activation"),
            _("floor(x) climbs without end. What can a network learn through it?"),
            (_("Everything"), _("Nothing")),
            1,
            _(
                "Every stair is level, so the slope is 0 wherever there is one, and no gradient comes back. The "
                "formula as a whole rises; learning sees only the slope."
            ),
            {KEYS["activations"]: "floor(x)"},
            {"role": "activations"},
        ),
        Experiment(
            "quantile",
            _("A loss that is not fair"),
            _("The quantile loss with q = 0.9: which error costs more?"),
            (_("One too low"), _("One too high"), _("Both the same")),
            0,
            _(
                "Left of the target the loss falls nine times as steeply as it rises on the right. A network trained "
                "with it answers so that nine of ten targets lie below its answer: the upper end of a forecast."
            ),
            {KEYS["losses"]: "maximum(q * (y_true - y_pred), (q - 1) * (y_true - y_pred)) with q = 0.9"},
            {"role": "losses", "predictions": "number"},
        ),
    )
