"""The Model page: rows, edits, problems, drawing and code, without an engine and with one that answers by hand."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, data, recipes
from playground.engine.client import Client
from playground.engine.errors import AnswerError, HostError
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.stack import added, rereading, rows, switched
from playground.specs.templates import TEMPLATES, fitting, started
from playground.ui import costs, model_side, model_words, shapes, shell
from tests.ui.conftest import Open

DIGITS = recipes.recipe("digits-mlp").spec
EMPTY = started(DIGITS.dataset, data.outline(DIGITS.dataset))


@pytest.fixture(autouse=True)
def nothing_remembered():
    shapes._asked.cache_clear()
    costs._asked.clear()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """An engine that answers ``error`` and shapes of ten numbers for every layer before it."""
    said: dict[str, object] = {"error": None}

    def ask(self: Client, question: str, args, arrays=None):
        layers = RunSpec.from_dict(args["spec"]).model.layers
        wrong = said["error"] and said["error"]["layer"]
        names = [layer.name for layer in layers]
        made = layers[: names.index(wrong)] if wrong in names else layers
        listed = [
            {"name": each.name, "kind": each.kind, "output_shape": [10], "parameters": 1234, "trainable": 1234}
            for each in made
        ]
        total = 1234 * len(listed)
        return {"summary": {"layers": listed, "parameters": total, "trainable": total}, "error": said["error"]}, {}

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", ask)
    return said


def draft_of(store: Store, spec: RunSpec = DIGITS) -> Draft:
    return store.drafts.create(spec, settings().owner)


def kinds(store: Store, draft: Draft) -> list[str]:
    return [row.layer.kind for row in rows(store.drafts.draft(draft.id).spec.model)]


def words(app: AppTest) -> str:
    """All text of the page's main part."""
    return "\n".join(
        str(each.value) for kind in ("title", "markdown", "caption", "warning") for each in app.main.get(kind)
    )


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_without_a_draft_the_page_leads_to_the_data_and_to_the_last_drafts(open_page: Open, store: Store):
    assert "Pick a dataset first" in words(open_page(shell.MODEL))
    made = [draft_of(store, DIGITS.model_copy(update={"name": f"Mine {n}"})) for n in range(4)]
    app = open_page(shell.MODEL)
    assert [button.key for button in app.button if str(button.key).startswith("open-")] == [
        f"open-{each.id}" for each in reversed(made[1:])
    ]
    press(app, f"open-{made[3].id}")
    assert "Mine 3" in words(app)


def test_an_empty_model_offers_the_templates_that_fit(open_page: Open, store: Store):
    draft = draft_of(store, EMPTY)
    app = open_page(shell.MODEL, draft=draft.id)
    fit = [f"start-{template.name}" for template in fitting(data.outline(DIGITS.dataset))]
    assert [b.key for b in app.button if str(b.key).startswith("start-")] == fit
    assert fit[:3] == ["start-logistic", "start-mlp", "start-cnn"]
    assert TEMPLATES["mlp"].summary in words(app)
    assert TEMPLATES["mlp"].use_when in app.button(key="start-mlp").help
    assert "**Linear regression**: It answers with a number, not with a class." in words(app)
    press(app, "start-mlp")
    assert kinds(store, draft) == ["Flatten", "Dense", "Dense", "Dense"]
    press(app, "undo")
    assert store.drafts.draft(draft.id).spec == EMPTY
    press(app, "redo")
    assert len(kinds(store, draft)) == 4


def test_a_template_takes_the_place_of_the_layers_and_of_nothing_else(open_page: Open, store: Store):
    before = DIGITS.model_copy(update={"name": "Mine", "training": DIGITS.training.model_copy(update={"epochs": 3})})
    draft = draft_of(store, before)
    app = press(open_page(shell.MODEL, draft=draft.id), "templates")
    said = [caption.value for caption in app.caption]  # a dialog is not in main
    assert any("the place of your 3 layers" in caption for caption in said)
    assert TEMPLATES["lenet"].use_when in said
    assert any("**Linear regression**: It answers with a number" in caption for caption in said)
    press(app, "use-lenet")
    after = store.drafts.draft(draft.id).spec
    assert [layer.name for layer in after.model.layers][:3] == ["image", "conv_1", "pool_1"]
    assert (after.name, after.training.epochs, after.dataset) == ("Mine", 3, before.dataset)
    assert not [button for button in app.button if str(button.key).startswith("use-")], "the dialog is closed"
    press(app, "undo")
    assert store.drafts.draft(draft.id).spec == before


