"""What is taken away answers as the network did: each form read again in a process that has nothing else."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pyarrow.parquet
import pytest

from playground import data
from playground.engine.export_files import FORMS as OFFERED
from playground.engine.export_files import export_of, export_path
from playground.engine.export_jobs import EXPORT_JOBS
from playground.export.texts import texts
from playground.insight import export_check, run_archive
from playground.insight.archive_words import check_json
from playground.insight.model_forms import FORMS, FormError, tolerance, write
from playground.insight.predict import predictions
from playground.runs import open_store
from playground.runs.scalars import table
from playground.settings import Settings, settings
from playground.specs.run_spec import FULL
from playground.training import session
from playground.training.build import build
from tests.contract.training.specs import (
    CHANNEL,
    DIGITS_CNN,
    DIGITS_LSTM,
    MLP,
    MULTICLASS,
    SCALED,
    chosen,
    layer,
    spec,
)

MODELS = {
    "dense": spec(MLP),
    "cnn": spec(DIGITS_CNN, "digits", steps=(SCALED, CHANNEL), loss=MULTICLASS),
    "lstm": spec(DIGITS_LSTM, "digits", steps=(SCALED,), loss=MULTICLASS),
}
SWISH = chosen("Formula", formula="x * sigmoid(b * x) with b = 2")
CURVED = [
    layer("Dense", "hidden", units=4),
    layer("Activation", "bend", activation=SWISH),
    layer("Dense", "output", units=1, activation="sigmoid"),
]
FRESH = "import sys, check; from pathlib import Path; sys.exit(max(check.main(Path(each)) for each in sys.argv[1:]))"


def test_a_page_offers_what_can_be_written():
    assert tuple(FORMS) == OFFERED == tuple(export_check.FORMS)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_form_of_every_kind_of_network_answers_alike_in_a_fresh_process(home, tmp_path):
    folders = []
    for name, case in MODELS.items():
        prepared = data.prepare(case.dataset, case.seed, settings())
        keras.utils.set_random_seed(2)
        model = build(case.model, prepared.facts.input_shape, prepared.facts.input_dtype)
        inputs = np.asarray(prepared.array("x_validation")[:8])
        answers = predictions(model, inputs)
        folder = tmp_path / name
        folder.mkdir()
        np.save(folder / "inputs.npy", inputs)
        np.save(folder / "answers.npy", answers)
        notes = {form: write(model, form, folder) for form in FORMS}
        assert notes["tflite"] == "One row at a time, with the operations of TensorFlow Lite alone."
        allowed = {form: tolerance(form, FULL, float(np.abs(answers).max())) for form in FORMS}
        (folder / "check.json").write_text(check_json(allowed))
        folders.append(folder)
    (tmp_path / "check.py").write_bytes(Path(export_check.__file__).read_bytes())
    command = [sys.executable, "-c", FRESH, *map(str, folders)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.count(" same: ") == len(MODELS) * len(FORMS)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of a network with a formula in it, and event files; what its name would do in a spreadsheet is no good."""
    case = spec(CURVED, epochs=2, callbacks=(chosen("TensorBoard"),))
    case = case.model_copy(update={"name": "=1+1"})
    of = Settings(home=tmp_path_factory.mktemp("exports"))
    store = open_store(of)
    run_id = store.runs.create(case, "local")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    prepared = data.prepare(case.dataset, case.seed, of)
    session.train(case, prepared, store.runs.journal(run_id), of.run_dir(run_id), of, {"device": "CPU"})
    run = store.runs.run(run_id)
    assert run.state == "finished", run.error
    return SimpleNamespace(settings=of, store=store, run=run, spec=case)


def made(trained, forms, changes=()):
    """The job's result and the path of its zip."""
    asking = export_of(trained.run.id, trained.run.seq, forms, "best", texts(trained.spec))
    job = SimpleNamespace(key=asking.key, args={**asking.args, **dict(changes)})
    result = EXPORT_JOBS["export"](job, trained.settings, lambda *_: None)
    return json.loads(json.dumps(result)), export_path(trained.settings, trained.run.id, asking.key)


