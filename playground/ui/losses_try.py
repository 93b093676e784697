"""What to look for in the lab of losses, and its experiments."""

from playground.locale.text import _
from playground.ui.lab_experiments import Experiment
from playground.ui.losses_choice import AXIS, LOGITS, TASK, picked_name


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "A network is moved by the **gradient**, not by the loss. Look how the gradient grows, or stops growing, far "
        "from the target, and where it is 0: there nothing is learned, however wrong the prediction is."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "outlier",
            _("One point far off"),
            _("Ten points lie on a line, an eleventh far above it. Which loss lets it move the line most?"),
            (_("MeanSquaredError"), _("MeanAbsoluteError"), _("Huber")),
            0,
            _(
                "The gradient of the squared error grows with the error, so the far point pulls hardest; that of the "
                "absolute error is the same for every error, and Huber's stops growing at delta: both lines stay "
                "with the ten. Move the point up and see which line follows."
            ),
            {"outlier": 18.0},
            {TASK: "regression", picked_name("regression"): ["MeanSquaredError", "MeanAbsoluteError", "Huber"]},
        ),
        Experiment(
            "confident",
            _("Certain and wrong"),
            _("The right class is 1, the score is −8. Which loss still has a clear gradient there?"),
            (_("Dice"), _("BinaryCrossentropy"), _("Both alike")),
            1,
            _(
                "Over the score, cross entropy has a gradient of nearly −1 wherever the prediction is certain and "
                "wrong. Dice is nearly level there: its slope is multiplied by that of the sigmoid, which is 0 far out."
            ),
            {LOGITS: False},
            {TASK: "binary", AXIS: "score", "right": "1", picked_name("binary"): ["BinaryCrossentropy", "Dice"]},
        ),
        Experiment(
            "smoothing",
            _("Label smoothing"),
            _("With label_smoothing 0.2, at which predicted probability of the right class is the loss smallest?"),
            (_("At 1"), _("At 0.9"), _("At 0.5")),
            1,
            _(
                "Two classes and a smoothing of 0.2 turn the target 1 into 0.9. Beyond that the gradient turns round: "
                "the loss punishes certainty, which keeps scores from growing without end."
            ),
            {"BinaryCrossentropy.label_smoothing": 0.2},
            {TASK: "binary", AXIS: "probability", "right": "1", picked_name("binary"): ["BinaryCrossentropy"]},
        ),
    )
