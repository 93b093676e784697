"""What to look for in a race, and its experiments."""

from playground.locale.text import _
from playground.ui.lab_experiments import Experiment
from playground.ui.race_choice import BY, SEEDS, who


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "One network, trained once with each contestant: the same rows, the same first weights, the same batches, and "
        "all at the same step. Look at who falls first, who arrives lowest, and whether another seed changes the order."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    return (
        Experiment(
            "race-rates",
            _("The right rate"),
            _("One optimizer with the learning rates 0.0001, 0.001, 0.01 and 1. Which loses?"),
            (_("Only the smallest"), _("Only the largest"), _("Often both ends")),
            2,
            _(
                "Too small a step is still on its way when training ends; too large a one jumps over the valley. Start "
                "the race: what is between them is often within a factor of ten."
            ),
            {SEEDS: 1},
            {BY: "rates", who("rates"): ("0.0001", "0.001", "0.01", "1")},
        ),
        Experiment(
            "race-zeros",
            _("All weights zero"),
            _("All first weights of the hidden layers are 0, or all are drawn by chance. What becomes of the zeros?"),
            (_("They learn more slowly"), _("Hidden units stay alike, and little is learned"), _("No difference")),
            1,
            _(
                "Units that begin alike get the same gradient and stay alike: a layer of them is one unit. Start the "
                "race and look at the loss of Zeros."
            ),
            {SEEDS: 1},
            {BY: "initializers", who("initializers"): ("GlorotUniform", "HeNormal", "Zeros")},
        ),
        Experiment(
            "race-luck",
            _("Skill or luck"),
            _("Adam, Nadam and RMSprop race over three seeds. How many of them can be called worse than the best?"),
            (_("Two"), _("One"), _("Often none")),
            2,
            _(
                "Another seed is another split and other first weights, and moves the result as much as the optimizer "
                "does. Start the race: only what is ahead in every seed by about the same counts as clearly ahead."
            ),
            {SEEDS: 3},
            {BY: "optimizers", who("optimizers"): ("Adam", "Nadam", "RMSprop")},
        ),
    )
