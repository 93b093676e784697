"""The labs of tensors and metrics, with answers that are not Keras's: what is offered, asked, said and taken."""

import numpy as np
import pytest

from playground import catalog, recipes
from playground.catalog.tensor_layers import tensor_layer
from playground.catalog.tensor_ops import TENSOR_OPS, tensor_op
from playground.engine.asked import evaluation_of
from playground.runs.evaluations import Evaluation, keep
from playground.settings import settings
from playground.ui import job_answer, lab_answers, metrics_table, tensors_picture, tensors_words
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


@pytest.mark.parametrize(
    ("name", "args", "a", "b", "result", "kind", "expected"),
    [
        ("ops.reshape", {"newshape": "4, -1"}, (3, 4), (), (4, 3), "Reshape", {"target_shape": (4, 3)}),
        ("ops.transpose", {"axes": ""}, (3, 4), (), (4, 3), "Permute", {"dims": (2, 1)}),
        ("ops.transpose", {"axes": "2, 0, -2"}, (2, 3, 4), (), (4, 2, 3), "Permute", {"dims": (3, 1, 2)}),
        ("ops.repeat", {"repeats": 2, "axis": 0}, (3, 4), (), (6, 4), "UpSampling1D", {"size": 2}),
        ("ops.concatenate", {"axis": 0}, (3,), (4,), (7,), "Concatenate", {"axis": 1}),
        ("ops.max", {"axis": 0, "keepdims": False}, (3, 4), (), (4,), "GlobalMaxPooling1D", {}),
        ("ops.add", {}, (3, 4), (3, 4), (3, 4), "Add", {}),
        ("ops.matmul", {}, (3, 4), (4, 2), (3, 2), "Dense", {"units": 2, "activation": "linear", "use_bias": False}),
        ("ops.add", {}, (3, 1), (4,), (3, 4), None, {}),
        ("ops.max", {"axis": 1, "keepdims": False}, (3, 4), (), (3,), None, {}),
        ("ops.squeeze", {"axis": None}, (1,), (), (), None, {}),
        ("ops.flip", {"axis": 0}, (3,), (), (3,), None, {}),
    ],
)
def test_a_layer_does_with_every_sample_what_a_function_does(name, args, a, b, result, kind, expected):
    found = tensor_layer(tensor_op(name), args, a, b, result)
    assert (found.kind, found.args) == (kind, expected) if kind else found is None
    if found is not None:
        layer = catalog.entry("layers", found.kind)
        assert all(layer.param(name).accepts(value) for name, value in found.args.items())


def test_what_a_function_does_goes_into_the_draft_as_a_layer(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("digits-cnn").spec, "local")
    page = open_page(TENSORS, draft=made.id, part="product")
    page.button(key="take").click().run()
    assert not page.exception
    layer = store.drafts.draft(made.id).spec.model.layers[-2]
    assert (layer.kind, layer.args.plain()["units"]) == ("Dense", 2)


def trained(store, name, classes, n=3000):
    """A run of a recipe that has ended, with what it has answered."""
    spec = recipes.recipe(name).spec
    run_id = store.runs.create(spec, "local")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU", "n_validation": n, "epochs": 2})
    store.runs.append(run_id, "progress", {"epoch": 2, "step": 20})
    store.runs.append(run_id, "checkpoint", {"which": "best", "epoch": 2, "step": 20})
    store.runs.append(run_id, "finished", {})
    shares = np.random.default_rng(0).dirichlet(np.ones(classes), n).astype(np.float32)
    found = Evaluation({}, {"true": np.arange(n, dtype=np.int32) % classes, "shares": shares})
    keep(settings().run_dir(run_id), evaluation_of(run_id, "best", 20, "validation").key, found)
    return run_id


@pytest.mark.parametrize(("part", "recipe", "classes"), [("classes", "spiral", 2), ("several", "digits-mlp", 10)])
def test_answers_of_a_run_are_the_points(part, recipe, classes, monkeypatch, open_page, store):
    run_id = trained(store, recipe, classes)
    trained(store, {"spiral": "digits-mlp", "digits-mlp": "spiral"}[recipe], 12 - classes)
    sent = []

    def ask(question, args, **arrays):
        sent.append((question, args, arrays))
        return answered(question, args)

    monkeypatch.setattr(lab_answers, "ask", ask)
    page = open_page(METRICS, part=part, of=run_id)
    key = "metrics-run-binary" if classes == 2 else "metrics-run-multiclass"
    assert len(page.selectbox(key=key).options) == 2
    assert "1,000 of 3,000 answers, equally far apart, on the validation part, with the weights of epoch 2" in said(
        page
    )
    assert sent
    for _question, args, arrays in sent:
        assert len(arrays["targets"]) == 1000
        assert len(arrays["answers"]) == 1000 * (classes if classes > 2 else 1)
        assert "separation" not in args["points"]
    page.selectbox(key=key).select_index(0).run()
    assert sent[-1][2] == {}
    assert "of" not in page.query_params


def test_answers_that_are_not_there_yet_are_asked_for(asked, open_page, store, monkeypatch):
    run_id = trained(store, "spiral", 2)
    next(settings().run_dir(run_id).glob("evaluation-*")).unlink()
    monkeypatch.setattr(job_answer, "answer", lambda asking: job_answer.Answer(error="The engine is away."))
    assert "The engine is away." in said(open_page(METRICS, of=run_id))
