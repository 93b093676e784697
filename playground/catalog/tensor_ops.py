"""What the lab of tensors does with tensors: functions of Keras by their own names, with the arguments it offers."""

from dataclasses import dataclass
from typing import Any, Literal

from playground.catalog.entry import Param

OpGroup = Literal["make", "shape", "reduce", "broadcast", "product"]

INTS = ("uint8", "int8", "int16", "int32", "int64")
FLOATS = ("float16", "bfloat16", "float32", "float64")
DTYPES = ("bool", *INTS, *FLOATS)
"""The types of numbers that the lab shows, from small to large."""
_FILL_SIDE = 12


@dataclass(frozen=True, slots=True)
class TensorOp:
    """One thing that can be done.

    Attributes:
        id: the function's name under ``keras``, as ``ops.reshape``; ``getitem`` is ``a[...]``.
        group: the part of the lab that it stands in.
        summary: what comes back, in one line.
        params: its arguments beside tensors; those that are required come first and by position.
        reads: how many tensors it takes.
        is_list: whether it takes them as one list.
        sign: how a single one of its results is written out, between the cells that it is made of.
    """

    id: str
    group: OpGroup
    summary: str
    params: tuple[Param, ...] = ()
    reads: int = 1
    is_list: bool = False
    sign: str = ""

    @property
    def label(self) -> str:
        """The last part of its name."""
        return self.id.rpartition(".")[2]


def _shape(name: str, default: str, words: str = "") -> Param:
    return Param(name, "shape", default, required=True, minimum=-1, maximum=400, help=words)


def _int(name: str, default: int | None, low: int, high: int, *, required: bool = False, words: str = "") -> Param:
    is_optional = default is None
    return Param(name, "int", default, required=required, optional=is_optional, minimum=low, maximum=high, help=words)


def _float(name: str, default: float, words: str = "", *, required: bool = False) -> Param:
    return Param(name, "float", default, required=required, minimum=-1e6, maximum=1e6, help=words)


def _dtype(default: str | None = "float32", among: tuple[str, ...] = DTYPES) -> Param:
    choices: tuple[Any, ...] = among if default is not None else (None, *among)
    return Param("dtype", "choice", default, optional=default is None, choices=choices, help="The type of its numbers.")


_SHAPE = _shape("shape", "3, 4", "How many places it has along each axis; nothing for a single number.")
_SEED = _int("seed", 0, 0, 9999, words="The same seed draws the same numbers.")
_AXIS = _int("axis", None, -4, 3, words="The axis that goes away; none for all of them at once.")
_KEEP = Param("keepdims", "flag", False, help="Whether the axis stays, with a single place.")
_ONE_AXIS = _int("axis", 0, -4, 4, words="Along which axis; a negative number counts from the last.")
_NEW_AXIS = _int("axis", 0, -4, 4, required=True, words="Where it comes; a negative number counts from the last.")
_NEW_SHAPE = _shape("newshape", "4, 3", "One place may be −1: it becomes what is left.")

