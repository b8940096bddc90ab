"""The lines of a screen as a post: who is shown as its author, the time shown, the counts, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..addresses import address_of
from ..dates.read import TimeText, read
from .letters import language, marked, scripts
from .text_line import TextLine

# With the dots of Instagram, TikTok and Bluesky and the server of Mastodon: a part of a name is another account. Before
# an upright stroke it is misread, or goes on: readers take a narrow l or I for one. Before a slash it is an address, of
# which the lock was read as @, unless one stands before it as well. Where letters of Latin or Cyrillic, or a hyphen, go
# on behind it, it was not read whole; Korean particles may.
_NAME = (
    r"(?>@(?=[A-Za-z0-9_]{2}|[A-Za-z0-9_]\.[A-Za-z0-9_])[A-Za-z0-9_]{1,30}(?:\.[A-Za-z0-9_]{1,30}){0,4}"
    r"(?:@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})?)"
)
_HANDLE = re.compile(
    rf"(?<![\w.])(?:(?<=/){_NAME}|{_NAME}(?!/)"
    r"|(?>(?:t\.me|vk\.com|instagram\.com|x\.com|twitter\.com)/\w[\w.]{0,38}\w))"
    r"(?![|¦A-Za-z0-9_\u00c0-\u024f\u0400-\u04ff]|[.-][A-Za-z0-9_])"
)
_COUNT = re.compile(
    r"(?<!\d)\d[\d.,\s]{0,15}(?:k|m|тыс\.?|млн|тис\.?|만|천|회)?\s{0,3}"
    r"(?:reposts?|retweets?|likes?|views?|quotes?|bookmarks?|comments?|replies|shares?|репост\w*|ретвит\w*|ретвіт\w*"
    r"|отмет\w+|просмотр\w*|перегляд\w*|вподоба\w*|коммент\w*|комент\w*|цитат\w*|закладк\w*|조회수|마음|재게시|인용|댓글)"
    r"|(?:재게시|마음에 들어요|조회수|인용|댓글)\s{0,3}[\d.,]{1,15}\s?회?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![\w.@-])(?:[A-Za-z0-9-]{1,60}\.){1,4}[A-Za-z]{2,10}/[^\s]{3,300}")
MOST_AGAIN = 20
"""Lines with a time that are read again: each may cost a run of the reader."""
_MOST_ADDRESSES = 3
_LEAST_LETTERS = 3
"""Fewer, such as the K of counts, tell no script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTime:
    """A time on the screen: as read, and its readings where two looks at the line agree on them."""

    line: TextLine
    told: TimeText
    agreed: bool
    in_words: bool
    """Whether it stands in a sentence, which may speak of any time; else it is the line that tells the post's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line with what was found in it."""

    line: TextLine
    told: tuple[TimeText, ...]
    kind: str
    """ "time", "count", "handle", or "words": what most of it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a screen shows of a post. Everything in it was written by whoever made the screenshot."""

    handles: tuple[str, ...]
    times: tuple[ShownTime, ...]
    counts: tuple[str, ...]
    caption: tuple[str, ...]
    """The lines that are not mostly one of these, in full, from top to bottom."""
    script: str
    language: str
    """By letters that one language alone has; "" where nothing decides it."""
    left_out: int = 0
    """Lines with a time that nobody looked at again, so that no time was taken from them."""
    addresses: tuple[str, ...] = ()
    """Addresses of posts, without what stands before the host, whose number another look read the same."""


def post(lines: Sequence[TextLine], again: Callable[[TextLine], Iterable[str]]) -> Post:
    """Sort the lines. `again` gives other looks at one; a time counts only where one of them says the same.

    Lines of nothing but a time have their other looks first, then those in sentences, at most `MOST_AGAIN` and until
    `again` raises TimeoutError; what is left out stays in the caption as words.
    """
    kinds = [_sorted(line) for line in lines]
    asked = sorted((one for one in kinds if one.told), key=lambda one: one.kind != "time")
    times: list[ShownTime] = []
    looked = 0
    for one in asked[:MOST_AGAIN]:
        try:
            times += _times(one, again(one.line))
        except TimeoutError:
            break
        looked += 1
    addresses = tuple(_addresses(lines, again))
    left = asked[looked:]
    caption = tuple(
        one.line.text
        for one in kinds
        if one.kind == "words" or (one.kind == "time" and any(one is other for other in left))
    )
    text = " ".join(caption)
    return Post(
        handles=tuple(dict.fromkeys(handle for line in lines for handle in _HANDLE.findall(line.text))),
        times=tuple(times),
        counts=tuple(one.line.text for one in kinds if one.kind == "count"),
        caption=caption,
        script=next((name for name, count in scripts(text) if count >= _LEAST_LETTERS), ""),
        language=language(text),
        left_out=len(left),
        addresses=addresses,
    )


def _addresses(lines: Sequence[TextLine], again: Callable[[TextLine], Iterable[str]]) -> Iterator[str]:
    """Addresses that number a post, where a second look has the same number: one digit amiss is another time."""
    found = [(line, match[0]) for line in lines for match in _ADDRESS.finditer(line.text)]
    numbered = [(line, text, one) for line, text in found if (one := address_of(text).post()) is not None and one.sure]
    try:
        for line, text, one in numbered[:_MOST_ADDRESSES]:
            if any(one.number in other for other in again(line)):
                yield text
    except TimeoutError:
        return


def _sorted(line: TextLine) -> _Line:
    """What most letters and digits of a line belong to; a time is also alone beside counts and names of accounts."""
    read_in = [one for one in read(marked(line.text)) if one.finest != "year"]
    size = _size(line.text)
    timed = sum(_size(one.quote) for one in read_in)
    counted = sum(_size(match) for match in _COUNT.findall(line.text))
    named = sum(_size(match) for match in _HANDLE.findall(line.text))
    kind = "words"
    if read_in and (2 * timed > size or timed + counted + named >= size):
        kind = "time"
    elif counted and 2 * (counted + named) > size:
        kind = "count"
    elif named and 2 * named > size:
        kind = "handle"
    # Words such as "today" need the moment of reading: in a sentence they tell nothing.
    told = tuple(one for one in read_in if kind == "time" or one.finest != "relative")
    return _Line(line=line, told=told, kind=kind)


def _size(text: str) -> int:
    return sum(1 for letter in text if letter.isalnum())


def _times(one: _Line, looks: Iterable[str]) -> list[ShownTime]:
    """The times of a line, each with whether another look agrees; further looks are asked only while one does not."""
    open_ = dict(enumerate(one.told))
    for text in looks:
        second = read(marked(text))
        open_ = {at: told for at, told in open_.items() if not _agreed(told, second)}
        if not open_:
            break
    return [
        ShownTime(line=one.line, told=told, agreed=at not in open_, in_words=one.kind == "words")
        for at, told in enumerate(one.told)
    ]


def _agreed(one: TimeText, second: Sequence[TimeText]) -> bool:
    """Whether the second look has a time of the same readings and fineness."""
    return any(
        other.readings == one.readings and other.finest == one.finest and (one.readings or other.quote == one.quote)
        for other in second
    )
