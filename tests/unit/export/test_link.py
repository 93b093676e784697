"""Links and files of settings: what was shared comes back, and nothing else gets through."""

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import recipes
from playground.export.link import MAX_BYTES, MAX_CHARACTERS, LinkError, packed, read, unpacked
from playground.settings import Settings
from playground.specs import RunSpec

UNTIMED = settings(deadline=None)
SPEC = recipes.recipe("digits-cnn").spec
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def link_of(data: bytes) -> str:
    return "1." + base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def with_settings(**changes: object) -> bytes:
    return json.dumps(SPEC.model_dump() | changes).encode()


@pytest.mark.parametrize("name", recipes.names())
def test_what_is_shared_comes_back(name):
    spec = recipes.recipe(name).spec
    text = packed(spec)
    assert len(text) < 1_000
    assert unpacked(text) == spec
    assert unpacked(text).digest == spec.digest


@UNTIMED
@given(st.text(max_size=200))
def test_any_name_comes_back_in_letters_that_need_no_escape(name):
    try:
        spec = RunSpec.from_dict(SPEC.model_dump() | {"name": name})
    except ValueError:
        return
    text = packed(spec)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert unpacked(text).name == name


@UNTIMED
@given(st.text(max_size=300) | st.from_regex(r"1\.[A-Za-z0-9_-]{0,200}", fullmatch=True))
def test_any_text_is_a_spec_or_refused_with_a_reason(text):
    with pytest.raises(LinkError):
        unpacked(text)


@UNTIMED
@given(st.binary(max_size=500))
def test_any_bytes_are_refused_with_a_reason(data):
    with pytest.raises(LinkError, match=r"^The link"):
        unpacked(link_of(data))
    with pytest.raises(LinkError, match=r"^The file"):
        read(data, Settings())


@UNTIMED
@given(st.sampled_from(["version", "name", "seed", "dataset", "model", "training", "more"]), JSON)
def test_any_value_anywhere_is_a_spec_or_refused(field, value):
    data = json.dumps(SPEC.model_dump() | {field: value}).encode()
    refused = ""
    try:
        assert isinstance(read(data, Settings()), RunSpec)
    except LinkError as error:
        refused = str(error)
    assert "\n" not in refused
    assert len(refused) < 1_000


@UNTIMED
@given(st.integers(0, 600), st.integers(1, 255))
def test_a_link_with_a_changed_letter_is_refused_or_a_spec(at, by):
    text = packed(SPEC)
    at %= len(text)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    changed = text[:at] + letters[by % len(letters)] + text[at + 1 :]
    try:
        assert isinstance(unpacked(changed), RunSpec)
    except LinkError:
        return


def test_a_link_that_was_cut_off_is_refused():
    with pytest.raises(LinkError, match=r"missing or changed|holds no"):
        unpacked(packed(SPEC)[:-20])


def test_more_after_the_end_is_refused():
    data = zlib.compress(with_settings()) + b"more"
    with pytest.raises(LinkError, match="missing or changed"):
        unpacked("1." + base64.urlsafe_b64encode(data).decode().rstrip("="))


def test_a_bomb_is_never_unpacked():
    bomb = zlib.compress(b"0" * 5_000_000, 9)
    text = "1." + base64.urlsafe_b64encode(bomb).decode().rstrip("=")
    assert len(text) < MAX_CHARACTERS
    with pytest.raises(LinkError, match=f"more than {MAX_BYTES:,} bytes"):
        unpacked(text)


def test_a_link_that_is_too_long_says_how_long():
    with pytest.raises(LinkError, match=r"8,001 characters, expected at most 8,000"):
        unpacked("1." + "A" * (MAX_CHARACTERS - 1))


def test_another_version_of_the_form_is_refused():
    with pytest.raises(LinkError, match="of another version"):
        unpacked("2." + packed(SPEC)[2:])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 50_000, "nested too deeply"),
        (b"1" * 5_000, "digits"),
        (b"\xff\xfe", "holds no text"),
        (b"{}", "dataset"),
        (b"null", "expected a spec"),
        (b"NaN", "not JSON"),
        (with_settings(version=99), "update the app"),
        (with_settings(extra=1), "no such setting"),
        (with_settings(model={"layers": [{"kind": "Lambda", "name": "a"}]}), "Lambda"),
        (with_settings(model={"layers": [{"kind": "os.system", "name": "a"}]}), "there is no layer"),
        (
            with_settings(model={"layers": [{"kind": "Dense", "name": "a", "args": {"function": "x"}}]}),
            "has no argument",
        ),
        (with_settings(model={"layers": [{"kind": "Dense", "name": "a\nb"}]}), "expected a name"),
        (with_settings(model={"layers": [{"kind": "Flatten", "name": "a"}] * 2}), "two layers called a"),
        (b'{"name": "\\ud800"}' + b" ", "holds no settings"),
    ],
)
def test_what_is_refused_says_why(data, words):
    with pytest.raises(LinkError, match=r"^The file") as refused:
        read(data, Settings())
    assert words in str(refused.value)


def test_a_file_that_is_too_large_names_the_setting():
    with pytest.raises(LinkError, match="PLAYGROUND_MAX_SPEC_BYTES"):
        read(b" " * 2_000, Settings(max_spec_bytes=1_000))


def test_a_file_as_the_app_writes_it_is_read():
    assert read(SPEC.to_json(indent=1).encode(), Settings()) == SPEC
