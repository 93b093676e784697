"""By hand: the steps of a small run as a job answered them, forward and back, without an engine."""

import csv
import io
import json

import pytest

from playground.engine.asked import Asking, by_hand_of
from playground.engine.client import Client
from playground.runs import Store
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.ui.by_hand_latex import number, plain_number, symbol
from playground.ui.by_hand_trace import Trace

BY_HAND = "pages/8_By_hand.py"
ONES = {"kind": "Ones", "args": {}}
SPEC = RunSpec.from_dict(
    {
        "version": 1,
        "name": "A line",
        "seed": 1,
        "dataset": {"source": "six_points", "split": {"kind": "none", "args": {}}},
        "model": {
            "layers": [
                {
                    "kind": "Dense",
                    "name": "output",
                    "args": {"units": 1, "kernel_initializer": ONES, "bias_initializer": ONES},
                    "inputs": [],
                }
            ]
        },
        "training": {
            "optimizer": {"kind": "SGD", "args": {"learning_rate": 0.01}},
            "loss": {"kind": "MeanSquaredError", "args": {}},
            "epochs": 3,
            "batch_size": 6,
        },
    }
)
X = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]
Y = [-2.66, -1.90, -0.24, 0.72, 2.48, 3.34]


def answered() -> dict:
    """What the job answers of :data:`SPEC`, computed on paper."""
    w, b, steps = 1.0, 1.0, []
    for at in range(3):
        out = [w * x + b for x in X]
        back = [2 * (o - y) / 6 for o, y in zip(out, Y, strict=True)]
        slopes = sum(d * x for d, x in zip(back, X, strict=True)), sum(back)
        loss = sum((o - y) ** 2 for o, y in zip(out, Y, strict=True)) / 6
        w, b = w - 0.01 * slopes[0], b - 0.01 * slopes[1]
        steps.append(
            {
                "step": at + 1,
                "epoch": at + 1,
                "rate": 0.01,
                "rows": list(range(6)),
                "x": [[x] for x in X],
                "y": [[y] for y in Y],
                "loss": loss,
                "values": {"output": {"out": [[o] for o in out], "d_out": [[d] for d in back]}},
                "gradients": {"output/kernel": [[slopes[0]]], "output/bias": [slopes[1]]},
                "after": {"output/kernel": [[w]], "output/bias": [b]},
            }
        )
    names = ["output/kernel", "output/bias"]
    return {
        "layers": [{"name": "output", "kind": "Dense", "activation": "", "weights": names}],
        "names": names,
        "weights": {"output/bias": [1.0], "output/kernel": [[1.0]]},
        "features": ["x"],
        "total": 300,
        "steps": steps,
        "points": {"x": [[x] for x in X], "y": [[y] for y in Y]},
        "surface": {
            "low": [0.8, 0.0],
            "high": [1.5, 1.2],
            "lines": [{"loss": 0.5, "points": [[1.0, 0.5], [1.2, 0.6]]}],
            "losses": [each["loss"] for each in steps],
        },
    }


def told(store: Store, asking: Asking, **how: object) -> str:
    """Record how the job of ``asking`` ended."""
    job_id = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    store.jobs.end(job_id, how.pop("state", "finished"), **how)
    return job_id


@pytest.fixture
def opened(store, open_page, monkeypatch):
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)

    def open_draft(spec=SPEC, **how):
        told(store, by_hand_of(spec), **(how or {"result": answered()}))
        return open_page(BY_HAND, draft=store.drafts.create(spec, "local").id)

    return open_draft


def formulas(page) -> str:
    return "\n".join(each.value for each in page.latex)


def said(page) -> str:
    return "\n".join(each.value for each in [*page.title, *page.caption, *page.markdown, *page.info]).replace("\\", "")


def picture(page) -> str:
    """The picture of the line over its points."""
    return str([each for each in page if type(each).__name__ == "Image"][1].proto)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception


def test_the_first_step_has_its_numbers_put_in(opened):
    page = opened()
    assert page.title[0].value == "A line"
    assert "the first 3 of 300 steps" in said(page)
    assert "**Step 1** of 3 · epoch 1 · loss 0.7479" in said(page)
    shown = formulas(page)
    assert r"\hat{y} &= w\,x + b = 1.00 \cdot (-2.50) + 1.00 = -1.50" in shown
    assert r"= 1.00 - 0.01 \cdot (-1.5167) = \mathbf{1.0152}" in shown
    assert r"= 1.00 - 0.01 \cdot 1.42 = \mathbf{0.9858}" in shown
    assert "remembers past gradients" not in said(page)


def test_steps_go_forward_and_back_and_the_line_moves(opened):
    page = opened()
    pictures = {picture(page)}
    for label, step in [("Next", 2), ("Last", 3), ("Back", 2), ("First", 1)]:
        press(page, label)
        assert f"**Step {step}** of 3" in said(page)
        pictures.add(picture(page))
    assert len(pictures) == 3
    disabled = {button.label: button.disabled for button in page.button}
    assert (disabled["First"], disabled["Back"], disabled["Next"]) == (True, True, False)


