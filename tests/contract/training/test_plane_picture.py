"""The picture of a network on points of the plane is what plain Keras says, before, while and after it learns."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from playground import data
from playground.data import outline
from playground.engine.plane_question import plane as question
from playground.frame import unpack
from playground.settings import Settings
from playground.specs.plane import FEATURES, Hidden, Plane, dataset_of, spec_of
from playground.training import probing
from playground.training.build import build
from playground.training.edits import Edits
from playground.training.frames import FRAME
from playground.training.plane_picture import REACH, PlanePicture
from playground.training.targets import targets
from tests.contract.training.waiting import ENDLESS, trained_in, until

PLANES = {
    "binary": Plane(layers=(Hidden(4, "tanh"), Hidden(3, "relu")), dropout=0.3, regularisation="L2", rate=0.1),
    "several": Plane(source="three_spirals", features=("x", "product", "sin_y"), layers=(Hidden(5, "softmax"),)),
    "regression": Plane(source="ripple", features=FEATURES, layers=()),
}


def made(plane: Plane, home: Settings):
    spec = spec_of(plane, outline(dataset_of(plane)), epochs=3)
    prepared = data.prepare(spec.dataset, spec.seed, home)
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.model, prepared.facts.input_shape)
    return spec, prepared, model


def by_hand(points: np.ndarray, plane: Plane) -> np.ndarray:
    """The features of points, written down once more."""
    x, y = points.T
    all_of = {
        "x": x,
        "y": y,
        "x_squared": x * x,
        "y_squared": y * y,
        "product": x * y,
        "sin_x": np.sin(3 * x),
        "sin_y": np.sin(3 * y),
        "cos_x": np.cos(3 * x),
        "cos_y": np.cos(3 * y),
        "distance": np.sqrt(x * x + y * y),
        "angle": np.arctan2(y, x),
    }
    return np.stack([all_of[name] for name in plane.features], axis=1).astype(np.float32)


def middles(side: int) -> np.ndarray:
    cells = [(column, row) for row in range(side) for column in range(side)]
    return np.array([[((c + 0.5) * 2 / side - 1) * REACH, (1 - (r + 0.5) * 2 / side) * REACH] for c, r in cells])


def as_bytes(values: np.ndarray) -> np.ndarray:
    return np.clip(128 + 127 * values, 1, 255)


@pytest.fixture
def home(tmp_path) -> Settings:
    return Settings(home=tmp_path)


@pytest.mark.parametrize("name", PLANES)
@pytest.mark.parametrize("is_traced", [False, True])
def test_a_picture_is_what_predict_says(home, name, is_traced):
    plane = PLANES[name]
    spec, prepared, model = made(plane, home)
    model.set_weights([weight + 0.1 for weight in model.get_weights()])
    picture = PlanePicture(model, spec, prepared)
    before = model.get_weights()
    if is_traced:
        picture.ready()
    found = picture.arrays()
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))

    output = model.predict(by_hand(middles(100), plane), verbose=0)
    if name == "several":
        clear = np.ptp(np.sort(output)[:, -2:], axis=1) > 1e-4
        np.testing.assert_array_equal(found["surface"].ravel()[clear], output.argmax(axis=1)[clear])
        sure = 255 * (output.max(axis=1) - 1 / 3) / (1 - 1 / 3)
        np.testing.assert_allclose(found["sure"].ravel(), sure, atol=0.6)
    else:
        signed = 2 * output - 1 if name == "binary" else output
        np.testing.assert_allclose(found["surface"].ravel(), as_bytes(signed.ravel()), atol=0.6)

    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    seen = [keras.Model(model.input, layer.output)(by_hand(middles(10), plane)).numpy().T for layer in dense]
    seen[-1] = seen[-1] if name == "regression" else 2 * seen[-1] - 1
    np.testing.assert_allclose(found["heat"].reshape(-1, 100), as_bytes(np.concatenate(seen)), atol=0.6)
    np.testing.assert_array_equal(found["weights"], np.concatenate([layer.kernel.numpy().T.ravel() for layer in dense]))
    np.testing.assert_array_equal(found["biases"], np.concatenate([layer.bias.numpy() for layer in dense]))

    loss = getattr(keras.losses, spec.training.loss.kind)()
    parts = []
    for part in ("train", "validation"):
        y = targets(prepared.array(f"y_{part}"), prepared.facts, spec.training)
        parts.append(float(loss(y, model.predict(np.array(prepared.array(f"x_{part}")), verbose=0))))
    np.testing.assert_allclose(found["losses"], parts, rtol=1e-5)


def test_the_picture_before_the_first_step_has_the_weights_that_the_run_begins_with(home, trained):
    plane = PLANES["several"]
    spec = spec_of(plane, outline(dataset_of(plane)), epochs=1)
    frozen = spec.training.optimizer.model_copy(
        update={"args": spec.training.optimizer.args.replace(learning_rate=0.0)}
    )
    spec = spec.model_copy(update={"training": spec.training.model_copy(update={"optimizer": frozen})})
    _header, found = question({"spec": spec.model_dump()}, {}, home)
    done = trained(spec).train()
    assert done.run.state == "finished", done.run.error
    model = keras.saving.load_model(done.folder / "model.keras", safe_mode=True)
    picture = PlanePicture(model, spec, data.opened(spec.dataset, spec.seed, done.settings)).arrays()
    for name, values in picture.items():
        np.testing.assert_array_equal(found[name], values, err_msg=name)
    points = found["points"]
    assert points.shape == (500, 4)
    assert points.dtype == np.int8
    assert (points[:, 3] == 0).sum() == len(data.opened(spec.dataset, spec.seed, done.settings).array("x_train"))
    assert set(points[:, 2].tolist()) == {0, 1, 2}


def test_points_are_where_the_data_has_them(home):
    plane = Plane(source="xor", features=("x", "y"))
    spec, prepared, _model = made(plane, home)
    _header, found = question({"spec": spec.model_dump()}, {}, home)
    trained_on = found["points"][found["points"][:, 3] == 0]
    np.testing.assert_allclose(trained_on[:, :2] / 127 * REACH, prepared.array("x_train"), atol=0.006)
    np.testing.assert_array_equal(trained_on[:, 2], prepared.array("y_train"))


def test_a_run_that_is_watched_leaves_its_newest_picture(trained, monkeypatch):
    monkeypatch.setattr(probing, "LAPSE_S", 1e9)
    plane = replace(PLANES["binary"], dropout=0.0, regularisation="none", rate=0.0)
    run = trained(spec_of(plane, outline(dataset_of(plane)), epochs=ENDLESS))
    ask = run.store.runs.ask
    edit = {"layer": 2, "neuron": 0, "source": 1, "value": 7.5}
    first = [ask(run.id, "pause"), ask(run.id, "watch", {"parts": ["frame"]}), ask(run.id, "edit", edit)]
    wrong = ask(run.id, "edit", {**edit, "layer": 3})
    thread = run.in_background()
    try:
        until(lambda: run.run.acknowledged == wrong)
        answers = {event.data.get("request"): event.data for event in run.events}
        assert run.run.step == 0, "what was asked before the first step is heard before it"
        assert answers[first[2]]["edit"]["value"] == 7.5
        assert "layer" in answers[wrong]["refused"]
        until(lambda: shown(run) is not None)
        header, arrays = shown(run)
        assert header["step"] == 0
        assert arrays["weights"][4 * 2 + 3 * 4 + 1] == 7.5
        step = ask(run.id, "step")
        until(lambda: run.run.acknowledged == step)
        until(lambda: shown(run)[0]["step"] == 1)
        ask(run.id, "speed", {"epochs_per_s": 1000})
        ask(run.id, "resume")
        until(lambda: shown(run)[0]["epoch"] > 20)
        history = shown(run)[1]["history"]
        assert history[0, 0] == 0
        assert (np.diff(history[:, 0]) >= 0).all()
        assert history.shape[1] == 3
    finally:
        ask(run.id, "stop")
        trained_in(thread)
    assert run.run.state == "stopped", run.run.error


def shown(run):
    """The run's picture, once there is one."""
    path = run.folder / FRAME
    return unpack(path.read_bytes()) if path.exists() else None


@pytest.mark.parametrize(
    "changes",
    [
        {"layer": -1},
        {"neuron": 4},
        {"source": 2},
        {"value": float("nan")},
        {"value": "1"},
        {"layer": True},
        {"value": 1e7},
    ],
)
def test_an_edit_of_what_there_is_not_is_refused(home, changes):
    _spec, _prepared, model = made(PLANES["binary"], home)
    before = model.get_weights()
    with pytest.raises(ValueError, match=r"expected|no biases"):
        Edits(model).change({"layer": 0, "neuron": 0, "source": 0, "value": 1.0, **changes})
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_an_edit_sets_one_value_and_says_what_it_was(home):
    _spec, _prepared, model = made(PLANES["binary"], home)
    before = [np.array(weight) for weight in model.get_weights()]
    said = Edits(model).change({"layer": 1, "neuron": 2, "source": None, "value": -3})
    after = model.get_weights()
    assert said["edit"]["before"] == before[3][2]
    before[3][2] = -3
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
