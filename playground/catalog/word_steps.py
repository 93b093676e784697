"""Steps of preparation that make numbers of the words of a text."""

from playground.catalog.entry import Entry, Param

_SIDES = ("pre", "post")
_STANDARDIZE = Param(
    "standardize",
    "choice",
    "lower_and_strip_punctuation",
    choices=("lower_and_strip_punctuation", "lower", "strip_punctuation", "none"),
    label="Standardise",
    help="What is done to a text before it is taken apart at its blanks, under Keras's names.",
)


def _words(most: int) -> Param:
    return Param(
        "max_words",
        "int",
        most,
        minimum=10,
        maximum=20_000,
        label="Words",
        help="The most frequent words of the training part that get a number; the others are unknown.",
        basic=True,
        raising="Rare words count too, seen a few times only.",
        lowering="More words are unknown.",
        typical="1,000 to 20,000",
    )


WORD_STEPS: tuple[Entry, ...] = (
    Entry(
        "multi_hot",
        "steps",
        "Columns",
        "Multi-hot",
        "Replaces every text by which words are in it, 0 or 1 each, however often and in whatever order.",
        (_words(2_000), _STANDARDIZE),
    ),
    Entry(
        "sequences",
        "steps",
        "Columns",
        "Integer sequences",
        "Replaces the text by the numbers of its words in order, for an embedding: 0 fills up, 1 is an unknown word.",
        (
            _words(10_000),
            Param(
                "length",
                "int",
                100,
                minimum=1,
                maximum=2_000,
                label="Length",
                help="How many words of a text the network sees.",
                basic=True,
                raising="More of a long text is seen, and a step takes longer.",
                lowering="Long texts are cut shorter.",
                typical="20 to 500",
            ),
            _STANDARDIZE,
            Param(
                "padding",
                "choice",
                "pre",
                choices=_SIDES,
                label="Filled up",
                help="On which side the zeros are: before (pre) or after (post) the words.",
            ),
            Param(
                "truncating",
                "choice",
                "pre",
                choices=_SIDES,
                label="Cut off",
                help="Where words are cut off: at the beginning (pre) or at the end (post).",
            ),
        ),
    ),
)
