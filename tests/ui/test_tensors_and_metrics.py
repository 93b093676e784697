"""The labs of tensors and metrics, with answers that are not Keras's: what is offered, asked, said and taken."""

import numpy as np
import pytest

from playground import catalog, recipes
from playground.catalog.tensor_ops import TENSOR_OPS
from playground.ui import lab_answers, metrics_table, tensors_picture, tensors_words
from playground.ui.lab_answers import Answer

TENSORS, METRICS = "pages/13_Tensors.py", "pages/14_Metrics.py"
PARTS = {"shape": "reshape", "reduce": "sum", "broadcast": "add", "product": "matmul"}


def told(name):
    return {"code": f"code_of_{name}", "dtype": "int32", "bytes": 16}


def answered(question, args):
    """An answer in the form that a workbench gives."""
    four = np.arange(4).reshape(2, 2)
    curve = np.linspace(0, 1, 5)
    match question:
        case "tensor":
            names = [*"ab"[: len(args["inputs"])], "result"]
            found = dict.fromkeys(names, four)
            if args["inputs"] and "cell" in args:
                found |= {"from_a": np.array([1, 2]), "from_b": np.array([3, 0] if len(names) == 3 else [], int)}
            return Answer({"why": ""} | {name: told(name) for name in names}, found)
        case "number_kept":
            fields = {"n_bytes": 1, "lowest": 0.0, "highest": 255.0, "gap": 1.0, "x": 250.0, "y": 10.0, "why": ""}
            small = {**fields, "dtype": "uint8", "result": 4.0, "result_dtype": "uint8"}
            large = {**fields, "dtype": "float64", "result": 260.0, "result_dtype": "float64"}
            return Answer({"rows": [small, large], "code": {"uint8": "one", "float64": "two"}})
        case "class_answers":
            names = ("true_positives", "false_negatives", "false_positives", "true_negatives")
            shares = ("accuracy", "precision", "recall", "f1", "specificity")
            return Answer(dict.fromkeys(names, 5) | dict.fromkeys(shares, 0.5))
        case "class_curves":
            lines = ("false_alarms", "hits", "recall", "precision", "thresholds", "said", "found", "counts", "answers")
            numbers = dict.fromkeys(("roc_area", "pr_area", "log_loss", "brier", "off"), 0.25)
            found = dict.fromkeys(lines, curve) | {"by_threshold": np.tile(curve, (5, 1)), "targets": np.ones(5)}
            return Answer(numbers, found)
        case "metric_values":
            fits = [entry for entry in catalog.entries("metrics") if args["view"] in entry.tasks]
            args = {"threshold": 0.5} if args.get("threshold") else {}
            values = {entry.id: {"value": 0.75, "args": args, "why": ""} for entry in fits}
            return Answer({"values": values}, {"answers": np.ones(11), "targets": np.ones(11)})
    raise AssertionError(question)


@pytest.fixture
def asked(monkeypatch):
    """The questions that were asked, in order."""
    found = []

    def ask(question, args, **arrays):
        found.append((question, args))
        return answered(question, args)

    monkeypatch.setattr(lab_answers, "ask", ask)
    return found


def said(page):
    return "\n".join(each.value for each in [*page.title, *page.caption, *page.markdown]).replace("\\", "")


def test_every_function_is_offered(asked, open_page):
    offered = set()
    for part in ("make", *PARTS):
        page = open_page(TENSORS, part=part)
        offered |= {option for box in page.selectbox if box.label == "Function" for option in box.options}
    labels = {op.label if op.id != "getitem" else "a[…]" for op in TENSOR_OPS if op.group != "product"}
    assert labels <= offered


@pytest.mark.parametrize("part", PARTS)
def test_the_address_says_what_is_shown(part, asked, open_page):
    query = {f"{part}_a": "2, 2", f"{part}.cell.4": "2"}
    page = open_page(TENSORS, part=part, **query)
    assert asked[-1][1]["op"] == f"ops.{PARTS[part]}"
    assert asked[-1][1]["inputs"][0]["shape"] == "2, 2"
    assert asked[-1][1]["cell"] == 2
    code = page.code[0].value
    assert "a = code_of_a" in code
    assert "result = code_of_result" in code
    assert "shape **(2, 2)**" in said(page)


def test_an_address_that_means_nothing_shows_what_is_shown_at_first(asked, open_page):
    open_page(TENSORS, part="<b>", make_function="os.system")
    assert asked[0][1]["op"] == "ops.convert_to_tensor"


