"""Check "screen": in a screenshot of a post, the words around the photograph: handle, shown time, counts, caption.

What a screenshot says is a claim by whoever made it; a page can be edited in any browser before it is photographed.
Measured on rendered posts: docs/measured/screen.md.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from ...image.inner.photographs import inner_photographs
from ...model.context import Context
from ...model.days.never_set import nothing_after
from ...model.evidence import Claim, Evidence, Fact
from ...model.image import Image
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import Source, SourceKind
from ..names import read
from .said import BY, SAID_TIME, SHOWN_ADDRESS, SHOWN_TIME, SHOWN_WORDS
from .tesseract import LANGUAGES, languages

if TYPE_CHECKING:
    from .lines import Looks
    from .post import Post, ShownTime

METHOD = "screen"
SOURCE = Source(kind=SourceKind.PERSON, name=BY, origin="screenshot")
ANYBODY = "Anybody can change a page before it is photographed, and a screenshot afterwards."
_MOST_CAPTION_CHARS = 2_000
_MOST = 20
_WALL_S = 60.0
"""For all runs of the reader on one screen. A usual post takes 1 to 3 seconds (docs/measured/screen.md)."""
_WORDS_BESIDE = 2
"""So that posts of two lines are read, too. Of 1,312 ordinary photographs 53 seem to be framed or to have panes; beside
51 of them lie 0 or 1 such pieces, beside one 3, beside one 5 (docs/adr/0132-words-beside-grids-and-frames.md)."""


def check(image: Image, context: Context) -> Outcome:
    """Claims and facts from the words on a screen; an empty Ran when the picture is no screenshot of a photograph."""
    copy = image.working_copy
    if copy is None:
        return Skipped(reason="the picture was not decoded", remedy="ask for a file that can be decoded")
    found = inner_photographs(copy)
    if not any(one.words_beside >= _WORDS_BESIDE for one in found):
        return Ran(note="no screen around a photograph was found; words inside a photograph are not read")
    known = languages()
    if not known:
        return Skipped(
            reason="Tesseract is not installed, so the words on the screen were not read",
            remedy="install the program tesseract with its language data eng, rus, ukr and kor",
        )
    from .lines import prepared, read_again, read_lines  # with words of many languages: most pictures are no screen
    from .post import post

    page = prepared(copy, [one.box_px for one in found])
    until_s = time.monotonic() + _WALL_S
    try:
        looks = read_lines(page, known, deadline_s=until_s)
        told = post(looks.lines, lambda line: read_again(page, looks, line, known, deadline_s=until_s))
    except OSError as error:
        return Skipped(reason=f"the words on the screen were not read: {error}", remedy="run `tesseract --version`")
    items = (*_evidence(told, context.limits.text_chars), *_numbered(told, nothing_after(context.now)))
    note = _note(known, looks, told)
    return Ran(evidence=items, note=note if items or looks.unread else f"{note}: no words were found")


def _note(known: tuple[str, ...], looks: Looks, told: Post) -> str:
    lacking = ", ".join(sorted(set(LANGUAGES) - set(known)))
    parts = [f"read by Tesseract in {', '.join(known)}"]
    if lacking:
        parts.append(f"its data for {lacking} is not installed")
    if looks.cut_short:
        parts.append("the time was up before the second look, so the words are those of the first")
    if looks.unread:
        lines = "1 line was" if looks.unread == 1 else f"{looks.unread} lines were"
        parts.append(f"{lines} not read: too faint, or in letters of another language")
    if told.left_out:
        lines = "1 line with a time was" if told.left_out == 1 else f"{told.left_out} lines with a time were"
        parts.append(f"{lines} not read a second time, so no time was taken there")
    return "; ".join(parts)


def _evidence(told: Post, most_chars: int) -> Iterator[Evidence]:
    for shown in told.times[:_MOST]:
        yield _time(shown)
    words = "\n".join(told.caption)
    caption = words[: min(most_chars, _MOST_CAPTION_CHARS)]
    cut = (f"Only the first {len(caption):,} of {len(words):,} characters are kept.",) if caption != words else ()
    if caption:
        yield Claim(
            source=SOURCE,
            statement="The screen shows these words around the photograph.",
            method=METHOD,
            limits=(ANYBODY, "Letters may be misread.", *cut),
            by=BY,
            quote=caption,
            basis=SHOWN_WORDS,
        )
    for handle in told.handles[:_MOST]:
        yield _fact("screen.handle", handle, "The screen shows the name of an account.")
    for count in told.counts[:_MOST]:
        yield _fact("screen.counts", count, "The screen shows how often a post was seen or passed on.")
    if told.script:
        letters = f"{told.script} letters, {told.language}" if told.language else f"{told.script} letters"
        yield _fact("screen.script", letters, "The words on the screen are in this script.")


def _numbered(told: Post, now: datetime) -> Iterator[Claim]:
    """The times in the numbers of posts whose addresses the screen shows, as in the bar of a browser."""
    for address in told.addresses:
        for one in (one for one in read(address, address=True, now=now) if one.post and one.sure):
            yield Claim(
                source=SOURCE,
                statement="An address on the screen numbers a post, and the number holds this time.",
                method=METHOD,
                limits=(ANYBODY, "It is the time at which the service numbered the post, not that of capture."),
                by=BY,
                quote=address,
                time=one.interval,
                basis=SHOWN_ADDRESS,
            )


def _time(shown: ShownTime) -> Claim:
    told = shown.told
    known = told.readings[0] if len(told.readings) == 1 and shown.agreed else None
    of_post = "It is the time of the post, in the zone of whoever looked, and not when a picture was taken."
    of_words = "It is a time that the words speak of, whatever happened then; it is not the time of the post."
    limits = [ANYBODY, of_words if shown.in_words else of_post]
    if not shown.agreed:
        limits.append("Two looks at the line read it differently, so no time was taken from it.")
    elif len(told.readings) > 1:
        limits.append(f"The numbers can be read as {len(told.readings)} dates, so none was taken.")
    elif told.needs:
        limits.append(f"It cannot be placed without {told.needs}.")
    return Claim(
        source=SOURCE,
        statement=(
            "The words on the screen name this time." if shown.in_words else "The screen shows this time with the post."
        ),
        method=METHOD,
        limits=tuple(limits),
        by=BY,
        quote=told.quote,
        time=known,
        basis=SAID_TIME if shown.in_words else SHOWN_TIME,
    )


def _fact(key: str, text: str, statement: str) -> Fact:
    return Fact(
        source=SOURCE,
        statement=statement,
        method=METHOD,
        limits=(ANYBODY,),
        key=key,
        raw=text,
        normal=text,
        block="pixels",
    )
