"""Pictures of datasets: on real data they say what pandas and scikit-learn say, and hard cases give words."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from playground import catalog, data
from playground.data.errors import DataError
from playground.data.source import Loaded, Source
from playground.data.statistics import PICTURES, Asked, Picture, forget_pictures, keep_picture, kept_picture, offered
from playground.data.statistics import picture as keeping
from playground.data.statistics.images import unpacked
from playground.data.statistics.pictures import taken
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.engine.statistics import DRAWN, take_picture
from playground.settings import Settings
from playground.specs import DatasetSpec, SplitSpec
from playground.specs.first_dataset import first_dataset

EVERY = [entry.id for entry in catalog.entries("datasets")]


def of_each_kind() -> list[str]:
    """One dataset that needs no download for each group, task, rank, and for numbers and for columns of many types."""
    kinds: dict[tuple[object, ...], str] = {}
    for entry in catalog.entries("datasets"):
        source, facts = data.SOURCES[entry.id], data.outline(first_dataset(entry.id))
        if source.stamp is None:
            kind = entry.group, bool(facts.classes), len(facts.input_shape), source.columns is None
            kinds.setdefault(kind, entry.id)
    return list(kinds.values())


def silent(fraction: float, message: str) -> None:
    """Progress that nobody hears."""


def picture(name: str, dataset: DatasetSpec, settings: Settings, **more: object) -> Picture:
    return taken(Asked(picture=name, dataset=dataset, seed=0, **more), settings, drawn=DRAWN)


def own(path: Path, settings: Settings, name: str = "") -> DatasetSpec:
    """The dataset proposed for a table that somebody brings."""
    return proposed(take_in(path, name or path.name, settings, silent), settings).dataset


def written(folder: Path, frame: pd.DataFrame) -> Path:
    path = folder / "own.csv"
    frame.to_csv(path, index=False)
    return path


def rows_of(found: Picture, part: str = "all") -> pd.DataFrame:
    frame = pd.DataFrame([row for row in found.values["rows"] if row["part"] == part])
    return frame.set_index("column")


@pytest.mark.parametrize("source", EVERY)
def test_pictures_are_offered_for_every_dataset_before_its_data_is_here(source, server_settings):
    names = offered(first_dataset(source), server_settings)
    assert bool(names) != bool(data.outline(first_dataset(source)).symbols), (
        "of symbols the rows themselves are the picture"
    )
    assert set(names) <= set(PICTURES)


@pytest.mark.parametrize("source", of_each_kind())
def test_every_picture_that_is_offered_can_be_taken_before_and_after_the_steps(source, server_settings):
    dataset = first_dataset(source)
    data.prepare(dataset, 0, server_settings)
    for name in offered(dataset, server_settings):
        for is_after in {False, PICTURES[name].has_after}:
            found = picture(name, dataset, server_settings, is_after=is_after, has_parts=True, theme="dark")
            assert 0 < found.shown <= found.of
            assert len({len(column) for column in found.table.values()}) == 1
            assert found.svg.startswith("<?xml") == (PICTURES[name].take is None)
            json.dumps(found.model_dump(), allow_nan=False)


def test_statistics_are_those_of_pandas(test_data, server_settings):
    path = test_data / "titanic.csv"
    dataset = own(path, server_settings)
    rows = rows_of(picture("summary", dataset, server_settings))
    whole = pd.read_csv(path)
    for name in ("age", "fare"):
        expected = whole[name].describe()
        assert rows.loc[name, list(expected.index)].to_list() == pytest.approx(expected.to_list(), rel=1e-4)
        assert rows.loc[name, "missing"] == whole[name].isna().sum()
    top = whole["embark_town"].value_counts()
    assert rows.loc["embark_town", "most frequent"] == top.index[0]
    assert rows.loc["embark_town", "times"] == top.iloc[0]
    assert rows.loc["embark_town", "distinct"] == whole["embark_town"].nunique()


def test_a_drift_between_the_parts_is_found(tmp_path, server_settings):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"calm": rng.normal(size=300), "rising": np.arange(300) * 0.37, "target": rng.choice(["a", "b"], 300)}
    )
    dataset = own(written(tmp_path, frame), server_settings)
    dataset = dataset.model_copy(update={"split": SplitSpec(kind="ordered"), "features": ("calm", "rising")})
    prepared = data.prepare(dataset, 0, server_settings)
    found = picture("summary", dataset, server_settings, has_parts=True)
    test = prepared.array("rows_test")
    assert rows_of(found, "test").loc["rising", "mean"] == pytest.approx(frame["rising"].iloc[test].mean(), rel=1e-5)
    most = found.values["shifts"][0]
    assert (most["column"], most["part"]) == ("rising", "test")
    train = frame["rising"].iloc[prepared.array("rows_train")]
    assert most["shift"] == pytest.approx((frame["rising"].iloc[test].mean() - train.mean()) / train.std(), rel=1e-4)


def test_histograms_count_every_known_value_once(test_data, server_settings):
    dataset = own(test_data / "penguins.csv", server_settings)
    whole = pd.read_csv(test_data / "penguins.csv")
    names = ("flipper_length_mm", "island")
    found = picture("histograms", dataset, server_settings, columns=names)
    number, category = found.values["charts"]
    assert found.values["groups"] == sorted(whole["species"].unique())
    for group, counts in zip(found.values["groups"], number["counts"], strict=True):
        of = whole.loc[whole["species"] == group, "flipper_length_mm"].dropna()
        assert counts == np.histogram(of, bins=number["edges"])[0].tolist()
    assert dict(zip(category["names"], np.sum(category["counts"], axis=0).tolist(), strict=True)) == (
        whole["island"].value_counts().to_dict()
    )


def test_those_columns_are_shown_that_say_most_about_the_target(tmp_path, server_settings):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"noise {number}": rng.normal(size=400) for number in range(12)})
    frame["kind"] = rng.choice(["red", "green"], 400)
    frame.insert(5, "telling", (frame["kind"] == "red") * 2.0 + rng.normal(scale=0.3, size=400))
    dataset = own(written(tmp_path, frame), server_settings)
    assert "telling" in picture("pairs", dataset, server_settings).values["shown"]
    assert "telling" in [chart["column"] for chart in picture("histograms", dataset, server_settings).values["charts"]]


def test_correlations_are_those_of_pandas(test_data, server_settings):
    dataset = own(test_data / "penguins.csv", server_settings)
    names = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    found = picture("correlation", dataset, server_settings, columns=tuple(names))
    expected = pd.read_csv(test_data / "penguins.csv").dropna(subset=["species"])[names].corr()
    assert found.table["column"] == names
    for name in names:
        assert found.table[name] == pytest.approx(expected[name].to_list(), rel=1e-5)
    assert set(found.values["strongest"]["of"]) == {"flipper_length_mm", "body_mass_g"}


def test_class_means_are_the_means_of_the_images_of_a_class(server_settings):
    from sklearn.datasets import load_digits

    found = picture("class_means", first_dataset("digits"), server_settings)
    digits = load_digits()
    for label, each in enumerate(found.values["classes"]):
        of = digits.images[digits.target == label]
        assert each["n"] == len(of)
        np.testing.assert_allclose(unpacked(each["mean"])[0], of.mean(axis=0) * 255 / 16, atol=0.51)
        np.testing.assert_allclose(unpacked(each["examples"]), of[:7] * 255 / 16, atol=0.51)
    spread = picture("pixels", first_dataset("digits"), server_settings).values
    assert sum(spread["counts"][0]) == digits.images.size
    assert spread["mean"] == pytest.approx(digits.images.mean(), rel=1e-4)


def test_the_map_of_pca_is_that_of_scikit_learn(server_settings):
    from sklearn.datasets import load_wine

    found = picture("map", first_dataset("wine"), server_settings).values
    pca = PCA(2)
    points = pca.fit_transform(StandardScaler().fit_transform(load_wine().data))
    at = np.column_stack([found["x"], found["y"]])
    np.testing.assert_allclose(np.abs(at), np.abs(points), rtol=1e-3, atol=1e-4)
    assert found["explained"] == pytest.approx(pca.explained_variance_ratio_.tolist(), rel=1e-4)
    assert found["labels"] == load_wine().target.tolist()


def test_t_sne_tells_its_iterations_keeps_classes_together_and_can_be_cancelled(server_settings):
    told: list[str] = []
    asked = Asked(picture="map", dataset=first_dataset("iris"), seed=0, method="tsne", perplexity=15)
    found = taken(asked, server_settings, lambda fraction, message: told.append(message)).values
    assert sum(message.startswith("Iteration") for message in told) > 5
    at = np.column_stack([found["x"], found["y"]])
    setosa = np.array(found["labels"]) == 0
    centre = at[setosa].mean(axis=0)
    assert np.linalg.norm(at[setosa] - centre, axis=1).max() < np.linalg.norm(at[~setosa] - centre, axis=1).min()

    class StoppedError(Exception):
        pass

    def stop(fraction: float, message: str) -> None:
        if message.startswith("Iteration"):
            raise StoppedError

    with pytest.raises(StoppedError):
        taken(asked, server_settings, stop)


def test_words_tell_the_classes_apart(test_data, server_settings):
    dataset = own(test_data / "movie-reviews.csv.gz", server_settings)
    assert offered(dataset, server_settings)[0] == "words"
    found = picture("words", dataset, server_settings)
    telling = dict(zip(found.values["groups"], found.values["telling"], strict=True))
    (bad,) = [words for group, words in telling.items() if "bad" in {row["word"] for row in words}]
    assert {"worst", "bad"} <= {row["word"] for row in bad}
    assert sum(map(sum, found.values["lengths"]["counts"])) == found.shown <= found.of


def test_the_season_of_the_sunspots_is_found_and_the_parts_add_up(test_data, server_settings):
    dataset = own(test_data / "monthly-sunspots.csv", server_settings)
    found = picture("seasons", dataset, server_settings)
    assert 115 <= found.values["period"] <= 140  # the solar cycle of about 11 years, in months
    assert found.of == len(pd.read_csv(test_data / "monthly-sunspots.csv"))
    lines = {name: np.array(line, float) for name, line in found.values["lines"].items()}
    np.testing.assert_allclose(lines["trend"] + lines["season"] + lines["rest"], lines["value"], rtol=1e-3, atol=1e-2)
    whole = pd.read_csv(test_data / "monthly-sunspots.csv").iloc[:, -1]
    of = found.values["autocorrelation"]
    # pandas leaves out of the means what has no partner, which over so long a series is little
    assert of[1] == pytest.approx(whole.autocorr(1), abs=0.01)
    assert found.values["difference"]["mean"] == pytest.approx(whole.diff().mean(), rel=1e-3)


def test_a_line_without_season_says_so(tmp_path, server_settings):
    rng = np.random.default_rng(0)
    days = pd.date_range("2020-01-01", periods=300).strftime("%Y-%m-%d")
    dataset = own(written(tmp_path, pd.DataFrame({"day": days, "value": rng.normal(size=300)})), server_settings)
    assert dataset.source == "series"
    found = picture("seasons", dataset, server_settings)
    assert (found.values["period"], set(found.values["lines"])) == (None, {"value"})
    straight = pd.DataFrame({"day": days, "value": np.arange(300) * 0.37})
    found = picture("seasons", own(written(tmp_path, straight), server_settings), server_settings)
    assert found.values["period"] is None


def hard(monkeypatch: pytest.MonkeyPatch, x: np.ndarray, y: np.ndarray, classes: tuple[str, ...] = ()) -> DatasetSpec:
    """A dataset of these rows, under the name of one that there is."""
    features = tuple(f"c{number}" for number in range(x.shape[1]))
    task = "multiclass" if classes else "regression"
    source = Source(lambda *given: Loaded(x, y), task, x.shape[1:], len(x), classes, features)
    monkeypatch.setitem(data.SOURCES, "wine", source)
    return DatasetSpec(source="wine")


@pytest.mark.parametrize(
    "x",
    [
        np.zeros((50, 3)),
        np.full((50, 3), np.nan),
        np.arange(3.0)[None],
        np.arange(20.0)[:, None],
        np.column_stack([np.arange(20.0), np.full(20, np.inf), np.full(20, np.nan)]),
        np.full((30, 2), 1e300) * np.arange(30)[:, None],
        np.zeros((0, 3)),
    ],
    ids=["constant", "all missing", "one row", "one column", "infinite", "huge", "no rows"],
)
@pytest.mark.parametrize("has_classes", [False, True])
def test_hard_columns_give_a_picture_or_words(x, has_classes, monkeypatch, server_settings):
    y = np.arange(len(x)) % 2 if has_classes else np.arange(len(x), dtype=float)
    dataset = hard(monkeypatch, x, y, ("first", "second") if has_classes else ())
    for name in ("summary", "histograms", "pairs", "correlation", "map"):
        try:
            found = picture(name, dataset, server_settings)
        except DataError as error:
            assert str(error).endswith(".")  # noqa: PT017  (either is right)
        else:
            json.dumps(found.model_dump(), allow_nan=False)


def test_ten_thousand_categories_and_texts_without_words(tmp_path, server_settings):
    frame = pd.DataFrame(
        {
            "many": [f"value {number}" for number in range(10_000)],
            "empty": [None] * 10_000,
            "number": np.arange(10_000) % 7,
            "target": np.where(np.arange(10_000) % 2, "yes", "no"),
        }
    )
    dataset = own(written(tmp_path, frame), server_settings).model_copy(update={"features": ("many", "number")})
    for name in offered(dataset, server_settings):
        found = picture(name, dataset, server_settings)
        assert len(json.dumps(found.model_dump())) < 3_000_000


def test_rows_beyond_the_limit_are_drawn_at_random_and_it_is_said(monkeypatch, server_settings):
    x = np.arange(30_000.0).reshape(-1, 3)
    found = picture("map", hard(monkeypatch, x, np.arange(10_000) % 2, ("a", "b")), server_settings)
    assert (found.shown, found.of) == (5_000, 10_000)
    assert len(set(found.values["rows"])) == 5_000
    assert max(found.values["rows"]) > 9_900


def test_a_picture_is_kept_whole_and_the_oldest_make_room(monkeypatch, server_settings):
    dataset = first_dataset("iris")
    asked = [Asked(picture="summary", dataset=dataset, seed=seed) for seed in range(4)]
    assert kept_picture(asked[0], server_settings) is None
    first = take_picture(asked[0], server_settings, silent)
    assert kept_picture(asked[0], server_settings) == first
    monkeypatch.setattr(keeping, "_KEPT", 2)
    for each in asked[1:]:
        keep_picture(each, first, server_settings)
    left = [path for path in server_settings.statistics_dir.rglob("*") if path.is_file()]
    assert len(left) == 2
    (path, _) = left
    path.write_text('{"shown": 1', encoding="ascii")
    assert [kept_picture(each, server_settings) for each in asked].count(first) == 1


def test_pictures_of_a_table_go_with_it(test_data, server_settings):
    dataset = own(test_data / "penguins.csv", server_settings)
    asked = Asked(picture="summary", dataset=dataset, seed=0)
    take_picture(asked, server_settings, silent)
    assert kept_picture(asked, server_settings) is not None
    forget_pictures("../../etc", server_settings)
    forget_pictures(str(dataset.options["file"]), server_settings)
    assert kept_picture(asked, server_settings) is None


def test_nothing_is_offered_of_a_table_that_is_not_here(server_settings):
    assert offered(DatasetSpec(source="table", options={"file": "0" * 64}), server_settings) == ()
    with pytest.raises(DataError, match="picture"):
        taken(Asked(picture="portrait", dataset=first_dataset("iris"), seed=0), server_settings)
