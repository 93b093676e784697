"""Pydantic's errors in one line each, in the words of the rest of the app."""

from dataclasses import dataclass
from typing import get_args

import pydantic
from annotated_types import Ge, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from playground.settings import Settings, setting
from playground.specs.facts import Facts
from playground.specs.rules.words import spelled, suggestion
from playground.specs.run_spec import DatasetSpec, RunSpec


def describe(error: pydantic.ValidationError) -> str:
    """The first of the errors in one line: its place, what was expected and what was received."""
    errors = error.errors(include_url=False)
    located = [_located(error.title, each["loc"]) for each in errors]
    first, at = errors[0], located[0]
    same = [each for each, where in zip(errors, located, strict=True) if where.path == at.path]
    more = len({where.path for where in located}) - 1
    match first["type"]:
        case "missing":
            text = "expected a value, received nothing"
        case "extra_forbidden":
            text = f"there is no such setting; {suggestion(at.path[-1], at.model.model_fields)}"
        case "value_error":
            text = f"{first['ctx']['error']}, received {spelled(first['input'])}"
        case _:
            # A field of several types has one error for each of them.
            expected = " or ".join(dict.fromkeys(_expected(each, at) for each in same))
            text = f"expected {expected}, received {spelled(first['input'])}"
    rest = f" (and {more} more {'problem' if more == 1 else 'problems'})" if more else ""
    return f"{'.'.join(at.path) or 'spec'}: {text}{rest}"


@dataclass(frozen=True, slots=True)
class _Located:
    """Where an error lies: its path, the class that it lies in, and the field, if it is one of that class."""

    path: tuple[str, ...]
    model: type[BaseModel]
    field: FieldInfo | None


def _located(title: str, location: tuple[int | str, ...]) -> _Located:
    """Where ``location`` of an error of the class ``title`` lies; settings are named as the environment has them.

    What pydantic adds to a location to name the branch of a union is no part of the path.
    """
    if title == "Settings" and location and location[0] in Settings.model_fields:
        return _Located((setting(str(location[0])),), Settings, Settings.model_fields[str(location[0])])
    model = next((each for each in (RunSpec, DatasetSpec, Facts) if each.__name__ == title), BaseModel)
    path: list[str] = []
    field: FieldInfo | None = None
    for part in location:
        if isinstance(part, int) or part in model.model_fields:
            path.append(str(part))
        elif field is None or _model_of(field) is not None:
            path.append(part)
            field = None
        if isinstance(part, str) and part in model.model_fields:
            field = model.model_fields[part]
            model = _model_of(field) or model
    return _Located(tuple(path), model, field)


def _model_of(field: FieldInfo) -> type[BaseModel] | None:
    inner = (field.annotation, *get_args(field.annotation))
    return next((each for each in inner if isinstance(each, type) and issubclass(each, BaseModel)), None)


def _expected(error: ErrorDetails, at: _Located) -> str:
    """What would have been right, in words."""
    context = error.get("ctx", {})
    match error["type"]:
        case "int_type" | "int_parsing" | "int_from_float" | "greater_than_equal" | "less_than" | "less_than_equal":
            return "a whole number" + _bounds(at.field)
        case "string_type":
            return "text"
        case "string_too_long":
            return f"text of at most {context['max_length']:,} characters"
        case "string_pattern_mismatch" if r"\x00" in context["pattern"]:
            return "text without the character NUL"
        case "string_pattern_mismatch" | "string_too_short":
            return "a name that starts with a letter and has only letters, digits and underscores"
        case "tuple_type":
            return "a list"
        case "too_long":
            return f"at most {context['max_length']:,} items"
        case "model_type" | "model_attributes_type":
            return f"an object with {', '.join(at.model.model_fields)}"
    return error["msg"].removeprefix("Input should be ")


def _bounds(field: FieldInfo | None) -> str:
    limits = field.metadata if field else []
    low = next((f" of at least {limit.ge:,}" for limit in limits if isinstance(limit, Ge)), "")
    high = next((f" below {limit.lt:,}" for limit in limits if isinstance(limit, Lt)), "")
    return low + (" and" if low and high else "") + high
