"""Data that is read while training gives the numbers of data that lies on the device."""

from typing import Any

import keras
import numpy as np
import pytest

from playground import data
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.order import order
from playground.training.build import build, compile_model
from playground.training.evaluate import Evaluation
from playground.training.part import Part, part_of
from playground.training.resident import Resident
from playground.training.steps import Steps
from playground.training.streamed import Streamed
from playground.training.streamed_evaluation import StreamedEvaluation
from tests.contract.training.specs import chosen
from tests.contract.training.test_equality import CASES
from tests.contract.training.test_quicker import DROPPING
from tests.contract.training.test_reconstruction import autoencoder
from tests.contract.training.waiting import ENDLESS, trained_in, until
from tests.sweeps import some

CHOSEN = (
    "an MLP with Adam and an uneven last batch",
    "a batch larger than the data",
    "batches that come out even",
    "a CNN with batch normalisation, dropout and L2",
    "an LSTM with a decaying rate",
    "one-hot targets",
)
"""Those whose data, batches or random numbers are of a kind of their own; optimizers read no data."""
ALL = {name: CASES[name] for name in CHOSEN} | {
    "dropout, noise and batch normalisation": DROPPING,
    "inputs that are rebuilt": with_value(autoencoder("digits"), "training.batch_size", 100),
}


