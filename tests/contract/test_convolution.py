"""The lab of convolution shows what Keras computes, found out another way: SciPy, and plain loops."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.signal import correlate2d

from playground import catalog
from playground.catalog.kernels import KERNELS, PICTURES
from playground.engine.convolution_questions import CONVOLUTION_QUESTIONS
from playground.engine.errors import RefusedError
from playground.labs.convolution import POOLING, Sliding, convolved, window
from playground.labs.pictures import pixels
from playground.settings import settings as app_settings
from playground.ui.convolution_sizes import Going, output_size

pytestmark = pytest.mark.contract

NAMES = [each.id for each in PICTURES]


def sliding(kernel, stride=1, padding="valid", dilation=1):
    return Sliding(np.asarray(kernel, np.float32), stride, padding, dilation)


def first(name):
    """The numbers a kernel of the catalogue begins with, for one channel."""
    cells = next(each.cells for each in KERNELS if each.id == name)
    return np.asarray(cells, np.float32)[:, :, None]


def zeros(size, out, stride, reach):
    """How many zeros stand before and after a picture of ``size`` pixels, by the definition of "same"."""
    total = max(0, (out - 1) * stride + reach - size)
    return total // 2, total - total // 2


def by_loops(image, how):
    """The result of a kernel over a picture, and what lies under the kernel at every place, by four loops."""
    kernel, step = how.kernel, how.dilation
    sides = list(zip(image.shape[:2], kernel.shape[:2], strict=True))
    sizes = [output_size(n, Going(k, how.stride, how.padding, step)) for n, k in sides]
    reach = [step * (k - 1) + 1 for k in kernel.shape[:2]]
    around = [(0, 0), (0, 0)]
    if how.padding == "same":
        around = [zeros(n, out, how.stride, r) for n, out, r in zip(image.shape[:2], sizes, reach, strict=True)]
    padded = np.pad(image.astype(np.float64), (*around, (0, 0)))
    under = np.zeros((*sizes, *kernel.shape))
    for row in range(sizes[0]):
        for column in range(sizes[1]):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    under[row, column, i, j] = padded[row * how.stride + i * step, column * how.stride + j * step]
    return (under * kernel).sum(axis=(2, 3, 4)), under, (around[0][0], around[1][0])


@st.composite
def cases(draw):
    name = draw(st.sampled_from(NAMES))
    shape = (draw(st.integers(1, 5)), draw(st.integers(1, 5)), pixels(name).shape[2])
    stride = draw(st.integers(1, 4))
    dilation = draw(st.integers(1, 3)) if stride == 1 else 1
    padding = draw(st.sampled_from(["valid", "same"]))
    if padding == "valid" and dilation * (max(shape[:2]) - 1) + 1 > pixels(name).shape[0]:
        dilation = 1
    values = np.random.default_rng(draw(st.integers(0, 2**32 - 1))).normal(size=shape)
    return name, sliding(values, stride, padding, dilation)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(cases())
def test_the_result_is_what_plain_loops_find(case):
    name, how = case
    found = convolved(name, how)
    expected, under, before = by_loops(pixels(name), how)
    assert found.output.shape == expected.shape  # the formula that the page shows
    np.testing.assert_allclose(found.output, expected, atol=2e-5)
    assert found.before == before
    assert found.weights == how.kernel.size
    place = tuple(each // 2 for each in expected.shape)
    seen = window(name, how, place)
    np.testing.assert_allclose(seen.values, under[place], atol=1e-6)
    np.testing.assert_allclose(seen.products, under[place] * how.kernel, atol=1e-5)
    np.testing.assert_allclose(seen.sums, (under[place] * how.kernel).sum(axis=(0, 1)), atol=1e-5)
    assert seen.total == pytest.approx(found.output[place], abs=2e-5)


@pytest.mark.parametrize("name", [each.id for each in KERNELS])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_every_kernel_is_what_scipy_finds(name, padding):
    kernel = first(name)
    found = convolved("eight", sliding(kernel, padding=padding)).output
    image = pixels("eight")[:, :, 0].astype(np.float64)
    if padding == "same" and kernel.shape[0] % 2 == 0:  # where SciPy puts the odd zero before the picture
        image = np.pad(image, ((0, 1), (0, 1)))
        padding = "valid"
    np.testing.assert_allclose(found, correlate2d(image, kernel[:, :, 0], padding), atol=1e-5)


@pytest.mark.parametrize("kind", list(POOLING))
@pytest.mark.parametrize("pool", [2, 3])
def test_pooling_is_what_loops_find(kind, pool):
    found = convolved("ring", sliding(first("sobel_x")), kind, pool)
    rows, columns = (each // pool for each in found.output.shape)
    whole = found.output[: rows * pool, : columns * pool].reshape(rows, pool, columns, pool)
    expected = whole.max(axis=(1, 3)) if kind == "max" else whole.mean(axis=(1, 3))
    np.testing.assert_allclose(found.pooled, expected, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_between_0_and_1_and_have_their_channels(name):
    image = pixels(name)
    assert image.shape[2] == next(each.channels for each in PICTURES if each.id == name)
    assert image.min() >= 0
    assert 0.9 < image.max() <= 1
    assert image.std() > 0.1


def test_the_experiments_tell_the_truth():
    edges = convolved("square", sliding(first("sobel_x"))).output
    assert edges[5, 1:3].min() > 0 > edges[5, 7:9].max()  # the left side and the right one
    assert not edges[:, 4:6].any()  # the upper and the lower one
    assert len(np.unique(convolved("chessboard", sliding(first("identity"), stride=2)).output)) == 1
    np.testing.assert_allclose(convolved("ramp", sliding(first("outline"))).output, 0, atol=1e-5)
    slope = convolved("ramp", sliding(first("sobel_x"))).output
    np.testing.assert_allclose(slope, 8 / 11, atol=1e-5)


def asked(**changes):
    args = {"picture": "three", "kernel": first("sobel_x").tolist(), "stride": 1, "padding": "valid", "dilation": 1}
    return {**args, "pooling": "", "pool": 2, "at": [0, 0], **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"picture": "../etc"}, "There is no picture"),
        ({"stride": 2, "dilation": 2}, "strides > 1"),
        ({"stride": 99}, "stride of 1 to 8"),
        ({"padding": "full"}, "padding"),
        ({"kernel": np.ones((1, 99, 1)).tolist()}, "at most 7 x 7"),
        ({"kernel": [1, 2]}, "at most 7 x 7"),
        ({"kernel": np.ones((5, 5, 1)).tolist(), "dilation": 3}, "reaches over 13 pixels, more than the 8"),
        ({"picture": "discs"}, "expected numbers for 3 channels"),
        ({"pooling": "max", "pool": 8}, "does not fit"),
        ({"pooling": "median"}, "median"),
    ],
)
def test_what_keras_does_not_take_is_refused(changes, words):
    with pytest.raises(RefusedError, match=words):
        CONVOLUTION_QUESTIONS["convolution"](asked(**changes), {}, app_settings())


def test_a_place_that_is_not_there_is_refused():
    with pytest.raises(RefusedError, match="6 × 6 numbers, none at 6, 0"):
        CONVOLUTION_QUESTIONS["convolution_window"](asked(at=[6, 0]), {}, app_settings())


def test_the_layers_are_of_the_catalogue():
    assert all(catalog.entry("layers", kind) for kind in ("Conv2D", *POOLING.values()))
