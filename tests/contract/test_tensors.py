"""What the lab of tensors shows is what NumPy finds, the code it shows gives the same, and nothing large is made."""

import contextlib
import inspect

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from playground.catalog.tensor_ops import DTYPES, TENSOR_OPS, tensor_op, tensor_ops
from playground.engine.errors import RefusedError
from playground.engine.tensor_questions import TENSOR_QUESTIONS
from playground.labs import number_types, tensor_words, tensors
from playground.settings import settings

pytestmark = pytest.mark.contract

SHAPES = {"product": ("3, 4", "4, 2"), "broadcast": ("2, 3, 1", "4")}
FEW = examples(max_examples=40, deadline=None, derandomize=True)
SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


def asked(op, args=None, a="3, 4", b="3, 4", cell=-1, fills=("count", "tens")):
    inputs = [{"shape": shape, "fill": fill} for shape, fill in zip((a, b), fills, strict=True)]
    return TENSOR_QUESTIONS["tensor"]({"op": op, "args": args or {}, "inputs": inputs, "cell": cell}, {}, settings())


def counted(shape):
    return np.arange(np.prod(shape)).reshape(shape)


def tens(shape):
    return (10 * (np.arange(np.prod(shape)) + 1)).reshape(shape)


def words(shape):
    return ", ".join(map(str, shape))


@pytest.mark.parametrize("op", TENSOR_OPS, ids=lambda op: op.id)
def test_the_code_gives_what_is_shown(op):
    header, arrays = asked(op.id, None, *SHAPES.get(op.group, ("3, 4", "3, 4")))
    assert header["why"] == ""
    names = {"keras": keras}
    for name in [*"ab"[: op.reads], "result"]:
        names[name] = eval(header[name]["code"], names)
        found = keras.ops.convert_to_numpy(names[name])
        np.testing.assert_array_equal(found, arrays[name])
        assert str(found.dtype) == header[name]["dtype"]
        assert found.nbytes == header[name]["bytes"]


@pytest.mark.parametrize("op", [each for each in TENSOR_OPS if each.id != "getitem"], ids=lambda op: op.id)
def test_arguments_left_out_of_the_code_are_keras_defaults(op):
    module, _dot, name = op.id.partition(".")
    taken = inspect.signature(getattr(getattr(keras, module), name)).parameters
    for param in op.params:
        assert param.name in taken
        if not param.required and param.name != "seed":
            default = {("ops.arange", "step"): 1.0}.get((op.id, param.name), taken[param.name].default)  # None means 1
            assert (param.default or None) == (default or None) or param.default == "float32", param.name


@FEW
@given(SIZES, st.data())
def test_shapes_are_numpys(shape, data):
    a = counted(shape)
    order = data.draw(st.permutations(range(len(shape))))
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    cases = {
        "ops.transpose": ({"axes": words(order)}, a.transpose(order)),
        "ops.expand_dims": ({"axis": axis}, np.expand_dims(a, axis)),
        "ops.flip": ({"axis": axis}, np.flip(a, axis)),
        "ops.roll": ({"shift": 2, "axis": axis}, np.roll(a, 2, axis)),
        "ops.repeat": ({"repeats": 2, "axis": axis}, np.repeat(a, 2, axis)),
        "ops.concatenate": ({"axis": axis}, np.concatenate([a, tens(shape)], axis)),
        "ops.stack": ({"axis": axis}, np.stack([a, tens(shape)], axis)),
        "ops.reshape": ({"newshape": "-1"}, a.reshape(-1)),
    }
    op = data.draw(st.sampled_from(sorted(cases)))
    args, expected = cases[op]
    cell = data.draw(st.integers(0, expected.size - 1))
    _header, arrays = asked(op, args, words(shape), words(shape), cell)
    np.testing.assert_array_equal(arrays["result"], expected)
    pair = np.concatenate([a.reshape(-1), tens(shape).reshape(-1)])
    places = [*arrays["from_a"], *(arrays["from_b"] + a.size)]
    assert [pair[at] for at in places] == [expected.reshape(-1)[cell]]


