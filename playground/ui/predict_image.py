"""Images for a network: drawn, uploaded, taken with the camera, or one of its own data."""

from typing import Any

import numpy as np
import streamlit as st

from playground.data import DataError, opened
from playground.locale.text import _
from playground.settings import settings
from playground.specs.facts import Facts
from playground.ui import draft, lab_fields, predict_answer, predict_ask, predict_draw
from playground.ui.lab_answers import Answer
from playground.ui.predict_runs import Chosen

_KINDS = ["png", "jpg", "jpeg", "webp", "bmp", "gif"]
_MB = 20
_AT = "predict.sample"
_CENTRED = "predict-as-ink"
_PICTURE_PX = 180


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the choice of where the image comes from, and that way."""
    ways: dict[str, str] = {}
    is_grey = len(inputs["shape"]) == 2 or inputs["shape"][-1] == 1
    if is_grey and inputs["frame"]["is_ink"]:
        ways["draw"] = _("Draw")
    ways |= {"upload": _("Upload"), "camera": _("Camera"), "sample": _("From the data")}
    way = lab_fields.part(_("Where the image comes from"), ways, "way")
    if way == "draw":
        predict_draw.panel(chosen, facts, inputs)
    elif way == "sample":
        _sample(chosen, facts, inputs)
    else:
        _brought(way, chosen, facts, inputs, can_be_ink="draw" in ways)


def _brought(way: str, chosen: Chosen, facts: Facts, inputs: dict[str, Any], *, can_be_ink: bool) -> None:
    left, right = st.columns((1, 1.25), gap="large")
    with left:
        if way == "camera":
            file = st.camera_input(_("Take a picture"), key="predict-camera")
        else:
            file = st.file_uploader(_("A picture"), type=_KINDS, key="predict-picture", max_upload_size=_MB)
        as_ink = can_be_ink and st.toggle(
            _("Cut the drawing out and centre it"),
            value=True,
            key=_CENTRED,
            help=_("Takes what stands out from the paper, as bright ink on a dark ground, as the training images are."),
        )
        st.caption(_("The picture is not kept."))
    with right:
        if file is None:
            predict_answer.nothing_yet(_("Bring a picture: the answer appears here."))
            return
        asked = {"as_ink": as_ink, "frame": inputs["frame"], "range": inputs["range"]}
        data = np.frombuffer(file.getvalue(), np.uint8)
        answer = predict_ask.ask(chosen, "predict_picture", asked, {"file": data})
        predict_answer.draw(answer, facts, inputs, way)
    if answer.is_there:
        with left:
            _resized(answer, inputs)


def _resized(answer: Answer, inputs: dict[str, Any]) -> None:
    """Say how another size became that of the dataset."""
    height, width = answer.values["size"]
    words = _("It came with {width} × {height} pixels; the network reads {to}.")
    to = " × ".join(map(str, inputs["shape"][1::-1]))
    st.caption(words.format(width=f"{width:,}", height=f"{height:,}", to=to))


def _sample(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    left, right = st.columns((1, 1.25), gap="large")
    number = draft.get(_AT, 0) % max(1, len(inputs["at"]))
    at = inputs["at"][number]
    with left:
        st.button(
            _("Another one"),
            icon=":material/shuffle:",
            key="predict-another",
            on_click=draft.put,
            args=(_AT, number + 1),
        )
        try:
            prepared = opened(chosen.spec.dataset, chosen.spec.seed, settings())
            image = np.asarray(prepared.array(f"x_{inputs['part']}")[at]) if prepared else None
        except DataError:
            image = None
        part = _("validation part") if inputs["part"] == "validation" else _("training part")
        words = _("Row {row} of the {part}").format(row=at + 1, part=part)
        if image is not None and facts.task != "reconstruction":
            predict_answer.picture(image, words, _PICTURE_PX)
        else:
            st.caption(words)
    with right:
        answer = predict_ask.ask(chosen, "predict_sample", {"part": inputs["part"], "at": at})
        predict_answer.draw(answer, facts, inputs, "sample")
        predict_answer.truth(facts, inputs, number)
