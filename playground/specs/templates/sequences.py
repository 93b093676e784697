"""Templates for sequences: series, texts as word numbers, and images read row by row."""

from playground.specs.facts import Facts
from playground.specs.templates.template import Layers, Misfit, Template, is_text, layer

_WORD_SIZE = 32
_WIDTHS = (3, 4, 5)
_WIDTH = 32


def _misfit(facts: Facts) -> Misfit | None:
    if not is_text(facts) and len(facts.input_shape) not in (2, 3):
        return Misfit.NO_SEQUENCE
    if facts.is_sequence_answered:
        return Misfit.NO_STEPS
    return Misfit.NO_RECONSTRUCTION if facts.task == "reconstruction" else None


def _only_text(facts: Facts) -> Misfit | None:
    return _misfit(facts) if is_text(facts) else Misfit.NO_TEXT


def steps(facts: Facts) -> Layers:
    """What makes a sequence of a sample, where it is none: of words their vectors, of an image its rows."""
    if is_text(facts):
        return [layer("Embedding", "words", input_dim=facts.vocabulary, output_dim=_WORD_SIZE)]
    if len(facts.input_shape) == 3:
        height, width, channels = facts.input_shape
        return [layer("Reshape", "rows", target_shape=[height, width * channels])]
    return []


def _lstm(facts: Facts) -> Layers:
    return [*steps(facts), layer("LSTM", "lstm", units=64)]


def _bidirectional(facts: Facts) -> Layers:
    both = layer("Bidirectional", "both_ways", layer={"kind": "LSTM", "args": {"units": 32}})
    return [*steps(facts), both]


def _gru(facts: Facts) -> Layers:
    return [*steps(facts), layer("GRU", "gru", units=64)]


def _conv1d(facts: Facts) -> Layers:
    return [
        *steps(facts),
        layer("Conv1D", "conv_1", filters=32, kernel_size=3, padding="same", activation="relu"),
        layer("MaxPooling1D", "pool", pool_size=2, padding="same"),
        layer("Conv1D", "conv_2", filters=64, kernel_size=3, padding="same", activation="relu"),
        layer("GlobalMaxPooling1D", "largest"),
        layer("Dropout", "dropout", rate=0.25),
    ]


def _text_cnn(facts: Facts) -> Layers:
    """Windows of several widths over the words, after Kim (2014), "Convolutional neural networks for sentences"."""
    layers = steps(facts)
    words = layers[-1]["name"]
    for width in _WIDTHS:
        layers += [
            layer(
                "Conv1D",
                f"width_{width}_conv",
                words,
                filters=64,
                kernel_size=width,
                padding="same",
                activation="relu",
            ),
            layer("GlobalMaxPooling1D", f"width_{width}_largest"),
        ]
    together = layer("Concatenate", "together", *(f"width_{width}_largest" for width in _WIDTHS))
    return [*layers, together, layer("Dropout", "dropout", rate=0.5)]


def _transformer(facts: Facts) -> Layers:
    """One encoder block after Vaswani et al. (2017), figure 1, left.

    A convolution over neighbouring steps takes the place of the position encoding.
    """
    return [
        *steps(facts),
        layer("Conv1D", "embed", filters=_WIDTH, kernel_size=3, padding="same"),
        layer("MultiHeadAttention", "attention", num_heads=2, key_dim=_WIDTH // 2),
        layer("Add", "attention_add", "attention", "embed"),
        layer("LayerNormalization", "attention_norm"),
        layer("Dense", "feed_forward_1", units=2 * _WIDTH, activation="relu"),
        layer("Dense", "feed_forward_2", units=_WIDTH),
        layer("Add", "feed_forward_add", "feed_forward_2", "attention_norm"),
        layer("LayerNormalization", "feed_forward_norm"),
        layer("GlobalAveragePooling1D", "average"),
        layer("Dropout", "dropout", rate=0.25),
    ]


SEQUENCES = (
    Template(
        "conv1d",
        "Conv1D",
        "Two convolutions along the sequence; the strongest answer of each filter counts.",
        "For a first result on series and texts: short patterns, wherever they occur. Fast on long sequences.",
        _conv1d,
        _misfit,
    ),
    Template(
        "lstm",
        "LSTM",
        "A recurrent layer that reads step by step and keeps what matters.",
        "When order matters and the sequence is not too long; an image is read row by row.",
        _lstm,
        _misfit,
    ),
    Template(
        "bidirectional_lstm",
        "Bidirectional LSTM",
        "Two LSTMs, one from each end.",
        "When the whole sequence is there before the answer is wanted, as with texts.",
        _bidirectional,
        _misfit,
    ),
    Template(
        "gru",
        "GRU",
        "A recurrent layer with fewer gates than an LSTM.",
        "In place of the LSTM: a quarter fewer parameters, and often as good.",
        _gru,
        _misfit,
    ),
    Template(
        "transformer",
        "Small transformer encoder",
        "Self-attention and a feed-forward part, each with a shortcut and a normalisation.",
        "When steps that lie far apart belong together, and there are many samples.",
        _transformer,
        _misfit,
    ),
    Template(
        "text_cnn",
        "Text CNN",
        "Word vectors, and windows of three, four and five words side by side.",
        "For texts whose class hangs on a few telling phrases, such as praise or blame.",
        _text_cnn,
        _only_text,
    ),
)
"""In teaching order."""
