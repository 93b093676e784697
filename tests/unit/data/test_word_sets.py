"""IMDB and Reuters: numbered, cut and filled up as Keras does it; pickles only from the published file."""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, outline, prepare
from playground.data.sets import word_sets
from playground.data.sets.sources_texts import WORD_SETS
from playground.data.sets.word_numbers import padded
from playground.specs import DatasetSpec, SplitSpec

GIVEN = SplitSpec(kind="given", args={"validation": 0.25})
OPTIONS = {"num_words": 50, "maxlen": 8}


def lists(n: int, seed: int) -> np.ndarray:
    """Texts as Keras keeps them: an object array of lists of different lengths."""
    rng = np.random.default_rng(seed)
    made = np.empty(n, dtype=object)
    made[:] = [rng.integers(1, 80, rng.integers(1, 20)).tolist() for _ in range(n)]
    return made


def imdb_arrays() -> dict[str, np.ndarray]:
    return {
        "x_train": lists(40, 1),
        "y_train": np.arange(40) % 2,
        "x_test": lists(20, 2),
        "y_test": np.arange(20) % 2,
    }


def flat(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same without pickles: all words one after the other, and where each text begins."""
    made = {}
    for name, array in arrays.items():
        if array.dtype == object:
            part = name.removeprefix("x")
            made[name] = np.concatenate([np.array(each, np.int32) for each in array])
            made[f"offsets{part}"] = np.cumsum([0, *map(len, array)])
        else:
            made[name] = array
    return made


@pytest.fixture
def put(server_settings, monkeypatch):
    """Puts a set by hand and has it be the published one if asked; no list of words is to be had."""

    def put(name: str, arrays: dict[str, np.ndarray], is_published: bool = False) -> Path:
        server_settings.datasets_dir.mkdir(parents=True, exist_ok=True)
        path = server_settings.datasets_dir / f"{name}.npz"
        np.savez_compressed(path, **arrays)
        if is_published:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            monkeypatch.setitem(word_sets.FILES, name, replace(word_sets.FILES[name], checksum=sha256))
        return path

    monkeypatch.setattr(word_sets.WordSet, "_fetch_words", lambda self, settings, progress: None)
    return put


def keras_numbers(x: np.ndarray, order: np.ndarray, num_words: int, skip_top: int, index_from: int) -> list[list[int]]:
    """What ``keras.datasets.imdb.load_data`` makes of lists, written down anew."""
    texts = [[1, *(word + index_from for word in x[at])] for at in order]
    return [[word if skip_top <= word < num_words else 2 for word in text] for text in texts]


def keras_pad(texts: list[list[int]], maxlen: int, padding: str, truncating: str) -> np.ndarray:
    made = np.zeros((len(texts), maxlen), np.int32)
    for row, text in enumerate(texts):
        cut = text[-maxlen:] if truncating == "pre" else text[:maxlen]
        made[row, -len(cut) :] = cut if padding == "pre" else 0
        if padding == "post":
            made[row] = 0
            made[row, : len(cut)] = cut
    return made


@pytest.mark.parametrize("padding", ["pre", "post"])
@pytest.mark.parametrize("truncating", ["pre", "post"])
@pytest.mark.parametrize(("skip_top", "index_from"), [(0, 3), (7, 10)])
def test_the_published_file_gives_what_keras_gives(padding, truncating, skip_top, index_from, put, server_settings):
    arrays = imdb_arrays()
    put("imdb", arrays, is_published=True)
    options = OPTIONS | {
        "padding": padding,
        "truncating": truncating,
        "skip_top": skip_top,
        "index_from": index_from,
    }
    spec = DatasetSpec(source="imdb", options=options, split=GIVEN)
    prepared = prepare(spec, 1, server_settings)
    rng = np.random.RandomState(113)
    order = {}
    for part, n in (("train", 40), ("test", 20)):
        order[part] = np.arange(n)
        rng.shuffle(order[part])
    expected = {
        part: keras_pad(
            keras_numbers(arrays[f"x_{part}"], order[part], 50, skip_top, index_from), 8, padding, truncating
        )
        for part in order
    }
    np.testing.assert_array_equal(prepared.array("x_test"), expected["test"])
    np.testing.assert_array_equal(prepared.array("y_test"), arrays["y_test"][order["test"]])
    rows = prepared.array("rows_train")
    np.testing.assert_array_equal(prepared.array("x_train"), expected["train"][rows])
    assert prepared.array("x_train").dtype == np.int32
    facts = prepared.facts
    assert (facts.input_shape, facts.input_dtype, facts.vocabulary) == ((8,), "int32", 50)
    assert outline(spec).vocabulary == 50
    validation = prepared.array("x_validation")
    assert facts.unknown_words == pytest.approx((validation == 2).sum() / (validation != 0).sum())


def test_flat_arrays_put_by_hand_are_the_same_and_left_alone(put, server_settings):
    spec = DatasetSpec(source="imdb", options=OPTIONS, split=GIVEN)
    put("imdb", imdb_arrays(), is_published=True)
    expected = np.array(prepare(spec, 1, server_settings).array("x_train"))
    path = put("imdb", flat(imdb_arrays()))
    before = (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
    np.testing.assert_array_equal(prepare(spec, 1, server_settings).array("x_train"), expected)
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_multi_hot_says_which_words_a_text_has(put, server_settings):
    put("imdb", flat(imdb_arrays()))
    options = {"num_words": 50, "output_mode": "multi_hot"}
    prepared = prepare(DatasetSpec(source="imdb", options=options, split=GIVEN), 1, server_settings)
    facts = prepared.facts
    assert (facts.input_shape, facts.input_dtype, facts.vocabulary) == ((50,), "float32", None)
    x = prepared.array("x_test")
    whole = prepare(
        DatasetSpec(source="imdb", options={"num_words": 50, "maxlen": 30}, split=GIVEN), 1, server_settings
    )
    for row, words in zip(x, whole.array("x_test"), strict=True):
        assert set(np.flatnonzero(row)) == set(words) - {0}


def test_reuters_keeps_its_last_fifth_for_the_test(put, server_settings):
    arrays = {"x": lists(50, 3), "y": np.arange(50) % 46}
    put("reuters", arrays, is_published=True)
    prepared = prepare(DatasetSpec(source="reuters", options=OPTIONS, split=GIVEN), 1, server_settings)
    order = np.arange(50)
    np.random.RandomState(113).shuffle(order)
    assert prepared.facts.n_test == 10
    np.testing.assert_array_equal(prepared.array("y_test"), arrays["y"][order[40:]])
    expected = keras_pad(keras_numbers(arrays["x"], order[40:], 50, 0, 3), 8, "pre", "pre")
    np.testing.assert_array_equal(prepared.array("x_test"), expected)


class Mine:
    """Makes a folder where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("is_published", [False, True])
def test_pickles_that_call_something_do_not_run(is_published, put, server_settings, tmp_path):
    arrays = imdb_arrays()
    arrays["x_train"][3] = Mine(tmp_path / "ran")
    path = put("imdb", arrays, is_published)
    before = path.read_bytes()
    words = r"asks for posix\.mkdir" if is_published else "is not the published file: expected SHA-256 6966.*received"
    with pytest.raises(DataError, match=words):
        prepare(DatasetSpec(source="imdb", options=OPTIONS), 1, server_settings)
    assert not (tmp_path / "ran").exists()
    assert path.read_bytes() == before


def changed(**changes: object) -> dict[str, np.ndarray]:
    arrays = flat(imdb_arrays())
    return {name: array for name, array in {**arrays, **changes}.items() if array is not None}


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        (changed(offsets_test=None), "expected an array 'offsets_test' in it, received"),
        (changed(x_train=np.zeros(5)), "x_train in it is float64"),
        (changed(y_train=np.arange(39)), "as many labels as texts"),
        (changed(y_train=np.full(40, 2)), "expected labels 0 to 1"),
        (changed(offsets_train=np.arange(41) + 1), "begin with 0"),
        (changed(offsets_train=np.arange(41)), "rise from 0 to"),
        (changed(x_train=np.full(len(flat(imdb_arrays())["x_train"]), -1)), "expected numbers of words"),
        ({"x_train": np.array([{}], dtype=object)}, "is not the published file"),
    ],
)
def test_what_is_wrong_is_named_and_the_file_kept(arrays, words, put, server_settings):
    path = put("imdb", arrays)
    before = path.read_bytes()
    with pytest.raises(DataError, match=words) as caught:
        prepare(DatasetSpec(source="imdb", options=OPTIONS), 1, server_settings)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


