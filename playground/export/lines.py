"""Lines of a script that get the rows of a dataset."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a script that end with ``x``, float32 of shape (n, *input_shape), and ``y`` of shape (n,).

    Where the source has a test part of its own it comes last, and ``n_test`` says how many rows it has; before it comes
    a validation part of its own, of ``n_validation`` rows.

    Attributes:
        code: the statements.
        imports: what they import besides Keras and NumPy.
        functions: functions that they call.
    """

    code: tuple[str, ...]
    imports: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
