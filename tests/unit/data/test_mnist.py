"""``mnist.npz`` put there by hand: read where it is good, refused in words where not, never changed."""

import pickle
import zipfile

import numpy as np
import pytest

from playground.data import DataError, opened, outline, prepare
from playground.specs import DatasetSpec, SplitSpec

GIVEN = DatasetSpec(source="mnist", split=SplitSpec(kind="given", args={"validation": 0.25}))
MEASURED = ("n_train", "n_validation", "n_test", "repeated")


def change(arrays, **changes):
    """``arrays`` with ``changes``, without those that are ``None``."""
    return {name: array for name, array in {**arrays, **changes}.items() if array is not None}


def test_a_good_file_is_read_and_left_alone(server_settings, small_mnist, put_mnist):
    path = put_mnist(**small_mnist)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    prepared = prepare(GIVEN, 1, server_settings)
    facts = prepared.facts
    assert (facts.n_train, facts.n_validation, facts.n_test) == (30, 10, 20)
    assert facts.model_copy(update=dict.fromkeys(MEASURED)) == outline(GIVEN)
    assert prepared.array("x_train").shape == (30, 28, 28)
    assert prepared.array("y_train").dtype == np.int32
    rows = prepared.array("rows_train")
    np.testing.assert_array_equal(prepared.array("x_train"), small_mnist["x_train"][rows].astype(np.float32))
    np.testing.assert_array_equal(prepared.array("y_train"), small_mnist["y_train"][rows])
    np.testing.assert_array_equal(prepared.array("x_test"), small_mnist["x_test"].astype(np.float32))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(path.parent.iterdir()) == [path]


def test_holdout_draws_from_both_parts(server_settings, small_mnist, put_mnist):
    put_mnist(**small_mnist)
    spec = DatasetSpec(source="mnist", split=SplitSpec(args={"validation": 0.25, "test": 0.25}))
    prepared = prepare(spec, 1, server_settings)
    rows = np.concatenate([prepared.array(f"rows_{part}") for part in ("train", "validation", "test")])
    assert sorted(rows) == list(range(60))
    both = np.concatenate([small_mnist["x_train"], small_mnist["x_test"]])
    np.testing.assert_array_equal(prepared.array("x_test"), both[prepared.array("rows_test")])


def test_real_digits(server_settings, test_data):
    server_settings.datasets_dir.mkdir(parents=True)
    (server_settings.datasets_dir / "mnist.npz").write_bytes((test_data / "mnist_10k.npz").read_bytes())
    facts = prepare(GIVEN, 1, server_settings).facts
    assert (facts.n_train, facts.n_validation, facts.n_test) == (6000, 2000, 2000)


def test_another_file_is_prepared_anew(server_settings, small_mnist, put_mnist):
    put_mnist(**small_mnist)
    prepare(GIVEN, 1, server_settings)
    path = put_mnist(**{name: array[:20] for name, array in small_mnist.items()})
    assert opened(GIVEN, 1, server_settings) is None
    assert prepare(GIVEN, 1, server_settings).facts.n_train == 15
    path.unlink()
    assert opened(GIVEN, 1, server_settings).facts.n_train == 15  # no file is needed once arrays are prepared


BAD = [
    pytest.param({"y_test": None}, "no array 'y_test'", id="array missing"),
    pytest.param({"x_train": np.zeros((40, 28, 28))}, "x_train is float64", id="pixels as floats"),
    pytest.param({"x_train": np.zeros((40, 784), np.uint8)}, r"of shape \(40, 784\)", id="flat images"),
    pytest.param({"x_test": np.zeros((0, 28, 28), np.uint8), "y_test": np.zeros(0, np.uint8)}, "x_test", id="no rows"),
    pytest.param({"x_train": np.uint8(3)}, "x_train is uint8", id="one number"),
    pytest.param({"y_train": np.zeros(39, np.uint8)}, "y_train", id="a label too few"),
    pytest.param({"y_train": np.zeros(40)}, "y_train is float64", id="labels as floats"),
    pytest.param({"y_train": np.full(40, 10)}, "expected labels 0 to 9 in y_train", id="label 10"),
    pytest.param({"y_train": np.full(40, -1)}, "expected labels 0 to 9 in y_train", id="label -1"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_what_is_wrong_is_named_and_the_file_kept(changes, words, server_settings, small_mnist, put_mnist):
    path = put_mnist(**change(small_mnist, **changes))
    before = path.read_bytes()
    with pytest.raises(DataError, match=words) as caught:
        prepare(GIVEN, 1, server_settings)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


class Mine:
    """Marks that it was unpickled."""

    unpickled = False

    def __setstate__(self, state):
        Mine.unpickled = True


@pytest.mark.parametrize("name", ["x_train", "y_train"])
def test_pickles_are_refused_unread(name, server_settings, small_mnist, put_mnist):
    mine = Mine()
    mine.state = 1
    objects = np.empty(40, dtype=object)
    objects[:] = mine
    path = put_mnist(**change(small_mnist, **{name: objects}))
    before = path.read_bytes()
    with pytest.raises(DataError, match=f"{name} is object"):
        prepare(GIVEN, 1, server_settings)
    assert not Mine.unpickled
    assert path.read_bytes() == before


def test_what_is_no_archive_is_refused(server_settings, small_mnist, put_mnist):
    path = put_mnist(**small_mnist)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[200] ^= 0xFF
    for content in (b"", b"not a zip", pickle.dumps({"x_train": 1}), whole[:-500], bytes(flipped)):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"cannot be read|is no array"):
            prepare(GIVEN, 1, server_settings)
        assert path.read_bytes() == content
    with zipfile.ZipFile(path, "w") as file:
        for name in small_mnist:
            file.writestr(f"{name}.npy", b"no array")
    with pytest.raises(DataError, match="x_train is no array"):
        prepare(GIVEN, 1, server_settings)


def test_claimed_sizes_are_not_believed(server_settings, small_mnist, put_mnist):
    """A header of a terabyte is refused before memory is asked for."""
    path = put_mnist(**small_mnist)
    with zipfile.ZipFile(path, "w") as file:
        for name, shape in {"x_train": (10**9, 28, 28), "y_train": (10**9,)}.items():
            with file.open(f"{name}.npy", "w") as member:
                header = {"descr": "|u1", "fortran_order": False, "shape": shape}
                np.lib.format.write_array_header_1_0(member, header)
    with pytest.raises(DataError, match="PLAYGROUND_MAX_SAMPLES"):
        prepare(GIVEN, 1, server_settings)


def test_more_rows_than_allowed(server_settings, small_mnist, put_mnist):
    put_mnist(**small_mnist)
    for limit in (30, 50):  # one part, both together
        with pytest.raises(DataError, match="PLAYGROUND_MAX_SAMPLES"):
            prepare(GIVEN, 1, server_settings.model_copy(update={"max_samples": limit}))
