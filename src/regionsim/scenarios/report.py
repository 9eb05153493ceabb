"""Collecting what is wrong in one file, and turning pydantic's findings into the project's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from regionsim.problems import Problem, nearest_name
from regionsim.scenarios.yaml_reader import Document, KeyPath

OURS = "in_words"
MOST_NAMES = 14


class Strict(BaseModel):
    """A model of keys in a YAML file: nothing unknown, nothing converted in silence, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Report:
    """The problems of one file, each with the line of its key."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.wrong: set[KeyPath] = set()

    def add(self, path: KeyPath, what: str, found: str = "", expected: str = "", nearest: str = "") -> None:
        """One more problem with the key at `path`."""
        self.wrong.add(path)
        what, found, expected, nearest = (" ".join(text.splitlines()) for text in (what, found, expected, nearest))
        self.problems.append(Problem(self.document.file, self.document.line(path), what, found, expected, nearest))

    def sound(self, path: KeyPath) -> bool:
        """Whether nothing was reported at `path`, above or below it."""
        return not any(wrong[: len(path)] == path[: len(wrong)] for wrong in self.wrong)

    def add_missing_values(self) -> None:
        """A problem for every key without a value: a forgotten value is never a default."""

        def walk(value: Any, path: KeyPath) -> None:
            if value is None:
                self.add(path, f"{key_name(path)} has no value", expected="a value, or the key left out")
            elif isinstance(value, (dict, list)):
                for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                    walk(item, (*path, key))

        walk(self.document.data, ())

    def add_validation(self, error: ValidationError, model: type[BaseModel], above: KeyPath = ()) -> None:
        """Every finding of pydantic on the value at the path `above`, which `model` describes."""
        for details in error.errors(include_url=False):
            location = tuple(part for part in details["loc"] if part != "[key]")
            path = (*above, *location)
            if path in self.wrong and details["type"] != "extra_forbidden":
                continue  # said already, as a key without a value
            what, found, expected, nearest = _in_words(details, path, location, model)
            self.add(path, what, found, expected, nearest)


def refuse(expected: str, *, found: str = "", what: str = "") -> PydanticCustomError:
    """What a validator of ours raises; the found value is shown where `found` is not given."""
    return PydanticCustomError(OURS, "in words", {"expected": expected, "found": found, "what": what})


def shown(value: object) -> str:
    """A value of a YAML file as a writer would name it; long texts are cut."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return cut(repr(value))
    if isinstance(value, str):
        return f"'{cut(value)}'"
    return "a list" if isinstance(value, list) else "keys and values"


def number(value: float) -> str:
    """A number without a needless decimal point, and without losing digits."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def cut(text: str, length: int = 60) -> str:
    """The first characters of a text on one line."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 3]}..."


def key_name(path: KeyPath) -> str:
    """The path of a key as text: `key 'run.step'`."""
    return f"key '{cut('.'.join(str(part) for part in path))}'"


EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "text",
    "string_too_short": lambda _: "text that is not empty",
    "string_too_long": lambda context: f"a text of at most {context['max_length']} characters",
    "int_type": lambda _: "a whole number",
    "float_type": lambda _: "a number",
    "finite_number": lambda _: "a finite number",
    "bool_type": lambda _: "true or false",
    "dict_type": lambda _: "keys and values",
    "list_type": lambda _: "a list",
    "too_short": lambda context: f"at least {context['min_length']}",
    "literal_error": lambda context: f"one of {context['expected'].replace(' or ', ', ')}".replace("'", ""),
    "greater_than": lambda context: f"more than {number(context['gt'])}",
    "greater_than_equal": lambda context: f"at least {number(context['ge'])}",
    "less_than": lambda context: f"less than {number(context['lt'])}",
    "less_than_equal": lambda context: f"at most {number(context['le'])}",
}


def _in_words(
    details: ErrorDetails, path: KeyPath, location: KeyPath, model: type[BaseModel]
) -> tuple[str, str, str, str]:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "missing":
        return f"{key_name(path)} is missing", "", "", ""
    if kind in ("extra_forbidden", "invalid_key"):
        known = keys_of(model, location[:-1])
        nearest = nearest_name(str(path[-1]), known)
        return f"unknown {key_name(path)}", "", "" if nearest else one_of(known), nearest
    if kind == OURS:
        return context["what"] or key_name(path), context["found"] or shown(value), context["expected"], ""
    if kind == "string_type" and isinstance(path[-1], (int, float)) and value == path[-1]:
        return f"{key_name(path)} as a key", shown(value), "text", ""
    # A kind that is not listed is one that no model here can raise; it still gets its line and its value.
    if kind == "model_type":
        return key_name(path), shown(value), f"keys and values ({', '.join(keys_of(model, location))})", ""
    in_words = EXPECTED.get(kind)
    expected = in_words(dict(context)) if in_words else "another value"
    nearest = ""
    if kind == "literal_error" and isinstance(value, str):
        nearest = nearest_name(value, expected.removeprefix("one of ").split(", "))
    return key_name(path), shown(value), expected, nearest


def one_of(names: Iterable[str]) -> str:
    """The names as an expectation, or nothing where they are too many to read."""
    names = list(names)
    return f"one of {', '.join(names)}" if 0 < len(names) <= MOST_NAMES else ""


def keys_of(model: type[BaseModel], location: KeyPath) -> list[str]:
    """The keys that may stand at `location` below `model`; none where any key may."""
    annotation: Any = model
    for part in location:
        annotation = _below(annotation, part)
    found = _model_in(annotation)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _below(annotation: Any, part: object) -> Any:
    model = _model_in(annotation)
    if model is not None:
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Annotated, Union, UnionType):
        for argument in get_args(annotation):
            model = _model_in(argument)
            if model is not None:
                return model
    return None
