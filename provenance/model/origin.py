"""The root that an item of evidence descends from, and which roots are one: such items count once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unicodedata import category, normalize

from .address import page_of
from .evidence import Appearance, Evidence

_GAPS = str.maketrans("-_", "  ")


def origin_of(evidence: Evidence) -> str:
    """The root an item descends from; what names none stands for itself.

    Written a little differently it is one root: in case, spaces, forms of one letter, marks of direction; of what is no
    address also in hyphens and the mark of a handle.
    """
    named = evidence.source.origin
    if not named.isascii():
        named = "".join(letter for letter in normalize("NFKC", named) if category(letter) != "Cf")
    if "/" not in named:
        named = "-".join(named.removeprefix("@").translate(_GAPS).split())
    return " ".join(named.split()).casefold() or evidence.id


def roots(items: Iterable[Evidence]) -> dict[str, str]:
    """By the name of an origin the name that stands for it too, where publications of both stand at one address.

    A copy that the desk recorded, the record of the same post in a set, and what an engine saw there are one source.
    """
    one: dict[str, str] = {}

    def root(name: str) -> str:
        first = found = name
        while found in one:
            found = one[found]
        while first != found:  # the next way is short, however long the chain was that somebody wrote
            one[first], first = found, one[first]
        return found

    seen: dict[str, str] = {}
    for item in items:
        if not isinstance(item, Appearance):
            continue
        for page in filter(None, map(page_of, dict.fromkeys((item.url, item.source.origin)))):
            mine, other = root(origin_of(item)), root(seen.setdefault(page, origin_of(item)))
            if mine != other:
                one[max(mine, other)] = min(mine, other)
    return {name: root(name) for name in one}


def root_among(items: Iterable[Evidence]) -> Callable[[Evidence], str]:
    """What tells the root of each of these items, where an address tells more than the names do (`roots`)."""
    same = roots(items)

    def root_of(item: Evidence) -> str:
        origin = origin_of(item)
        return same.get(origin, origin)

    return root_of
