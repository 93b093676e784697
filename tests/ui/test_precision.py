"""Precision on the Train page: chosen, said to be unwise where the device gains nothing, and put into the code."""

import pytest

from playground.specs.cost import Device
from playground.specs.edit import with_value
from playground.specs.shapes import Shapes
from playground.ui import about, obstacles, shapes
from tests.ui.test_settings import SPEC, made, stored, widget
from tests.ui.test_train import TRAIN, buttons, text

PATH = "training.precision"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch):
    """Lets the draft's layers fit, on a device of one's choice."""

    def device(*precisions: str) -> None:
        known = Shapes.model_validate({"layers": [], "parameters": 1})
        monkeypatch.setattr(shapes, "of", lambda spec: known)
        there = Device(name="Some device", memory_bytes=10**12, precisions=precisions)
        monkeypatch.setattr(obstacles, "device", lambda settings: there)

    return device


def test_the_precision_is_chosen_in_words_and_stands_in_the_code(store, open_page, on):
    on("float32", "mixed_bfloat16")
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    field = widget(page, "selectbox", "Precision")
    assert field.value == "float32"
    field.select("mixed_bfloat16").run()
    assert stored(store, draft) == with_value(SPEC, PATH, "mixed_bfloat16")
    assert 'set_dtype_policy("mixed_bfloat16")' in about.code(stored(store, draft))
    assert "Some device" not in text(page), "nothing is wrong with it"


def test_a_device_that_gains_nothing_says_so_and_mends_it(store, open_page, on):
    on("float32")
    draft = made(store, with_value(SPEC, PATH, "mixed_float16"))
    page = open_page(TRAIN, draft=draft.id)
    assert "expected float32 on Some device" in text(page)
    assert "Fix it" in buttons(page)
    key = f"fix-precision-without-gain-{PATH}"
    next(button for button in page.button if button.key == key).click().run()
    assert stored(store, draft) == SPEC
