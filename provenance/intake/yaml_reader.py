"""A YAML or JSON file from a stranger -> plain dicts and lists, or one line that says what is wrong with it.

YAML is read by the core schema of YAML 1.2 (section 10.3), not by PyYAML's 1.1 rules: `NO` is Norway and not false,
`2024-11-14` stays text, `12:30` is no number. Aliases and anchors are refused outright, because nested aliases make
kilobytes expand to gigabytes ("billion laughs"); so are tags, second documents and duplicate keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ..model.limits import Limits
from ..model.text import visible
from .problem import problem

_PLAIN = re.compile(r"(?P<null>~|null|Null|NULL|)|(?P<bool>true|True|TRUE|false|False|FALSE)")
_KEY = re.compile(r":(?=\s|$)")
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there: about ten times as fast


class Mapping(dict[str, Any]):
    """A mapping that remembers the line (counted from 1) on which it and each of its keys stand."""

    line: int | None = None
    lines: dict[str, int]

    def __init__(self, pairs: Any = (), *, line: int | None = None) -> None:
        super().__init__(pairs)
        self.line = line
        self.lines = {}


def read_text(path: Path, limits: Limits) -> str:
    """The file as text: UTF-8 with or without a byte-order mark, at most `limits.statements_bytes`, no NUL.

    Raises StatementsError.
    """
    return text_in(read_bytes(path, limits), str(path))


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The file as it is, at most `limits.statements_bytes`. Raises StatementsError."""
    try:
        if not path.is_file():
            found = "a folder, pipe or device stands there" if path.exists() else "no such file"
            raise problem(str(path), None, found, "give the path of a file")
        with path.open("rb") as file:
            data = file.read(limits.statements_bytes + 1)
    except OSError as error:
        raise problem(str(path), None, error.strerror or str(error), "check the path and its permissions") from error
    except ValueError as error:  # a NUL inside the path itself
        raise problem(str(path), None, "no such file", "give the path of a file") from error
    if len(data) > limits.statements_bytes:
        raise problem(str(path), None, f"larger than {limits.statements_bytes:,} bytes", "split it into several files")
    return data


def text_in(data: bytes, file: str) -> str:
    """The text that the bytes of a file are. Raises StatementsError."""
    if b"\0" in data:
        raise problem(file, data[: data.index(0)].count(b"\n") + 1, "holds a NUL byte", "save it as UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise problem(file, line, f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8") from error


def document_in(data: bytes, file: str, limits: Limits) -> Any:
    """The document in the bytes of a file called `file`. JSON when it begins with a brace, otherwise YAML.

    Raises StatementsError.
    """
    text = text_in(data, file)
    document = _json(text, file) if text.lstrip()[:1] == "{" and not _flow_yaml(text) else _NO
    return _yaml(text, file, limits) if document is _NO else _within(document, file, limits)


_NO = object()


def _flow_yaml(text: str) -> bool:
    """Whether a text that begins with a brace is YAML in flow style: its first key is not in double quotes."""
    return text.lstrip()[1:].lstrip()[:1] not in ('"', "}")


def _json(text: str, file: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> Mapping:
        found = Mapping(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise problem(file, None, f"the key {_shown(twice)} stands twice in one mapping", "keep one of them")
        return found

    def refuse(constant: str) -> None:
        raise problem(file, None, f"{constant} is no number", "write a finite number")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise problem(file, error.lineno, f"no JSON: {visible(error.msg)}", "mend the syntax there") from error
    except RecursionError as error:
        raise problem(file, None, "nested too deeply", "flatten it") from error
    except ValueError as error:
        told = "a whole number of more digits than are read stands there"  # the interpreter names its own switch
        raise problem(file, None, told, "write shorter numbers") from error


def _within(document: Any, file: str, limits: Limits) -> Any:
    """The same document, once its nesting is known to be within limits. Walks without recursion."""
    level, depth = [document], 0
    while level:
        depth += 1
        if depth > limits.nesting:
            raise problem(file, None, f"nested more than {limits.nesting} deep", "flatten it")
        level = [child for item in level for child in _children(item) if isinstance(child, dict | list)]
    return document


def _children(item: Any) -> Iterator[Any]:
    return iter(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())


def _yaml(text: str, file: str, limits: Limits) -> Any:
    try:
        _inspect(text, file, limits)
        node = yaml.compose(text, Loader=_Parser)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        if "nesting" in (error.problem or ""):  # newer parsers have a limit of their own, met while they look ahead
            raise problem(file, line, f"nested more than {limits.nesting} deep", "flatten it") from error
        what, remedy = _fault(text, line or 0, error.problem or "syntax")
        raise problem(file, line, f"no YAML: {visible(what, limit=120)}", remedy) from error
    except (yaml.YAMLError, ValueError) as error:
        raise problem(file, None, f"no YAML: {visible(str(error), limit=120)}", "save it as plain UTF-8") from error
    return None if node is None else _value(node, file)


def _fault(text: str, line: int, said: str) -> tuple[str, str]:
    """What the parser said, and what to do; the two commonest faults of a hand in words of ours."""
    written = "".join(text.splitlines()[line - 1 : line])
    of_a_tab = "tab character" in said or "cannot start any token" in said
    if of_a_tab and "\t" in written[: len(written) - len(written.lstrip())]:
        return "a tab stands before the text", "indent with spaces"
    if said.startswith("mapping values are not allowed"):
        if len(_KEY.findall(written)) > 1:
            return f"{said}, at a second colon", "put the text in quotation marks"
        return said, "indent it like the line it belongs with, or put the text in quotation marks"
    return said, "mend it there"


def _inspect(text: str, file: str, limits: Limits) -> None:
    """Go through the parser's events, which needs no recursion, and refuse what must not be composed."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Parser):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise problem(file, line, "an alias or anchor (& or *) stands there", "write the value out in full")
        if (tag := getattr(event, "tag", None)) and not (isinstance(event, yaml.ScalarEvent) and tag == "!"):
            raise problem(file, line, f"a tag ({_shown(tag)}) stands there", "leave tags out")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise problem(file, line, "a second document begins there", "keep one document a file")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > limits.nesting:
            raise problem(file, line, f"nested more than {limits.nesting} deep", "flatten it")


def _value(node: yaml.Node, file: str) -> Any:
    """A composed node as a plain value; its depth is already known to be small."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file)
    # libyaml says "" of a plain scalar where the other parser says None.
    return _scalar(str(node.value)) if getattr(node, "style", None) in (None, "") else str(node.value)


def _mapping(node: yaml.MappingNode, file: str) -> Mapping:
    found = Mapping(line=_line(node))
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            raise problem(file, line, "a key is itself a list or mapping", "use a plain word as key")
        key = str(key_node.value)
        if key in found:
            raise problem(file, line, f"the key {_shown(key)} stands twice in one mapping", "keep one of them")
        found[key] = _value(value_node, file)
        found.lines[key] = line
    return found


def _scalar(text: str) -> str | bool | None:
    """YAML 1.2 core schema, section 10.3.2, of null and booleans; a number stays as it is written.

    Whoever wants a number reads it (fields.py): "1.10" as a quotation must not become 1.1.
    """
    match = _PLAIN.fullmatch(text)
    return text if match is None else None if match["null"] is not None else text.lower() == "true"


def _shown(text: object) -> str:
    return repr(visible(str(text), limit=60))


def _line(part: Any) -> int:
    """The line, from 1, on which an event or node begins."""
    return int(part.start_mark.line) + 1
