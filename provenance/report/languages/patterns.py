"""A sentence of ours as a pattern: fixed words, and places for what stands between them.

"{who} supports the claimed place, {place}." is read against a sentence as a whole. Every way in which the places can be
filled is looked for, within a bounded number of steps; where there is more than one, the sentence is not taken apart
at all, since nothing tells which is meant. What fills a place is a value: never a pattern, never a format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ...model.limits import SENTENCE_CHARS, SENTENCE_STEPS

_PLACE = re.compile(r"\{([a-z_]+\d?)\}")

VERBATIM = frozenset({"who", "x", "place", "grades", "names", "asides", "thing"})
"""Kinds that take any text: names of people, files, sets and places, and what strangers wrote."""

LISTED = frozenset({"meant"})
"""Kinds that are lists: "A or B or 3 more", joined as the catalogue joins two. What it does not know stays as it is."""
OR = " or "

Reads = Callable[[str, str], str | None]
"""From the kind of a place and a value to what is shown for it; None where the value is not of that kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Fixed words and the names of the places between them, one fewer."""

    fixed: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Of two that fit the one that holds a whole sentence known by itself goes first, so that the name before it
        takes in no part of it; then that with more fixed characters, then that with fewer places for any text.
        """
        kinds = [kind(name) for name in self.names]
        return "sentence" in kinds, sum(map(len, self.fixed)), -sum(one in VERBATIM for one in kinds)


class UnclearError(ValueError):
    """A sentence can be read in more than one way, or takes too many steps to read."""


def pattern(msgid: str) -> Pattern:
    """The pattern that a msgid is."""
    parts = _PLACE.split(msgid)
    return Pattern(fixed=tuple(parts[::2]), names=tuple(parts[1::2]))


def names(msgid: str) -> tuple[str, ...]:
    """The names of its places, in order."""
    return tuple(_PLACE.findall(msgid))


def replaced(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled. One pass: what fills a place is not looked at again; what has no value stays."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def kind(name: str) -> str:
    """What a place holds: its name without the digit that tells two of a kind apart."""
    return name.rstrip("0123456789")


Filling = dict[str, tuple[str, str]]
"""By the name of each place what stands there, and what is shown for it."""


def fillings(one: Pattern, text: str, reads: Reads, steps: Steps) -> Iterator[Filling]:
    """Every way in which the pattern fits the whole text; none where it does not. Raises UnclearError."""
    if _may_fit(one, text):
        yield from _ways(one, text, reads, steps)


def _may_fit(one: Pattern, text: str) -> bool:
    """Whether all fixed words are there in their order: what most patterns fail on at once."""
    if len(text) > SENTENCE_CHARS or not (text.startswith(one.fixed[0]) and text.endswith(one.fixed[-1])):
        return False
    at = 0
    for words in one.fixed:
        at = text.find(words, at)
        if at < 0:
            return False
        at += len(words)
    return True


class Steps:
    """Counts down while one sentence is read, and is gone with it."""

    def __init__(self) -> None:
        self.left = SENTENCE_STEPS

    def take(self) -> None:
        """One more. Raises UnclearError when too many were taken."""
        self.left -= 1
        if self.left < 0:
            raise UnclearError


def _ways(
    one: Pattern, text: str, reads: Reads, steps: Steps, done: tuple[int, int] | None = None
) -> Iterator[Filling]:
    """Every way to fill the places. `done`: how many are filled, and where in the text the next one begins."""
    place, start = done or (0, len(one.fixed[0]))
    if place == len(one.names):
        if start == len(text):
            yield {}
        return
    name, words = one.names[place], one.fixed[place + 1]
    last = place + 1 == len(one.names)
    end = len(text) - len(words) if last else text.find(words, start + 1)
    while end > start:
        steps.take()
        shown = reads(kind(name), text[start:end])
        if shown is not None:
            for rest in _ways(one, text, reads, steps, (place + 1, end + len(words))):
                yield {name: (text[start:end], shown), **rest}
        end = -1 if last or not words else text.find(words, end + 1)