@FEW
@given(SIZES, st.data())
def test_reductions_are_numpys_and_made_of_the_marked_cells(shape, data):
    a = counted(shape)
    axis = data.draw(st.none() | st.integers(0, len(shape) - 1))
    keep = data.draw(st.booleans())
    op = data.draw(st.sampled_from(tensor_ops("reduce")))
    function = getattr(np, op.label)
    expected = function(a, axis=axis, keepdims=keep)
    if op.id == "ops.prod":
        expected = expected.astype(np.int32)
    cell = data.draw(st.integers(0, np.asarray(expected).size - 1))
    _header, arrays = asked(op.id, {"axis": axis, "keepdims": keep}, words(shape), cell=cell)
    np.testing.assert_allclose(arrays["result"], expected, rtol=1e-5)
    made = function(a.reshape(-1)[arrays["from_a"]])
    np.testing.assert_allclose(
        np.asarray(made).astype(arrays["result"].dtype), arrays["result"].reshape(-1)[cell], 1e-5
    )


@FEW
@given(SIZES, st.data())
def test_broadcasting_is_numpys_cell_by_cell(shape, data):
    other = tuple(data.draw(st.sampled_from([1, size])) for size in shape)[data.draw(st.integers(0, len(shape) - 1)) :]
    a, b = counted(shape), tens(other)
    op = data.draw(st.sampled_from(tensor_ops("broadcast")))
    expected = getattr(np, op.label)(a, b)
    cell = data.draw(st.integers(0, expected.size - 1))
    _header, arrays = asked(op.id, {}, words(shape), words(other), cell)
    np.testing.assert_allclose(arrays["result"], expected, rtol=1e-6)
    one, two = a.reshape(-1)[arrays["from_a"]], b.reshape(-1)[arrays["from_b"]]
    np.testing.assert_allclose(getattr(np, op.label)(one, two), expected.reshape(-1)[[cell]], rtol=1e-6)


@FEW
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2), st.data())
def test_a_matrix_product_is_a_row_times_a_column(n, k, m, batch, data):
    shape_a, shape_b = ((batch, n, k) if batch else (n, k)), (k, m)
    a, b = counted(shape_a), tens(shape_b)
    expected = a @ b
    cell = data.draw(st.integers(0, expected.size - 1))
    _header, arrays = asked("ops.matmul", {}, words(shape_a), words(shape_b), cell)
    np.testing.assert_array_equal(arrays["result"], expected)
    row, column = a.reshape(-1)[arrays["from_a"]], b.reshape(-1)[arrays["from_b"]]
    assert len(row) == len(column) == k
    assert (row * column).sum() == expected.reshape(-1)[cell]


@FEW
@given(st.lists(st.sampled_from(["0", "1", "-1", ":", "1:", ":2", "::2", "::-1", "-2:"]), min_size=1, max_size=3))
def test_a_part_is_what_numpy_cuts_out(parts):
    index = ", ".join(parts)
    _header, arrays = asked("getitem", {"index": index}, "3, 3, 3")
    np.testing.assert_array_equal(arrays["result"], eval(f"a[{index}]", {"a": counted((3, 3, 3))}))


