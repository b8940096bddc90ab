"""What the JSON-LD forms share: one way to write, names that follow from the report, times that are times."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ...model.canonical import iso
from ...model.text import json_escaped, visible
from ...model.time import utc_moment

Node = dict[str, Any]

# A block of JSON-LD is often pasted into a page, where "</script>" in a string would end it (HTML section 4.12.1.3).
_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def text(form: Node) -> str:
    """The JSON text without a newline at its end; the same form gives the same bytes, also inside a page's script.

    Controls, marks of direction and other invisible characters stand as JSON's escapes: programs read the exact text,
    and nobody who looks at the file is shown it in another order.
    """
    made = json.dumps(_writable(form), ensure_ascii=False, indent=2, allow_nan=False)
    return json_escaped(made).translate(_IN_A_PAGE)


def urn(digest: str, part: str) -> str:
    """The name of a part of a report: a UUID of version 5 (RFC 9562 section 5.5) from the report's digest."""
    named = f"{digest} {part}".encode("utf-8", "backslashreplace").decode("utf-8")
    return f"urn:uuid:{uuid5(_NAMESPACE, named)}"


def moment(written: str) -> str:
    """A time as ISO 8601 in UTC; "" for what is no time with a zone."""
    value = utc_moment(written)
    return "" if value is None else iso(value)


def kept(form: Node) -> Node:
    """Without the values that say nothing."""
    return {name: value for name, value in form.items() if value not in (None, "", [], {})}


_NAMESPACE: UUID = uuid5(NAMESPACE_URL, "provenance-report/1")


def _writable(value: Any) -> Any:
    """A lone surrogate, of a file name for instance, is no character of JSON-LD: such a text is made visible."""
    if isinstance(value, dict):
        return {name: _writable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, str) and not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        return visible(value)
    return value
