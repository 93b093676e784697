"""What the page Predict shows is what the network says: asked again directly, or found by arithmetic."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageFilter

from playground import data, recipes
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.plan import plan
from playground.engine.errors import RefusedError
from playground.engine.predict_jobs import PREDICT_JOBS
from playground.engine.predict_questions import PREDICT_QUESTIONS
from playground.insight.drawing import frame_of, framed
from playground.insight.forecast import forecast
from playground.insight.inputs import described
from playground.insight.predict import predictions
from playground.insight.trained import trained
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from playground.training.build import build, compile_model

THREE = [[300, 250, 400, 150, 600, 170, 670, 300, 450, 460, 700, 580, 660, 770, 450, 860, 250, 770]]


class Asked:
    """A run whose weights lie where a run keeps them, and a way to ask it as the page does."""

    def __init__(self, spec, epochs=0):
        import keras

        self.spec, self.settings, self.id = spec, settings(), "run"
        self.folder = self.settings.run_dir(self.id)
        self.folder.mkdir(parents=True)
        self.prepared = data.prepare(spec.dataset, spec.seed, self.settings)
        facts = self.prepared.facts
        keras.utils.set_random_seed(1)
        self.model = build(spec.model, facts.input_shape, facts.input_dtype)
        if epochs:
            compile_model(self.model, spec.training)
            x, y = (self.prepared.array(f"{what}_train") for what in "xy")
            self.model.fit(np.asarray(x), np.asarray(y), 64, epochs, verbose=0)
        self.model.save_weights(self.folder / "last.weights.h5")
        self.inputs = json.loads(json.dumps(described(spec, self.settings, lambda *_: None)))

    def ask(self, question, arrays=None, **args):
        of = {"spec": self.spec.model_dump(mode="json"), "run": self.id, "which": "last"}
        return PREDICT_QUESTIONS[question](of | args, arrays or {}, self.settings)

    def said(self, x):
        """What the network answers to prepared rows, through Keras's own predict."""
        return self.model.predict(np.asarray(x), verbose=0)


def small(source, **more):
    dataset = DatasetSpec.model_validate({**first_dataset(source).model_dump(), **more})
    return started(dataset, data.outline(dataset), "mlp")


@pytest.fixture
def digits(home):
    return Asked(recipes.recipe("digits-mlp").spec, epochs=12)


def test_a_drawn_three_is_three_and_samples_are_answered(digits):
    how = {"frame": digits.inputs["frame"], "range": digits.inputs["range"]}
    header, found = digits.ask("predict_drawing", strokes=THREE, pen=130, **how)
    assert found["answer"].argmax() == 3
    assert found["answer"].sum() == pytest.approx(1, abs=1e-5)
    assert header["is_exact"]
    assert found["seen"].shape == (8, 8)
    assert np.array_equal(found["input"], found["seen"].astype(np.float32) * 16 / np.float32(16))
    assert np.allclose(found["answer"], digits.said(found["input"][np.newaxis])[0], atol=1e-5)
    at = digits.inputs["at"][0]
    _, sample = digits.ask("predict_sample", part="validation", at=at)
    assert np.allclose(sample["answer"], digits.said(digits.prepared.array("x_validation")[at : at + 1])[0], atol=1e-5)
    assert digits.inputs["truths"][0] == digits.prepared.array("y_validation")[at]
    with pytest.raises(RefusedError, match="Nothing is drawn"):
        digits.ask("predict_drawing", strokes=[], pen=130, **how)
    with pytest.raises(RefusedError, match="damaged or no picture"):
        digits.ask("predict_picture", {"file": np.zeros(9, np.uint8)}, as_ink=True, **how)
    with pytest.raises(RefusedError, match="no row 9999"):
        digits.ask("predict_sample", part="validation", at=9999)
    with pytest.raises(RefusedError, match="has kept no weights"):
        digits.ask("predict_sample", part="validation", at=at, run="../../elsewhere")


