"""The lab of convolution, with answers that are not Keras's: what is asked, said and taken."""

import json

import numpy as np
import pytest

from playground import recipes
from playground.catalog.kernels import KERNELS, PICTURES, kernel, picture
from playground.ui import convolution_choice, lab_answers, lab_csv
from playground.ui.convolution_sizes import Going, output_size, spelled
from playground.ui.lab_answers import Answer

PAGE = "pages/11_Convolution.py"


def answered(question, args):
    """An answer in the form that a workbench gives: a picture of 8 × 8 with as many channels as the kernel has."""
    values = np.asarray(args["kernel"], float)
    if question == "convolution":
        n = output_size(8, Going(values.shape[0], args["stride"], args["padding"], args["dilation"]))
        arrays = {"picture": np.full((8, 8, values.shape[2]), 0.5), "output": np.arange(n * n, dtype=float)}
        arrays["output"] = arrays["output"].reshape(n, n)
        if args["pooling"]:
            arrays["pooled"] = np.ones((n // args["pool"], n // args["pool"]))
        return Answer({"before": [1, 1] if args["padding"] == "same" else [0, 0], "weights": values.size}, arrays)
    products = 0.5 * values
    total = float(products.sum())
    return Answer({"total": total}, {"values": 0 * values + 0.5, "products": products, "sums": products.sum((0, 1))})


@pytest.fixture
def asked(monkeypatch):
    """The questions that were asked, in order."""
    found = []

    def ask(question, args, **arrays):
        found.append((question, json.loads(json.dumps(args))))
        return answered(question, args)

    monkeypatch.setattr(lab_answers, "ask", ask)
    return found


def last(asked, question="convolution"):
    return [args for name, args in asked if name == question][-1]


def said(page):
    return "\n".join(each.value for each in [*page.caption, *page.markdown, *page.latex]).replace("\\", "")


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def test_every_picture_and_kernel_is_offered(asked, open_page):
    page = open_page(PAGE)
    assert page.selectbox(key=convolution_choice.PICTURE).options == [each.label for each in PICTURES]
    assert page.selectbox(key=convolution_choice.KERNEL).options == [each.label for each in KERNELS]


@pytest.mark.parametrize("each", KERNELS, ids=lambda each: each.id)
def test_a_kernel_is_asked_for_with_its_numbers_and_written_out(each, asked, open_page):
    page = open_page(PAGE, kernel=each.label)
    assert last(asked)["kernel"] == [[[value] for value in row] for row in each.cells]
    words = "".join(said(page).split())
    assert words.count("0.5cdot") == len(each.cells) ** 2
    assert [f"{field.value:g}" for field in page.number_input][: len(each.cells)] == [f"{v:g}" for v in each.cells[0]]


def test_the_address_says_what_is_shown(asked, open_page):
    open_page(
        PAGE,
        picture=picture("discs").label,
        kernel=kernel("blur").label,
        strides="2",
        stride="2",
        padding="same",
        pooling="Mean",
        pool="3",
        at="2-3",
    )
    args = last(asked)
    assert (args["picture"], args["stride"], args["padding"]) == ("discs", 2, "same")
    assert (args["pooling"], args["pool"]) == ("average", 3)
    assert np.shape(args["kernel"]) == (3, 3, 3)
    assert last(asked, "convolution_window")["at"] == [1, 2]


@pytest.mark.parametrize(
    "query",
    [{"cells": "nan,1,2,3,4,5,6,7,8"}, {"cells": "1,2"}, {"cells": "<b>" * 99}, {"at": "99999999-x"}, {"stride": "-1"}],
)
def test_an_address_that_means_nothing_shows_what_is_shown_at_first(query, asked, open_page):
    open_page(PAGE, **query)
    args = last(asked)
    assert args["kernel"] == [[[value] for value in row] for row in KERNELS[0].cells]
    assert args["stride"] == 1
    assert last(asked, "convolution_window")["at"] == [0, 0]


def test_a_number_of_the_kernel_is_changed_kept_in_the_address_and_taken_back(asked, open_page):
    page = open_page(PAGE)
    page.number_input[4].set_value(3.5).run()
    assert last(asked)["kernel"][1][1] == [3.5]
    assert "3.5" in str(page.query_params["cells"])
    other = open_page(PAGE, cells="-1,0,1,-2,3.5,2,-1,0,1")
    assert last(asked)["kernel"][1][1] == [3.5]
    press(other, "Begin anew")
    assert last(asked)["kernel"][1][1] == [0]
    assert "cells" not in other.query_params


def test_a_channel_has_numbers_of_its_own(asked, open_page):
    page = open_page(PAGE, picture=picture("discs").label)
    page.number_input[0].set_value(7.0).run()
    assert last(asked)["kernel"][0][0] == [7, -1, -1]
    words = said(page)
    assert all(f"text{{{name}}}" in words for name in ("red", "green", "blue", "together"))


def test_the_kernel_goes_on_step_by_step_and_plays(asked, open_page):
    page = press(open_page(PAGE), "Next")
    assert last(asked, "convolution_window")["at"] == [0, 1]
    assert "**Row 1, column 2** of 6 × 6" in said(page)
    assert page.query_params["at"] in ("1-2", ["1-2"])
    page = press(page, "Back")
    assert last(asked, "convolution_window")["at"] == [0, 0]
    page = press(page, "Play")
    assert any(button.label == "Pause" for button in page.button)
    page = press(page, "Pause")
    assert any(button.label == "Play" for button in page.button)


def test_what_keras_does_not_take_is_said_with_what_helps(asked, open_page):
    page = open_page(PAGE, stride="2", dilation="2")
    assert "either strides or dilation_rate above 1" in page.info[0].value
    assert not asked


def test_the_formula_has_the_numbers(asked, open_page):
    words = said(open_page(PAGE, padding="valid", dilation="2")).replace(" ", "")
    assert "frac{8-2,(3-1)-1}{1}" in words
    assert "(4, 4, 1)" in said(open_page(PAGE, dilation="2"))
    assert spelled(8, Going(3, 2, "same")).endswith("= 4")
    assert spelled(9, Going(3, 2)).endswith("= 4")


def test_every_experiment_asks_and_then_tells(asked, open_page):
    page = open_page(PAGE)
    titles = [button.label for button in page.button if button.key and button.key.startswith("try-")]
    assert len(titles) == 3
    for title in titles:
        page = press(page, title)
        assert "You said" not in said(page)
        page = page.radio[0].set_value(1).run()
        assert not page.exception
        assert "You said" in said(page)
    assert last(asked)["picture"] == "ramp"
    assert np.ravel(last(asked)["kernel"]).tolist() == np.ravel(kernel("outline").cells).tolist()


def test_the_layers_go_into_the_draft_before_what_makes_pictures_flat(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("digits-mlp").spec, "local")
    page = open_page(PAGE, draft=made.id, kernel="Blur, 5 × 5", stride="2", padding="same", pooling="Largest", pool="2")
    page.number_input(key="take-filters").set_value(8).run()
    page.button(key="take").click().run()
    assert not page.exception
    layers = store.drafts.draft(made.id).spec.model.layers
    assert [layer.kind for layer in layers][:3] == ["Conv2D", "MaxPooling2D", "Flatten"]
    args = layers[0].args.plain()
    assert (args["filters"], args["kernel_size"], args["strides"], args["padding"]) == (8, 5, 2, "same")
    assert layers[1].args.plain() == {"pool_size": 2}


def test_without_a_draft_or_an_engine_the_page_says_so(monkeypatch, asked, open_page):
    assert "There is no draft yet" in said(open_page(PAGE))
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(error="Keras says no"))
    assert "Keras says no" in said(open_page(PAGE))
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(is_starting=True))
    assert "The engine is starting" in said(open_page(PAGE))


def test_numbers_are_given_away_as_a_table():
    values = np.array([[1.5, -2.0]])
    assert lab_csv.table(("part", "row", "column", "value"), lab_csv.cells("output", values)) == (
        "part,row,column,value\noutput,1,1,1.5\noutput,1,2,-2.0\n"
    )
