"""The lines of a screen as a post: who is shown as its author, the time shown, the counts, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..dates.read import TimeText, read
from .letters import language, scripts
from .lines import TextLine

_HANDLE = re.compile(
    r"(?<![\w.])(?:@[A-Za-z0-9_]{2,30}|(?:t\.me|vk\.com|instagram\.com|x\.com|twitter\.com)/[\w.]{2,40})"
)
_COUNT = re.compile(
    r"\d[\d.,\s]*\s?(?:k|m|тыс\.?|млн|тис\.?|만|천|회|k\b)?\s*"
    r"(?:reposts?|retweets?|likes?|views?|quotes?|bookmarks?|comments?|replies|shares?|репост\w*|ретвит\w*|ретвіт\w*"
    r"|отмет\w+|просмотр\w*|перегляд\w*|вподоба\w*|коммент\w*|комент\w*|цитат\w*|закладк\w*|조회수|마음|재게시|인용|댓글)"
    r"|(?:재게시|마음에 들어요|조회수|인용|댓글)\s*[\d.,]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTime:
    """A time on the screen: as read, and its readings where two looks at the line agree on them."""

    line: TextLine
    told: TimeText
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a screen shows of a post. Everything in it was written by whoever made the screenshot."""

    handles: tuple[str, ...]
    times: tuple[ShownTime, ...]
    counts: tuple[str, ...]
    caption: tuple[str, ...]
    """The lines that are none of these, from top to bottom."""
    script: str
    language: str
    """By letters that one language alone has; "" where nothing decides it."""


def post(lines: Sequence[TextLine], again: Callable[[TextLine], Sequence[str]]) -> Post:
    """Sort the lines; `again` reads one a second time, and a time counts only where both looks say the same."""
    handles: dict[str, None] = {}
    times, counts, caption = [], [], []
    for line in lines:
        found = _HANDLE.findall(line.text)
        handles |= dict.fromkeys(found)
        told = [one for one in read(_marked(line.text)) if _shown(one, line.text)]
        counted = _COUNT.findall(line.text)
        if told:
            second = [other for text in again(line) for other in read(_marked(text))]
            times += [ShownTime(line=line, told=one, agreed=_agreed(one, second)) for one in told]
        elif counted:
            counts.append(line.text)
        elif not found:
            caption.append(line.text)
    text = " ".join(caption)
    main = next((name for name, _ in scripts(text)), "")
    return Post(
        handles=tuple(handles),
        times=tuple(times),
        counts=tuple(counts),
        caption=tuple(caption),
        script=main,
        language=language(text),
    )


def _shown(one: TimeText, line: str) -> bool:
    """A caption may say "today": words that need the moment of reading count only where they are most of the line."""
    if one.finest == "relative":
        return 2 * len(one.quote) > len(line.strip())
    return one.finest != "year"


def _marked(text: str) -> str:
    """The raised dot between time and date as it is: readers take it for other marks, and a 3 for a letter."""
    text = re.sub(r"(?<=\w|\.)\s+[:.\"'*~=+\u318d\u2022\u00ab\u00bb-]{1,2}\s*(?=\w)", " · ", text)
    return re.sub(r"(?<!\w)[Зз](?=\s+[а-яіїє]{3})", "3", text)


def _agreed(one: TimeText, second: Sequence[TimeText]) -> bool:
    """Whether the second look has a time of the same readings and fineness."""
    return any(
        other.readings == one.readings and other.finest == one.finest and (one.readings or other.quote == one.quote)
        for other in second
    )