def on_a_sheet(digit, rng, change):
    """A digit of 28 x 28 somewhere on a sheet of 250 x 250, larger or smaller, its strokes wider or thinner."""
    side = int(rng.integers(110, 210))
    image = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    if change == "thickened":
        image = image.filter(ImageFilter.MaxFilter(2 * (side // 56) + 1))
    if change == "thinned":
        image = image.filter(ImageFilter.MinFilter(2 * (side // 112) + 1))
    top, left = rng.integers(0, 250 - side, 2)
    sheet = np.zeros((250, 250), np.float32)
    sheet[top : top + side, left : left + side] = np.asarray(image, np.float32) / 255
    return sheet


def test_drawings_of_real_digits_are_answered_as_their_arrays_are(home, test_data):
    if not (test_data / "mnist_10k.npz").exists():
        pytest.skip(f"{test_data / 'mnist_10k.npz'} is not here")
    with np.load(test_data / "mnist_10k.npz") as file:
        arrays = {name: file[name] for name in file.files}
    path = settings().datasets_dir / "mnist.npz"
    path.parent.mkdir(parents=True)
    np.savez(path, **arrays)
    asked = Asked(recipes.recipe("mnist-mlp").spec, epochs=6)
    model = trained(asked.folder, asked.spec, asked.settings, "last")
    made, facts = plan(asked.spec.dataset, asked.settings), asked.prepared.facts
    at = np.random.default_rng(1).choice(len(arrays["x_test"]), 200, replace=False)
    digits = arrays["x_test"][at]

    def answers(x):
        return predictions(model, inputs_of(made, facts, x)).argmax(axis=1)

    by_array = answers(digits.astype(np.float32))
    assert (by_array == arrays["y_test"][at]).mean() > 0.9
    frame = frame_of(arrays["x_train"])
    for change in ("moved and scaled", "thickened", "thinned"):
        rng = np.random.default_rng(2)
        seen = np.stack([framed(on_a_sheet(each, rng, change), 28, 28, frame) for each in digits])
        assert (answers(seen * 255) == by_array).mean() >= 0.9, change


@pytest.fixture
def tips(home):
    return Asked(
        small(
            "tips",
            steps=[
                {"kind": "standardise", "args": {}},
                {"kind": "one_hot", "args": {}},
                {"kind": "standardise_target", "args": {}},
            ],
        )
    )


def test_a_row_is_prepared_as_training_was_and_answered_in_the_units_of_the_target(tips):
    names = [each["name"] for each in tips.inputs["columns"]]
    made = plan(tips.spec.dataset, tips.settings)
    for row, at in list(zip(tips.inputs["rows"], tips.inputs["at"], strict=True))[:3]:
        _, found = tips.ask("predict_row", cells=dict(zip(names, row, strict=True)))
        x = tips.prepared.array("x_validation")[at : at + 1]
        assert np.allclose(found["input"], x[0], atol=1e-6)
        mean, std = (tips.prepared.facts.fitted[2][name] for name in ("mean", "std"))
        assert found["answer"] == pytest.approx(tips.said(x)[0] * std + mean, rel=1e-4)
    assert in_source_units(made, tips.prepared.facts, np.zeros(1)) == pytest.approx(mean)
    bill = tips.inputs["columns"][names.index("total_bill")]
    assert (bill["minimum"], bill["maximum"]) == (3.07, 50.81)
    cells = dict(zip(names, tips.inputs["rows"][0], strict=True))
    with pytest.raises(RefusedError, match=r"day: expected one of .* received 'Marsday'"):
        tips.ask("predict_row", cells=cells | {"day": "Marsday"})
    with pytest.raises(RefusedError, match="total_bill: expected a number, received nothing"):
        tips.ask("predict_row", cells=cells | {"total_bill": None})


def job_of(asked, table, name="rows.csv"):
    """What the job makes of a table, and the file with the answers."""
    upload = asked.settings.uploads_dir / "upload"
    upload.parent.mkdir(parents=True, exist_ok=True)
    upload.write_bytes(table)
    args = {"spec": asked.spec.model_dump(mode="json"), "run": asked.id, "which": "last", "name": name}
    job = SimpleNamespace(args={**args, "upload": "upload"}, key="answered")
    try:
        return PREDICT_JOBS["predict_rows"](job, asked.settings, lambda *_: None), asked.folder / "answers/answered.csv"
    finally:
        assert not upload.exists(), "the copy of the table stays"


def test_many_rows_are_answered_as_single_ones_and_faults_are_told(tips):
    names = [each["name"] for each in tips.inputs["columns"]]
    frame = pd.DataFrame(tips.inputs["rows"][:4], columns=names)
    frame.loc[1, "day"] = "Marsday"
    frame["note"] = "=1+1"
    result, path = job_of(tips, frame.to_csv(index=False).encode())
    assert (result["rows"], result["answered"]) == (4, 3)
    assert result["faults"][0][0] == 2
    answers = pd.read_csv(path)
    assert list(answers.columns[:-2]) == [*names, "note"]
    assert answers["note"].tolist() == ["'=1+1"] * 4
    found = answers["predicted tip"]
    assert np.isnan(found[1])
    for at in (0, 2, 3):
        _, single = tips.ask("predict_row", cells=dict(zip(names, tips.inputs["rows"][at], strict=True)))
        assert found[at] == pytest.approx(float(single["answer"][0]), rel=1e-4)


REFUSED = {
    b"day,time\nSun,Dinner\n": "lacks the 4 columns 'total_bill'",
    b"": "is empty",
    b"\x00\x01\x02\xff" * 50: "binary data",
    b"total_bill,sex,smoker,day,time,size\n": "expected at least one",
    b"total_bill,sex,smoker,day,time,size\nx,Male,No,Sun,Dinner,2\n": "No row of rows.csv can be answered. Row 1",
}


def test_tables_that_cannot_be_answered_are_refused(tips):
    for table, said in REFUSED.items():
        with pytest.raises(data.DataError, match=said):
            job_of(tips, table)


TEXTS = [("good fine great film, I liked it", "yes"), ("bad poor awful film, I hated it", "no")] * 30


def test_text_of_unknown_words_only_is_refused_and_known_words_are_answered(home):
    from playground.data.uploads.proposal import proposed
    from playground.data.uploads.upload import take_in

    path = home / "texts.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [f'"{text} number {number} of many words",{label}' for number, (text, label) in enumerate(TEXTS)]
    path.write_text("\n".join(["review,liked", *rows]))
    profile = take_in(path, "texts.csv", settings(), lambda *_: None)
    asked = Asked(proposed(profile, settings(), seed=0))
    (name,) = [each["name"] for each in asked.inputs["columns"]]
    header, found = asked.ask("predict_row", cells={name: "great film, I liked it"})
    assert np.allclose(found["answer"][1], asked.said(found["input"][np.newaxis])[0, 0], atol=1e-5)
    assert found["input"].any()
    assert header["unknown"] == 0
    with pytest.raises(RefusedError, match="knows none of the words"):
        asked.ask("predict_row", cells={name: "xyzzy plugh frobnicate"})
    with pytest.raises(RefusedError, match="no word in this text"):
        asked.ask("predict_row", cells={name: " !!! "})


def windows_of(options):
    """A plan and facts of a series without steps."""
    spec = DatasetSpec.model_validate({**first_dataset("seasonal").model_dump(), "options": options, "steps": []})
    made = plan(spec, settings())
    return made, data.outline(spec)


@pytest.mark.parametrize("horizon", [1, 3])
def test_a_forecast_is_made_of_its_own_steps(home, horizon):
    made, facts = windows_of({"window": 4, "horizon": horizon, "length": 100})
    asked = []

    def last_plus_horizon(x):
        asked.append(len(x))
        return x[:, -1:] + horizon

    found = forecast(last_plus_horizon, made, facts, np.arange(10.0), 8)
    assert found == pytest.approx(np.arange(10, 18))
    assert asked == ([1] * 8 if horizon == 1 else [3, 3, 2])


def test_a_forecast_of_differences_adds_them_up(home):
    made, facts = windows_of({"window": 3, "horizon": 1, "length": 100, "difference": True})
    found = forecast(lambda x: 2 * x[:, -1:], made, facts, np.array([0.0, 1, 2, 3]), 4)
    assert found == pytest.approx([5, 9, 17, 33])


@pytest.mark.parametrize(
    ("values", "steps", "said"),
    [(3, 1, "Expected at least 4 values"), (9, 0, "1 to 500 steps"), (9, 501, "1 to 500 steps")],
)
def test_a_forecast_of_nothing_is_refused(home, values, steps, said):
    made, facts = windows_of({"window": 4, "horizon": 1, "length": 100})
    with pytest.raises(data.DataError, match=said):
        forecast(lambda x: x[:, -1:], made, facts, np.arange(values, dtype=float), steps)


def test_a_series_goes_on_as_the_network_says(home):
    asked = Asked(small("seasonal"))
    tail = np.array(asked.inputs["tail"])
    made, facts = plan(asked.spec.dataset, asked.settings), asked.prepared.facts
    _, found = asked.ask("predict_series", {"values": tail}, steps=3)
    series, window = tail.tolist(), asked.inputs["window"]
    for _ in range(3):
        x = inputs_of(made, facts, np.array([series[-window:]]))
        series.append(float(in_source_units(made, facts, asked.said(x)).ravel()[0]))
    assert found["forecast"] == pytest.approx(series[-3:], rel=1e-3, abs=1e-4)


def test_signs_and_steps_are_answered_as_the_network_does(home):
    asked = Asked(recipes.recipe("sequence-to-sequence").spec)
    text = asked.inputs["rows"][0]
    _, found = asked.ask("predict_text", text=text)
    x = asked.prepared.array("x_validation")[asked.inputs["at"][0]]
    assert np.array_equal(found["input"], x)
    assert np.allclose(found["answer"], asked.said(x[np.newaxis])[0], atol=1e-4)
    with pytest.raises(RefusedError, match="Expected only signs of"):
        asked.ask("predict_text", text="?" * len(text))