def test_another_row_of_the_batch_is_followed(opened):
    page = opened()
    page.selectbox[0].set_value(5).run()
    assert r"1.00 \cdot 2.50 + 1.00 = 3.50" in formulas(page)


def test_play_goes_on_and_pause_stands(opened):
    page = opened()
    press(page, "Play")
    assert "**Step 2** of 3" in said(page)
    press(page, "Pause")
    assert "Play" in [button.label for button in page.button]


def test_all_steps_are_a_table_and_a_file(opened):
    page = opened()
    table = page.dataframe[0].value
    assert list(table.columns) == ["Step", "Epoch", "Loss", "Largest change", "output/kernel", "output/bias"]
    assert table["output/kernel"].iloc[0] == pytest.approx(1.0151667, rel=1e-6)
    rows = list(csv.DictReader(io.StringIO(Trace(answered()).csv())))
    assert len(rows) == 3
    assert float(rows[0]["gradient output/kernel"]) == pytest.approx(-1.5166667, rel=1e-6)
    assert float(rows[2]["after output/bias"]) == answered()["steps"][2]["after"]["output/bias"][0]


@pytest.mark.parametrize(
    ("optimizer", "words", "rule"),
    [
        ({"kind": "SGD", "args": {"momentum": 0.9}}, "is classic, with β = 0.9", r"w \leftarrow w + v"),
        ({"kind": "SGD", "args": {"momentum": 0.9, "nesterov": True}}, "is Nesterov", r"\beta v - \eta g"),
        ({"kind": "Adam", "args": {}}, "is (1 \N{MINUS SIGN} β)-weighted, with β = 0.9", r"(1 - \beta) g"),
    ],
)
def test_the_convention_of_the_momentum_is_named(opened, optimizer, words, rule):
    page = opened(with_value(SPEC, "training.optimizer", optimizer))
    assert words in said(page)
    assert rule in formulas(page)


def test_a_step_that_is_no_plain_descent_shows_by_how_much_weights_move(opened):
    changed = answered()
    changed["steps"][0]["after"]["output/bias"] = [0.5]
    page = opened(result=changed)
    assert r"b &\leftarrow b + \Delta b = 1.00 + (-0.50) = \mathbf{0.50}" in formulas(page)


def test_what_is_not_small_is_said_with_a_way_to_change_it(opened):
    page = opened(with_value(SPEC, "training.batch_size", 6), result=answered())
    assert not page.info
    page = opened(with_value(SPEC, "training.callbacks", [{"kind": "ReduceLROnPlateau", "args": {}}]))
    assert "ReduceLROnPlateau changes the learning rate" in said(page)
    assert "Change the model" in [link.proto.label for link in page.get("page_link")]


def test_a_job_that_failed_says_why_and_can_be_asked_again(opened):
    page = opened(state="failed", error="It needs more memory.")
    assert "It needs more memory." in said(page)
    assert "Try again" in [button.label for button in page.button]


def test_nothing_at_all_has_a_way_to_the_examples(open_page):
    page = open_page(BY_HAND)
    assert "Choose an example" in [link.proto.label for link in page.get("page_link")]


def test_a_run_without_a_draft_is_followed_by_its_address(store, open_page, monkeypatch):
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)
    told(store, by_hand_of(SPEC), result=answered())
    page = open_page(BY_HAND, run=store.runs.create(SPEC, "local"))
    assert "**Step 1** of 3" in said(page)


def test_a_loss_that_is_no_number_is_shown(opened):
    changed = answered()
    changed["steps"][2]["loss"] = "NaN"
    changed["steps"][2]["after"] = {"output/kernel": [["Infinity"]], "output/bias": ["NaN"]}
    page = opened(result=json.loads(json.dumps(changed)))
    press(page, "Last")
    assert "loss NaN" in said(page)
    assert r"\mathbf{\infty}" in formulas(page)


def test_numbers_are_spelled_for_formulas_and_pictures():
    assert [number(value) for value in (1, -0.5, 0.01516, 1e-6, 123456.78, float("nan"))] == [
        "1.00",
        "-0.50",
        "0.0152",
        r"1.0 \cdot 10^{-6}",
        "123456.78",
        r"\text{NaN}",
    ]
    assert plain_number(-0.5) == "\N{MINUS SIGN}0.50"
    assert symbol("w", (0, 1), (2, 2)) == "w_{12}"
    assert symbol("w", (0, 1), (1, 2)) == "w_{2}"
    assert symbol("w", (0, 10), (2, 12)) == "w_{1,11}"
    assert symbol("b", (0,), (1,)) == "b"