def test_claimed_sizes_are_not_believed(put, server_settings):
    path = put("imdb", flat(imdb_arrays()))
    with zipfile.ZipFile(path, "w") as file:
        for name in flat(imdb_arrays()):
            with file.open(f"{name}.npy", "w") as member:
                header = {"descr": "<i8", "fortran_order": False, "shape": (10**12,)}
                np.lib.format.write_array_header_1_0(member, header)
    with pytest.raises(DataError, match="expected at most"):
        prepare(DatasetSpec(source="imdb", options=OPTIONS), 1, server_settings)


def test_what_is_no_archive_is_refused(put, server_settings):
    path = put("imdb", flat(imdb_arrays()))
    for content in (b"", b"no zip", path.read_bytes()[:-200]):
        path.write_bytes(content)
        with pytest.raises(DataError, match="cannot be read"):
            prepare(DatasetSpec(source="imdb", options=OPTIONS), 1, server_settings)
        assert path.read_bytes() == content


def test_a_matrix_too_large_is_refused(put, server_settings):
    put("imdb", flat(imdb_arrays()))
    options = {"num_words": 100_000, "output_mode": "multi_hot"}
    small = server_settings.model_copy(update={"max_job_memory_mb": 64})
    with pytest.raises(DataError, match="60 texts of 100,000 numbers each take 24 MB; expected at most 16 MB"):
        prepare(DatasetSpec(source="imdb", options=options), 1, small)


