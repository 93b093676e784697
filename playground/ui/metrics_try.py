"""What to look for in the lab of metrics, and its experiments."""

from playground.locale.text import _
from playground.ui.lab_experiments import Experiment
from playground.ui.metrics_classes import SEPARATION, SHARE, SHIFT, TEMPERATURE, THRESHOLD, TURNED
from playground.ui.metrics_runs import key_of


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "A model answers with a probability; a **threshold** makes it a yes or a no. Move it and see what is found and "
        "what is a false alarm: one number cannot tell both. The areas and the log loss do not know the threshold."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    plain: dict[str, object] = {
        SEPARATION: 1.5,
        SHARE: 0.4,
        TEMPERATURE: 1.0,
        THRESHOLD: 0.5,
        SHIFT: 0.0,
        TURNED: False,
    }
    plain[key_of("binary")] = ""  # samples drawn by chance, and no run
    return (
        Experiment(
            "rare",
            _("95 % right, and useless"),
            _(
                "One sample in twenty is of class 1, and the threshold is so high that nobody is called class 1. What "
                "is the accuracy?"
            ),
            (_("About 0.05"), _("About 0.5"), _("0.95")),
            2,
            _(
                "Saying no to everybody is right for 19 of 20. Recall is 0: nothing is found. So look at precision and "
                "recall, or at the area under their curve, where one class is rare, and compare accuracy with the "
                "share of the larger class."
            ),
            {**plain, SHARE: 0.05, THRESHOLD: 1.0},
            {"part": "classes"},
        ),
        Experiment(
            "area",
            _("A lower threshold"),
            _("The threshold goes from 0.5 to 0.2. What happens to the area under the ROC curve?"),
            (_("It grows"), _("It shrinks"), _("Nothing")),
            2,
            _(
                "The curve is drawn over all thresholds; yours is one place on it. Recall has grown and precision has "
                "fallen: the orange mark has moved along both curves, and the areas are what they were."
            ),
            {**plain, THRESHOLD: 0.2},
            {"part": "classes"},
        ),
        Experiment(
            "sure",
            _("Too sure of itself"),
            _("All scores are divided by 0.3: probabilities move towards 0 and 1. Which of these gets worse?"),
            (_("Accuracy at 0.5"), _("The area under the ROC curve"), _("The log loss")),
            2,
            _(
                "The order of the samples is the same and none crosses 0.5, so accuracy and area stay. Log loss "
                "charges for certainty that is wrong, and the calibration curve leaves the diagonal: of those said "
                "to be class 1 with 0.9, fewer than 0.9 are."
            ),
            {**plain, TEMPERATURE: 0.3},
            {"part": "classes"},
        ),
    )
