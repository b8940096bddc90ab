"""A service's reply read strictly: what is not as documented is a failure, never an empty answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from ..errors import FetchError
from ..model.context import Context
from ..model.limits import SERVICE_DEPTH, SERVICE_REPLY_BYTES, SERVICE_ROWS
from ..model.outside import Answered, Request
from ..model.text import quoted
from ..model.time import Interval
from .page import is_page

_LATER = "ask again later, or by hand"
_NOT_FOUND = 404
_STAMP = re.compile(r"[0-9]{4}(?:[0-9]{2}){0,5}")


def asked(context: Context, request: Request) -> Answered:
    """The answer of the outside that the context hands over, within the time that is left. Raises FetchError."""
    if context.outside is None:
        raise FetchError("nobody was to be asked", remedy=f"name it: --online {request.service}")
    return context.outside.ask(request, within_s=None if context.left_s is None else context.left_s())


def json_asked(context: Context, request: Request) -> Any:
    """The same, read as JSON. Raises FetchError, also for an answer that tells of an error."""
    return json_of(asked(context, request).body)


def json_of(body: bytes) -> Any:
    """Strict JSON of bounded size and depth. Raises FetchError."""
    if len(body) > SERVICE_REPLY_BYTES:
        wrong("its reply is too long")
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        no_answer(body, "its reply is no JSON")
    if _deeper(value, SERVICE_DEPTH):
        wrong("its reply is nested too deep")
    if isinstance(value, dict) and value.get("error"):
        error = value["error"]
        told = error.get("message") if isinstance(error, dict) else error
        wrong(f"it answers with an error: {quoted(str(told), limit=160)}")
    return value


def wrong(words: str) -> NoReturn:
    """What is no answer. Raises FetchError."""
    raise FetchError(words, remedy=_LATER)


def no_answer(body: bytes, otherwise: str) -> NoReturn:
    """What is no answer, told as a web page where it is one, else as `otherwise`. Raises FetchError."""
    wrong("it answers with a web page, perhaps to keep robots out" if is_page(body) else otherwise)


def found_nothing(answer: Answered, nothing: str) -> bool:
    """Whether status 404 says that there is nothing. Raises FetchError for a web page with it.

    A page says that something is gone, and that may be the service's own address. `nothing`: what it does not say, as
    in "no archive has a capture".
    """
    if answer.status == _NOT_FOUND and is_page(answer.body):
        wrong(f"it answers with status 404 and a web page, which does not say that {nothing}")
    return answer.status == _NOT_FOUND


def shown_as(address: str) -> str:
    """What a service was asked about, in words; "" for the picture itself."""
    return f"what stands at {quoted(address, limit=200)}" if address else "this picture"


def told_of(address: str) -> tuple[str, ...]:
    """The limit of an answer about an address."""
    return ("Whether what stands at the address asked about is this picture was not checked.",) if address else ()


def rows(value: object, key: str) -> list[Mapping[str, Any]]:
    """A list of objects under a key, at most SERVICE_ROWS; empty where the key is not there. Raises FetchError."""
    if not isinstance(value, dict):
        wrong("its reply is not as documented")
    found = value.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        wrong(f"its reply is not as documented: {quoted(key)} is no list of objects")
    return found[:SERVICE_ROWS]


def text(value: Mapping[str, Any], key: str) -> str:
    """A text under a key, "" where it is not there. Raises FetchError for anything else, null among it."""
    found = value.get(key, "")
    if not isinstance(found, str):
        wrong(f"its reply is not as documented: {quoted(key)} is no text")
    return found


def stamp(digits: str) -> Interval | None:
    """A time of an archive, 4 to 14 digits, UTC, to its last written one: 2015 is all of that year."""
    if not _STAMP.fullmatch(digits):
        return None
    parts = [int(digits[:4]), *(int(digits[at : at + 2]) for at in range(4, len(digits), 2))]
    year, month, day, hour, minute, second = (*parts, *(1, 1, 1, 0, 0, 0)[len(parts) :])
    try:
        start = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return Interval(start, _end(start, len(parts)), True)
    except (ValueError, OverflowError):
        return None


def _end(start: datetime, written: int) -> datetime:
    """The last moment that the written parts allow."""
    if written <= 2:
        months = start.year * 12 + (start.month if written == 2 else 12)
        after = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
        return after - timedelta(microseconds=1)
    return (
        start
        + {3: timedelta(days=1), 4: timedelta(hours=1), 5: timedelta(minutes=1)}.get(written, timedelta(seconds=1))
        - timedelta(microseconds=1)
    )


def _deeper(value: object, most: int) -> bool:
    """Whether lists and objects are nested deeper than `most`."""
    level = [value]
    for _ in range(most):
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += [part for part in one.values() if isinstance(part, dict | list)]
            elif isinstance(one, list):
                inner += [part for part in one if isinstance(part, dict | list)]
        if not inner:
            return False
        level = inner
    return True


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
