"""How facts are shown: for each key its group, its label in a desk's words, and its place in the order."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from . import topics_where_when, topics_who_how


@dataclass(frozen=True, slots=True)
class Topic:
    """Where a fact stands when facts are listed."""

    group: str
    label: str
    order: int


_GROUPS = (*topics_where_when.GROUPS, *topics_who_how.GROUPS)

TOPICS = MappingProxyType(
    {
        key: Topic(group, label, 1000 * place + index)
        for place, (group, rows) in enumerate(_GROUPS)
        for index, (key, label) in enumerate(rows)
    }
)


def topic(key: str) -> Topic:
    """The topic of a key; keys that a file names itself ("png.text.Software") stand among the text."""
    known = TOPICS.get(key)
    if known is not None:
        return known
    if key.startswith("iptc."):
        name = key.removeprefix("iptc.")
        return Topic("further metadata", f"IPTC field {name}", 1000 * len(_GROUPS) - 1)
    if key.startswith("xmp."):
        return _xmp_topic(key)
    if key.startswith("film."):
        return Topic("further metadata", f"key {key.removeprefix('film.')} of the film", 1000 * len(_GROUPS) - 1)
    if key.startswith("png.text."):
        return Topic("text", f"PNG text {key.removeprefix('png.text.')!r}", TOPICS["file.comment"].order + 1)
    return Topic("other", key, 1000 * len(_GROUPS))


def _xmp_topic(key: str) -> Topic:
    """A part of a known property stands with it; what nobody asks for stands under its XMP path, at the end."""
    path = key.removeprefix("xmp.")
    root = path.partition("/")[0].partition("[")[0]
    known = TOPICS.get(f"xmp.{root}")
    if known is None:
        return Topic("further metadata", path, 1000 * len(_GROUPS) - 2)
    index = path[len(root) :].partition("/")[0].strip("[]")
    fields = [part.rpartition(":")[2] for part in path.split("/")[1:]]
    if not fields:
        return known
    number = f" {index}" if index else ""
    return Topic(known.group, f"{known.label}{number}: {', '.join(fields)}", known.order)
