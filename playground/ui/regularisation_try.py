"""What to look for in the lab of regularisation, and its experiments."""

from playground.locale.text import _
from playground.ui.lab_experiments import Experiment
from playground.ui.regularisation_balls import FIRST, SECOND, STRENGTH, TILT
from playground.ui.regularisation_choice import PROBLEM, SHOWN


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "The same network learns the same few noisy points, each time with another way against learning them by heart. "
        "Look where the loss on **other points** rises while that on the training points still falls, and what each "
        "way does to the line between the classes and to the weights."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "by-heart",
            _("Learned by heart"),
            _("A network of 64 and 64 units learns 40 noisy points for 600 epochs. How does its loss on others end?"),
            (_("Lower than ever"), _("Level after a while"), _("Far above its best")),
            2,
            _(
                "The loss on the training points goes to nearly 0, and that on others turns round early and climbs: "
                "each noisy point gets a bay of its own. Early stopping keeps the weights of the turning point."
            ),
            {},
            {PROBLEM: "moons", SHOWN: [_("Nothing"), _("Early stopping")], "picture": "ways"},
        ),
        Experiment(
            "zeros",
            _("Whose weights are 0?"),
            _("L1 and L2 make weights small. In the picture of two weights, which of them makes one exactly 0?"),
            (_("L1"), _("L2"), _("Both")),
            0,
            _(
                "The ball of L1 is a square that stands on a corner, and a corner is where the loss often touches it "
                "first: there one weight is 0. The ball of L2 is round. Move the strength and follow the orange line."
            ),
            {STRENGTH: 0.2, FIRST: 1.5, SECOND: 0.6, TILT: 0.0},
            {"picture": "balls"},
        ),
        Experiment(
            "too-much",
            _("Too much of it"),
            _("What becomes of the training loss when the penalty of L2 is made as strong as 0.1?"),
            (_("It stays nearly 0"), _("It rises too: the network learns too little")),
            1,
            _(
                "A penalty takes from both sides. With 0.1 the weights are held so small that not even the training "
                "points are learned: that is underfitting. Move the slider back until the loss on others is lowest."
            ),
            {"l2.l2": -1.0},
            {PROBLEM: "moons", SHOWN: [_("Nothing"), _("L2")], "picture": "ways"},
        ),
    )
