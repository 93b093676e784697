"""A spec as text for an address, and back. What comes from an address was written by anybody."""

import base64
import binascii
import re
import zlib
from itertools import chain

import pydantic

from playground.frame import dumps
from playground.settings import Settings, setting
from playground.specs import RunSpec
from playground.specs.describe import describe
from playground.specs.rules.kinds import unknown_argument, unknown_kind

MAX_CHARACTERS = 8_000
"""The longest text; browsers and servers take addresses of a little more."""

MAX_BYTES = 200_000
"""The most that a text may unpack to; specs of :data:`MAX_CHARACTERS` come to a tenth of it."""

_VERSION = "1"
_FORM = re.compile(rf"{_VERSION}\.([A-Za-z0-9_-]+)")


class LinkError(ValueError):
    """A link or a file that holds no spec this app can show; one sentence that says why."""


def packed(spec: RunSpec) -> str:
    """``spec`` as letters, digits, ``-``, ``_`` and one dot, which stand in an address as they are.

    The dot follows the version of the form: base64url of zlib of the spec's JSON. May be longer than
    :data:`MAX_CHARACTERS`, and is then no text for a link.
    """
    data = zlib.compress(dumps(spec.model_dump()).encode(), 9)
    return f"{_VERSION}.{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def unpacked(text: str) -> RunSpec:
    """The spec that :func:`packed` made ``text`` of.

    Raises:
        LinkError: it is too long, damaged or no such text, or holds what :func:`read` refuses.
    """
    if len(text) > MAX_CHARACTERS:
        raise LinkError(f"The link has {len(text):,} characters, expected at most {MAX_CHARACTERS:,}.")
    form = _FORM.fullmatch(text)
    if form is None:
        raise LinkError("The link is damaged, or of another version of this app. Ask for it again.")
    reader = zlib.decompressobj()
    try:
        coded = form[1]
        data = reader.decompress(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)), MAX_BYTES + 1)
    except (binascii.Error, zlib.error):
        raise LinkError("The link is damaged: a part of it is missing or changed. Ask for it again.") from None
    if len(data) > MAX_BYTES:
        raise LinkError(f"The link holds more than {MAX_BYTES:,} bytes, which no settings come to.")
    if not reader.eof or reader.unused_data:
        raise LinkError("The link is damaged: a part of it is missing or changed. Ask for it again.")
    return _read(data, "The link")


def read(data: bytes, settings: Settings) -> RunSpec:
    """The spec in the bytes of a JSON file, as :meth:`RunSpec.to_json` writes it.

    Raises:
        LinkError: it is too large, no JSON, no spec, or names something that is not on offer.
    """
    if len(data) > settings.max_spec_bytes:
        limit = f"expected at most {settings.max_spec_bytes:,} ({setting('max_spec_bytes')})"
        raise LinkError(f"The file has {len(data):,} bytes, {limit}.")
    return _read(data, "The file")


def _read(data: bytes, what: str) -> RunSpec:
    try:
        spec = RunSpec.from_json(data.decode())
    except UnicodeDecodeError:
        raise LinkError(f"{what} holds no text.") from None
    except pydantic.ValidationError as error:
        raise LinkError(f"{what} holds no settings of this app: {describe(error)}.") from None
    except ValueError as error:
        raise LinkError(f"{what} holds no settings of this app: {error}.") from None
    for problem in chain(unknown_kind(spec, None, None), unknown_argument(spec, None, None)):  # the first refuses
        raise LinkError(f"{what} asks for what this app does not have: {problem.reason}")
    names = [layer.name for layer in (*spec.model.layers, *(each.layer for each in spec.model.resting))]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise LinkError(f"{what} holds two layers called {twice}, and a page can only show one of a name.")
    return spec