TENSOR_OPS: tuple[TensorOp, ...] = (
    TensorOp(
        "ops.convert_to_tensor",
        "make",
        "The numbers that you write. Each pair of brackets is an axis.",
        (
            Param(
                "x",
                "list",
                "[[1, 2, 3], [4, 5, 6]]",
                required=True,
                help="Numbers, or lists of equally long lists of numbers.",
            ),
            _dtype(None),
        ),
        0,
    ),
    TensorOp("ops.zeros", "make", "Zeros everywhere.", (_SHAPE, _dtype()), 0),
    TensorOp("ops.ones", "make", "Ones everywhere.", (_SHAPE, _dtype()), 0),
    TensorOp(
        "ops.full",
        "make",
        "One number everywhere.",
        (_SHAPE, _float("fill_value", 7.0, "The number.", required=True), _dtype(None)),
        0,
    ),
    TensorOp(
        "ops.eye",
        "make",
        "The identity: ones on the diagonal.",
        (_int("N", 4, 1, _FILL_SIDE, required=True, words="Rows and columns."), _dtype()),
        0,
    ),
    TensorOp(
        "ops.arange",
        "make",
        "A range: from start in steps, without stop itself.",
        (
            _float("start", 0.0, "The first number.", required=True),
            _float("stop", 12.0, "The range ends before it.", required=True),
            _float("step", 1.0, "From one number to the next."),
            _dtype(None),
        ),
        0,
    ),
    TensorOp(
        "ops.linspace",
        "make",
        "Equally far apart, both ends among them.",
        (
            _float("start", 0.0, "The first number.", required=True),
            _float("stop", 1.0, "The last number.", required=True),
            _int("num", 5, 1, 100, required=True, words="How many."),
        ),
        0,
    ),
    TensorOp(
        "random.uniform",
        "make",
        "Random, every number between the ends as likely as any other.",
        (_SHAPE, _float("minval", 0.0, "The lowest."), _float("maxval", 1.0, "The highest."), _SEED),
        0,
    ),
    TensorOp(
        "random.normal",
        "make",
        "Random, in the shape of a bell: most numbers lie near the mean.",
        (_SHAPE, _float("mean", 0.0, "The middle."), _float("stddev", 1.0, "How far they spread."), _SEED),
        0,
    ),
    TensorOp(
        "random.randint",
        "make",
        "Random whole numbers, the highest not among them.",
        (
            _SHAPE,
            _int("minval", 0, -1000, 1000, required=True, words="The lowest."),
            _int("maxval", 10, -1000, 1000, required=True, words="One above the highest."),
            _SEED,
        ),
        0,
    ),
    TensorOp("ops.reshape", "shape", "The same numbers in the same order, in rows of another length.", (_NEW_SHAPE,)),
    TensorOp(
        "ops.transpose",
        "shape",
        "The axes in another order; without one, in reverse.",
        (Param("axes", "shape", "", optional=True, minimum=-4, maximum=3, help="The old axes in their new order."),),
    ),
    TensorOp(
        "getitem",
        "shape",
        "A part of it: start:stop:step along each axis.",
        (
            Param(
                "index",
                "text",
                "0:2, ::2",
                required=True,
                help="As in Python: 1 takes the axis away, 1:3 keeps it, −1 is the last, … all axes between.",
            ),
        ),
    ),
    TensorOp(
        "ops.slice",
        "shape",
        "A block of it, by its first cell and its shape.",
        (_shape("start_indices", "1, 1", "The first cell."), _shape("shape", "2, 2", "The block's shape.")),
    ),
    TensorOp("ops.expand_dims", "shape", "One more axis, with a single place.", (_NEW_AXIS,)),
    TensorOp("ops.squeeze", "shape", "Without the axes that have a single place.", (_AXIS,)),
    TensorOp("ops.flip", "shape", "Backwards along an axis.", (_AXIS,)),
    TensorOp(
        "ops.roll",
        "shape",
        "Pushed along; what falls out at the end comes in at the front.",
        (_int("shift", 1, -20, 20, required=True, words="By how many places."), _AXIS),
    ),
    TensorOp(
        "ops.repeat",
        "shape",
        "Every part several times in a row.",
        (_int("repeats", 2, 1, 4, required=True, words="How often."), _AXIS),
    ),
    TensorOp(
        "ops.tile",
        "shape",
        "The whole several times beside itself.",
        (Param("repeats", "shape", "1, 2", required=True, minimum=1, maximum=4, help="How often along each axis."),),
    ),
    TensorOp("ops.concatenate", "shape", "Both behind each other along an axis they have.", (_ONE_AXIS,), 2, True),
    TensorOp("ops.stack", "shape", "Both on top of each other along a new axis.", (_ONE_AXIS,), 2, True),
    TensorOp("ops.sum", "reduce", "The sum.", (_AXIS, _KEEP), sign=" + "),
    TensorOp("ops.mean", "reduce", "The mean.", (_AXIS, _KEEP), sign=", "),
    TensorOp("ops.max", "reduce", "The largest.", (_AXIS, _KEEP), sign=", "),
    TensorOp("ops.min", "reduce", "The smallest.", (_AXIS, _KEEP), sign=", "),
    TensorOp("ops.prod", "reduce", "The product.", (_AXIS, _KEEP), sign=" × "),
    TensorOp("ops.std", "reduce", "The standard deviation.", (_AXIS, _KEEP), sign=", "),
    TensorOp("ops.argmax", "reduce", "The place of the largest, counted from 0.", (_AXIS, _KEEP), sign=", "),
    TensorOp("ops.add", "broadcast", "The sum, cell by cell.", reads=2, sign=" + "),
    TensorOp("ops.subtract", "broadcast", "The difference, cell by cell.", reads=2, sign=" − "),
    TensorOp("ops.multiply", "broadcast", "The product, cell by cell.", reads=2, sign=" × "),
    TensorOp("ops.divide", "broadcast", "The quotient, cell by cell.", reads=2, sign=" ÷ "),
    TensorOp("ops.maximum", "broadcast", "The larger, cell by cell.", reads=2, sign=", "),
    TensorOp("ops.greater", "broadcast", "Whether the first is larger, cell by cell.", reads=2, sign=" > "),
    TensorOp("ops.matmul", "product", "Every row of a times every column of b.", reads=2, sign=" + "),
)
"""In teaching order."""

_BY_ID = {each.id: each for each in TENSOR_OPS}


def tensor_op(name: str) -> TensorOp:
    """The one of this id.

    Raises:
        LookupError: there is none.
    """
    if name not in _BY_ID:
        raise LookupError(f"Tensor operation: expected one of {', '.join(_BY_ID)}, received {name!r}.")
    return _BY_ID[name]


def tensor_ops(group: OpGroup) -> tuple[TensorOp, ...]:
    """Those of a part of the lab, in order."""
    return tuple(each for each in TENSOR_OPS if each.group == group)