@pytest.mark.timeout(900)
def test_a_run_as_a_zip(trained, tmp_path):
    result, path = made(trained, ("keras", "saved_model"))
    assert [(form["form"], form["error"]) for form in result["forms"]] == [("keras", ""), ("saved_model", "")]
    assert all(form["difference"] <= form["tolerance"] for form in result["forms"])
    assert result["size"] == path.stat().st_size
    with zipfile.ZipFile(path) as packed:
        inside = {name.removeprefix(f"run-{trained.run.id}/"): packed.read(name) for name in packed.namelist()}
    wanted = (
        "README.md requirements.txt settings.json script.py notebook.ipynb formulas.py run.json report.html check.py"
    )
    wanted += " inputs.npy answers.npy check.json model.keras saved_model/saved_model.pb"
    wanted += " events.csv events.parquet scalars.csv scalars.parquet"
    assert set(wanted.split()) <= set(inside)
    assert any(name.startswith("tensorboard/train/events.out.tfevents") for name in inside)
    assert type(trained.spec).from_json(inside["settings.json"].decode()) == trained.spec
    assert json.loads(inside["run.json"])["id"] == trained.run.id
    assert b"model.keras" in inside["README.md"]
    assert f"keras=={keras.__version__}" in inside["requirements.txt"].decode().splitlines()

    events = trained.store.runs.events(trained.run.id)
    rows = list(csv.DictReader(io.StringIO(inside["events.csv"].decode())))
    assert [(int(row["seq"]), row["kind"], json.loads(row["data"])) for row in rows] == [
        (event.seq, event.kind, dict(event.data)) for event in events
    ]
    columns = pyarrow.parquet.read_table(io.BytesIO(inside["events.parquet"])).to_pylist()
    assert [str(row["seq"]) for row in columns] == [row["seq"] for row in rows]
    assert [row["data"] for row in columns] == [row["data"] for row in rows]

    assert inside["scalars.csv"].decode() == table(trained.store, [trained.run.id])
    numbers = pyarrow.parquet.read_table(io.BytesIO(inside["scalars.parquet"])).to_pylist()
    listed = list(csv.DictReader(io.StringIO(inside["scalars.csv"].decode())))
    assert {row["name"] for row in listed} == {"'=1+1"}
    assert {row["name"] for row in numbers} == {"=1+1"}
    assert [np.float32(row["value"]) for row in numbers] == [np.float32(row["value"]) for row in listed]
    last = [row["value"] for row in numbers if (row["at"], row["metric"]) == ("epoch", "val_loss")][-1]
    assert last == trained.run.metrics["val_loss"].last


def answers_off(difference):
    def found(folder, forms, formulas, progress):
        assert formulas == ["x * sigmoid(b * x) with b = 2"]
        return [{"form": form, "difference": difference} for form in forms]

    return found


def test_a_form_that_answers_otherwise_is_left_out(trained, monkeypatch):
    monkeypatch.setattr(run_archive, "fresh_check", answers_off(0.5))
    result, path = made(trained, ("keras",))
    (form,) = result["forms"]
    assert form["error"] == "Its answers differ by 0.5, more than the 1e-05 that are allowed."
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        said = packed.read(f"run-{trained.run.id}/README.md").decode()
    assert not any(name.endswith("model.keras") for name in names)
    assert "| Keras 3 | left out |" in said


def test_a_form_that_cannot_be_written_is_left_out(trained, monkeypatch):
    def refuse(model, form, folder):
        if form == "tflite":
            (folder / "model.tflite").write_bytes(b"half of it")
            raise FormError("NotImplementedError: no such operation")
        return ""

    monkeypatch.setattr(run_archive, "write", refuse)
    monkeypatch.setattr(run_archive, "fresh_check", answers_off(0.0))
    result, path = made(trained, ("keras", "tflite"))
    assert [form["error"] for form in result["forms"]] == [
        "",
        "It cannot be written so. NotImplementedError: no such operation",
    ]
    with zipfile.ZipFile(path) as packed:
        assert not any(name.endswith(".tflite") for name in packed.namelist())


def test_a_cancelled_export_leaves_nothing(trained):
    class CancelledError(Exception):
        pass

    def progress(share, words):
        if "fresh process" in words:
            raise CancelledError

    asking = export_of(trained.run.id, trained.run.seq, ("weights",), "last", {})
    with pytest.raises(CancelledError):
        EXPORT_JOBS["export"](SimpleNamespace(key=asking.key, args=asking.args), trained.settings, progress)
    path = export_path(trained.settings, trained.run.id, asking.key)
    assert [each.name for each in path.parent.iterdir() if each.suffix != ".zip"] == []
    assert not path.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"forms": ["pickle"]}, "no zip holds"),
        ({"which": "../../etc"}, "no zip holds"),
        ({"texts": {"../x.py": ""}}, "no zip holds"),
        ({"run": "nosuchrun"}, "has been deleted"),
    ],
    ids=["form", "weights", "file", "run"],
)
def test_what_is_refused(trained, changes, words):
    with pytest.raises(data.DataError, match=words):
        made(trained, (), changes)


def test_more_than_the_server_gives_away_is_refused(trained):
    few = trained.settings.model_copy(update={"max_export_mb": 0})
    trained = SimpleNamespace(**(vars(trained) | {"settings": few}))
    with pytest.raises(data.DataError, match="PLAYGROUND_MAX_EXPORT_MB"):
        made(trained, ())


def test_the_oldest_zips_make_room(trained):
    def at(seq):
        return made(SimpleNamespace(**(vars(trained) | {"run": SimpleNamespace(id=trained.run.id, seq=seq)})), ())[1]

    paths = [at(seq) for seq in range(4)]
    assert len(set(paths)) == 4
    assert [path.exists() for path in paths] == [False, True, True, True]


@pytest.mark.parametrize(
    ("found", "wanted", "off"),
    [
        ([1.0, 2.0], [1.0, 2.5], 0.5),
        ([np.nan, 2.0], [np.nan, 2.0], 0.0),
        ([1.0, 2.0], [np.nan, 2.0], np.inf),
        ([1.0], [1.0, 2.0], np.inf),
        ([], [], 0.0),
    ],
)
def test_how_far_answers_are_apart(found, wanted, off):
    assert export_check.difference(np.array(found), np.array(wanted)) == off
