"""What is on offer only where somebody has brought a table: its sources, steps for mixed columns, a split in order."""

from playground.catalog import own_images
from playground.catalog.entry import Entry, Param
from playground.catalog.row_steps import DROP_GAPS
from playground.catalog.splits import TABLE_SPLITS
from playground.catalog.word_steps import WORD_STEPS

_FILE = Param("file", "text", required=True, label="File", help="The SHA-256 of a table that was taken in.", basic=True)
_TYPES = Param("types", "object", optional=True, label="Column types", help="Corrected types by column name.")

SOURCES: tuple[Entry, ...] = (
    Entry(
        "table",
        "datasets",
        "Your own",
        "Your table",
        "A table of your own: every row a sample, one column the target.",
        (
            _FILE,
            Param(
                "task",
                "choice",
                optional=True,
                choices=("binary", "multiclass", "regression"),
                label="Task",
                help="What is to be learned; left open, the target's type decides.",
            ),
            _TYPES,
        ),
        ranks=(1,),
        tasks=("binary", "multiclass", "regression"),
    ),
    Entry(
        "series",
        "datasets",
        "Your own",
        "Your series",
        "A column of your table in the order of time: what comes next, from what came before.",
        (
            _FILE,
            Param(
                "window",
                "int",
                24,
                minimum=1,
                maximum=1_000,
                label="Window",
                help="How many past values the network sees.",
                basic=True,
            ),
            Param(
                "horizon",
                "int",
                1,
                minimum=1,
                maximum=1_000,
                label="Horizon",
                help="How many steps ahead the value lies that is to be predicted.",
                basic=True,
            ),
            Param(
                "stride",
                "int",
                1,
                minimum=1,
                maximum=1_000,
                label="Stride",
                help="How many steps lie between one window and the next; with 1, every value begins one.",
            ),
            Param(
                "difference",
                "flag",
                False,
                label="Differences",
                help="The network sees and predicts by how much values change: for series with a trend.",
            ),
        ),
        ranks=(1,),
        tasks=("regression",),
    ),
)

STEPS: tuple[Entry, ...] = (
    DROP_GAPS,
    Entry(
        "date_parts",
        "steps",
        "Columns",
        "Dates to parts",
        "Replaces every date by year, month, day of the month and day of the week.",
    ),
    Entry(
        "ordinal",
        "steps",
        "Columns",
        "Number categories",
        "Replaces every category by its place in the alphabet: only for categories that have an order.",
    ),
    Entry(
        "fill",
        "steps",
        "Columns",
        "Fill gaps",
        "Puts a value of the training part where one is missing.",
        (
            Param(
                "numbers",
                "choice",
                "median",
                choices=("median", "mean", "most_frequent", "constant"),
                label="Numbers",
                help="What stands for a missing number.",
                basic=True,
            ),
            Param(
                "value",
                "float",
                0.0,
                label="Constant",
                help="The number that stands for a missing one.",
                basic=True,
                only_when=("numbers", ("constant",)),
            ),
            Param(
                "categories",
                "choice",
                "leave",
                choices=("leave", "most_frequent"),
                label="Categories",
                help="What stands for a missing category; left as it is, one-hot makes it a row of zeros.",
            ),
            Param(
                "indicator",
                "flag",
                True,
                label="Say where",
                help="Adds a column of 0 and 1 for each number column with gaps.",
            ),
        ),
    ),
    Entry(
        "group_rare",
        "steps",
        "Columns",
        "Group rare categories",
        "Puts categories that are rare in the training part, or not in it at all, into one called others.",
        (
            Param(
                "least",
                "int",
                5,
                minimum=2,
                maximum=10_000,
                label="Fewer rows than",
                help="A category with fewer training rows than this is rare.",
                basic=True,
            ),
        ),
    ),
    Entry(
        "one_hot",
        "steps",
        "Columns",
        "One-hot",
        "Replaces every category column by one column of 0 and 1 for each of its categories.",
        (
            Param(
                "max_categories",
                "int",
                20,
                minimum=2,
                maximum=1_000,
                label="At most",
                help="Categories of one column; the rarer ones share the last place.",
            ),
        ),
    ),
    Entry(
        "tfidf",
        "steps",
        "Columns",
        "TF-IDF",
        "Replaces every text by how often each word is in it, rare words counting more.",
        (
            Param(
                "max_words",
                "int",
                2000,
                minimum=10,
                maximum=20_000,
                label="Words",
                help="The most frequent words of the training part that are counted.",
            ),
        ),
    ),
    *WORD_STEPS,
    Entry(
        "robust",
        "steps",
        "Scaling",
        "Robust scaling",
        "Subtracts the training part's median and divides by the range of its middle half: outliers move nothing.",
    ),
    Entry(
        "log_target",
        "steps",
        "Target",
        "Logarithm of the target",
        "Learns log(1 + target), for targets that are never negative and spread over powers of ten.",
        tasks=("regression",),
    ),
    Entry(
        "standardise_target",
        "steps",
        "Target",
        "Standardise the target",
        "Learns the target in standard deviations from the training part's mean.",
        tasks=("regression",),
    ),
)

OWN: dict[str, tuple[Entry, ...]] = {
    "datasets": (*SOURCES, *own_images.SOURCES),
    "steps": STEPS,
    "splits": (*TABLE_SPLITS, *own_images.SPLITS),
}
"""By the table of the catalogue that each extends."""
