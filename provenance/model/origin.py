"""The root that an item of evidence descends from, and which roots are one: such items count once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unicodedata import category, normalize

from .address import page_of
from .evidence import Appearance, Evidence

_GAPS = str.maketrans("-_", "  ")


def origin_of(evidence: Evidence) -> str:
    """The root an item descends from; what names none stands for itself.

    Written a little differently it is one root: in case, spaces, forms of one letter, marks of direction; of what is no
    address also in hyphens and the mark of a handle.
    """
    return _plain(evidence.source.origin) or evidence.id


def _plain(named: str) -> str:
    if not named.isascii():
        named = "".join(letter for letter in normalize("NFKC", named) if category(letter) != "Cf")
    if "/" not in named:
        named = "-".join(named.removeprefix("@").translate(_GAPS).split())
    return " ".join(named.split()).casefold()


def roots(items: Iterable[Evidence]) -> dict[str, str]:
    """By the name of an origin the name that stands for it too: they share an address, or one has it from the other.

    A copy that the desk recorded, the record of the same post in a set, and what an engine saw there are one source.
    So are the links of a chain: A has it from B, and B from C. Two that have it from each other have it from nobody.
    """
    items = tuple(items)
    one: dict[str, str] = {}

    def root(name: str) -> str:
        first = found = name
        while found in one:
            found = one[found]
        while first != found:  # the next way is short, however long the chain was that somebody wrote
            one[first], first = found, one[first]
        return found

    def join(first: str, second: str) -> None:
        mine, other = root(first), root(second)
        if mine != other:
            one[max(mine, other)] = min(mine, other)

    seen: dict[str, str] = {}
    for item in items:
        if not isinstance(item, Appearance):
            continue
        for page in filter(None, map(page_of, dict.fromkeys((item.url, item.source.origin)))):
            join(origin_of(item), seen.setdefault(page, origin_of(item)))
    for speaker, origin in _had_from(items):
        join(speaker, origin)
    return {name: root(name) for name in one}


def _had_from(items: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    """Each origin that speaks here itself, with where it has it from.

    Not where it speaks for itself too, or has it from several: which of them others had from it is not known.
    """
    origins: dict[str, set[str]] = {}
    for item in items:
        if item.source.origin:
            origins.setdefault(_plain(item.source.name), set()).add(origin_of(item))
    named = set[str]().union(*origins.values())
    for speaker, found in origins.items():
        if speaker in named and speaker not in found and len(found) == 1:
            yield speaker, found.pop()


def root_among(items: Iterable[Evidence]) -> Callable[[Evidence], str]:
    """What tells the root of each of these items, where an address tells more than the names do (`roots`)."""
    same = roots(items)

    def root_of(item: Evidence) -> str:
        origin = origin_of(item)
        return same.get(origin, origin)

    return root_of
