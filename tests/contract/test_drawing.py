"""Drawings and pictures become images of a dataset: cut out, scaled, centred; what cannot is refused in words."""

import io

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from playground.data import DataError
from playground.insight.drawing import MAX_STROKES, SIDE, Frame, frame_of, framed, inked
from playground.insight.pictures import MAX_BYTES, picture

MNIST = Frame(extent=20 / 28, pen=0.12, is_ink=True, is_centred=True)
FULL = Frame(extent=1.0, pen=0.2, is_ink=True, is_centred=False)
ELL = [[200, 150, 200, 800], [200, 800, 600, 800]]


def centre(image):
    rows, columns = np.indices(image.shape)
    return (image * rows).sum() / image.sum(), (image * columns).sum() / image.sum()


def box(image, least=0.1):
    rows, columns = np.nonzero(image > least)
    return rows.max() - rows.min() + 1, columns.max() - columns.min() + 1


def test_mnist_frames_its_digits_as_it_is_said_to(test_data):
    with np.load(test_data / "mnist_10k.npz") as file:
        found = frame_of(file["x_train"])
    assert found.extent == pytest.approx(20 / 28, abs=0.02)
    assert found.is_ink
    assert found.is_centred


def test_small_digits_fill_their_images_and_photographs_are_no_ink():
    found = frame_of(load_digits().images)
    assert found.extent == 1.0
    assert found.is_ink
    assert not frame_of(np.random.default_rng(0).random((20, 16, 16))).is_ink


def test_a_drawing_fills_twenty_pixels_with_its_mass_in_the_middle():
    image = framed(inked(ELL, 80), 28, 28, MNIST)
    assert image.shape == (28, 28)
    assert image.max() == 1
    assert max(box(image)) == 20
    assert centre(image) == pytest.approx((13.5, 13.5), abs=0.5)


@pytest.mark.parametrize(("scale", "right", "down"), [(0.5, 0, 0), (0.5, 400, 350), (1.0, 50, 100)])
def test_where_and_how_large_a_drawing_is_makes_no_difference(scale, right, down):
    moved = [[value * scale + (right, down)[at % 2] for at, value in enumerate(stroke)] for stroke in ELL]
    plain, other = (framed(inked(each, pen), 28, 28, MNIST) for each, pen in ((ELL, 80), (moved, 80 * scale)))
    assert np.abs(plain - other).mean() < 0.03


def test_the_middle_of_the_ink_is_the_middle_where_digits_fill_the_image():
    image = framed(inked([[500, 100, 500, 900]], 100), 8, 8, FULL)
    assert box(image)[0] == 8
    assert image[:, 3:5].sum() == pytest.approx(image.sum())


def test_a_fast_stroke_is_a_line_without_gaps():
    ink = inked([[0, 0, SIDE, SIDE]], 30)
    assert np.diagonal(ink).min() == 1


def test_a_single_point_is_a_dot():
    ink = inked([[500, 500]], 60)
    assert box(ink) == pytest.approx((30, 30), abs=2)


@pytest.mark.parametrize(
    ("strokes", "said"),
    [
        ([], "Nothing is drawn"),
        ([[]], "Nothing is drawn"),
        ([[1, 2, 3]], "no list of points"),
        ([["a", "b"]], "no list of numbers"),
        ([[float("nan"), 1]], "no list of points"),
        ([[[1, 2], [3, 4]]], "no list of points"),
        ([[1, 2]] * (MAX_STROKES + 1), "more than 2,000 strokes"),
        ([[1, 2] * 60_000], "50,000 points"),
    ],
    ids=str,
)
def test_what_is_no_drawing_is_refused(strokes, said):
    with pytest.raises(DataError, match=said):
        inked(strokes, 80)


def test_strokes_outside_the_sheet_end_at_its_edge():
    assert np.array_equal(inked([[-5e9, 500, 5e9, 500]], 40), inked([[0, 500, SIDE, 500]], 40))


def saved(image, kind="PNG", **how):
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def paper(ground=(240, 235, 225), ink=(40, 30, 90), size=(300, 400)):
    """A three strokes wide on paper."""
    image = Image.new("RGB", size, ground)
    for box_ in ((60, 80, 90, 300), (60, 270, 200, 300)):
        image.paste(ink, box_)
    return image


def test_ink_on_paper_is_the_same_as_chalk_on_a_board():
    dark, light = (
        picture(saved(paper(*each)), (28, 28), MNIST, as_ink=True)[0]
        for each in (((240, 235, 225), (40, 30, 90)), ((20, 20, 20), (235, 235, 235)))
    )
    assert np.abs(dark - light).max() < 0.05
    assert max(box(dark)) == 20
    assert centre(dark) == pytest.approx((13.5, 13.5), abs=0.6)


FORMATS = {
    "rgba": lambda: saved(paper().convert("RGBA")),
    "palette": lambda: saved(paper().convert("P")),
    "one bit": lambda: saved(paper().convert("1")),
    "grey": lambda: saved(paper().convert("L")),
    "grey, 16 bits": lambda: saved(Image.fromarray(np.asarray(paper().convert("L")).astype(np.uint16) * 257)),
    "cmyk": lambda: saved(paper().convert("CMYK"), "JPEG"),
    "gif": lambda: saved(paper(), "GIF"),
    "webp": lambda: saved(paper(), "WEBP"),
    "bmp": lambda: saved(paper(), "BMP"),
    "two frames": lambda: saved(paper(), "GIF", save_all=True, append_images=[Image.new("RGB", (300, 400))]),
    "tall": lambda: saved(paper().resize((90, 1000))),
    "one pixel": lambda: saved(Image.new("RGB", (1, 1), "red")),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("shape", [(8, 8), (28, 28, 1), (32, 32, 3)], ids=str)
def test_every_kind_of_picture_becomes_one_of_the_dataset(name, shape):
    image, _ = picture(FORMATS[name](), shape, MNIST, as_ink=False)
    assert image.shape == shape
    assert 0 <= image.min() <= image.max() <= 1


def test_colours_stay_colours_and_the_size_is_told():
    image, size = picture(saved(Image.new("RGB", (30, 20), (255, 0, 0))), (4, 4, 3), MNIST, as_ink=False)
    assert size == (20, 30)
    assert np.array_equal(image, np.tile(np.float32([1, 0, 0]), (4, 4, 1)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "damaged or no picture"),
        (b"GIF89a" + b"\0" * 30, "damaged or no picture"),
        (saved(paper())[:200], "damaged or no picture"),
        (saved(paper(), "TIFF"), "expected BMP, GIF, JPEG, PNG or WEBP"),
        (saved(paper(), "EPS"), "expected BMP, GIF, JPEG, PNG or WEBP"),
        (b"\x89PNG" + b"x" * MAX_BYTES, "expected at most 20 MB"),
        (saved(Image.new("1", (9_000, 9_000))), "more than 50,000,000 pixels"),
    ],
    ids=["nothing", "header", "cut", "tiff", "eps", "large", "many pixels"],
)
def test_what_is_no_picture_is_refused(data, said):
    with pytest.raises(DataError, match=said):
        picture(data, (28, 28), MNIST, as_ink=False)


def test_an_empty_sheet_of_paper_has_nothing_to_be_seen():
    with pytest.raises(DataError, match="nothing to be seen"):
        picture(saved(Image.new("RGB", (50, 50), "white")), (28, 28), MNIST, as_ink=True)