@pytest.mark.parametrize(
    ("op", "args", "a", "b"),
    [
        ("ops.add", {}, "3", "4"),
        ("ops.matmul", {}, "2, 3", "2, 3"),
        ("ops.reshape", {"newshape": "5, 5"}, "3, 4", ""),
        ("ops.squeeze", {"axis": 0}, "3, 4", ""),
        ("ops.concatenate", {"axis": 0}, "2, 3", "2, 4"),
        ("ops.sum", {"axis": 3}, "3, 4", ""),
        ("getitem", {"index": "9"}, "3, 4", ""),
    ],
)
def test_what_does_not_fit_is_told_and_the_inputs_are_shown(op, args, a, b):
    header, arrays = asked(op, args, a, b or "1")
    assert header["why"]
    assert "function_node" not in header["why"]
    assert header["result"] is None
    assert "a" in arrays
    assert "result" not in arrays


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("ops.zeros", {"shape": "400, 400"}),
        ("ops.zeros", {"shape": "9, -1"}),
        ("ops.zeros", {"shape": "1e9"}),
        ("ops.zeros", {"shape": "2, 2, 2, 2, 2"}),
        ("ops.full", {"shape": "2", "fill_value": float("inf")}),
        ("ops.arange", {"stop": 1e6, "step": 1e-6}),
        ("ops.eye", {"N": 10**9}),
        ("ops.tile", {"repeats": "99"}),
        ("ops.repeat", {"repeats": 10**9}),
        ("ops.convert_to_tensor", {"x": "[[1, 2], [3]]"}),
        ("ops.convert_to_tensor", {"x": "[" * 3000}),
        ("ops.convert_to_tensor", {"x": "__import__('os')"}),
        ("ops.convert_to_tensor", {"x": "[1e999]"}),
        ("ops.convert_to_tensor", {"x": str([0] * 500)}),
        ("ops.zeros", {"dtype": "string"}),
        ("ops.zeros", {"device": "GPU:0"}),
        ("getitem", {"index": "a.shape"}),
        ("getitem", {"index": "..., ..."}),
        ("getitem", {"index": "99999999999999999999999"}),
        ("core.Operation", {}),
        ("ops.custom_gradient", {}),
    ],
)
def test_what_is_hostile_is_refused(op, args):
    with pytest.raises(RefusedError):
        asked(op, args)


@FEW
@given(st.text(max_size=40))
def test_any_text_is_a_shape_or_refused(text):
    for read in (tensor_words.shape_of, tensor_words.numbers_of, tensor_words.index_of):
        with contextlib.suppress(ValueError):
            read(text)


def test_an_index_is_spelled_as_it_was_written():
    for text in ("1", "-1", "0:2, ::2", "..., 1:", ":, :3:-1"):
        assert tensor_words.index_of(tensor_words.spelled(tensor_words.index_of(text))) == tensor_words.index_of(text)


def test_the_same_seed_draws_the_same_numbers():
    draws = [asked("random.normal", {"shape": "3", "seed": seed})[1]["result"].tolist() for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


@pytest.mark.parametrize("dtype", [each for each in DTYPES if each not in ("bool", "bfloat16")])
@pytest.mark.parametrize("operation", number_types.OPERATIONS)
def test_numbers_are_kept_and_counted_as_numpy_does(dtype, operation):
    for x, y in ((250, 10), (2048, 1), (7, 2)):
        row = next(each for each in number_types.kept(x, y, operation) if each.dtype == dtype)
        one, two = (np.array(each).astype(dtype) for each in (x, y))
        assert (row.x, row.y) == (float(one), float(two))
        expected = getattr(np, operation)(one, two)
        assert row.result == pytest.approx(float(expected.astype(row.result_dtype)), rel=1e-6)
        assert row.n_bytes == one.itemsize


def test_what_is_famous_of_types():
    found = {each.dtype: each for each in number_types.kept(250, 10, "add")}
    assert set(found) == set(DTYPES) - {"bool"}
    assert found["uint8"].result == 4
    found = {each.dtype: each for each in number_types.kept(2048, 1, "add")}
    assert (found["float16"].result, found["float32"].result) == (2048, 2049)
    assert found["bfloat16"].gap == 2**-7
    found = {each.dtype: each for each in number_types.kept(1, 0, "floor_divide")}
    assert found["int32"].result is None
    assert "zero" in found["int32"].why
    assert found["float32"].result == float("inf")


def test_every_function_is_found_by_its_name():
    for op in TENSOR_OPS:
        assert tensor_op(op.id) is op
    with pytest.raises(LookupError, match="expected one of"):
        tensor_op("ops.nothing")
    with pytest.raises(ValueError, match="Filling"):
        tensors.filled("3", "nothing")
