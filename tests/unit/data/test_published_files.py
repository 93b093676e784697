"""Tables, texts and series that are published as one file: checked by what is in them, and never touched."""

import io
import os
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playground.data import SOURCES, DataError, OfflineError, outline, prepare
from playground.data.downloads.download import DownloadError
from playground.data.downloads.published import Published
from playground.data.sets import movie_reviews
from playground.data.sets.published_series import SERIES_FILES
from playground.data.sets.published_tables import BOSTON, PIMA
from playground.settings import Settings
from playground.specs import Args, DatasetSpec, SplitSpec, StepSpec

SHARED = Path(os.environ.get("PLAYGROUND_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
FILES: dict[str, Published] = {
    "pima_indians": PIMA,
    "boston_housing": BOSTON,
    "movie_reviews": movie_reviews.FILE,
    **{name: series.file for name, series in SERIES_FILES.items()},
}
WORDS = {"movie_reviews": (StepSpec(kind="sequences", args=Args({"max_words": 100, "length": 8})),)}


def dataset(name: str) -> DatasetSpec:
    return DatasetSpec(source=name, steps=WORDS.get(name, ()), split=SplitSpec(kind="none"))


def put(name: str, settings: Settings, content: bytes) -> Path:
    path = FILES[name].path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def boston(n: int = 506) -> bytes:
    file = io.BytesIO()
    np.savez(file, x=np.arange(n * 13.0).reshape(n, 13), y=np.arange(float(n)))
    return file.getvalue()


def reviews(n: int = 1_000, folder: str = "txt_sentoken") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for label in ("pos", "neg"):
            for number in range(n):
                text = f"{label} film number {number}\n".encode()
                member = tarfile.TarInfo(f"{folder}/{label}/cv{number:03}_1.txt")
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text))
    return file.getvalue()


def series(name: str) -> bytes:
    known = SERIES_FILES[name]
    return pd.DataFrame({"Date": 1, known.column: np.arange(known.n)}).to_csv(index=False).encode()


def pima(n: int = 768) -> bytes:
    return "".join(f"{','.join(str(row + column) for column in range(8))},{row % 2}\n" for row in range(n)).encode()


RIGHT = {
    "pima_indians": pima,
    "boston_housing": boston,
    "movie_reviews": reviews,
    **{name: (lambda name=name: series(name)) for name in SERIES_FILES},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_put_by_hand_is_read_and_never_touched(name, server_settings):
    content = RIGHT[name]()
    path = put(name, server_settings, content)
    facts = prepare(dataset(name), 1, server_settings).facts
    assert facts.n_train == outline(dataset(name)).n_train
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", FILES)
def test_without_connection_it_says_which_file_to_put_where(name, server_settings, monkeypatch):
    from playground.data.downloads import download

    def refuse(*args: object) -> None:
        raise DownloadError("no connection")

    monkeypatch.setattr(download, "download", refuse)
    with pytest.raises(OfflineError) as refused:
        prepare(dataset(name), 1, server_settings)
    file = FILES[name]
    for words in (file.url, f"Put {file.name} into {server_settings.datasets_dir} and try again."):
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("pima_indians", pima(700), r"expected numbers of shape \(768, 9\), received \(700, 9\)"),
        ("pima_indians", pima().replace(b",1\n", b",2\n"), "expected 0 and 1 in the last column"),
        ("pima_indians", b"no numbers", "cannot be read"),
        ("pima_indians", b"1,2\n" * 60_000, "larger than 100,000 bytes"),
        ("boston_housing", boston(400), r"x is float64 of shape \(400, 13\), expected numbers of shape \(506, 13\)"),
        ("boston_housing", b"nothing", "cannot be read"),
        ("movie_reviews", reviews(10), "expected 1,000 reviews in each of txt_sentoken/neg and pos, received 20"),
        ("movie_reviews", reviews(1_000, "elsewhere"), "received 0"),
        ("movie_reviews", reviews(1_600), "larger when unpacked than the published one"),
        ("movie_reviews", b"nothing", "cannot be read"),
        ("sunspots", b"Month,Spots\n1,2\n", "expected a column 'Sunspots', received Month, Spots"),
        ("sunspots", b"Month,Sunspots\n1,2\n", "expected 2,820 numbers in 'Sunspots', received 1 values"),
        ("sunspots", series("sunspots").replace(b"1,7\n", b"1,seven\n"), "cannot be read"),
        ("temperatures", b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_another_file_is_refused_and_left_alone(name, content, words, server_settings):
    path = put(name, server_settings, content)
    with pytest.raises(DataError, match=words):
        prepare(dataset(name), 1, server_settings)
    assert path.read_bytes() == content


def test_pickles_in_the_place_of_boston_s_arrays_are_not_opened(server_settings):
    file = io.BytesIO()
    np.savez(file, x=np.array([{"a": 1}] * 506, object), y=np.arange(506.0))
    put("boston_housing", server_settings, file.getvalue())
    with pytest.raises(DataError, match="x is object"):
        prepare(dataset("boston_housing"), 1, server_settings)


def test_boston_is_divided_as_keras_divides_it(server_settings):
    path = put("boston_housing", server_settings, boston())
    given = DatasetSpec(source="boston_housing", split=SplitSpec(kind="given", args=Args({"validation": 0.0})))
    prepared = prepare(given, 1, server_settings)
    with np.load(path) as arrays:
        order = np.arange(506)
        np.random.RandomState(113).shuffle(order)
        expected = arrays["y"][order]
    assert prepared.array("y_train").tolist() == expected[:404].tolist()
    assert prepared.array("y_test").tolist() == expected[404:].tolist()


def test_prices_are_turned_into_the_order_of_time(server_settings):
    put("sp500", server_settings, series("sp500"))
    loaded = SOURCES["sp500"].load(
        {"window": 2, "horizon": 1, "difference": False}, 1, server_settings, lambda fraction, message: None
    )
    assert loaded.x[0].tolist() == [842.0, 841.0]
    assert loaded.y[-1] == 0


def test_blame_comes_before_praise_and_texts_keep_their_words(server_settings):
    put("movie_reviews", server_settings, reviews())
    loaded = SOURCES["movie_reviews"].load({}, 1, server_settings, lambda fraction, message: None)
    assert loaded.x.arrays[0][0] == "neg film number 0"
    assert loaded.x.arrays[0][-1] == "pos film number 999"
    assert loaded.y.tolist() == [0] * 1_000 + [1] * 1_000


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("pima_indians", "pima-indians-diabetes.csv"),
        ("sunspots", "monthly-sunspots.csv"),
        ("temperatures", "daily-min-temperatures.csv"),
        ("sp500", "sp500.csv"),
    ],
)
def test_the_genuine_file_is_the_known_one(name, file, server_settings):
    if not (SHARED / file).exists():
        pytest.skip(f"{SHARED / file} is not here")
    path = FILES[name].path(server_settings)
    path.parent.mkdir(parents=True)
    shutil.copy(SHARED / file, path)
    facts = prepare(dataset(name), 1, server_settings).facts
    assert facts.n_train == outline(dataset(name)).n_train


