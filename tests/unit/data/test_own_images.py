"""Images and arrays of one's own, from file to prepared arrays; and the steps on images."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from playground.data import DataError, outline, prepare
from playground.data.steps import STEPS
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.image_archive import proposed_size
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import profile_of, take_in
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.args import Args
from tests.pictures import archive, classes, image

Take = Callable[[Path], ArrayProfile]


@pytest.fixture
def take(server_settings) -> Take:
    def take_it(path: Path) -> ArrayProfile:
        profile = take_in(path, path.name, server_settings, lambda fraction, message: None)
        assert isinstance(profile, ArrayProfile)
        return profile

    return take_it


def spec_of(profile: ArrayProfile, *steps: StepSpec, split: str = "holdout", **options: object) -> DatasetSpec:
    args = Args({"stratify": False}) if split == "holdout" else Args({})
    options = {"file": profile.file, **options}
    return DatasetSpec(
        source=profile.source, options=Args(options), steps=steps, split=SplitSpec(kind=split, args=args)
    )


def test_folders_are_classes_and_images_get_one_size(take, server_settings, tmp_path):
    path = archive(tmp_path / "set.zip", classes(10, "around/both/"))
    profile = take(path)
    assert (profile.n_rows, profile.classes, profile.counts) == (20, ("high", "low"), (10, 10))
    assert (profile.kind, profile.task, profile.parts, profile.left_out) == ("images", "binary", None, ())
    assert (profile.smallest, profile.largest) == ((14, 20), (20, 23))
    height, width, channels = profile.shape
    assert (height, width, channels) == (*proposed_size([(14 + n % 7, 20 + n % 5) for n in range(20)]), 3)
    spec = spec_of(profile, split="none")
    made = prepare(spec, 0, server_settings)
    known = outline(spec, server_settings)
    assert known.input_shape == (height, width, 3)
    assert made.facts.model_copy(update={"fitted": (), "repeated": None}) == known
    x, y = made.array("x_train"), made.array("y_train")
    assert y.tolist() == [0.0] * 10 + [1.0] * 10
    for at, number in ((0, 0), (19, 19)):
        ending = ("png", "jpg", "gif", "bmp", "webp")[number // 2 % 5]
        source = Image.open(io.BytesIO(image(number, (20 + number % 5, 14 + number % 7), ending))).convert("RGB")
        np.testing.assert_array_equal(x[at], np.asarray(source.resize((width, height)), np.float32))
    assert take(path) == profile


def test_the_size_is_an_option_that_goes_back_to_the_originals(take, server_settings, tmp_path):
    profile = take(archive(tmp_path / "set.zip", classes(6, size=(100, 80))))
    assert profile.shape == (51, 64, 3)
    spec = spec_of(profile, split="none", height=80, width=100)
    x = prepare(spec, 0, server_settings).array("x_train")
    assert x.shape == (12, 80, 100, 3)
    np.testing.assert_array_equal(x[0], np.asarray(Image.open(io.BytesIO(image(0, (100, 80))))))
    small = server_settings.model_copy(update={"max_job_memory_mb": 1})  # less than any server can be given
    with pytest.raises(DataError, match="Make the images smaller"):
        outline(spec, small)


def test_grey_images_stay_grey_and_one_coloured_one_makes_all_coloured(take, server_settings, tmp_path):
    grey = {f"{'ab'[n % 2]}/{n}.png": image(n, mode="L") for n in range(8)}
    profile = take(archive(tmp_path / "grey.zip", grey))
    assert profile.shape == (16, 24)
    assert prepare(spec_of(profile, split="none"), 0, server_settings).array("x_train").shape == (8, 16, 24)
    assert [step.kind for step in proposed(profile, server_settings).dataset.steps] == ["scale", "add_channel"]
    assert take(archive(tmp_path / "one.zip", {**grey, "a/9.png": image(9)})).shape == (16, 24, 3)


def test_images_as_they_are_to_be_looked_at(take, server_settings, tmp_path):
    turned, clear, deep = io.BytesIO(), io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.open(io.BytesIO(image(0, (40, 20)))).save(turned, "JPEG", exif=exif)
    Image.new("RGBA", (20, 40), (255, 0, 0, 0)).save(clear, "PNG")
    Image.fromarray(np.full((40, 20), 0x80FF, np.uint16)).save(deep, "PNG")
    files = {"a/turned.jpg": turned, "b/clear.png": clear, "b/deep.png": deep}
    profile = take(archive(tmp_path / "set.zip", {name: file.getvalue() for name, file in files.items()}))
    assert profile.smallest == profile.largest == (40, 20)
    x = prepare(spec_of(profile, split="none"), 0, server_settings).array("x_train")
    assert x.shape == (3, 40, 20, 3)
    assert (x[1] == 255).all()
    assert (x[2] == 0x80).all()


def test_large_images_are_shrunk_and_their_sides_stay_in_proportion(take, server_settings, tmp_path):
    files = {"a/x.png": image(1, (600, 300)), "b/y.jpg": image(2, (300, 600), "jpg")}
    profile = take(archive(tmp_path / "set.zip", files))
    assert (profile.kept_side, profile.shape) == (256, (64, 64, 3))
    assert profile.largest == (300, 600)


def test_train_validation_and_test_folders_divide(take, server_settings, tmp_path):
    found = {**classes(6, "top/Train/"), **classes(2, "top/valid/"), **classes(3, "top/test/")}
    profile = take(archive(tmp_path / "set.zip", found))
    assert profile.parts is not None
    assert profile.parts.model_dump() == {"train": 12, "validation": 4, "test": 6}
    spec = proposed(profile, server_settings).dataset
    assert spec.split.kind == "own_parts"
    made = prepare(spec, 0, server_settings)
    assert (made.facts.n_train, made.facts.n_validation, made.facts.n_test) == (12, 4, 6)
    assert [made.array(f"rows_{part}").tolist() for part in ("train", "validation", "test")] == [
        list(range(12)),
        list(range(12, 16)),
        list(range(16, 22)),
    ]
    assert made.array("y_test").tolist() == [0, 0, 0, 1, 1, 1]
    whole = take(archive(tmp_path / "whole.zip", classes(6)))
    with pytest.raises(DataError, match="is not divided"):
        outline(spec_of(whole, split="own_parts"), server_settings)


def test_what_is_no_table_is_said(take, server_settings, tmp_path):
    profile = take(archive(tmp_path / "set.zip", classes(3)))
    with pytest.raises(DataError, match=r"set\.zip holds images: expected a table"):
        profile_of(profile.file, server_settings)
    with pytest.raises(DataError, match="holds no arrays"):
        outline(DatasetSpec(source="arrays", options=Args({"file": profile.file})), server_settings)
    with pytest.raises(DataError, match=r"target of set\.zip is fixed"):
        outline(spec_of(profile).model_copy(update={"target": "colour"}), server_settings)


RNG = np.random.default_rng(0)
BYTES = RNG.integers(0, 256, (40, 9, 9), dtype=np.uint8)
LABELS = np.arange(40) % 4


@pytest.mark.parametrize(
    ("x", "y", "kind", "task"),
    [
        (BYTES, LABELS, "images", "multiclass"),
        (BYTES[..., None], np.eye(4)[LABELS], "images", "multiclass"),
        (BYTES / 255, LABELS % 2 == 0, "images", "binary"),
        (BYTES.reshape(40, -1), np.array(["no", "yes"])[LABELS % 2], "vectors", "binary"),
        (RNG.normal(size=(40, 30, 2)), RNG.normal(size=(40, 1)), "sequences", "regression"),
        (RNG.normal(size=(40, 3)), np.arange(40), "vectors", "regression"),
        (RNG.normal(size=(40, 3)) > 0, LABELS.astype(float) % 2, "vectors", "binary"),
    ],
)
def test_arrays_are_told_by_shape_and_values(x, y, kind, task, take, server_settings, tmp_path):
    np.savez(tmp_path / "set.npz", x=x, y=y)
    profile = take(tmp_path / "set.npz")
    assert (profile.kind, profile.task, profile.n_rows, profile.shape) == (kind, task, 40, x.shape[1:])
    made = prepare(spec_of(profile, split="none"), 0, server_settings)
    np.testing.assert_array_equal(made.array("x_train"), x.astype(np.float32))
    flat = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)
    expected = flat if task == "regression" else np.unique(flat, return_inverse=True)[1]
    np.testing.assert_allclose(made.array("y_train"), expected, rtol=1e-6)
    outline(proposed(profile, server_settings).dataset, server_settings)


def test_parts_of_arrays_and_another_task(take, server_settings, tmp_path):
    y = LABELS.astype(np.int64)
    np.savez(tmp_path / "set.npz", x_train=BYTES[:30], y_train=y[:30], x_test=BYTES[30:], y_test=y[30:])
    profile = take(tmp_path / "set.npz")
    assert profile.parts is not None
    assert (profile.parts.train, profile.parts.test) == (30, 10)
    spec = proposed(profile, server_settings, "regression").dataset
    assert spec.split.kind == "given"
    facts = outline(spec, server_settings)
    assert (facts.task, facts.n_test, facts.classes) == ("regression", 10, ())
    rebuilt = spec_of(profile, split="own_parts").model_copy(update={"target": "input"})
    assert outline(rebuilt, server_settings).task == "reconstruction"
    np.savez(tmp_path / "named.npz", x=BYTES, y=np.array(["a", "b"])[LABELS % 2])
    named = take(tmp_path / "named.npz")
    with pytest.raises(DataError, match="names of classes"):
        outline(spec_of(named, task="regression"), server_settings)


def resized_by_pillow(x: np.ndarray, method: str) -> np.ndarray:
    planes = [Image.fromarray(x[..., channel]) for channel in range(x.shape[-1])]
    return np.stack([np.asarray(plane.resize((7, 5), Image.Resampling[method.upper()])) for plane in planes], axis=-1)


@pytest.mark.parametrize("method", ["nearest", "box", "bilinear", "bicubic", "lanczos"])
def test_resize_crop_and_grey(method):
    x = RNG.random((3, 10, 12, 3)).astype(np.float32)
    args = {"height": 5, "width": 7, "method": method}
    made = STEPS["resize"].apply(x, STEPS["resize"].fit(x, args))
    assert made.shape[1:] == STEPS["resize"].shape((10, 12, 3), args) == (5, 7, 3)
    np.testing.assert_array_equal(made[1], resized_by_pillow(x[1], method))
    flat = STEPS["resize"].apply(x[..., 0], args)
    assert flat.shape[1:] == STEPS["resize"].shape((10, 12), args) == (5, 7)
    np.testing.assert_array_equal(flat, made[..., 0])
    crop = {"height": 5, "width": 6}
    np.testing.assert_array_equal(STEPS["center_crop"].apply(x, crop), x[:, 2:7, 3:9])
    grey = STEPS["grey"].apply(x, {})
    assert (grey.shape[1:], grey.dtype) == (STEPS["grey"].shape((10, 12, 3), {}), np.float32)
    np.testing.assert_allclose(grey[..., 0], 0.299 * x[..., 0] + 0.587 * x[..., 1] + 0.114 * x[..., 2], rtol=1e-6)


@pytest.mark.parametrize(
    ("kind", "args", "shape"),
    [
        ("resize", {"height": 5, "width": 5, "method": "box"}, (4,)),
        ("center_crop", {"height": 9, "width": 4}, (8, 8)),
        ("center_crop", {"height": 4, "width": 4}, (4,)),
        ("grey", {}, (8, 8)),
        ("grey", {}, (8, 8, 1)),
        ("standardise_channels", {}, (8, 8)),
    ],
)
def test_what_a_step_does_not_take_is_said(kind, args, shape):
    with pytest.raises(DataError, match=f"{kind}: expected"):
        STEPS[kind].shape(shape, args)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(["standardise", "min_max", "standardise_channels", "resize", "center_crop"]), st.booleans())
def test_no_image_outside_the_training_part_influences_a_fitted_step(take, server_settings, tmp_path, kinds, is_grey):
    args = {"resize": {"height": 12, "width": 10}, "center_crop": {"height": 8, "width": 8}}
    steps = [StepSpec(kind=kind, args=Args(args.get(kind, {}))) for kind in kinds]
    steps += [StepSpec(kind="grey")] if is_grey else []
    train = classes(5, "train/", size=(16, 14))
    made = []
    for shift in (0, 100):
        held_out = {f"test/{'high' if n % 2 else 'low'}/{n}.png": image(n + shift, (16, 14)) for n in range(6)}
        path = archive(tmp_path / f"{shift}.zip", {**train, **held_out})
        made.append(prepare(spec_of(take(path), *steps, split="own_parts"), 0, server_settings))
    plain, strange = made
    assert plain.facts.fitted == strange.facts.fitted
    assert plain.array("x_train").tolist() == strange.array("x_train").tolist()
    assert plain.array("x_test").tolist() != strange.array("x_test").tolist()


def test_each_channel_is_standardised_by_the_training_part(take, server_settings, tmp_path):
    profile = take(archive(tmp_path / "set.zip", classes(10)))
    made = prepare(spec_of(profile, StepSpec(kind="standardise_channels")), 1, server_settings)
    assert len(made.facts.fitted[0]["mean"]) == 3
    np.testing.assert_allclose(made.array("x_train").mean(axis=(0, 1, 2)), 0, atol=1e-4)
    np.testing.assert_allclose(made.array("x_train").std(axis=(0, 1, 2)), 1, atol=1e-4)
