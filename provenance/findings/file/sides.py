"""One part's word on one thing: which facts of a file say it, ready to be compared, named and told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...model.evidence import Fact
from ...model.finding import Conflict
from ...model.text import visible

MOST_ITEMS = 40
"""Items of one list that are compared."""
MOST_BLOCKS = 8
"""Blocks of one kind that are compared: as many as the EXIF reader reads."""
_SHOWN_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One part's word on one thing: what is compared, and the facts it stands in."""

    name: str
    """As a reader finds it: "EXIF DateTimeOriginal"."""
    value: str
    facts: tuple[Fact, ...]


Facts = Mapping[str, Sequence[Fact]]
Differ = Callable[[Side, Side], bool]


def differing(
    topic: str,
    sides: Sequence[Side | None],
    differ: Differ,
    *,
    dimension: str = "",
    opening: str = "The file's own tags",
    apart: Callable[[Side, Side], str] | None = None,
) -> Iterator[Conflict]:
    """Each side against the first one that it parts from; one odd value among three is told once.

    `apart`: how far apart two sides lie, in words; "" where that is not known.
    """
    known = [side for side in sides if side is not None and side.value]
    odd: list[Side] = []
    for index, second in enumerate(known):
        first = next((side for side in known[:index] if differ(side, second)), None)
        if first is None or any(not differ(side, second) for side in odd):
            continue
        odd.append(second)
        gap = apart(first, second) if apart else ""
        text = (
            f"{opening} disagree on the {topic}{f' by {gap}' if gap else ''}: {first.name} gives {shown(first.value)}, "
            f"{second.name} gives {shown(second.value)}."
        )
        yield Conflict(first=first.facts[0].id, second=second.facts[0].id, text=text, gap=gap, dimension=dimension)


def shown(text: str) -> str:
    """A stranger's words within a sentence of ours."""
    return visible(text, limit=_SHOWN_CHARS)


def of_fact(fact: Fact, name: str) -> Side:
    """One value by itself, under a name of ours."""
    return Side(name=name, value=fact.normal or fact.raw, facts=(fact,))


def side_of(facts: Facts, key: str) -> Side | None:
    """The first value under a key, XMP's as a property or the first of its list."""
    found = facts.get(key) or facts.get(f"{key}[1]") or ()
    return of_fact(found[0], _named(key)) if found and (found[0].normal or found[0].raw) else None


def sides_of(facts: Facts, key: str) -> list[Side]:
    """The first value of every block under a key, named with its place in the file where the values differ."""
    blocks: dict[str, Fact] = {}
    for fact in facts.get(key, ()):
        if (fact.normal or fact.raw) and len(blocks) < MOST_BLOCKS:
            blocks.setdefault(fact.block_sha256, fact)
    return _told_apart([of_fact(fact, _named(key)) for fact in blocks.values()])


def _told_apart(sides: list[Side]) -> list[Side]:
    """With their places in the file where the values differ."""
    if len({side.value for side in sides}) < 2:
        return sides
    return [replace(side, name=f"{side.name} at byte {side.facts[0].offset_bytes:,}") for side in sides]


def _named(key: str) -> str:
    block, _, name = key.partition(".")
    if block == "png":
        return f"PNG {name.removeprefix('text.')}"
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


def paired_each(facts: Facts, first: str, second: str, between: str, name: str) -> list[Side]:
    """The same for every block that holds both."""
    blocks = {fact.block_sha256: fact for fact in reversed(facts.get(first, ()))}
    alone = ({first: (fact,), second: facts.get(second, ())} for fact in [*reversed(blocks.values())][:MOST_BLOCKS])
    return _told_apart([side for one in alone if (side := paired(one, first, second, between, name))])


def beside(facts: Facts, key: str, other: Fact) -> Fact | None:
    """The value under a key that stands in the same block as another."""
    return next((fact for fact in facts.get(key, ()) if fact.block_sha256 == other.block_sha256), None)
