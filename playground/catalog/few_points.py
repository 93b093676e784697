"""Data of a few rows, the same for every seed: small enough to follow a network by hand."""

from playground.catalog.entry import Entry, Param

FEW_POINTS: tuple[Entry, ...] = (
    Entry(
        "six_points",
        "datasets",
        "2-D points",
        "Six points near a line",
        "Six points whose best line is y = 1.26 x + 0.29: few enough to follow every step by hand.",
        ranks=(1,),
        tasks=("regression",),
    ),
    Entry(
        "two_answers",
        "datasets",
        "2-D points",
        "Two answers",
        "Four rows of two inputs and two answers: the matrix form y = x W + b with four weights and two biases.",
        ranks=(1,),
        tasks=("regression",),
    ),
    Entry(
        "truth_table",
        "datasets",
        "2-D points",
        "Truth table",
        "The four rows of a logical function of two inputs.",
        (
            Param(
                "function",
                "choice",
                "xor",
                choices=("xor", "and", "or"),
                label="Function",
                help="What the label is of the two inputs: one of them but not both, both, or at least one.",
                basic=True,
            ),
            Param(
                "copies",
                "int",
                4,
                minimum=1,
                maximum=100,
                label="Copies",
                help="How often each of the four rows comes; with 1 there are too few to keep some aside.",
                basic=True,
            ),
        ),
        ranks=(1,),
        tasks=("binary",),
    ),
)
"""In teaching order."""