def made(case: RunSpec, folder: Any) -> tuple[keras.Model, Any, Part, Part]:
    prepared = data.prepare(case.dataset, case.seed, Settings(home=folder), None)
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(case.seed)
    model = build(case.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    compile_model(model, case.training)
    return model, prepared.facts, *(part_of(prepared, name, case.training) for name in ("train", "validation"))


def epochs(steps: Steps, seed: int, n: int = 2) -> tuple[np.ndarray, list[dict[str, float]]]:
    """All batches of ``n`` epochs, trained in blocks of growing length, and each epoch's metrics."""
    values, closed = [], []
    for epoch in range(n):
        rows, done, size = order(seed, epoch, steps.n), 0, 1
        while done < steps.steps_per_epoch:
            block = steps.block(rows, done, size)
            values.append(block.values)
            done, size = done + len(block.values), 2 * size
        closed.append(block.closed)
    return np.concatenate(values), closed


@pytest.mark.parametrize("name", some(ALL, 2))
def test_batches_epochs_and_scores_are_those_of_resident_data(name, tmp_path):
    case = ALL[name]
    size = case.training.batch_size
    found = []
    for is_streamed in (False, True):
        model, _, train, validation = made(case, tmp_path)
        steps = Streamed(model, train, size) if is_streamed else Resident(model, *train.whole(), size)
        trained = epochs(steps, case.seed)
        passes = (
            StreamedEvaluation(model, validation, size) if is_streamed else Evaluation(model, *validation.whole(), size)
        )
        found.append((*trained, [passes.values(), passes.values()], model.get_weights()))
    (values, closed, scores, weights), (values_2, closed_2, scores_2, weights_2) = found
    np.testing.assert_allclose(values_2, values, rtol=1e-6, atol=1e-7)
    assert closed_2 == [pytest.approx(epoch, rel=1e-6, abs=1e-7) for epoch in closed]
    assert scores_2 == [pytest.approx(each, rel=1e-6, abs=1e-7) for each in scores]
    for mine, expected in zip(weights_2, weights, strict=True):
        np.testing.assert_allclose(mine, expected, rtol=1e-5, atol=1e-6)


def test_another_order_gives_other_numbers(tmp_path):
    """The control: the comparison above can fail."""
    case = CASES["an MLP with SGD"]
    losses = []
    for seed in (1, 1, 2):
        model, _, train, _ = made(case, tmp_path)
        losses.append(epochs(Streamed(model, train, 32), seed)[0][:, 0])
    np.testing.assert_array_equal(losses[0], losses[1])
    assert np.abs(losses[0] - losses[2]).max() > 1e-3


def test_an_epoch_may_begin_anywhere_and_once_more(tmp_path):
    """As where a run goes on from the middle of an epoch, or back to it."""
    model, _, train, _ = made(CASES["an MLP with SGD"], tmp_path)
    model.optimizer.learning_rate = 0.0  # so that a batch's loss does not depend on the ones before it
    streamed, rows = Streamed(model, train, 32), order(3, 0, len(train))
    whole = np.concatenate([streamed.block(rows, 0, 100).values, streamed.block(rows, streamed.whole, 1).values])
    assert len(whole) == streamed.steps_per_epoch
    np.testing.assert_allclose(streamed.block(rows, 2, 1).values, whole[2:3], rtol=1e-6)
    np.testing.assert_allclose(streamed.block(rows, 1, 2).values, whole[1:3], rtol=1e-6)
    assert np.abs(whole[2] - whole[1]).max() > 1e-3, "batches can be told apart"


def test_the_step_that_xla_compiles_is_that_of_graph_mode(tmp_path):
    values = []
    for is_xla in (False, True):
        model, _, train, _ = made(DROPPING, tmp_path)
        streamed = Streamed(model, train, 50)
        if is_xla:
            before = model.get_weights()
            streamed.compile()
            for was, now in zip(before, model.get_weights(), strict=True):
                np.testing.assert_array_equal(was, now, "compiling trains nothing")
            streamed.is_xla = True
        values.append(epochs(streamed, 1)[0])
    np.testing.assert_allclose(values[1], values[0], rtol=2e-4, atol=1e-5)


def test_the_size_is_that_of_the_arrays_as_the_loss_reads_them(tmp_path):
    for name in ("batches that come out even", "one-hot targets", "inputs that are rebuilt"):
        case = ALL[name]
        prepared = data.prepare(case.dataset, case.seed, Settings(home=tmp_path), None)
        train = part_of(prepared, "train", case.training)
        x, y = train.whole()
        assert train.size == x.nbytes + (0 if y is x else y.nbytes), name


STOPPING = [
    chosen("EarlyStopping", monitor="val_loss", patience=3, min_delta=0.02),
    chosen("ReduceLROnPlateau", monitor="val_loss", patience=1, min_delta=0.02),
]


def test_a_run_that_has_no_room_for_its_data_reads_it_and_says_so(trained):
    case = with_value(with_value(DROPPING, "epochs", 40), "training.callbacks", STOPPING)
    plain, read = (trained(case, resident_mb=mb).train() for mb in (None, 0))
    assert plain.run.state == read.run.state == "finished", read.run.error
    assert plain.run.streamed is None
    assert read.run.streamed == {"bytes": 200 * 12, "room_bytes": 0}
    for name in ("batch/loss", "epoch/loss", "epoch/val_loss", "epoch/learning_rate"):
        np.testing.assert_allclose(read.column(name), plain.column(name), rtol=1e-5, err_msg=name)
    assert read.run.epoch == plain.run.epoch < 40, "a callback ended it"
    assert len(set(plain.column("epoch/learning_rate"))) > 1, "and another changed the rate"
    assert read.run.test == pytest.approx(plain.run.test, rel=1e-5)


def test_a_run_that_reads_its_data_hears_every_request(trained, in_blocks):
    run = trained(with_value(CASES["an MLP with SGD"], "epochs", ENDLESS), resident_mb=0)
    thread = run.in_background()
    requests = run.store.runs
    until(lambda: run.run.step > 0)
    pause = requests.ask(run.id, "pause")
    until(lambda: run.run.acknowledged == pause)
    stood = run.run
    assert (stood.state, stood.streamed is not None) == ("paused", True)
    step = requests.ask(run.id, "step")
    until(lambda: run.run.acknowledged == step)
    assert run.run.step == stood.step + 1
    resume = requests.ask(run.id, "resume")
    until(lambda: run.run.acknowledged == resume and run.run.step > stood.step + 10)
    stop = requests.ask(run.id, "stop")
    trained_in(thread)
    assert (run.run.state, run.run.acknowledged) == ("stopped", stop)
    steps = run.column("batch/step")
    np.testing.assert_array_equal(steps, np.arange(1, len(steps) + 1))
