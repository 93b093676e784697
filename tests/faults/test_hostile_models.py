"""Model files made to do harm: each is refused with its own reason, in bounded time, and nothing stays behind."""

import io
import json
import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from playground import recipes
from playground.engine import process
from playground.engine.client import Client
from playground.engine.errors import AnswerError, SpecError
from playground.engine.foreign import foreign
from tests.faults.engine import engine

SPEC = recipes.recipe("digits-mlp").spec
METADATA = b'{"keras_version": "3.15.0", "date_saved": "2026-01-01"}'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An engine that takes little: every bound of the import is in reach of a small file."""
    with engine(tmp_path_factory.mktemp("hostile"), max_model_upload_mb=20, workbenches=1, answer_s=15) as found:
        found.ensure_host()
        yield found


def layer(kind: str, name: str, module: str = "keras.layers", registered: str | None = None, **config: Any) -> Any:
    config = {"name": name, **config}
    return {"module": module, "class_name": kind, "config": config, "registered_name": registered}


def model(*layers: Any) -> dict[str, Any]:
    source = layer("InputLayer", "source", batch_shape=[None, 8, 8], dtype="float32")
    config = {"name": "theirs", "layers": [source, *layers]}
    return {"module": "keras", "class_name": "Sequential", "config": config, "registered_name": None}


PLAIN = model(layer("Flatten", "flatten"), layer("Dense", "dense", units=10, activation="softmax"))


def weights(kernel: Any = None, change: Callable[[h5py.File], None] = lambda file: None) -> bytes:
    """A weights file of :data:`PLAIN`, changed."""
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        place = file.create_group("layers/dense/vars")
        place["0"] = np.ones((64, 10), np.float32) if kernel is None else kernel
        place["1"] = np.zeros(10, np.float32)
        change(file)
    return held.getvalue()


def archive(
    config: Any = PLAIN, h5: bytes | None = None, more: Callable[[zipfile.ZipFile], None] | None = None
) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("metadata.json", METADATA)
        packed.writestr("config.json", config if isinstance(config, str | bytes) else json.dumps(config))
        packed.writestr("model.weights.h5", weights() if h5 is None else h5)
        if more is not None:
            more(packed)
    return held.getvalue()


def with_layer(*layers: Any) -> bytes:
    return archive(model(*layers))


def named(name: str) -> bytes:
    return archive(more=lambda packed: packed.writestr(name, b"x"))


def linked() -> bytes:
    link = zipfile.ZipInfo("assets/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive(more=lambda packed: packed.writestr(link, "/etc/passwd"))


def lying() -> bytes:
    """The weights say that they unpack to a few bytes, and unpack to many megabytes."""
    data = bytearray(archive(h5=bytes(60_000_000)))
    at = data.index(b"PK\x01\x02", data.rindex(b"config.json"))
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    return bytes(data)


def many_members() -> bytes:
    def add(packed: zipfile.ZipFile) -> None:
        for number in range(3000):
            packed.writestr(f"assets/{number}", b"")

    return archive(more=add)


def twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns whoever writes a name twice
        return archive(more=lambda packed: packed.writestr("config.json", json.dumps(PLAIN)))


def without(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive())) as whole, zipfile.ZipFile(held, "w") as packed:
        for member in whole.namelist():
            if member != name:
                packed.writestr(member, whole.read(member))
    return held.getvalue()


def of_keras(version: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("metadata.json", json.dumps({"keras_version": version}))
    data = without("metadata.json")
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(held, "a") as packed:
        for member in whole.namelist():
            packed.writestr(member, whole.read(member))
    return held.getvalue()


def external_link(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    file["layers/dense/vars/0"] = h5py.ExternalLink("/etc/passwd", "/")


def soft_link(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    file["layers/dense/vars/0"] = h5py.SoftLink("/layers/dense/vars/1")


def virtual(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    layout = h5py.VirtualLayout(shape=(64, 10), dtype="f4")
    layout[...] = h5py.VirtualSource("/etc/passwd", "x", shape=(64, 10))
    file.create_virtual_dataset("layers/dense/vars/0", layout)


def external_storage(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    file.create_dataset("layers/dense/vars/0", (64, 10), "f4", external=[("/etc/passwd", 0, 2560)])


def packed_bomb(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    file.create_dataset("layers/dense/vars/0", (64, 10), "f4", chunks=(64, 10), compression="gzip")


def endless(file: h5py.File) -> None:
    del file["layers/dense/vars/0"]
    file.create_dataset("layers/dense/vars/0", (10**6, 10**6), "f4", chunks=(1000, 1000))


def deep() -> bytes:
    return archive('{"a":' * 100_000 + "1" + "}" * 100_000)


def circle() -> bytes:
    def reading(name: str, of: str) -> Any:
        tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": [of, 0, 0]}}
        return {**layer("Dense", name, units=8), "name": name, "inbound_nodes": [{"args": [tensor], "kwargs": {}}]}

    source = {**layer("InputLayer", "source", batch_shape=[None, 8]), "name": "source", "inbound_nodes": []}
    ends = {"input_layers": ["source", 0, 0], "output_layers": ["b", 0, 0]}
    config = {"layers": [source, reading("a", "b"), reading("b", "a")], **ends}
    return archive({"module": "keras.src.models.functional", "class_name": "Functional", "config": config})


def nested_models() -> bytes:
    inner: Any = layer("Dense", "dense", units=1)
    for number in range(14):
        inner = layer("Sequential", f"m{number}", "keras", layers=[inner])
    return archive(model(inner))


def code() -> Any:
    value = {"module": "builtins", "class_name": "function", "config": "os.system", "registered_name": "function"}
    return layer("Dense", "dense", units=3, activation=value)


def not_a_number() -> bytes:
    kernel = np.ones((64, 10), np.float32)
    kernel[3, 3] = np.nan
    return archive(h5=weights(kernel))


CUSTOM = {"module": "theirs", "class_name": "Evil", "config": {}, "registered_name": "theirs>Evil"}
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a path upwards": (lambda: named("../../evil"), "place outside itself: '../../evil'"),
    "an absolute path": (lambda: named("/etc/cron.d/evil"), "place outside itself: '/etc/cron.d/evil'"),
    "a path of Windows": (lambda: named("assets\\..\\..\\evil"), "place outside itself"),
    "a drive": (lambda: named("C:evil"), "place outside itself: 'C:evil'"),
    "a link": (linked, "holds a link: 'assets/link'"),
    "another file": (lambda: named("evil.py"), "'evil.py', which is no part of a .keras file"),
    "a file twice": (twice, "holds 'config.json' twice"),
    "many files": (many_members, "more than 1,000 files"),
    "Lambda": (lambda: with_layer(layer("Lambda", "evil", function={})), "is a Lambda, which .* runs code"),
    "TorchModuleWrapper": (lambda: with_layer(layer("TorchModuleWrapper", "evil", module={})), "TorchModuleWrapper"),
    "TFSMLayer": (lambda: with_layer(layer("TFSMLayer", "evil", filepath="/")), "is a TFSMLayer, which .* files"),
    "a billion units": (lambda: with_layer(layer("Dense", "big", units=10**9)), "this server allows 200,000,000"),
    "a huge output": (
        lambda: with_layer(layer("Flatten", "f"), layer("RepeatVector", "big", n=10**8)),
        "values per sample; this server allows",
    ),
    "too large a number": (lambda: with_layer(layer("Dense", "big", units=10**400)), "units: expected a whole number"),
    "units of text": (lambda: with_layer(layer("Dense", "odd", units="many")), "units: expected a whole number"),
    "a custom layer": (lambda: with_layer(layer("Evil", "e", "theirs", "theirs>Evil")), 'custom object, "theirs>Evil"'),
    "a custom initializer": (
        lambda: with_layer(layer("Dense", "dense", units=3, kernel_initializer=CUSTOM)),
        'custom object, "theirs>Evil"',
    ),
    "a layer by another module": (lambda: with_layer(layer("Dense", "d", "os")), "custom object"),
    "a callable": (lambda: with_layer(code()), "function of somebody's own"),
    "zeros in the weights": (lambda: archive(h5=bytes(100_000_000)), r"model.weights.h5 unpacks to 100,000,000 bytes"),
    "a false size": (lying, "damaged or incomplete"),
    "a large configuration": (lambda: archive(b" " * 100_000_000), "config.json unpacks to 100,000,000 bytes"),
    "a large file": (lambda: archive() + bytes(20_000_000), "this server takes 20 MB .PLAYGROUND_MAX_MODEL_UPLOAD_MB"),
    "something pickled": (lambda: pickle.dumps({"a": 1}), "neither a .keras file nor Keras JSON"),
    "pickled weights": (lambda: archive(h5=pickle.dumps({"a": 1})), "model.weights.h5 is no HDF5 file"),
    "nothing": (lambda: b"", "neither a .keras file nor Keras JSON"),
    "noise": (lambda: b"PK\x03\x04" + bytes(range(256)) * 9, "its end is missing"),
    "half a file": (lambda: archive()[:-300], "its end is missing"),
    "a hole": (lambda: archive()[:200] + archive()[400:], "damaged or incomplete"),
    "an archive in an archive": (lambda: archive(archive()), "config.json is no JSON"),
    "deep nesting": (deep, "nested too deeply"),
    "deep nesting of little": (lambda: archive('{"a":' * 100 + "1" + "}" * 100), "nested more than 60 levels"),
    "models in models": (nested_models, "nested more than 12 deep"),
    "NaN in the configuration": (lambda: archive(json.dumps({**PLAIN, "x": float("nan")})), "holds NaN"),
    "NaN in the weights": (not_a_number, "1 values that are no finite numbers"),
    "no configuration": (lambda: without("config.json"), "holds no config.json"),
    "no weights": (lambda: without("model.weights.h5"), "holds no model.weights.h5"),
    "no metadata": (lambda: without("metadata.json"), "holds no metadata.json"),
    "Keras 2": (lambda: of_keras("2.15.0"), "written by Keras 2.15.0"),
    "JSON of Keras 2": (lambda: json.dumps({**PLAIN, "keras_version": "2.9.0"}).encode(), "written by Keras 2.9.0"),
    "HDF5 of Keras 2": (weights, "HDF5 file of Keras 2"),
    "a link to another file": (lambda: archive(h5=weights(change=external_link)), "leads elsewhere"),
    "a soft link": (lambda: archive(h5=weights(change=soft_link)), "leads elsewhere"),
    "a virtual array": (lambda: archive(h5=weights(change=virtual)), "lie in another file"),
    "an array in another file": (lambda: archive(h5=weights(change=external_storage)), "lie in another file"),
    "a compressed array": (lambda: archive(h5=weights(change=packed_bomb)), "compressed or in pieces"),
    "an array of terabytes": (lambda: archive(h5=weights(change=endless)), "compressed or in pieces"),
    "an array of text": (lambda: archive(h5=weights(np.full((64, 10), b"x"))), "expected floating-point numbers"),
    "an array of whole numbers": (lambda: archive(h5=weights(np.ones((64, 10), int))), "received int64"),
    "half an HDF5 file": (lambda: archive(h5=weights()[:900]), "no HDF5 file, or a damaged one"),
    "a circle": (circle, "read each other in a circle"),
    "no object": (lambda: archive("[1, 2]"), "expected a JSON object"),
    "no model": (lambda: archive(layer("Dense", "dense", units=1)), "expected a Sequential or Functional"),
    "no layers": (lambda: archive({**PLAIN, "config": {"layers": []}}), "has no layers"),
    "layers of nothing": (lambda: archive({**PLAIN, "config": {"layers": [1, None]}}), "Expected the configuration"),
    "a thousand layers": (
        lambda: archive(model(*(layer("ReLU", f"r{number}") for number in range(1000)))),
        "more than 500 layers",
    ),
    "a shape of nothing": (
        lambda: archive(
            {**PLAIN, "config": {"layers": [layer("InputLayer", "i", batch_shape="x"), layer("ReLU", "r")]}}
        ),
        "expected a shape",
    ),
}


def test_the_file_that_the_others_are_made_from_is_taken(client: Client):
    found = foreign(client, archive(), SPEC, is_kept=True)
    assert [each["kind"] for each in found["model"]["layers"]] == ["Flatten", "Dense"]
    assert (client.settings.weights_dir / f"{found['model']['weights']}.weights.h5").exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_and_nothing_stays(name: str, client: Client, tmp_path: Path):
    make, words = HOSTILE[name]
    before = _everything(client)
    with pytest.raises(SpecError, match=words):
        foreign(client, make(), SPEC, is_kept=True)
    assert _everything(client) == before
    assert client.ask("shapes", {"spec": SPEC.model_dump()})[0]["error"] is None, "the workbench goes on"


def test_a_file_that_takes_too_long_ends_the_workbench_and_not_the_engine(tmp_path: Path):
    with engine(tmp_path, workbenches=1, answer_s=0.001) as client:
        client.ensure_host()
        host = client.ping()
        with pytest.raises(AnswerError, match="PLAYGROUND_ANSWER_S"):
            foreign(client, archive(), SPEC)
        assert client.ping() == host
        assert list(client.settings.uploads_dir.iterdir()) == []
        assert process.started_at(host["pid"]) is not None


def _everything(client: Client) -> list[str]:
    """All files of the home besides logs and the store."""
    home = client.settings.home
    folders = (client.settings.uploads_dir, client.settings.weights_dir, home / "runs", home / "prepared")
    return sorted(str(file) for folder in folders for file in folder.rglob("*"))