def test_what_keras_refuses_is_told_beside_the_inputs(monkeypatch, open_page):
    a = np.zeros(3)
    values = {"why": "Incompatible shapes", "result": None, "a": told("a"), "b": told("b")}
    monkeypatch.setattr(lab_answers, "ask", lambda *_args, **_arrays: Answer(values, {"a": a, "b": np.zeros(4)}))
    page = open_page(TENSORS, part="broadcast")
    assert "Incompatible shapes" in page.error[0].value
    assert "3 ≠ 4" in said(page)
    assert "Axis −1" in said(page)


def test_types_are_compared_with_float64(asked, open_page):
    page = open_page(TENSORS, part="types")
    table = page.dataframe[0].value
    assert table["x + y"].tolist() == ["≠ 4", "260"]
    assert "Another result than float64's: uint8." in said(page)


@pytest.mark.parametrize("path", [TENSORS, METRICS])
def test_every_experiment_asks_and_then_tells(path, asked, open_page):
    page = open_page(path)
    titles = [button.label for button in page.button if button.key and button.key.startswith("try-")]
    assert len(titles) == 3
    for title in titles:
        next(button for button in page.button if button.label == title).click().run()
        assert "You said" not in said(page)
        page.radio[0].set_value(1).run()
        assert not page.exception
        assert "You said" in said(page)


@pytest.mark.parametrize("path", [TENSORS, METRICS])
def test_no_answer_is_told(path, monkeypatch, open_page):
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(error="Keras says no"))
    assert "Keras says no" in said(open_page(path))
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(is_starting=True))
    assert "The engine is starting" in said(open_page(path))


@pytest.mark.parametrize("part", ["classes", "several", "numbers"])
def test_every_metric_stands_in_the_table(part, asked, open_page):
    page = open_page(METRICS, part=part)
    assert len(page.dataframe[0].value) == len(catalog.entries("metrics"))
    view = {"classes": "binary", "several": "multiclass", "numbers": "regression"}[part]
    fits = [entry for entry in catalog.entries("metrics") if view in entry.tasks]
    assert page.dataframe[0].value["Value here"].tolist().count("0.75") == len(fits)


def test_threshold_and_moved_sample_are_asked_for(asked, open_page):
    open_page(METRICS, threshold="0.3", point="7", shift="2.0", turned="true")
    points = next(args["points"] for name, args in asked if name == "class_curves")
    assert points["moved"] == [[7, 2.0, True]]
    assert {args.get("threshold") for name, args in asked if name != "class_curves"} == {0.3, None}


def test_a_metric_goes_into_the_draft(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("spiral").spec, "local")
    before = [metric.kind for metric in made.spec.training.metrics]
    page = open_page(METRICS, draft=made.id, threshold="0.5")
    page.selectbox(key="take-metric").set_value("Precision").run()
    page.button(key="take").click().run()
    assert not page.exception
    assert [metric.kind for metric in store.drafts.draft(made.id).spec.training.metrics] == [*before, "Precision"]


def test_without_a_draft_the_way_to_one_is_shown(asked, open_page):
    assert "There is no draft yet" in said(open_page(METRICS))


@pytest.mark.parametrize(
    ("a", "b"), [((3, 1), (4,)), ((3,), (4,)), ((2, 3, 4), (3, 1)), ((5, 4), (1,)), ((2, 3), (3, 2)), ((), (3,))]
)
def test_shapes_fit_where_numpy_says_so(a, b):
    try:
        together = np.broadcast_shapes(a, b)
    except ValueError:
        together = None
    assert bool(tensors_words.conflicts(a, b)) == (together is None)
    last = tensors_words.axes_table(a, b).splitlines()[-1]
    if together is None:
        assert "≠" in last
    else:
        found = [int("".join(filter(str.isdigit, cell.rpartition("→")[2]))) for cell in last.split("|")[2:-1]]
        assert found == list(together)


def test_files_hold_every_cell():
    text = tensors_picture.csv_of({"a": np.array([[1, 2], [3, 4]]), "result": np.array(10)})
    assert text.splitlines() == ["tensor,place,number", "a,0 0,1", "a,0 1,2", "a,1 0,3", "a,1 1,4", "result,,10"]


def test_values_are_written_as_what_they_are():
    values = {
        "AUC": {"value": "NaN", "args": {}, "why": ""},
        "TruePositives": {"value": 1234.0, "args": {"thresholds": 0.5}, "why": ""},
        "Hinge": {"value": None, "args": {}, "why": "no"},
    }
    table = metrics_table.rows(values)
    found = dict(zip(table["Metric"], table["Value here"], strict=True))
    assert {name: found[name] for name in values} == {"AUC": "not defined", "TruePositives": "1,234", "Hinge": "–"}
    assert "thresholds=0.5" in table["With"]
