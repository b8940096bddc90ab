"""Whether plain JSON obeys a schema of ours, in the words of JSON Schema 2020-12 that our schemas use and no others.

Written here because a program that reads a stranger's file should not need a library for it: the schema is closed and
small, and the tests hold this reading against the library `jsonschema` on damaged reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ..model.text import quoted

Schema = dict[str, Any]

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
    ),
}


def breach(value: Any, schema: Schema) -> str:
    """The first thing that breaks the schema, as a sentence that names the place; "" where nothing does."""
    return next(_breaches(value, schema, schema, ""), "")


def _breaches(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _breaches(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    yield from _alone(value, schema, at)
    yield from _together(value, schema, root, at)
    if isinstance(value, dict):
        yield from _members(value, schema, root, at)
    if isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            yield from _breaches(each, schema["items"], root, f"{at}[{number}]")


def _alone(value: Any, schema: Schema, at: str) -> Iterator[str]:
    """What a value breaks by itself."""
    if "type" in schema and not _of_type(value, schema["type"]):
        yield f"{_place(at)} is no {schema['type']}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{_place(at)} is not {quoted(str(schema['const']))}"
    if "enum" in schema and not any(_same(value, each) for each in schema["enum"]):
        yield f"{_place(at)} is none of the words it may be"
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield f"{_place(at)} is empty"
        if "pattern" in schema and not _matches(schema["pattern"], value):
            yield f"{_place(at)} has not the form it must have"
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{_place(at)} has {len(value):,} items"
    elif _TYPES["number"](value) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{_place(at)} is too large or too small"


def _together(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    """What a value breaks of schemas put together."""
    for each in schema.get("allOf", ()):
        yield from _breaches(value, each, root, at)
    if "oneOf" in schema and sum(not any(_breaches(value, each, root, at)) for each in schema["oneOf"]) != 1:
        yield f"{_place(at)} is none of the kinds it may be"
    if "if" in schema:
        branch = "else" if any(_breaches(value, schema["if"], root, at)) else "then"
        yield from _breaches(value, schema.get(branch, {}), root, at)


def _members(value: dict[str, Any], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{_place(at)} lacks {name}"
    for name, member in value.items():
        if name in known:
            yield from _breaches(member, known[name], root, f"{at}.{name}" if at else name)
        elif isinstance(others := schema.get("additionalProperties", True), dict):
            yield from _breaches(member, others, root, f"{at}.{name}" if at else name)
        elif not others:
            yield f"{_place(at)} has a field of no meaning: {quoted(name, limit=80)}"


def _of_type(value: Any, named: str | list[str]) -> bool:
    return any(_TYPES[name](value) for name in ([named] if isinstance(named, str) else named))


def _matches(pattern: str, text: str) -> bool:
    """All of ours begin with ^; Python's $ alone would let a newline follow, and its digits are those of any script."""
    return bool((re.fullmatch if pattern.endswith("$") else re.match)(pattern, text, re.ASCII))


def _same(value: Any, other: Any) -> bool:
    """JSON's equality, in which true is not 1."""
    return isinstance(value, bool) == isinstance(other, bool) and bool(value == other)


def _place(at: str) -> str:
    return quoted(at, limit=120) if at else "the whole"
