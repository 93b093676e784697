"""What to look for in the lab of activations, and its experiments."""

from playground.locale.text import _
from playground.ui.activations_choice import MORE, SHOWN
from playground.ui.activations_depth import INITIALIZER, LAYERS
from playground.ui.activations_initializers import COMPARED
from playground.ui.lab_experiments import Experiment


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "A layer can only learn through the **slope** of its activation. Look where a slope is near 0: gradients that "
        "pass there fade. Then look at the lines over depth: level is good, falling vanishes, rising explodes."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "sigmoid-depth",
            _("Twenty sigmoids in a row"),
            _("A gradient goes back through 20 layers of sigmoid. How much of it arrives at the first?"),
            (_("About half"), _("About a thousandth"), _("Less than a billionth")),
            2,
            _(
                "The slope of a sigmoid is 0.25 at most, and each layer multiplies by it once more. With tanh, whose "
                "slope at 0 is 1, a good part arrives. Compare both under **Size of the gradient**."
            ),
            {INITIALIZER: "GlorotUniform", LAYERS: 20},
            {"part": "depth", SHOWN: ["sigmoid", "tanh"], MORE: []},
        ),
        Experiment(
            "relu-initializer",
            _("ReLU and its initializer"),
            _("Values pass through 50 layers of ReLU with GlorotUniform weights. What becomes of their spread?"),
            (_("It stays"), _("It shrinks to almost nothing"), _("It explodes")),
            1,
            _(
                "A ReLU halves the mean square of its values, and GlorotUniform does not make up for it: the spread "
                "falls by about 0.7 a layer. HeNormal draws weights with twice the variance, which does. "
                "Look at both lines under **Spread of relu through 50 layers**."
            ),
            {"units_in": 64, "units_out": 64},
            {"part": "initializers", SHOWN: ["relu"], MORE: [], COMPARED: ["GlorotUniform", "HeNormal"]},
        ),
        Experiment(
            "tanh-is-sigmoid",
            _("Tanh and sigmoid"),
            _("Can a sigmoid that is only stretched and shifted be exactly the tanh?"),
            (_("Yes"), _("No, only nearly")),
            0,
            _(
                "tanh(x) is 2 times the sigmoid of 2x, less 1. The largest difference that is left is rounding. So a "
                "network of one can always be written as a network of the other; they differ in where they are centred."
            ),
            {"height": 2.0, "pace": 2.0, "shift": -1.0},
            {"part": "tanh", SHOWN: ["tanh", "sigmoid"], MORE: []},
        ),
    )
