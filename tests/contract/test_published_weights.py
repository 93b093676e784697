"""Published weights of pretrained layers: fetched, loaded as Keras loads them, and refused in words where wrong."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from keras.src.legacy.saving import legacy_h5_format

from playground.catalog import BACKBONES
from playground.data import OfflineError
from playground.data.downloads.backbone_weights import fetch, missing
from playground.engine import waits
from playground.runs import Run
from playground.runs.weights import KEPT, keep
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.fine_tune import fine_tuned
from playground.training.errors import TrainingError
from playground.training.published_weights import load_published
from tests.contract.test_backbones import ANSWER, IN_FRONT, built, network
from tests.contract.training.specs import MULTICLASS, layer, spec
from tests.faults.engine import engine, wait_for
from tests.unit.data.file_server import Files, serving

pytestmark = pytest.mark.contract

RUN = network(weights="imagenet")
FEW = {"kind": "holdout", "args": {"validation": 0.05, "test": 0.9}}
FILE = BACKBONES["MobileNetV2"].files[0.35]


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in the form in which Keras publishes them, of the smallest network with other random weights."""
    keras.utils.set_random_seed(99)
    base = keras.applications.MobileNetV2(input_shape=(32, 32, 3), include_top=False, weights=None, alpha=0.35)
    path = tmp_path_factory.mktemp("published") / "genuine.h5"
    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, base)
    return path


