"""The parts of a ``.keras`` file or of Keras JSON, read as plain bytes and JSON with bounds; Keras never sees them."""

import io
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.settings import Settings, setting

_CONFIG, _METADATA, _WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
_MAX_JSON = 8_000_000
_MAX_MEMBERS = 1000
_MAX_LIST = 1_000_000  # bytes of the zip's own table of contents
_MAX_DEPTH = 60
_END = b"PK\x05\x06"
_END_SIZE = 22
_CHUNK = 1 << 20


class ForeignFileError(ValueError):
    """A file that is not taken in; the message says what is wrong with it and what would help."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file holds: the model's configuration, its weights file (HDF5) where it has one, and what else it has."""

    config: Mapping[str, Any]
    weights: bytes | None
    keras_version: str | None
    has_assets: bool = False


def parts(data: bytes, settings: Settings) -> Parts:
    """The parts of ``data``, a ``.keras`` file or the JSON of ``model.to_json()``.

    Every size is checked as declared and again while reading. Nothing is written to disk.

    Raises:
        ForeignFileError: it is neither, or holds something that is not taken in.
    """
    limit = settings.max_model_upload_mb * 10**6
    if len(data) > limit:
        raise ForeignFileError(f"The file has {len(data):,} bytes; {_limit_words(settings)}.")
    if data[:4] == b"PK\x03\x04":
        return _from_zip(data, settings)
    if data[:8] == b"\x89HDF\r\n\x1a\n":
        raise ForeignFileError("This is an HDF5 file of Keras 2. Load it in Keras 3 and save it as .keras.")
    if data.lstrip()[:1] == b"{":
        config = _json(data, "The file")
        _refuse_old(config.get("keras_version"), "This JSON")
        return Parts(config, None, config.get("keras_version"))
    raise ForeignFileError(
        "This is neither a .keras file nor Keras JSON. Save the model with model.save('model.keras'), "
        "or write out model.to_json()."
    )


def _from_zip(data: bytes, settings: Settings) -> Parts:
    _check_list(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {}
            for member in archive.infolist():
                _check_member(member)
                if member.filename in members:
                    raise ForeignFileError(f"The archive holds {member.filename!r} twice.")
                members[member.filename] = member
            _check_names(members)
            metadata = _json(_read(archive, members[_METADATA], _MAX_JSON, f"{_MAX_JSON:,} bytes at most"), _METADATA)
            _refuse_old(metadata.get("keras_version"), "This file")
            config = _json(_read(archive, members[_CONFIG], _MAX_JSON, f"{_MAX_JSON:,} bytes at most"), _CONFIG)
            limit = settings.max_model_upload_mb * 10**6
            weights = _read(archive, members[_WEIGHTS], limit, _limit_words(settings))
            has_assets = any(name.startswith("assets/") and not name.endswith("/") for name in members)
    except ForeignFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error) as error:
        raise ForeignFileError(f"The archive is damaged or incomplete ({error}). Save the model once more.") from error
    return Parts(config, weights, str(metadata["keras_version"]), has_assets)


def _check_list(data: bytes) -> None:
    """Bound the table of contents before anything reads it: a million entries fit into a few megabytes."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 65_535))
    if at < 0 or at + _END_SIZE > len(data):
        raise ForeignFileError("The archive is damaged or incomplete: its end is missing. Save the model once more.")
    _, _, _, here, entries, size, start, _ = struct.unpack("<4s4H2LH", data[at : at + _END_SIZE])
    if max(here, entries) > _MAX_MEMBERS or size > _MAX_LIST or 0xFFFFFFFF in (size, start):
        raise ForeignFileError(f"The archive holds more than {_MAX_MEMBERS:,} files; a .keras file holds three.")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name:
        raise ForeignFileError(f"The archive names a place outside itself: {name[:80]!r}.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ForeignFileError(f"The archive holds a link: {name[:80]!r}.")
    if member.flag_bits & 0x1:
        raise ForeignFileError(f"{name[:80]!r} in the archive is encrypted.")


def _check_names(members: Mapping[str, zipfile.ZipInfo]) -> None:
    if "model.weights.json" in members:
        raise ForeignFileError("The weights are in several files (sharded). Save the model as one .keras file.")
    for name in (_METADATA, _CONFIG, _WEIGHTS):
        if name not in members:
            raise ForeignFileError(f"The archive holds no {name}, so it is no complete .keras file.")
    for name in members:
        if name not in (_METADATA, _CONFIG, _WEIGHTS) and not name.startswith("assets/"):
            raise ForeignFileError(f"The archive holds {name[:80]!r}, which is no part of a .keras file.")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int, words: str) -> bytes:
    """The bytes of one member, refused before reading if it says that it is too large, and while reading if it is."""
    if member.file_size > limit:
        raise ForeignFileError(f"{member.filename} unpacks to {member.file_size:,} bytes; {words}.")
    read = bytearray()
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            read += chunk
            if len(read) > limit:
                raise ForeignFileError(f"{member.filename} unpacks to more than {limit:,} bytes; {words}.")
    return bytes(read)


def _json(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > _MAX_JSON:
        raise ForeignFileError(f"{name} has {len(data):,} bytes of JSON, {_MAX_JSON:,} at most are read.")
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        raise ForeignFileError(f"{name} is nested too deeply for a model.") from None
    except ForeignFileError:
        raise
    except ValueError as error:
        raise ForeignFileError(f"{name} is no JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ForeignFileError(f"{name}: expected a JSON object, received {type(value).__name__}.")
    _check_depth(value, name)
    return value


def _check_depth(value: dict[str, Any], name: str) -> None:
    level: list[Any] = [value]
    for _ in range(_MAX_DEPTH):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        level = [item for each in inner for item in each if isinstance(item, dict | list)]
        if not level:
            return
    raise ForeignFileError(f"{name} is nested more than {_MAX_DEPTH} levels deep.")


def _refuse_constant(constant: str) -> Any:
    raise ForeignFileError(f"The configuration holds {constant}, which is no number that an argument can have.")


def _refuse_old(version: Any, what: str) -> None:
    if version is None and what == "This JSON":
        return
    if not isinstance(version, str) or not version.startswith("3."):
        shown = version if isinstance(version, str) else "an unknown version"
        raise ForeignFileError(
            f"{what} was written by Keras {shown[:20]}. Load it there and save it with Keras 3, then try again."
        )


def _limit_words(settings: Settings) -> str:
    return f"this server takes {settings.max_model_upload_mb:,} MB at most ({setting('max_model_upload_mb')})"
