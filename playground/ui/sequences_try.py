"""What to look for in the lab of sequences, and its experiments."""

from playground.catalog.gates import cell
from playground.locale.text import _
from playground.ui import sequences_attention as attention
from playground.ui.lab_experiments import Experiment
from playground.ui.sequences_choice import CELL, GAIN, LENGTH, SEED, SEQUENCE, UNITS, bias_key

PART = "part"


def look_for() -> str:
    """A few lines, Markdown."""
    return _(
        "A recurrent layer reads one step after the other and carries a state along. Gates, shares from 0 to 1, decide "
        "what of it is kept. Look at what is left of the first step at the end, forwards and in the gradient."
    )


def experiments() -> tuple[Experiment, ...]:
    """The experiments, in the server's language."""
    lstm = bias_key(cell("LSTM"))
    return (
        Experiment(
            "closed-forget-gate",
            _("Forget at once"),
            _("The forget gate of an LSTM begins with a bias of −5. What is left of a pulse ten steps later?"),
            (_("The whole pulse"), _("About half of it"), _("Next to nothing")),
            2,
            _(
                "The sigmoid of −5 is 0.007: every step keeps less than a hundredth of the cell state. With +5 it "
                "keeps 0.993, and the pulse stays. Keras begins with +1. The slider is under **Weights**."
            ),
            {SEQUENCE: "pulse", LENGTH: 20, UNITS: 8, SEED: 0, lstm: -5.0, GAIN: 1.0},
            {PART: "gates", CELL: "LSTM"},
        ),
        Experiment(
            "vanishing",
            _("Sixty steps back"),
            _("Which layer's last output still depends on the first of sixty steps, if the forget gate begins open?"),
            ("SimpleRNN", "LSTM", "GRU"),
            1,
            _(
                "The cell state of an LSTM is only multiplied by the forget gate, here with 0.99 a step. In the other "
                "two the gradient goes through weights and slopes below 1 again and again, and vanishes."
            ),
            {SEQUENCE: "noise", LENGTH: 60, UNITS: 8, SEED: 0, lstm: 5.0, bias_key(cell("GRU")): 0.0, GAIN: 1.0},
            {PART: "reach"},
        ),
        Experiment(
            "causal-first-word",
            _("The first word"),
            _("With a causal mask no word sees a later one. How much does the first word look at itself?"),
            (_("Not at all"), _("As much as at the others"), _("Wholly, with 1")),
            2,
            _(
                "There is nothing else it may see, and its row adds up to 1. Above the diagonal all scores are 0: "
                "this is how a network that continues a text is kept from looking at the answer."
            ),
            {attention.LAYER: "MultiHeadAttention", attention.CAUSAL: True, attention.HEADS: 2, attention.SCALE: 1.0},
            {PART: "attention"},
        ),
    )
