"""A run that follows the record of another changes programs at the same steps, and gives the same to the last bit."""

import numpy as np

from playground.runs.record import Change, Record, record
from playground.specs.edit import with_value
from playground.training import programs, quicker, session
from tests.contract.training.conftest import Trained
from tests.contract.training.go_on import NEVER
from tests.contract.training.specs import layer, spec

CASE = spec(
    [
        layer("Dense", "hidden", units=8, activation="tanh"),
        layer("Dropout", "drop", rate=0.3),
        layer("Dense", "output", units=1, activation="sigmoid"),
    ],
    batch_size=50,
    epochs=30,
)


def followed(run: Trained, of: Record, monkeypatch) -> Trained:
    """``run``, trained after the record ``of``."""
    train = session.train
    with monkeypatch.context() as patched:
        patched.setattr(session, "train", lambda *args: train(*args, record=of))
        return run.train()


def changes(run: Trained) -> list[tuple[int, str]]:
    return [(event.data["step"], event.data["program"]) for event in run.events if "program" in event.data]


def test_a_rerun_follows_the_record_to_the_last_bit(trained, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(quicker, "_WORTH_S", {False: 0.0, True: 0.0})
        patched.setattr(programs, "_SHORT_S", 1e9)
        patched.setattr(quicker, "_TRIAL_S", 0.0)
        patched.setattr(quicker, "_FASTER", 1e9)
        patched.setattr(programs.Ahead, "is_busy", property(lambda self: self.join()))
        first = trained(CASE).train()
    made = changes(first)
    assert [name for _, name in made] == ["epochs", "epochs with XLA"]
    assert made[0][0] < made[1][0] < first.run.step, "both train something"
    again = followed(trained(CASE), record(first.run, first.events), monkeypatch)
    assert changes(again) == made
    for name in ("batch/loss", "epoch/val_loss", "epoch/accuracy"):
        np.testing.assert_array_equal(again.column(name), first.column(name), err_msg=name)
    assert dict(again.run.test) == dict(first.run.test)
    monkeypatch.setattr(quicker, "_WORTH_S", NEVER)
    alone = trained(CASE).train()
    assert changes(alone) == []
    assert not np.array_equal(alone.column("batch/loss"), first.column("batch/loss")), "the control"


def test_a_change_within_an_epoch_is_made_at_its_step(trained, monkeypatch):
    case = with_value(CASE, "epochs", 6)
    wanted = [(3, "steps with XLA"), (10, "steps"), (16, "epochs")]
    run = followed(trained(case), Record(tuple(Change(*each) for each in wanted), 18), monkeypatch)
    assert run.run.state == "finished", run.run.error
    assert changes(run) == wanted
