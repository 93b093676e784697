"""The window of augmented samples, with an engine that answers by hand."""

import numpy as np
import pytest

from playground import recipes
from playground.data import prepare
from playground.engine.client import Client
from playground.runs import Store
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.ui import model_augment, shapes, shell
from tests.ui.conftest import Open

IMAGES = recipes.recipe("digits-cnn").spec
FLAT = recipes.recipe("iris-mlp").spec
FLIP = {"kind": "RandomFlip", "name": "flip"}


def begun(spec: RunSpec, *layers: dict[str, object]) -> RunSpec:
    """``spec`` with ``layers`` in front of the others."""
    return with_value(spec, "model.layers", [*layers, *(layer.model_dump() for layer in spec.model.layers)])


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that knows no shapes, and turns images upside down."""
    shapes._asked.cache_clear()
    model_augment._asked.cache_clear()

    def ask(self: Client, question: str, args, arrays=None):
        if question != "augmented":
            return {
                "summary": None,
                "error": {"layer": None, "message": "none"},
                "weights_misfit": "",
                "cost": None,
            }, {}
        x = np.linspace(0, 1, 2 * 64, dtype=np.float32).reshape(2, 8, 8, 1)
        made = np.repeat(x[:, np.newaxis, ::-1], 6, axis=1)
        return {}, {"samples": x, "results": made, "labels": np.array([0, 1])}

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", ask)


@pytest.mark.parametrize(
    ("spec", "is_there"),
    [
        (begun(IMAGES, FLIP), True),
        (IMAGES, False),
        (begun(FLAT, FLIP), False),
        (begun(FLAT, {"kind": "Reshape", "name": "image", "args": {"target_shape": [2, 2, 1]}}, FLIP), True),
    ],
    ids=["images", "no augmentation", "a table", "a table made images"],
)
def test_the_button_is_there_for_images_that_are_augmented(spec, is_there, open_page: Open, store: Store):
    app = open_page(shell.MODEL, draft=store.drafts.create(spec, settings().owner).id)
    assert ("augmented" in [button.key for button in app.button]) == is_there


def test_names_of_classes_are_shown_as_they_are(open_page: Open, store: Store, monkeypatch):
    spec = begun(IMAGES, FLIP)
    prepare(spec.dataset, spec.seed, settings())
    names = ("<b>x</b>", ":red[x]", *IMAGES.name[:8])
    sheet = model_augment._sheet
    monkeypatch.setattr(
        model_augment, "_sheet", lambda found, facts: sheet(found, facts.model_copy(update={"classes": names}))
    )
    app = open_page(shell.MODEL, draft=store.drafts.create(spec, settings().owner).id)
    app.button(key="augmented").click().run()
    assert not app.exception, app.exception
    captions = [caption.value for caption in app.caption]
    assert {shell.plain("<b>x</b>"), shell.plain(":red[x]")} <= set(captions)
    assert ":red[x]" not in captions
