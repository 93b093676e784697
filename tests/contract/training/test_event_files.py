"""Event files for TensorBoard hold what the run recorded, however it ended, and change nothing of the training."""

from pathlib import Path

import keras
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from playground import data
from playground.export import script
from playground.runs import open_store
from playground.runs.artifacts import EVENT_FILES
from playground.settings import settings
from playground.training import event_files, session
from playground.training.errors import StoppedError, TrainingError
from tests.contract.training.specs import chosen, spec

ALL = {"tensors": 0}


def trained(store, **args):
    """A run of three epochs with event files, or without any."""
    callbacks = (chosen("TensorBoard", **args),) if args else ()
    case = spec(epochs=3, callbacks=callbacks)
    run_id = store.runs.create(case, "local")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    prepared = data.prepare(case.dataset, case.seed, settings())
    folder = settings().run_dir(run_id)
    session.train(case, prepared, store.runs.journal(run_id), folder, settings(), {"device": "CPU"})
    return store.runs.run(run_id), folder / EVENT_FILES


def written(folder: Path, part: str) -> dict[str, list[tuple[int, float]]]:
    """By tag, steps and values of a part's event files; of a histogram the steps alone."""
    found = EventAccumulator(str(folder / part), ALL)
    found.Reload()
    read = {}
    for tag in found.Tags()["tensors"]:
        values = [(each.step, tf.make_ndarray(each.tensor_proto)) for each in found.Tensors(tag)]
        read[tag] = [
            (step, float(value) if value.ndim == 0 and value.dtype.kind == "f" else 0.0) for step, value in values
        ]
    return read


def recorded(store, run_id, prefix):
    columns = {}
    for event in store.runs.events(run_id):
        for name, values in event.columns.items():
            if name.startswith(f"{prefix}/"):
                columns.setdefault(name.removeprefix(f"{prefix}/"), []).extend(values.tolist())
    return columns


def test_epochs_are_written_as_they_were_recorded(home):
    store = open_store(settings())
    plain, nothing = trained(store)
    run, folder = trained(store, histogram_freq=2)
    assert run.state == "finished", run.error
    assert not nothing.exists()
    assert recorded(store, run.id, "epoch")["loss"] == recorded(store, plain.id, "epoch")["loss"]
    values, train, validation = (
        recorded(store, run.id, "epoch"),
        written(folder, "train"),
        written(folder, "validation"),
    )
    for name in ("loss", "accuracy"):
        for tags, wanted in ((train, values[name]), (validation, values[f"val_{name}"])):
            assert tags[f"epoch_{name}"] == [(epoch, pytest.approx(value)) for epoch, value in enumerate(wanted)]
    assert [step for step, _ in train["hidden/kernel/histogram"]] == [0, 2]
    assert not any(tag.startswith("batch_") for tag in train)


def test_batches_are_written_when_they_are_wanted(home):
    store = open_store(settings())
    run, folder = trained(store, update_freq="batch")
    assert run.state == "finished", run.error
    batches, train = recorded(store, run.id, "batch"), written(folder, "train")
    assert [step for step, _ in train["batch_loss"]] == batches["step"]
    assert len(train["epoch_loss"]) == 3


def test_what_a_stopped_training_wrote_is_complete(home):
    board = event_files.callback("TensorBoard", {}, home)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")

    def stopped():
        with event_files.closed([board]):
            board.set_model(model)
            board.on_train_begin()
            board.on_epoch_end(0, {"loss": 0.5, "val_loss": 0.25})
            raise StoppedError("Enough.", None)

    with pytest.raises(StoppedError):
        stopped()
    assert written(home / EVENT_FILES, "train")["epoch_loss"] == [(0, 0.5)]
    assert written(home / EVENT_FILES, "validation")["epoch_loss"] == [(0, 0.25)]
    board.close()  # once more is nothing


def test_without_tensorboard_it_is_said_what_to_do(home, monkeypatch):
    monkeypatch.setattr(event_files.util, "find_spec", lambda name: None)
    with pytest.raises(TrainingError, match="pip install tensorboard"):
        event_files.callback("TensorBoard", {}, home)
    assert event_files.callback("EarlyStopping", {}, home).patience == 0


def test_a_script_writes_them_too():
    case = spec(callbacks=(chosen("TensorBoard", histogram_freq=2),))
    assert "callbacks=[keras.callbacks.TensorBoard(histogram_freq=2)]," in script(case)
