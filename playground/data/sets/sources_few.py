"""Every source of a few rows that no seed changes, in the catalogue's order."""

from dataclasses import replace

from playground.data.sets.few_points import fixed, six_points, truth_table, two_answers
from playground.data.source import Source

FEW_POINTS: dict[str, Source] = {
    "six_points": Source(fixed(six_points), "regression", (1,), 6, (), ("x",), largest=2.5),
    "two_answers": Source(fixed(two_answers), "regression", (2,), 4, (), ("x1", "x2"), largest=1.0, target_shape=(2,)),
    "truth_table": Source(
        fixed(truth_table),
        "binary",
        (2,),
        None,
        ("0", "1"),
        ("x1", "x2"),
        largest=1.0,
        chosen=lambda source, options: replace(source, n_samples=4 * options["copies"]),
    ),
}