@pytest.fixture
def server_settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def put(server_settings: Settings, genuine: Path) -> Callable[..., Path]:
    """Puts a copy of the genuine file where it is looked for, after a change to it."""

    def put(change: Callable[[h5py.File], object] = lambda _file: None) -> Path:
        path = server_settings.datasets_dir / FILE.folder / FILE.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(genuine.read_bytes())
        with h5py.File(path, "r+") as file:
            change(file)
        return path

    return put


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return built(RUN)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, genuine: Path) -> Iterator[Files]:
    """A server of our own from which the weights come, with their checksum."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as served:
        served.bodies[f"/{FILE.name}"] = genuine.read_bytes()
        checksum = hashlib.md5(genuine.read_bytes()).hexdigest()
        here = replace(FILE, url=f"{served.url}/{FILE.name}", checksum=checksum)
        about = replace(BACKBONES["MobileNetV2"], files={0.35: here})
        monkeypatch.setitem(BACKBONES, "MobileNetV2", about)
        yield served


def test_they_are_loaded_as_keras_loads_them(put, model, server_settings):
    path = put()
    load_published(model, RUN.model, server_settings)
    other = keras.applications.MobileNetV2(input_shape=(32, 32, 3), include_top=False, weights=None, alpha=0.35)
    other.load_weights(path)
    for one, two in zip(model.get_layer("backbone").get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(one, two)
    assert path.exists()


def test_nothing_is_loaded_where_kept_weights_follow(model, server_settings):
    load_published(model, fine_tuned(RUN, "ab" * 32).model, server_settings)
    assert missing(fine_tuned(RUN, "ab" * 32).model, server_settings) == []
    assert missing(network(weights=None).model, server_settings) == []


def test_without_the_file_it_says_which_to_put_where(model, server_settings):
    with pytest.raises(TrainingError, match="are not on this server") as caught:
        load_published(model, RUN.model, server_settings)
    assert FILE.url in str(caught.value)
    assert str(server_settings.datasets_dir / FILE.folder) in str(caught.value)


def _other_shape(file: h5py.File) -> None:
    del file["Conv1/Conv1/kernel"]
    file["Conv1/Conv1/kernel"] = np.zeros((3, 3, 3, 8), np.float32)


def _elsewhere(file: h5py.File) -> None:
    del file["Conv1/Conv1/kernel"]
    file["Conv1/Conv1/kernel"] = h5py.ExternalLink("/etc/passwd", "/")


def _no_numbers(file: h5py.File) -> None:
    file["Conv1/Conv1/kernel"][0, 0, 0, 0] = np.nan


def _fewer(file: h5py.File) -> None:
    file.attrs["layer_names"] = file.attrs["layer_names"][:20]


def _packed(file: h5py.File) -> None:
    del file["Conv1/Conv1/kernel"]
    file.create_dataset("Conv1/Conv1/kernel", data=np.zeros((3, 3, 3, 16), np.float32), compression="gzip")


def _large(file: h5py.File) -> None:
    file["more"] = np.zeros(2_000_000, np.float32)


def _no_names(file: h5py.File) -> None:
    del file.attrs["layer_names"]


def _names_of_nothing(file: h5py.File) -> None:
    file.attrs["layer_names"] = [b"nowhere"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_other_shape, "needs 3 × 3 × 3 × 16 of them, the file has 3 × 3 × 3 × 8"),
        (_elsewhere, "leads elsewhere"),
        (_no_numbers, "no finite numbers"),
        (_fewer, "layers with weights, 104 are needed"),
        (_packed, "compressed or in pieces"),
        (_large, "bytes, 3,640,832 at most"),
        (_no_names, "0 layers with weights"),
        (_names_of_nothing, "no group of weights"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_wrong_file_is_refused_with_its_reason_and_left_where_it_is(put, model, server_settings, change, words):
    path = put(change)
    before, weights = path.read_bytes(), model.get_layer("backbone").get_weights()
    with pytest.raises(TrainingError, match=words) as caught:
        load_published(model, RUN.model, server_settings)
    assert FILE.name in str(caught.value)
    assert path.read_bytes() == before
    for one, two in zip(model.get_layer("backbone").get_weights(), weights, strict=True):
        np.testing.assert_array_equal(one, two)


def test_what_is_no_hdf5_at_all_is_refused(put, model, server_settings):
    put().write_bytes(b"\x80\x04N." * 100)
    with pytest.raises(TrainingError, match="no HDF5 file"):
        load_published(model, RUN.model, server_settings)


def test_they_are_downloaded_once_and_checked(files, model, server_settings):
    said: list[str] = []
    assert [each.kind for each in waits.waits(RUN, server_settings)] == ["prepare", "weights"]
    fetch(RUN.model, server_settings, lambda _share, words: said.append(words))
    load_published(model, RUN.model, server_settings)
    fetch(RUN.model, server_settings, lambda _share, words: None)
    assert len(files.asked) == 1
    assert any("MB" in words for words in said)
    assert [each.kind for each in waits.waits(RUN, server_settings)] == ["prepare"]


def test_another_file_from_the_server_is_refused(files, server_settings):
    files.bodies[f"/{FILE.name}"] = b"something else"
    with pytest.raises(OfflineError, match=f"another file: expected MD5.*Put {FILE.name} into"):
        fetch(RUN.model, server_settings, lambda _share, words: None)
    assert len(missing(RUN.model, server_settings)) == 1


def test_a_run_with_a_file_put_there_by_hand_and_its_fine_tuning(tmp_path, genuine, monkeypatch):
    """The whole way through the engine: not here, put there, frozen, and the last layers from the kept weights."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    short = with_value(with_value(RUN, "training.epochs", 1), "dataset.split", FEW)
    short = with_value(short, "training.batch_size", 2_000)  # one batch a part: a step of another size is traced anew
    with engine(tmp_path) as client:

        def ended(run: RunSpec) -> Run:
            return wait_for(client, client.submit(run), lambda run: run.is_ended)

        failed = ended(short)
        assert failed.state == "failed"
        assert f"Put {FILE.name} into" in str(failed.error)
        path = client.settings.datasets_dir / FILE.folder / FILE.name
        path.write_bytes(genuine.read_bytes())
        first = ended(short)
        assert first.state == "finished", first.error
        kept = keep(client.settings.run_dir(first.id) / KEPT["last"], client.settings)
        second = ended(fine_tuned(short, kept, 8))
        assert second.state == "finished", second.error
        assert second.metrics["val_loss"].last == pytest.approx(first.metrics["val_loss"].last, abs=0.02)


def test_two_layers_of_one_network_share_a_file(server_settings):
    backbones = [layer("MobileNetV2", name, "pixels", alpha=0.35, pooling="avg") for name in ("one", "two")]
    run = spec([*IN_FRONT, *backbones, layer("Add", "both", "one", "two"), ANSWER], "digits", loss=MULTICLASS)
    assert len(missing(run.model, server_settings)) == 1