def test_random_labels_are_dice():
    source = SOURCES["random_labels"]
    options = {"n_samples": 3_000, "n_features": 5, "n_classes": 4}
    loaded = source.load(options, 1, Settings(), lambda fraction, message: None)
    assert loaded.x.shape == (3_000, 5)
    shares = np.bincount(loaded.y, minlength=4) / 3_000
    assert np.all(np.abs(shares - 0.25) < 0.03)
    means = np.array([loaded.x[loaded.y == label].mean(axis=0) for label in range(4)])
    assert np.all(np.abs(means) < 0.1), "labels say nothing of the inputs"
    assert source.given(options).classes == ("1", "2", "3", "4")


def test_another_column_of_a_table_of_numbers_can_be_the_target(server_settings):
    spec = DatasetSpec(source="iris", target="petal length (cm)", features=("sepal length (cm)",))
    prepared = prepare(spec, 1, server_settings)
    assert (prepared.facts.task, prepared.facts.input_shape, prepared.facts.classes) == ("regression", (1,), ())
    assert prepared.facts.unit == "petal length (cm)"
    from sklearn.datasets import load_iris

    flowers = load_iris().data.astype("float32")
    rows = prepared.array("rows_train")
    assert np.array_equal(prepared.array("x_train")[:, 0], flowers[rows, 0])
    assert np.array_equal(prepared.array("y_train"), flowers[rows, 2])
    by_place = prepare(spec.model_copy(update={"target": 2}), 1, server_settings)
    assert np.array_equal(by_place.array("y_train"), prepared.array("y_train"))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"source": "iris", "target": "petal lenght (cm)"}, "Did you mean petal length"),
        ({"source": "iris", "target": 4}, "expected a position from 0 to 3"),
        ({"source": "iris", "target": "petal width (cm)", "features": ("petal width (cm)",)}, "has no column"),
        ({"source": "mnist", "target": "x"}, "The target of mnist is fixed"),
        ({"source": "tips", "target": "size"}, "The target of tips is fixed"),
        ({"source": "seasonal", "target": "1 back"}, "The target of seasonal is fixed"),
    ],
)
def test_a_target_that_is_no_other_column_is_refused(spec, words, server_settings):
    with pytest.raises(DataError, match=words):
        prepare(DatasetSpec(**spec), 1, server_settings)
