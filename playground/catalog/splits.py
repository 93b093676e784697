"""The ways to divide rows into a training, a validation and a test part."""

from playground.catalog.entry import Entry, Param


def _share(name: str, label: str, what: str) -> Param:
    return Param(name, "float", 0.15, minimum=0.0, maximum=0.9, label=label, help=what, basic=True)


_VALIDATION = _share("validation", "Validation", "The share of rows kept aside to watch training with; 0 for none.")
_TEST = _share("test", "Test", "The share of rows kept aside for the last word.")
_STRATIFY = Param(
    "stratify",
    "flag",
    True,
    label="Same class mix in each part",
    help="Keeps the share of every class the same in all parts; without effect on regression.",
    basic=True,
)


def _column(label: str, what: str, *, required: bool = False) -> Param:
    return Param("column", "text", required=required, optional=not required, label=label, help=what, basic=True)


SPLITS: tuple[Entry, ...] = (
    Entry(
        "holdout",
        "splits",
        "Random",
        "Hold-out",
        "Rows are drawn at random into training, validation and test parts.",
        (_VALIDATION, _TEST, _STRATIFY),
        basic=True,
    ),
    Entry(
        "given",
        "splits",
        "Fixed",
        "As published",
        "The test part is the one the dataset comes with; validation is drawn from the rest.",
        (_VALIDATION,),
    ),
    Entry(
        "kfold",
        "splits",
        "Random",
        "K-fold",
        "The rows outside the test part are cut into folds: one validates, the others train. A run trains one fold.",
        (
            Param("folds", "int", 5, minimum=2, maximum=50, label="Folds", help="Into how many parts.", basic=True),
            Param(
                "fold",
                "int",
                1,
                minimum=1,
                maximum=50,
                label="Validate with fold",
                help="Which fold is the validation part; the mean over all of them is the score of the method.",
                basic=True,
            ),
            _TEST,
            _STRATIFY,
        ),
    ),
    Entry(
        "repeated",
        "splits",
        "Random",
        "Repeated hold-out",
        "Hold-out, drawn again for every repeat: how much of a score is luck? The test part stays the same.",
        (
            Param(
                "repeat",
                "int",
                1,
                minimum=1,
                maximum=1_000,
                label="Repeat",
                help="Which of the repeats this is; each validates with other rows.",
                basic=True,
            ),
            _VALIDATION,
            _TEST,
            _STRATIFY,
        ),
    ),
    Entry(
        "none",
        "splits",
        "Fixed",
        "No split",
        "All rows train, and the same rows are evaluated: shows why that says little.",
    ),
)
"""On offer for every dataset that they fit."""

TABLE_SPLITS: tuple[Entry, ...] = (
    Entry(
        "ordered",
        "splits",
        "Fixed",
        "In order",
        "The first rows train, the next validate and the last test: never shuffled across time.",
        (
            _VALIDATION,
            _TEST,
            _column("Sort by", "The column that says which rows come first; the file's order without."),
        ),
    ),
    Entry(
        "groups",
        "splits",
        "Random",
        "Groups",
        "Rows of one group stay together: no patient, house or device is both learned from and tested on.",
        (
            _column("Group", "The column that says which rows belong together; it is not learned from.", required=True),
            _share("validation", "Validation", "The share of groups kept aside to watch training with; 0 for none."),
            _share("test", "Test", "The share of groups kept aside for the last word."),
        ),
    ),
    Entry(
        "by_column",
        "splits",
        "Fixed",
        "By a column",
        "A column says of every row whether it is for training, validation or test.",
        (
            _column(
                "Part", "The column with the words train, validation and test; it is not learned from.", required=True
            ),
        ),
    ),
)
"""On offer only where somebody has brought a table."""
