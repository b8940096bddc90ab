"""One part's word on one thing: which facts of a file say it, ready to be compared and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.evidence import Fact

MOST_ITEMS = 40
"""Items of one list that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One part's word on one thing: what is compared, and the facts it stands in."""

    name: str
    """As a reader finds it: "EXIF DateTimeOriginal"."""
    value: str
    facts: tuple[Fact, ...]


Facts = Mapping[str, Sequence[Fact]]


def of_fact(fact: Fact, name: str) -> Side:
    """One value by itself, under a name of ours."""
    return Side(name=name, value=fact.normal or fact.raw, facts=(fact,))


def side_of(facts: Facts, key: str) -> Side | None:
    """The first value under a key, XMP's as a property or the first of its list."""
    found = facts.get(key) or facts.get(f"{key}[1]") or ()
    return of_fact(found[0], _named(key)) if found and (found[0].normal or found[0].raw) else None


def _named(key: str) -> str:
    block, _, name = key.partition(".")
    return {"maker": "the maker's note", "gps": f"EXIF {name}"}.get(block, f"{block.upper()} {name}")


def repeated(facts: Facts, key: str, name: str) -> Side | None:
    """Every value under a repeated key, of the block of the first."""
    found = [fact for fact in facts.get(key, ()) if fact.block_sha256 == facts[key][0].block_sha256]
    return Side(name=name, value="; ".join(one.normal for one in found), facts=tuple(found)) if found else None


def listed(facts: Facts, key: str, name: str) -> Side | None:
    """Every item of an XMP list, or the property itself where a program wrote it as a plain one."""
    found = [facts[f"{key}[{index}]"][0] for index in range(1, MOST_ITEMS + 1) if f"{key}[{index}]" in facts]
    found = found or list(facts.get(key, ()))[:1]
    return Side(name=name, value="; ".join(one.normal for one in found), facts=tuple(found)) if found else None


def paired(facts: Facts, first: str, second: str, between: str, name: str) -> Side | None:
    """Two values of one block as one: latitude and longitude, width and height."""
    one = next(iter(facts.get(first, ())), None)
    other = beside(facts, second, one) if one else None
    if one is None or other is None or not one.normal or not other.normal:
        return None
    value = f"{one.normal}{between}{other.normal}" if between else one.normal
    return Side(name=name, value=value, facts=(one, other))


def beside(facts: Facts, key: str, other: Fact) -> Fact | None:
    """The value under a key that stands in the same block as another."""
    return next((fact for fact in facts.get(key, ()) if fact.block_sha256 == other.block_sha256), None)