def test_without_an_engine_the_page_says_so_and_can_be_edited(open_page: Open, store: Store):
    draft = draft_of(store)
    app = open_page(shell.MODEL, draft=draft.id)
    assert "engine is starting" in words(app)
    assert "Everything fits" not in words(app)
    press(app, "add-Dense")
    assert kinds(store, draft) == ["Flatten", "Dense", "Dense", "Dense"]


@pytest.mark.parametrize("error", [AnswerError("It took too long."), HostError("It does not answer.")])
def test_what_the_engine_cannot_answer_is_said(open_page: Open, store: Store, monkeypatch, error):
    def ask(self, question, args, arrays=None):
        raise error

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", ask)
    app = open_page(shell.MODEL, draft=draft_of(store).id)
    assert shell.plain(str(error)) in words(app)


def test_rows_show_shapes_and_parameters_and_the_side_their_sum(open_page: Open, store: Store, answers):
    app = open_page(shell.MODEL, draft=draft_of(store).id)
    n = len(DIGITS.model.layers)
    assert words(app).count("1,234") == n
    assert words(app).count("`10`") == n
    assert [metric.value for metric in app.metric] == [f"{1234 * n:,}", model_side.memory(1234 * n)]
    assert "Everything fits" in words(app)


def test_all_groups_hold_all_layers(open_page: Open, store: Store):
    app = open_page(shell.MODEL, draft=draft_of(store, EMPTY).id)
    seen = set()
    for group in dict.fromkeys(entry.group for entry in catalog.entries("layers")):
        if group != "Core":
            press(app, f"group-{group}")
        seen |= {str(b.key).removeprefix("add-") for b in app.button if str(b.key).startswith("add-")}
    assert seen == {entry.id for entry in catalog.entries("layers")}


@pytest.mark.parametrize("kind", [entry.id for entry in catalog.entries("layers")])
def test_every_layer_is_found_by_search_and_opens_with_its_form(open_page: Open, store: Store, kind, answers):
    draft = draft_of(store)
    app = open_page(shell.MODEL, draft=draft.id)
    search = next(box for box in app.selectbox if box.key.startswith("add-search"))
    search.set_value(kind).run()
    assert not app.exception, app.exception
    assert kinds(store, draft)[-2] == kind
    layer = store.drafts.draft(draft.id).spec.model.layers[-2]
    assert any(field.value == layer.name for field in app.text_input), "its name can be edited"
    assert catalog.entry("layers", kind).summary in words(app)


def search_of(app: AppTest):
    return next(box for box in app.selectbox if box.key.startswith("add-search"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("memory", "LSTM"),
        ("MaxPool2D", "MaxPooling2D"),
        ("Convolution2D", "Conv2D"),
        ("Merge", "Add"),
        ("max pool", "MaxPooling2D"),
        ("lstm", "LSTM"),
    ],
)
def test_the_search_looks_at_names_other_names_groups_and_summaries(open_page: Open, store: Store, words, kind):
    options = search_of(open_page(shell.MODEL, draft=draft_of(store).id)).options
    found = [option.split(" · ")[0] for option in options if words.lower() in option.lower()]
    assert kind in found
    assert len(found) < len(options) / 2


