"""The exported script of a run on a set of OpenML downloads it with scikit-learn and gives the numbers of the app."""

import hashlib
import json

import pytest
from sklearn.datasets import _openml

from playground.data.downloads.openml import fetch_openml
from playground.data.uploads.proposal import proposed
from playground.export import script
from playground.settings import settings
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here
from tests.openml_server import ARFF, ROWS, description, flowers

pytestmark = pytest.mark.contract

# Names that are numbers, which OpenML has often.
NAMED = ARFF.replace("'leaf width' NUMERIC", "'leaf width' {0,1,2,3,4}").encode()
ATTRIBUTES = {
    "number": "numeric",
    "petal length": "numeric",
    "colour": "nominal",
    "note": "string",
    "class": "nominal",
    "leaf width": "nominal",
}


@pytest.fixture
def openml(monkeypatch, tmp_path):
    """A server that the app and scikit-learn take for OpenML."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path / "scikit_learn_data"))
    with flowers() as server:
        server.bodies["/data/v1/download/61/flowers.arff"] = NAMED
        known = description(server.url, md5_checksum=hashlib.md5(NAMED).hexdigest())
        server.bodies["/api/v1/json/data/61"] = json.dumps(known).encode()
        features = [
            {
                "index": str(at),
                "name": name,
                "data_type": kind,
                "is_target": str(name == "class").lower(),
                "is_ignore": "false",
                "number_of_missing_values": "0",
                "is_row_identifier": str(name == "number").lower(),
            }
            for at, (name, kind) in enumerate(ATTRIBUTES.items())
        ]
        n_rows = {"name": "NumberOfInstances", "value": str(float(ROWS))}
        for what, answer in {
            "features": {"data_features": {"feature": features}},
            "qualities": {"data_qualities": {"quality": [n_rows]}},
        }.items():
            server.bodies[f"/api/v1/json/data/{what}/61"] = json.dumps(answer).encode()
        for name in ("_DATA_INFO", "_DATA_FEATURES", "_DATA_QUALITIES"):
            monkeypatch.setattr(_openml, name, getattr(_openml, name).replace("https://www.openml.org", server.url))
        yield server


def test_the_script_gives_the_numbers_of_the_app(openml, home, tmp_path, monkeypatch):
    limits = settings().model_copy(update={"openml_url": openml.url})
    profile = fetch_openml("flowers", limits, lambda fraction, message: None)
    spec = with_value(proposed(profile, limits, seed=4), "training.epochs", 2)
    assert {"petal length", "colour", "leaf width"} <= set(spec.dataset.features)
    source = script(spec)
    assert "fetch_openml(data_id=61, as_frame=True" in source
    gives_the_numbers_here("flowers", spec, source, tmp_path, monkeypatch)
