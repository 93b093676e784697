"""A layer that is added to the catalogue by one entry is found by all that loop over it."""

from pathlib import Path

import keras
import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, data
from playground.catalog import document, generate, tables
from playground.catalog.choice import Choice
from playground.engine.client import Client
from playground.engine.errors import HostError
from playground.export import script
from playground.runs import open_store
from playground.settings import Settings, settings
from playground.specs import RunSpec
from playground.specs.problems import problems
from playground.specs.stack import added
from playground.training.build import build
from playground.training.shapes import summarise
from playground.ui import shell
from tests.contract.tiny import exported
from tests.contract.training.specs import MULTICLASS, layer, spec

APP = Path(__file__).resolve().parents[2] / "app.py"


class Mixing(keras.layers.Layer):
    """Mixes all values of a row.

    Args:
        units: How many mixtures it makes.
        use_bias: Whether a number is added to each.
    """

    def __init__(self, units, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.units, self.use_bias = units, use_bias

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), name="bias") if self.use_bias else 0.0

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.kernel) + self.bias


ENTRY = Choice("Mixing", "Core", "Mixes all values of a row.", ("units",), ranks=(1,), usual={"units": 7})


@pytest.fixture
def one_entry(monkeypatch: pytest.MonkeyPatch):
    """Keras with a layer more, its facts read as ``make catalog`` reads them, and one entry in the table."""
    monkeypatch.setattr(keras.layers, "Mixing", Mixing, raising=False)
    found = generate.facts()
    monkeypatch.setattr(tables, "facts", lambda: found)
    monkeypatch.setitem(tables._CHOICES, "layers", (*tables._CHOICES["layers"], ENTRY))
    tables.forget()
    yield
    monkeypatch.undo()
    tables.forget()


@pytest.fixture
def mixed(one_entry: None) -> RunSpec:
    """A classifier to which the layer was added as the palette adds it."""
    return added(spec([layer("Dense", "output", units=3, activation="softmax")], "iris", loss=MULTICLASS), "Mixing")


def test_it_is_found_with_its_arguments_under_its_own_and_near_names(one_entry: None):
    entry = catalog.entry("layers", "Mixing")
    assert [param.name for param in entry.params] == ["units", "use_bias"]
    assert entry.param("units").help == "How many mixtures it makes."
    assert catalog.nearest("layers", "mixng")[0] == "Mixing"


def test_it_is_built_and_counted_and_its_exported_code_makes_the_same(mixed: RunSpec):
    facts = data.outline(mixed.dataset)
    assert [each for each in problems(mixed, facts, Settings()) if each.is_blocking] == []
    model = build(mixed.model, facts.input_shape)
    assert type(model.layers[1]) is Mixing
    assert summarise(mixed.model, facts.input_shape, "float32", Settings()).layers[0].parameters == 4 * 7 + 7
    assert "keras.layers.Mixing(7," in script(mixed)
    other = exported(mixed)["model"]
    assert [each.count_params() for each in other.layers] == [each.count_params() for each in model.layers[1:]]
    assert other.output_shape == model.output_shape


def test_it_stands_in_the_search_and_has_a_form(mixed: RunSpec, home: Path, monkeypatch: pytest.MonkeyPatch):
    def no_answer(*_: object, **__: object) -> None:
        raise HostError("no engine")

    monkeypatch.setattr(Client, "tend", lambda self: None)
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", no_answer)
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["draft"] = open_store(settings()).drafts.create(mixed, settings().owner).id
    app.switch_page(shell.MODEL)
    app.run()
    assert not app.exception
    offered = [each.options for each in app.selectbox if str(each.key).startswith("add-search")]
    assert any("Mixing" in option for options in offered for option in options)
    app.button(key="chevron-mixing").click().run()
    assert not app.exception
    (units,) = [each for each in app.number_input if str(each.key).startswith("model.layers.0.args.units")]
    assert units.value == 7


def test_it_is_documented_and_counted_as_on_offer(one_entry: None):
    assert "| Mixing | Core | Mixes all values of a row. |" in document.document()
    assert tables.coverage()[0].unexplained == ()


def test_without_an_entry_it_is_reported(one_entry: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tables._CHOICES, "layers", tables._CHOICES["layers"][:-1])
    assert tables.coverage()[0].unexplained == ("Mixing",)