def test_only_what_fits_is_listed_on_demand(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = open_page(shell.MODEL, draft=draft.id)
    everything = len(search_of(app).options)
    assert everything == len(catalog.offered("layers"))
    app.toggle(key="palette-fitting").set_value(True).run()
    assert not app.exception, app.exception
    left = {option.split(" · ")[0] for option in search_of(app).options}
    assert {"Dense", "Dropout", "Add", "BatchNormalization"} <= left, "they take a row of ten numbers"
    assert not {"Conv2D", "LSTM", "MaxPooling1D"} & left
    assert not any(button.key == "group-Convolution" for button in app.button)
    app.toggle(key="palette-fitting").set_value(False).run()
    assert len(search_of(app).options) == everything


def test_what_does_not_fit_says_why_and_can_be_added(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = press(open_page(shell.MODEL, draft=draft.id), "group-Convolution")
    button = app.button(key="add-Conv2D")
    assert "expects an image with channels and would receive 10" in button.help
    assert not button.disabled
    press(app, "add-Conv2D")
    assert "Conv2D" in kinds(store, draft)


def test_a_layer_that_joins_reads_two_of_the_same_shape(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = press(open_page(shell.MODEL, draft=draft.id), "group-Merge")
    press(app, "add-Add")
    spec = store.drafts.draft(draft.id).spec
    at = next(at for at, layer in enumerate(spec.model.layers) if layer.kind == "Add")
    before = [layer.name for layer in spec.model.layers[:at]]
    assert spec.model.layers[at].inputs == tuple(before[-2:])


def test_who_types_the_name_of_a_layer_finds_it_at_the_top(open_page: Open, store: Store):
    search = search_of(open_page(shell.MODEL, draft=draft_of(store).id))
    assert "FILTER_MODE_CONTAINS" in str(search.proto), "what is found keeps the order of the options"
    for entry in catalog.entries("layers"):
        found = [option for option in search.options if entry.id.lower() in option.lower()]
        assert found[0].split(" · ")[0] == entry.id


def test_a_skip_connection_adds_an_earlier_layer(open_page: Open, store: Store, answers):
    name, output = DIGITS.model.layers[1].name, DIGITS.model.layers[-1].name
    draft = draft_of(store, added(DIGITS, "Dense", 2))
    app = press(open_page(shell.MODEL, draft=draft.id), "chevron-dense")
    skip = next(each for each in app.get("menu_button") if each.label == "Skip connection")
    assert skip.options[0].startswith(f"{name} · 10"), "the nearest of the same shape"
    skip.click(name).run()
    assert not app.exception, app.exception
    reads = {layer.name: layer.inputs for layer in store.drafts.draft(draft.id).spec.model.layers}
    assert list(reads)[-2:] == ["add", output]
    assert reads["add"] == (name, "dense")
    assert f"dense · reads {name}, dense" not in words(app)
    assert f"reads {name}, dense" in words(app).replace("\\", "")
    assert [button.key for button in app.button if button.key == "chevron-add"]
    press(app, "undo")
    assert "add" not in [layer.name for layer in store.drafts.draft(draft.id).spec.model.layers]


def test_a_branch_is_a_second_way_to_a_layer_that_joins_both(open_page: Open, store: Store, answers):
    name = DIGITS.model.layers[0].name
    draft = draft_of(store)
    app = press(open_page(shell.MODEL, draft=draft.id), f"chevron-{name}")
    press(app, "layer-branch")
    layers = store.drafts.draft(draft.id).spec.model.layers
    first, second, join = layers[1:4]
    assert (second.kind, second.inputs, join.kind) == (first.kind, (name,), "Concatenate")
    assert join.inputs == (first.name, second.name)
    assert f"reads {first.name}, {second.name}" in words(app).replace("\\", "")


def test_the_answer_has_no_branches(open_page: Open, store: Store, answers):
    app = press(open_page(shell.MODEL, draft=draft_of(store).id), f"chevron-{DIGITS.model.layers[-1].name}")
    assert not [button for button in app.button if button.key == "layer-branch"]
    assert not [each for each in app.get("menu_button") if each.label == "Skip connection"]


def test_attention_reads_a_layer_in_each_role(open_page: Open, store: Store, answers):
    draft = draft_of(store, added(DIGITS, "MultiHeadAttention", 2))
    first, second = (layer.name for layer in DIGITS.model.layers[:2])
    app = press(open_page(shell.MODEL, draft=draft.id), "chevron-multi_head_attention")

    def role(which: str):
        return next(box for box in app.selectbox if box.label == f"Reads as {which}")

    def read() -> tuple[str, ...]:
        return store.drafts.draft(draft.id).spec.model.layers[2].inputs

    assert (role("query").value, role("value").value, role("key").value) == (second, second, None)
    role("value").set_value(first).run()
    assert not app.exception, app.exception
    assert read() == (second, first)
    role("key").set_value("input").run()
    assert read() == (second, first, "input")
    role("key").set_value(first).run()
    assert read() == (second, first), "the key is the value unless it is said"
    role("value").set_value(second).run()
    assert not app.exception, app.exception
    assert read()[:2] == (second, second) or read() == (second,)


def test_a_layer_that_nobody_reads_is_taken_away_or_joined(open_page: Open, store: Store, answers):
    name = DIGITS.model.layers[1].name
    draft = draft_of(store, rereading(DIGITS, DIGITS.model.layers[2].name, [DIGITS.model.layers[0].name]))
    app = open_page(shell.MODEL, draft=draft.id)
    button = next(each for each in app.button if str(each.key).startswith(f"fix-{name}-"))
    assert button.label == "Remove it"
    press(app, str(button.key))
    assert name not in [layer.name for layer in store.drafts.draft(draft.id).spec.model.layers]


def test_an_open_row_and_the_palette_say_when_a_layer_helps(open_page: Open, store: Store, answers):
    app = press(open_page(shell.MODEL, draft=draft_of(store).id), f"chevron-{DIGITS.model.layers[1].name}")
    assert catalog.about("layers", "Dense") in words(app)
    assert catalog.about("layers", "Dense") in app.button(key="add-Dense").help


def test_the_open_row_moves_copies_rests_and_goes(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = open_page(shell.MODEL, draft=draft.id)
    press(app, "add-Dense")
    names = lambda: [row.layer.name for row in rows(store.drafts.draft(draft.id).spec.model)]  # noqa: E731
    before = names()
    press(app, "layer-up")
    assert names().index("dense") == before.index("dense") - 1
    press(app, "layer-down")
    assert names() == before
    press(app, "layer-duplicate")
    assert names()[names().index("dense") + 1] == "dense_1"
    press(app, "layer-switch")
    assert [each.layer.name for each in store.drafts.draft(draft.id).spec.model.resting] == ["dense_1"]
    assert "Off: takes no part" in words(app)
    press(app, "layer-switch")
    press(app, "layer-remove")
    assert names() == before
    for _ in range(7):
        if not app.button(key="undo").disabled:
            press(app, "undo")
    assert store.drafts.draft(draft.id).spec == DIGITS


def test_a_value_a_name_and_what_is_read_are_edited(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = press(open_page(shell.MODEL, draft=draft.id), f"chevron-{DIGITS.model.layers[1].name}")
    first = next(field for field in app.number_input if field.label == "Units")
    first.set_value(77).run()
    assert store.drafts.draft(draft.id).spec.model.layers[1].args["units"] == 77
    name = next(field for field in app.text_input if field.label == "Name")
    name.set_value("deep").run()
    assert store.drafts.draft(draft.id).spec.model.layers[1].name == "deep"
    reads = next(field for field in app.multiselect if field.label == "Reads")
    reads.set_value(["input"]).run()
    assert store.drafts.draft(draft.id).spec.model.layers[1].inputs == ("input",)


@pytest.mark.parametrize("wrong", ["two words", "", "input", DIGITS.model.layers[-1].name])
def test_a_name_that_cannot_be_is_refused_in_words(open_page: Open, store: Store, wrong, answers):
    draft = draft_of(store)
    name = DIGITS.model.layers[1].name
    app = press(open_page(shell.MODEL, draft=draft.id), f"chevron-{name}")
    next(field for field in app.text_input if field.label == "Name").set_value(wrong).run()
    assert not app.exception, app.exception
    assert store.drafts.draft(draft.id).spec == DIGITS
    assert app.warning
    assert next(field for field in app.text_input if field.label == "Name").value == name


def test_a_layer_that_does_not_fit_says_so_at_its_row_and_is_mended(open_page: Open, store: Store, answers):
    spec = added(DIGITS, "Conv2D")
    draft = draft_of(store, spec)
    answers["error"] = {"layer": "conv2d", "message": "Keras's own words"}
    app = open_page(shell.MODEL, draft=draft.id)
    assert "Conv2D expects an image with channels" in words(app)
    assert "model.layers" not in words(app), "no technical place on screen"
    assert "It cannot be trained yet" in words(app)
    answers["error"] = None
    press(app, "fix-conv2d-0")
    assert kinds(store, draft)[0] == "Conv2D"
    assert "cannot be trained" not in words(app)


def test_a_problem_of_no_row_stands_below(open_page: Open, store: Store, answers):
    draft = draft_of(store, DIGITS.model_copy(update={"training": _other_loss()}))
    app = open_page(shell.MODEL, draft=draft.id)
    assert "Worth a look" in words(app)
    press(app, "fix-elsewhere-0")
    assert store.drafts.draft(draft.id).spec.training.loss.kind == DIGITS.training.loss.kind


def _other_loss():
    loss = DIGITS.training.loss.model_validate({"kind": "MeanSquaredError"})
    return DIGITS.training.model_copy(update={"loss": loss})


def test_an_edit_after_another_tab_s_is_told_and_overwrites_nothing(open_page: Open, store: Store, answers):
    draft = draft_of(store)
    app = open_page(shell.MODEL, draft=draft.id)
    theirs = store.drafts.save(draft.id, added(DIGITS, "Dropout"), draft.revision).spec
    press(app, "add-Dense")
    assert store.drafts.draft(draft.id).spec == theirs
    assert "another tab" in words(app)


def test_a_resting_layer_can_be_switched_on(open_page: Open, store: Store, answers):
    name = DIGITS.model.layers[1].name
    draft = draft_of(store, switched(DIGITS, name))
    app = press(open_page(shell.MODEL, draft=draft.id), f"chevron-{name}")
    press(app, "layer-switch")
    assert store.drafts.draft(draft.id).spec == DIGITS


def test_data_that_cannot_be_is_said(open_page: Open, store: Store):
    dataset = DIGITS.dataset.model_copy(update={"source": "nowhere"})
    app = open_page(shell.MODEL, draft=draft_of(store, DIGITS.model_copy(update={"dataset": dataset})).id)
    assert app.error


def test_a_hundred_layers_are_drawn(open_page: Open, store: Store, answers):
    spec = DIGITS
    while len(spec.model.layers) < 100:
        spec = added(spec, "Dense")
    app = open_page(shell.MODEL, draft=draft_of(store, spec).id)
    assert len([b for b in app.button if str(b.key).startswith("chevron-")]) == 100


def test_summaries_are_short_and_in_plain_words():
    said = {layer.name: model_words.summary(layer) for layer in recipes.recipe("digits-cnn").spec.model.layers}
    assert said["conv_1"].startswith("32 filters, kernel size 3")
    assert said["flatten"] == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Mend it"),
        ({"model.layers.hidden.units": 10}, "Set units to 10"),
        (
            {"model.layers.output.units": 3, "training.loss": {"kind": "MeanSquaredError"}},
            "Set units to 3 and use MeanSquaredError",
        ),
        (
            {"model.layers.hidden.units": 10, "model.layers.output.units": 3, "epochs": 2},
            "Set units to 10 and 2 more changes",
        ),
        ({"training.metrics.0": {"kind": "F1Score", "args": {"average": "macro"}}}, "Use F1Score"),
    ],
)
def test_the_button_of_a_fix_says_what_it_does(changes, words):
    after = DIGITS
    for path, value in changes.items():
        after = with_value(after, path, value)
    assert model_words.fix(DIGITS, after) == words


def test_the_button_of_a_fix_names_the_argument_of_a_metric():
    bare = with_value(DIGITS, "training.metrics", [{"kind": "F1Score"}])
    assert model_words.fix(bare, with_value(bare, "training.metrics.0.average", "macro")) == "Set average to macro"


@pytest.mark.parametrize(("n", "size"), [(0, "0 B"), (100, "400 B"), (29_066, "116 kB"), (10**7, "40.0 MB")])
def test_memory_in_words(n, size):
    assert model_side.memory(n) == size
