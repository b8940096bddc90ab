"""A log's lines: canonical JSON (RFC 8785), each naming the digest of the one before. Pure; reads and writes nothing.

A line is refused unless it is byte for byte the canonical form of what it says, so that no two spellings of one entry
exist and no bit of a line is free.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.canonical import LARGEST_EXACT_INTEGER, canonical
from ..model.case import CASE_SCHEMA, NO_ENTRY, CaseFile, Entry, Head
from ..model.limits import CASE_BYTES_A_MARK, CASE_FREE_MARKS, CASE_LINE_BYTES
from .layout import is_payload_path

_WORDS = ("at", "clock", "by", "tool", "did", "words")
_HEX = frozenset("0123456789abcdef")
_BYTES_LOST = "holds NUL bytes: it is unfinished, as after a loss of power, or was damaged"


def line_of(entry: Entry) -> bytes:
    """The line of an entry, its line feed included.

    Raises ValueError when it is too long, holds a number that is no whole one, or text that is no Unicode.
    """
    line = canonical(entry) + b"\n"
    read_line(line)
    return line


def read_line(line: bytes) -> Entry:
    """The entry in a line. Raises ValueError with what is wrong, in words that follow "entry 3 "."""
    if len(line) > CASE_LINE_BYTES:
        raise ValueError(f"is longer than {CASE_LINE_BYTES} bytes")
    said = read_canonical(line)
    try:
        return _entry(said)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("is no entry: a part is missing or of another kind") from None


def read_canonical(line: bytes) -> Any:
    """Plain JSON from its canonical form and a line feed. Raises ValueError for any other spelling.

    Also for what would fill the memory when it is read: many thousand values, next to nothing in each.
    """
    if sum(map(line.count, (b",", b":", b"[", b"{"))) > CASE_FREE_MARKS + len(line) // CASE_BYTES_A_MARK:
        raise ValueError("holds more parts than its length has room for in such a file")
    try:
        text = line.decode("utf-8")
        said = json.loads(text, parse_float=_no_float, parse_constant=_no_float, parse_int=_whole)
        # Python sorts keys by code point, which is the order of RFC 8785 (UTF-16 units) where all are ASCII.
        if line.isascii():
            same = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" == text
        else:
            same = canonical(said) + b"\n" == line
    except (ValueError, RecursionError):
        raise ValueError("is not canonical JSON") from None
    if not same:
        raise ValueError("is not written in its canonical form")
    return said


def walk(lines: Iterable[bytes]) -> Iterator[tuple[Entry, Head]]:
    """Every entry with the head behind it, each held to the one before.

    Raises ValueError with the first thing that is wrong, as a sentence.
    """
    previous = NO_ENTRY
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            raise ValueError(f"the log's last line is unfinished ({len(line)} bytes without a line feed)")
        try:
            entry = read_line(line)
        except ValueError as error:
            raise ValueError(f"entry {number} of the log {_BYTES_LOST if 0 in line else error}") from None
        if entry.number != number:
            raise ValueError(f"entry {number} of the log calls itself {entry.number}")
        if entry.previous != previous:
            raise ValueError(
                f"entry {number} of the log does not follow the entry before it: that one, or it, was changed"
            )
        if number == 1 and entry.settings.get("schema") != CASE_SCHEMA:
            raise ValueError(f"the log's first entry does not open a case of the form {CASE_SCHEMA}")
        previous = hashlib.sha256(line).hexdigest()
        yield entry, Head(entries=number, sha256=previous)


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their line feeds, from chunks of any size; the last may lack one. A line is bounded, not the log."""
    rest = b""
    for chunk in chunks:
        parts = (rest + chunk).split(b"\n")
        rest = parts.pop()
        for part in parts:
            yield part + b"\n"
        if len(rest) > CASE_LINE_BYTES:
            break
    if rest:
        yield rest


def is_digest(text: object) -> bool:
    """Whether this is a SHA-256 in lower-case hex."""
    return isinstance(text, str) and len(text) == 64 and set(text) <= _HEX


def case_file(said: Any) -> CaseFile:
    """A file from its plain form. Raises KeyError, TypeError or ValueError."""
    path, size_bytes, sha256 = said["path"], said["size_bytes"], said["sha256"]
    if len(said) != 3:
        raise TypeError
    if not isinstance(path, str) or type(size_bytes) is not int or size_bytes < 0 or not is_digest(sha256):
        raise TypeError
    return CaseFile(path=path, size_bytes=size_bytes, sha256=sha256)


def _entry(said: Any) -> Entry:
    words = {name: said[name] for name in _WORDS if name in said}
    inputs, settings = tuple(said.get("inputs", ())), said.get("settings", {})
    if not isinstance(settings, dict) or not all(map(_is_setting, settings.values())):
        raise TypeError
    outputs = tuple(case_file(file) for file in said.get("outputs", ()))
    if not all(isinstance(value, str) for value in (*words.values(), *settings)) or type(said["number"]) is not int:
        raise TypeError
    if not all(is_digest(value) for value in (*inputs, said["previous"])):
        raise TypeError
    for file in outputs:
        if not is_payload_path(file.path):
            raise ValueError("names a file by a path that no case holds")
    known = {name: words.get(name, "") for name in _WORDS}
    return Entry(
        number=said["number"],
        previous=said["previous"],
        inputs=inputs,
        outputs=outputs,
        settings=settings,
        **known,
    )


def _is_setting(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _whole(text: str) -> int:
    value = int(text)
    if abs(value) > LARGEST_EXACT_INTEGER:
        raise ValueError
    return value


def _no_float(text: str) -> float:
    raise ValueError(text)