def test_no_step_calculates_with_the_numbers_of_words(server_settings):
    spec = DatasetSpec(source="imdb", steps=[{"kind": "standardise"}])
    with pytest.raises(DataError, match="numbers of words, which no step may change"):
        outline(spec)
    with pytest.raises(DataError, match="cannot be reconstructed"):
        outline(DatasetSpec(source="imdb", target="input"))


def test_words_are_shown_where_their_list_is(server_settings):
    assert word_sets.word_list("imdb", 3, server_settings) is None
    server_settings.datasets_dir.mkdir(parents=True)
    path = server_settings.datasets_dir / "imdb_word_index.json"
    path.write_text(json.dumps({"the": 1, "film": 17}))
    found = word_sets.word_list("imdb", 3, server_settings)
    assert [found[number] for number in (4, 20)] == ["the", "film"]
    for content in ("no JSON", "[]", '{"the": "one"}'):
        path.write_text(content)
        assert word_sets.word_list("imdb", 3, server_settings) is None


def test_empty_texts_are_rows_of_zeros():
    words, lengths = np.array([5, 6, 7], np.int32), np.array([0, 3, 0])
    np.testing.assert_array_equal(padded(words, lengths, 2, "pre", "pre"), [[0, 0], [6, 7], [0, 0]])


def test_labels_have_the_names_of_keras():
    import importlib.util

    found = importlib.util.find_spec("keras")
    text = (Path(found.origin).parent / "src" / "datasets" / "reuters.py").read_text("utf-8")
    names = text.partition("def get_label_names")[2]
    places = [names.index(f'"{name}"') for name in WORD_SETS["reuters"].classes]
    assert len(places) == 46
    assert places == sorted(places)


def test_california_housing_is_scikit_learn_s(server_settings, monkeypatch):
    import tarfile

    from playground.data.sets import california_housing as housing

    rng = np.random.default_rng(0)
    rows = rng.uniform(1, 100, (30, 9))
    text = "\n".join(",".join(f"{value:.6f}" for value in row) for row in rows).encode()
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("CaliforniaHousing/cal_housing.data")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
    server_settings.datasets_dir.mkdir(parents=True)
    path = server_settings.datasets_dir / housing.FILE.name
    path.write_bytes(file.getvalue())
    prepared = prepare(DatasetSpec(source="california_housing", split=SplitSpec(kind="none")), 1, server_settings)
    rows = np.loadtxt(text.decode().splitlines(), delimiter=",")
    x = prepared.array("x_train")
    np.testing.assert_allclose(x[:, 0], rows[:, 7], rtol=1e-5)
    np.testing.assert_allclose(x[:, 2], rows[:, 3] / rows[:, 6], rtol=1e-5)
    np.testing.assert_allclose(x[:, 6:], rows[:, [1, 0]], rtol=1e-5)
    np.testing.assert_allclose(prepared.array("y_train"), rows[:, 8] / 100_000, rtol=1e-5)
    path.write_bytes(file.getvalue()[:100])
    with pytest.raises(DataError, match=r"cal_housing\.tgz cannot be read"):
        prepare(DatasetSpec(source="california_housing"), 1, server_settings)
