"""A server of the test's own that answers as OpenML does, with one small dataset."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.unit.data.file_server import Files, serving

ARFF = """% 1. Title: small flowers
@RELATION flowers
@ATTRIBUTE number INTEGER
@ATTRIBUTE 'petal length'  REAL
@ATTRIBUTE colour {'dark red',white}
@ATTRIBUTE note STRING
@ATTRIBUTE class   {setosa,virginica}
@ATTRIBUTE 'leaf width' NUMERIC
@DATA
""" + "".join(
    f"{at},{1.5 + at % 7},{'?' if at % 9 == 0 else ['white', chr(39) + 'dark red' + chr(39)][at % 2]},"
    f"'it''s flower {at % 4}, or not',{['setosa', 'virginica'][at % 3 == 0]},{at % 5}\n".replace("''", "\\'")
    for at in range(60)
)
ROWS = 60


def description(server_url: str, **changes: object) -> dict[str, object]:
    """What OpenML says of a dataset, as it says it."""
    known = {
        "id": "61",
        "name": "flowers",
        "version": "1",
        "description": "**Author**: R.A. Fisher",
        "description_version": "1",
        "format": "ARFF",
        "creator": "R.A. Fisher",
        "upload_date": "2014-04-06T23:23:39",
        "language": "English",
        "licence": "Public",
        "url": f"{server_url}/data/v1/download/61/flowers.arff",
        "file_id": "61",
        "default_target_attribute": "class",
        "row_id_attribute": "number",
        "version_label": "1",
        "tag": ["study_1", "uci"],
        "visibility": "public",
        "status": "active",
        "processing_date": "2020-11-20 19:02:18",
        "md5_checksum": hashlib.md5(ARFF.encode()).hexdigest(),
    }
    return {"data_set_description": {name: value for name, value in (known | changes).items() if value is not None}}


@contextmanager
def flowers() -> Iterator[Files]:
    """A server with one dataset, as ARFF, by number, name and version."""
    with serving() as server:
        found = {"did": 61, "name": "flowers", "version": 1, "status": "active", "format": "ARFF", "file_id": 61}
        newer = found | {"did": 40_000, "version": 2}
        server.bodies["/api/v1/json/data/61"] = json.dumps(description(server.url)).encode()
        listed = json.dumps({"data": {"dataset": [newer, found]}}).encode()
        server.bodies["/api/v1/json/data/list/data_name/flowers/limit/2/status/active"] = listed
        server.bodies["/api/v1/json/data/list/data_name/flowers/limit/2/data_version/1"] = json.dumps(
            {"data": {"dataset": [found]}}
        ).encode()
        server.bodies["/data/v1/download/61/flowers.arff"] = ARFF.encode()
        yield server
