"""The command line as a user types it: real processes, exit statuses, one line on standard error for bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playground import recipes
from playground.engine.client import Client
from playground.runs.weights import keep
from tests.faults.engine import engine

pytestmark = pytest.mark.contract

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("cli")) as client:
        yield client


@pytest.fixture
def command(client) -> Run:
    environment = {
        **os.environ,
        "PLAYGROUND_HOME": str(client.settings.home),
        "PLAYGROUND_SLOTS_DIR": str(client.settings.slots_dir),
    }

    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "playground", *args]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)

    return run


def test_run_json_prints_one_object_and_ends_although_the_host_lives_on(client, command):
    # capture_output reads to the end of both pipes: a host that held one of them would keep it open for minutes.
    done = command("run", "digits-mlp", "--json", "--set", "training.epochs=2", "--set", "seed=3")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {
        "id",
        "state",
        "parameters",
        "epochs",
        "steps",
        "seconds",
        "host_start_s",
        "first_point_s",
        "steps_per_s",
        "device",
        "metrics",
        "test",
        "baseline",
        "error",
        "verdict",
    }
    assert (result["state"], result["epochs"], result["error"]) == ("finished", 2, None)
    assert result["metrics"]["loss"]["best_epoch"] == 2
    assert result["test"]["accuracy"] > result["baseline"]["accuracy"]
    assert result["first_point_s"] > 0
    assert result["verdict"]["kind"] == "not-finished"
    assert result["verdict"]["remedies"][0]["changes"] == ["training.epochs: 2 -> 10"]
    assert client.ping() is not None
    assert client.store.runs.spec(result["id"]).seed == 3


def test_a_run_starts_from_the_weights_of_another(command):
    made = ("--set", "training.epochs=1", "--set", "seed=3", "--json")
    first = json.loads(command("run", "digits-mlp", *made).stdout)
    second = json.loads(command("run", "digits-mlp", "--from", first["id"], *made).stdout)
    assert second["metrics"]["loss"]["last"] < 0.8 * first["metrics"]["loss"]["last"]
    for args, words in (
        (("--from", first["id"], "--thaw", "3"), "no frozen network"),
        (("--thaw", "3"), "--thaw goes with --from"),
    ):
        done = command("run", "digits-mlp", *args)
        assert done.returncode == 2
        assert words in done.stderr


def test_run_without_json_ends_with_the_run_and_its_numbers(command):
    done = command("run", "iris-mlp", "--set", "training.epochs=2")
    assert done.returncode == 0, done.stderr
    assert "Finished after 2 epochs" in done.stdout
    assert "test accuracy" in done.stdout


def test_a_run_that_fails_says_why_and_exits_with_1(command):
    done = command(
        "run", "digits-mlp", "--set", "training.optimizer.kind=SGD", "--set", "training.optimizer.learning_rate=1e30"
    )
    assert done.returncode == 1
    assert "Loss became" in done.stderr
    assert "Traceback" not in done.stderr


def test_recipes_are_listed(command):
    listed = json.loads(command("recipes", "--json").stdout)
    assert [recipe["name"] for recipe in listed] == list(recipes.names())
    printed = command("recipes").stdout
    assert [name for name in recipes.names() if name not in printed] == []


def test_catalog_entries_have_id_group_and_arguments(command):
    layers = json.loads(command("catalog", "layers", "--json").stdout)
    dense = next(entry for entry in layers if entry["id"] == "Dense")
    assert dense["group"]
    assert dense["arguments"][0]["name"] == "units"


def test_summary_gives_keras_s_own_parameters(command):
    found = json.loads(command("summary", "digits-cnn", "--json").stdout)
    assert found["parameters"] == sum(layer["parameters"] for layer in found["layers"])
    assert [layer["output_shape"] for layer in found["layers"]][-1] == [10]


def test_code_is_a_python_script(command):
    source = command("code", "digits-mlp").stdout
    compile(source, "digits-mlp.py", "exec")
    assert "import keras" in source


def test_code_is_a_notebook_too(command):
    found = json.loads(command("code", "digits-mlp", "--notebook").stdout)
    assert (found["nbformat"], found["cells"][0]["cell_type"]) == (4, "markdown")


def test_code_that_loads_weights_says_where_they_lie(command, client, tmp_path):
    source, file = tmp_path / "weights", tmp_path / "going-on.json"
    source.write_bytes(b"some weights")
    kept = keep(source, client.settings)
    spec = recipes.recipe("digits-mlp").spec
    for digest, said in ((kept, str(client.settings.weights_dir / kept)), ("ab" * 32, "which is not in")):
        file.write_text(spec.model_copy(update={"model": spec.model.model_copy(update={"weights": digest})}).to_json())
        done = command("code", str(file))
        assert (done.returncode, said in done.stderr) == (0, True), done.stderr
        assert f"{digest}.weights.h5" in done.stdout


def test_runs_are_listed_and_shown(command):
    run_id = json.loads(command("run", "iris-mlp", "--json", "--set", "training.epochs=1").stdout)["id"]
    assert run_id in [run["id"] for run in json.loads(command("runs", "list", "--json").stdout)]
    shown = json.loads(command("runs", "show", run_id, "--json").stdout)
    assert shown["run"]["state"] == "finished"
    assert shown["events"][0]["kind"] == "queued"
    assert "finished" in command("runs", "show", run_id).stdout
    unknown = command("runs", "show", "nothing")
    assert unknown.returncode == 2
    assert unknown.stderr == "There is no run 'nothing'\n"


def test_doctor_names_devices_versions_store_and_datasets_dir(client, command):
    found = json.loads(command("doctor", "--json").stdout)
    assert found["datasets_dir"] == str(client.settings.datasets_dir)
    assert Path(found["datasets_dir"]).is_dir()
    assert found["packages"]["keras"]
    assert found["devices"]
    assert str(client.settings.home) in found["store"]


BAD: list[tuple[list[str], list[str]]] = [
    (["run", "digit-mlp"], ["digit-mlp", "digits-mlp"]),
    (["run", "nothing-like-it.json"], ["nothing-like-it.json"]),
    (["run", "digits-mlp", "--set", "training.epochs=ten"], ["training.epochs", "ten"]),
    (["run", "digits-mlp", "--set", "training.batch_size=0"], ["training.batch_size", "0"]),
    (["run", "digits-mlp", "--set", "training.optimizer.learning_rate=-1"], ["learning_rate", "-1"]),
    (["run", "digits-mlp", "--set", "training.optimizer.learning_rate=fast"], ["learning_rate", "fast"]),
    (["run", "digits-mlp", "--set", "training.epoch=3"], ["training.epoch", "epochs"]),
    (
        ["run", "digits-mlp", "--set", "model.layers.hidden.units=1000000000000"],
        ["hidden", "PLAYGROUND_MAX_PARAMETERS"],
    ),
    (["run", "digits-mlp", "--set", "training.epochs=1000000000"], ["epochs", "PLAYGROUND_MAX_EPOCHS"]),
    (["run", "digits-mlp", "--set", "dataset.source=digit"], ["digit", "digits"]),
    (["run", "digits-mlp", "--set", "training.loss.kind=CrossEntropy"], ["CrossEntropy"]),
    (["runs", "list", "--limit", "0"], ["limit"]),
    (["nothing"], ["nothing", "recipes"]),
    (["catalog", "layer"], ["layer", "layers"]),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=" ".join)
def test_bad_input_is_one_line_with_what_and_why(client, command, args, words):
    before = client.store.runs.count()
    done = command(*args)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert client.store.runs.count() == before


def _with_layer(layer: dict[str, object], at: int) -> dict[str, object]:
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    layers = spec["model"]["layers"]
    spec["model"]["layers"] = [*layers[:at], layer, *layers[at:]]
    return spec


BAD_FILES: dict[str, tuple[object, list[str]]] = {
    "a convolution after Flatten": (
        _with_layer(
            {
                "kind": "Conv2D",
                "name": "conv",
                "args": {"filters": 4, "kernel_size": 3, "activation": None},
                "inputs": [],
            },
            1,
        ),
        ["conv"],
    ),
    "RepeatVector of 10^8": (
        _with_layer({"kind": "RepeatVector", "name": "again", "args": {"n": 10**8}, "inputs": []}, 1),
        ["again", "PLAYGROUND_MAX_VALUES"],
    ),
    "an unknown layer": (
        _with_layer({"kind": "Denze", "name": "denze", "args": {}, "inputs": []}, 1),
        ["Denze", "Dense"],
    ),
    "a Lambda": (
        _with_layer({"kind": "Lambda", "name": "mine", "args": {"function": "print"}, "inputs": []}, 1),
        ["Lambda"],
    ),
    "no spec at all": ([1, 2, 3], ["spec"]),
    "a missing part": ({"version": 1, "dataset": {"source": "digits"}}, ["model"]),
    "a later version": ({"version": 99}, ["99"]),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_refused_in_one_line(client, command, tmp_path, name):
    spec, words = BAD_FILES[name]
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(spec))
    before = client.store.runs.count()
    done = command("run", str(path))
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert client.store.runs.count() == before


def test_a_file_that_is_too_large_or_no_json_is_refused(command, tmp_path):
    large, broken = tmp_path / "large.json", tmp_path / "broken.json"
    large.write_bytes(b" " * 2_000_000)
    broken.write_text("{")
    assert "larger than" in command("run", str(large)).stderr
    done = command("run", str(broken))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_stop_ends_the_host_once(client, command):
    client.ensure_host()
    assert command("stop").stdout.startswith("The host has ended.")
    assert client.ping() is None
    assert command("stop").stdout == "There is no host.\n"


FASHION, HUNDRED = 337_674, 3_991


def test_summary_counts_parameters_without_data(command, tmp_path):
    done = command("summary", "fashion-mnist", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["parameters"] == found["trainable"] == FASHION
    assert found["multiply_adds"] == 784 * 256 + 256 * 512 + 512 * 10
    assert [layer["multiply_adds"] for layer in found["layers"]] == [0, 784 * 256, 0, 256 * 512, 512 * 10]
    memory = found["memory"]
    assert memory["weights_bytes"] == memory["gradients_bytes"] == 4 * FASHION
    assert 0 <= memory["optimizer_bytes"] - 8 * FASHION <= 32
    assert memory["peak_bytes"] > 16 * FASHION + memory["batch_size"] * sum(x["kept_bytes"] for x in found["layers"])
    assert memory["largest_batch"] >= 1
    units = [30, 30, 1]
    layers = [{"kind": "Dense", "name": f"dense_{at}", "args": {"units": n}} for at, n in enumerate(units)]
    spec = {
        "version": 1,
        "dataset": {"source": "plane", "options": {"n_features": 100}},
        "model": {"layers": layers},
        "training": {"optimizer": {"kind": "SGD"}, "loss": {"kind": "MeanSquaredError"}},
    }
    path = tmp_path / "hundred.json"
    path.write_text(json.dumps(spec))
    done = command("summary", str(path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["parameters"] == HUNDRED
    done = command("summary", str(path))
    assert "3,991 parameters in all" in done.stdout
    assert "3,930 multiply-adds" in done.stdout
