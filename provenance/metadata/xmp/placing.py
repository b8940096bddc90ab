"""Values at their places: qualifiers beside their value, languages in order, nodes named apart where they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

VALUE = "/rdf:value"
_APART = "\0"  # stands in no XML, so no path of a packet begins with it
_NODE = re.compile(r"\0[^/\[]*")
_NODE_CHARS = 120
_STEPS = 4  # nodes that refer to nodes, which may do so in a circle


@dataclass(frozen=True, slots=True)
class Property:
    """One simple value: its path, its words verbatim, the language of an alternative, and sentences on the reading."""

    path: str
    value: str
    language: str = ""
    notes: tuple[str, ...] = ()


def apart(node: str) -> str:
    """The path that the fields of a node have until it is known who refers to it; "" for a node without name."""
    return f"{_APART}{node[:_NODE_CHARS]}".replace("/", " ").replace("[", " ") if node else ""


def arranged(found: Sequence[Property], references: Mapping[str, str]) -> tuple[Property, ...]:
    """Nodes named apart put where `references` (by `apart`) has them, rdf:value folded into its bearer (7.8)."""
    if any(one.path.startswith(_APART) for one in found):
        found = [_placed(one, references) for one in found]
    bearers = {one.path.removesuffix(VALUE) for one in found if one.path.endswith(VALUE)}
    return tuple(_folded(one, bearers) for one in found) if bearers else tuple(found)


def default_first(items: list[Property], path: str) -> list[Property]:
    """The alternatives of a text with the default language in front (section 8.2.2.4), numbered in that order."""
    if not any(one.language == "x-default" for one in items[1:]) or any("/" in one.path[len(path) :] for one in items):
        return items
    ordered = sorted(items, key=lambda one: one.language != "x-default")
    return [replace(one, path=f"{path}[{number}]") for number, one in enumerate(ordered, 1)]


def _placed(one: Property, references: Mapping[str, str]) -> Property:
    """A value at the first place that refers to its node, or at the top when none does."""
    path = one.path
    for _ in range(_STEPS):
        node = _NODE.match(path)
        if node is None:
            break
        path = f"{references.get(node[0], '')}{path[node.end() :]}".lstrip("/")
    path = _NODE.sub("", path, count=1).lstrip("/")
    return one if path == one.path else replace(one, path=f"rdf:li{path}" if path[:1] in ("", "[") else path)


def _folded(one: Property, bearers: set[str]) -> Property:
    parent, _, field = one.path.rpartition("/")
    if parent not in bearers:
        return one
    return replace(one, path=parent if field == VALUE[1:] else f"{parent}/?{field}")
