"""What to look for in the lab of optimizers, and its experiments."""

from playground.locale.text import _
from playground.ui.lab_experiments import Experiment
from playground.ui.optimizers_choice import MORE, SHOWN, STEPS, SURFACE


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "All start at the same place and see the same slopes. Look at who swings from wall to wall, who runs along the "
        "valley, and whose steps grow small too early. Click the surface to start elsewhere."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "ravine-momentum",
            _("Momentum in a ravine"),
            _("A ravine is steep across and flat along. Who is nearest to the lowest point after 50 steps?"),
            (_("Plain SGD"), _("SGD with momentum"), _("Both alike")),
            1,
            _(
                "Plain SGD must keep its rate small enough for the steep walls, and creeps along the floor. Momentum "
                "adds up the many small slopes that point the same way."
            ),
            {SURFACE: "ravine", SHOWN: ["SGD", "Momentum"], MORE: [], STEPS: 50},
        ),
        Experiment(
            "saddle-adam",
            _("Away from a saddle"),
            _("The start is almost on the ridge of a saddle, where the slope is nearly 0. Who leaves it first?"),
            (_("SGD"), _("Adam"), _("None of them")),
            1,
            _(
                "A step of SGD is as long as the slope, and there is hardly any. Adam divides by the slopes it has "
                "seen, so that small ones count as much as large ones."
            ),
            {SURFACE: "saddle", SHOWN: ["SGD", "Adam"], MORE: [], STEPS: 100},
        ),
        Experiment(
            "noise-schedule",
            _("A noisy gradient"),
            _("The gradient is off by chance, as with small batches. Does a constant learning rate arrive?"),
            (_("Yes, it only takes longer"), _("No, it goes on jumping around the lowest point")),
            1,
            _(
                "Each step is as long as the noise makes it, however near the lowest point is. Choose a schedule under "
                "**Arguments**: as the rate falls, so do the jumps."
            ),
            {SURFACE: "noisy", SHOWN: ["SGD", "Momentum", "Adam"], MORE: [], STEPS: 300},
        ),
    )
