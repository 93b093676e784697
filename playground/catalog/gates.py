"""What goes on inside a recurrent cell at every step, and the sequences that the lab sends through one.

Formulas as in Keras: https://keras.io/api/layers/recurrent_layers/, where GRU keeps the old state where z is 1.
"""

from typing import NamedTuple


class Inner(NamedTuple):
    """Something that a cell works out at every step, one number a unit.

    Attributes:
        id: what the engine calls it.
        symbol: its letter in formulas.
        label: its name.
        is_gate: whether it is a share, 0 to 1, of something that is let through.
    """

    id: str
    symbol: str
    label: str
    is_gate: bool = False


class Cell(NamedTuple):
    """A recurrent layer whose inside can be looked at.

    Attributes:
        id: Keras's name of the layer.
        inner: what it works out, in order; the last is what it gives away.
        formulas: as LaTeX, one a line.
        bias: the gate whose bias says how much is kept, and the bias that Keras begins with; ``None`` without a gate.
    """

    id: str
    inner: tuple[Inner, ...]
    formulas: tuple[str, ...]
    bias: tuple[str, float] | None = None


_HIDDEN = Inner("h", "h", "Hidden state h")

CELLS: tuple[Cell, ...] = (
    Cell(
        "LSTM",
        (
            Inner("f", "f", "Forget gate f", True),
            Inner("i", "i", "Input gate i", True),
            Inner("g", "g", "Candidate g"),
            Inner("o", "o", "Output gate o", True),
            Inner("c", "c", "Cell state c"),
            _HIDDEN,
        ),
        (
            r"f_t, i_t, o_t = \sigma(W x_t + U h_{t-1} + b)",
            r"g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)",
            r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
        ("f", 1.0),
    ),
    Cell(
        "GRU",
        (
            Inner("z", "z", "Update gate z", True),
            Inner("r", "r", "Reset gate r", True),
            Inner("g", "g", "Candidate g"),
            _HIDDEN,
        ),
        (
            r"z_t, r_t = \sigma(W x_t + U h_{t-1} + b)",
            r"g_t = \tanh(W_g x_t + r_t \odot (U_g h_{t-1} + b'_g) + b_g)",
            r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot g_t",
        ),
        ("z", 0.0),
    ),
    Cell("SimpleRNN", (_HIDDEN,), (r"h_t = \tanh(W x_t + U h_{t-1} + b)",)),
)

SEQUENCES: dict[str, str] = {
    "sine": "A sine",
    "pulse": "One pulse at the first step",
    "noise": "Noise",
    "text": "A text, letter by letter",
}
"""What is sent through a cell: id and name."""


def cell(kind: str) -> Cell:
    """The cell of the layer ``kind``. Raises LookupError where there is none."""
    found = next((each for each in CELLS if each.id == kind), None)
    if found is None:
        raise LookupError(f"{kind!r} is no recurrent layer; expected one of {', '.join(each.id for each in CELLS)}.")
    return found
