"""Forms made from the catalogue: nested objects, what they say, lists of numbers, and the way back to the default."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, recipes
from playground.catalog import Param
from playground.export import script
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs import Args, RunSpec
from playground.specs.edit import with_value
from playground.specs.stack import added
from playground.ui import shell
from playground.ui.form_words import hint, is_idle, judgement, numbers, only_used, spelled
from tests.ui.conftest import Open

DIGITS = recipes.recipe("digits-mlp").spec
HIDDEN = DIGITS.model.layers[1].name
SHAPE = Param("kernel_size", "shape", minimum=1, required=True, label="Kernel size")
LISTED = Param("target_shape", "shape", minimum=-1, required=True, listed=True)
RATES = Param("values", "list", minimum=0, required=True)


def opened(open_page: Open, store: Store, spec: RunSpec, layer: str) -> tuple[AppTest, Draft]:
    """The Model page of a draft of ``spec`` with the form of ``layer`` open."""
    draft = store.drafts.create(spec, settings().owner)
    app = open_page(shell.MODEL, draft=draft.id)
    app.button(key=f"chevron-{layer}").click().run()
    assert not app.exception, app.exception
    return app, draft


def widget(app: AppTest, kind: str, place: str):
    """The widget of the argument at ``place``, whatever generation its key is of."""
    (found,) = [each for each in app.get(kind) if str(each.key).rsplit("~", 1)[0] == place]
    return found


def args_of(store: Store, draft: Draft, at: int) -> dict:
    return store.drafts.draft(draft.id).spec.model.layers[at].args.plain()


def test_objects_open_their_forms_to_any_depth(open_page: Open, store: Store):
    app, draft = opened(open_page, store, added(DIGITS, "Bidirectional", 1), "bidirectional")
    place = "model.layers.1.args.layer"
    assert widget(app, "selectbox", place).value == "LSTM"
    widget(app, "number_input", f"{place}.args.units").set_value(24).run()
    widget(app, "selectbox", f"{place}.args.kernel_regularizer").set_value("L2").run()
    widget(app, "number_input", f"{place}.args.kernel_regularizer.args.l2").set_value(0.05).run()
    assert not app.exception, app.exception
    inner = args_of(store, draft, 1)["layer"]
    assert inner["args"] == {"units": 24, "kernel_regularizer": {"kind": "L2", "args": {"l2": 0.05}}}


def test_every_argument_of_a_nested_object_can_be_set(open_page: Open, store: Store):
    app, _ = opened(open_page, store, added(DIGITS, "Bidirectional", 1), "bidirectional")
    keys = {
        str(each.key).rsplit("~", 1)[0]
        for kind in ("number_input", "selectbox", "toggle", "text_input")
        for each in app.get(kind)
    }
    lstm = catalog.entry("layers", "LSTM")
    assert lstm is not None
    assert {f"model.layers.1.args.layer.args.{param.name}" for param in lstm.params} <= keys


@pytest.mark.parametrize(
    ("wrapper", "inside", "outside"),
    [
        ("Bidirectional", {"SimpleRNN", "LSTM", "GRU"}, {"Dense", "Conv2D", "Bidirectional", "Add"}),
        ("TimeDistributed", {"Dense", "Conv2D", "Flatten", "LSTM"}, {"Add", "Concatenate", "MultiHeadAttention"}),
        ("SpectralNormalization", {"Dense", "Conv2D", "Embedding"}, {"Flatten", "LSTM", "SeparableConv2D"}),
    ],
)
def test_a_wrapper_offers_the_layers_that_it_can_be_put_around(open_page: Open, store: Store, wrapper, inside, outside):
    spec = added(DIGITS, wrapper, 1)
    name = spec.model.layers[1].name
    app, _ = opened(open_page, store, spec, name)
    options = set(widget(app, "selectbox", "model.layers.1.args.layer").options)
    assert inside <= options
    assert not outside & options


def test_what_a_wrapper_cannot_be_put_around_is_shown_and_mended(open_page: Open, store: Store):
    spec = with_value(
        added(DIGITS, "Bidirectional", 1), "model.layers.1.layer", {"kind": "Dense", "args": {"units": 7}}
    )
    app, draft = opened(open_page, store, spec, "bidirectional")
    assert widget(app, "selectbox", "model.layers.1.args.layer").value == "Dense"
    app.button(key="fix-bidirectional-0").click().run()
    assert not app.exception, app.exception
    assert args_of(store, draft, 1)["layer"] == {"kind": "LSTM", "args": {"units": 7}}


def test_another_object_keeps_what_both_have_and_shows_it(open_page: Open, store: Store):
    app, draft = opened(open_page, store, added(DIGITS, "Bidirectional", 1), "bidirectional")
    place = "model.layers.1.args.layer"
    widget(app, "number_input", f"{place}.args.units").set_value(24).run()
    widget(app, "selectbox", place).set_value("GRU").run()
    assert args_of(store, draft, 1)["layer"] == {"kind": "GRU", "args": {"units": 24}}
    assert widget(app, "number_input", f"{place}.args.units").value == 24


def test_an_object_can_be_taken_away(open_page: Open, store: Store):
    spec = with_value(DIGITS, f"model.layers.{HIDDEN}.kernel_regularizer", {"kind": "L2", "args": {"l2": 0.02}})
    app, draft = opened(open_page, store, spec, HIDDEN)
    widget(app, "selectbox", "model.layers.1.args.kernel_regularizer").set_value("").run()
    assert args_of(store, draft, 1)["kernel_regularizer"] is None
    assert not [each for each in app.number_input if ".l2~" in str(each.key)]


def test_the_arguments_of_a_default_object_can_be_opened(open_page: Open, store: Store):
    app, draft = opened(open_page, store, added(DIGITS, "LSTM", 1), "lstm")
    place = "model.layers.1.args.recurrent_initializer"
    widget(app, "button", f"open-{place}").click().run()
    widget(app, "number_input", f"{place}.args.gain").set_value(0.5).run()
    assert args_of(store, draft, 1)["recurrent_initializer"] == {"kind": "Orthogonal", "args": {"gain": 0.5}}


def test_a_schedule_begins_with_the_rate_and_gives_it_back(open_page: Open, store: Store):
    draft = store.drafts.create(with_value(DIGITS, "learning_rate", 0.003), settings().owner)
    app = open_page(shell.TRAIN, draft=draft.id)
    place = "training.optimizer.args.learning_rate"
    rate = lambda: store.drafts.draft(draft.id).spec.training.optimizer.args["learning_rate"]  # noqa: E731
    widget(app, "button", f"object-{place}").click().run()
    assert rate()["args"]["initial_learning_rate"] == 0.003
    widget(app, "selectbox", place).set_value("CosineDecay").run()
    assert rate()["kind"] == "CosineDecay"
    assert rate()["args"]["initial_learning_rate"] == 0.003
    widget(app, "number_input", f"{place}.args.initial_learning_rate").set_value(0.002).run()
    widget(app, "selectbox", place).set_value("").run()
    assert rate() == 0.002
    assert not app.exception, app.exception


def test_an_argument_is_put_back_to_kerass_default(open_page: Open, store: Store):
    spec = with_value(DIGITS, f"model.layers.{HIDDEN}.use_bias", False)
    app, draft = opened(open_page, store, spec, HIDDEN)
    assert widget(app, "toggle", "model.layers.1.args.use_bias").value is False
    menu = next(each for each in app.get("menu_button") if str(each.key).startswith("default-model.layers.1.args"))
    assert "use_bias: True" in menu.options
    menu.click("use_bias").run()
    assert "use_bias" not in args_of(store, draft, 1)
    assert widget(app, "toggle", "model.layers.1.args.use_bias").value is True


def test_what_has_no_effect_now_cannot_be_changed_and_says_why(open_page: Open, store: Store):
    spec = with_value(DIGITS, f"model.layers.{HIDDEN}.use_bias", False)
    app, _ = opened(open_page, store, spec, HIDDEN)
    idle = widget(app, "selectbox", "model.layers.1.args.bias_initializer")
    assert idle.disabled
    assert "Only used when `use_bias` is on" in idle.help
    assert not widget(app, "selectbox", "model.layers.1.args.kernel_initializer").disabled
    widget(app, "toggle", "model.layers.1.args.use_bias").set_value(True).run()
    assert not widget(app, "selectbox", "model.layers.1.args.bias_initializer").disabled


def test_a_wrong_list_is_refused_with_what_was_expected_and_received(open_page: Open, store: Store):
    spec = added(DIGITS, "Conv2D", 0)
    app, draft = opened(open_page, store, spec, "conv2d")
    before = args_of(store, draft, 0)
    widget(app, "text_input", "model.layers.0.args.kernel_size").set_value("3, x").run()
    assert args_of(store, draft, 0) == before
    (told,) = [each.value for each in app.warning]
    for words in ("Kernel size", "whole numbers of at least 1", "3, x", "such as 2, 2"):
        assert words in told
    assert widget(app, "text_input", "model.layers.0.args.kernel_size").value == spelled(before["kernel_size"])
    widget(app, "text_input", "model.layers.0.args.kernel_size").set_value("5, 3").run()
    assert args_of(store, draft, 0)["kernel_size"] == [5, 3]


def test_nested_arguments_reach_the_script(open_page: Open, store: Store):
    app, draft = opened(open_page, store, added(DIGITS, "Bidirectional", 1), "bidirectional")
    widget(app, "selectbox", "model.layers.1.args.layer.args.kernel_regularizer").set_value("L1").run()
    text = script(store.drafts.draft(draft.id).spec)
    assert "L1(" in text


@pytest.mark.parametrize(
    ("text", "param", "value"),
    [
        ("3", SHAPE, 3),
        ("3,", SHAPE, 3),
        (" (3, 2) ", SHAPE, (3, 2)),
        ("3 × 2", SHAPE, (3, 2)),
        ("[3, 2]", SHAPE, (3, 2)),
        ("3.0", SHAPE, 3),
        ("3", LISTED, (3,)),
        ("(3,)", LISTED, (3,)),
        ("-1, 4", LISTED, (-1, 4)),
        ("(1, 2), (3, 4)", SHAPE, ((1, 2), (3, 4))),
        ("((1, 2), (3, 4))", SHAPE, ((1, 2), (3, 4))),
        (".1, 0.01, 1e-3", RATES, (0.1, 0.01, 0.001)),
        ("0.5", RATES, (0.5,)),
        ("", Param("strides", "shape", optional=True), None),
        ("–", Param("strides", "shape", optional=True), None),
    ],
)
def test_lists_are_read_as_people_write_them(text, param, value):
    assert numbers(text, param) == value


@pytest.mark.parametrize("param", [SHAPE, LISTED, RATES])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "1; 2",
        "true",
        "null",
        '"1"',
        "{}",
        "NaN",
        "Infinity",
        "1e999",
        "(1",
        "1)",
        "((((1, 2",
        "-7",
        "9" * 5000,
    ],
)
def test_what_is_no_list_is_refused_in_one_line(text, param):
    with pytest.raises(ValueError, match=r"expected .* received") as refused:
        numbers(text, param)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_what_is_shown_is_read_back():
    for table in catalog.KINDS:
        for entry in catalog.entries(table):
            for param in entry.params:
                if param.kind in ("shape", "list") and param.accepts(param.default):
                    assert numbers(spelled(param.default), param) == param.default, f"{entry.id}.{param.name}"


def test_our_words_come_before_kerass():
    adam = catalog.entry("optimizers", "Adam")
    assert adam is not None
    rate = adam.param("learning_rate")
    assert rate is not None
    said = hint(rate)
    places = [said.index(words) for words in (rate.typical, rate.raising, rate.lowering, "0.001", rate.help)]
    assert places == sorted(places)


def test_what_nobody_described_shows_kerass_own_help():
    assert hint(Param("mystery", "int", required=True, help="Keras's words.")) == "Keras's words."


def test_conditions_are_said_and_looked_at():
    loss = catalog.entry("losses", "BinaryFocalCrossentropy")
    assert loss is not None
    alpha = loss.param("alpha")
    assert alpha is not None
    assert only_used(alpha) == "Only used when `apply_class_balancing` is on."
    assert is_idle(alpha, loss, Args())
    assert not is_idle(alpha, loss, Args({"apply_class_balancing": True}))


def test_a_choice_says_what_it_is_and_when_it_helps():
    relu = catalog.entry("activations", "relu")
    assert relu is not None
    assert judgement(relu).startswith(relu.summary)
    assert catalog.about("activations", "relu") in judgement(relu)
