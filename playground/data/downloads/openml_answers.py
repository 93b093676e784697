"""What OpenML says of a dataset, bounded in size and kept beside its data."""

import json
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ValidationError, field_validator

from playground.data.errors import DataError, OfflineError
from playground.data.scratch import PREFIX
from playground.settings import Settings

FOLDER = "openml"
HOST = "openml.org"
_NAME = re.compile(r"[\w.,()+&' -]{1,128}")
_VERSIONED = re.compile(r"(.+?):(\d{1,6})")
_MAX_ANSWER = 5_000_000
_NOTHING_FOUND = 412


class Description(BaseModel):
    """What OpenML says of a dataset; the names are OpenML's."""

    id: int
    name: str
    version: int = 1
    format: str = "ARFF"
    url: str
    parquet_url: str | None = None
    md5_checksum: str | None = None
    default_target_attribute: str | None = None
    row_id_attribute: tuple[str, ...] = ()
    ignore_attribute: tuple[str, ...] = ()

    @field_validator("row_id_attribute", "ignore_attribute", mode="before")
    @classmethod
    def _names(cls, given: Any) -> Any:
        return given.split(",") if isinstance(given, str) else given or ()


def described(asked: str, settings: Settings) -> Description:
    """What is known of the dataset called ``asked``: from a file beside its data, or from OpenML.

    Raises:
        OfflineError: it is not here and OpenML cannot be asked; the message says what to put where.
        DataError: there is no such dataset, or the answer is none.
    """
    if not _NAME.fullmatch(asked.replace(":", "")):
        raise DataError(f"Expected the name or the number of an OpenML dataset, received {asked[:140]!r}.")
    for path in (settings.datasets_dir / FOLDER).glob("*.json"):
        known = _read(path)
        if known is not None and asked in (str(known.id), known.name, f"{known.name}:{known.version}"):
            return known
    number = int(asked) if asked.isdecimal() else _number(asked, settings)
    path = settings.datasets_dir / FOLDER / f"{number}.json"
    answer = _answer(f"/api/v1/json/data/{number}", asked, path, settings)
    try:
        known = Description.model_validate(answer["data_set_description"])
    except (KeyError, TypeError, ValidationError) as error:
        raise DataError(f"OpenML's answer to {asked!r} describes no dataset. Try again, or another one.") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{PREFIX}{path.name}.{secrets.token_hex(8)}")
    scratch.write_text(json.dumps(answer, indent=1), encoding="utf-8")
    os.replace(scratch, path)
    return known


def _read(path: Path) -> Description | None:
    try:
        if path.stat().st_size > _MAX_ANSWER:
            return None
        return Description.model_validate(json.loads(path.read_bytes())["data_set_description"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _number(asked: str, settings: Settings) -> int:
    """The number of the dataset of that name."""
    versioned = _VERSIONED.fullmatch(asked)
    name, version = versioned.groups() if versioned else (asked, "")
    which = f"data_version/{version}" if version else "status/active"
    path = settings.datasets_dir / FOLDER / "NUMBER.json"
    answer = _answer(f"/api/v1/json/data/list/data_name/{quote(name, safe='')}/limit/2/{which}", asked, path, settings)
    try:
        return min(int(each["did"]) for each in answer["data"]["dataset"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"OpenML's answer to {asked!r} lists no dataset. Try its number.") from error


def _answer(where: str, asked: str, path: Path, settings: Settings) -> Any:
    """The JSON that OpenML answers with."""
    import requests

    from playground.data.downloads.transfer import CONNECT_S, SILENCE_S

    url = settings.openml_url.rstrip("/") + where
    try:
        with requests.get(url, stream=True, timeout=(CONNECT_S, SILENCE_S)) as response:
            if response.status_code in (_NOTHING_FOUND, requests.codes.not_found):
                raise DataError(f"OpenML has no dataset {asked!r}. Look for one at https://www.{HOST}/search.")
            response.raise_for_status()
            data = b""
            for piece in response.iter_content(2**16):
                data += piece
                if len(data) > _MAX_ANSWER:
                    raise DataError(f"OpenML's answer to {asked!r} is longer than {_MAX_ANSWER:,} bytes.")
        return json.loads(data)
    except DataError:
        raise
    except requests.RequestException as error:
        reason = error.response.status_code if error.response is not None else "no connection"
        raise OfflineError(
            f"{asked!r} is not on this server and {urlsplit(url).hostname} could not be asked ({reason}). "
            f"Fetch {url} elsewhere, put it into {path.parent} as {path.name}, and try again."
        ) from error
    except ValueError as error:
        raise DataError(f"OpenML's answer to {asked!r} is no JSON. Try again later.") from error
