"""Check "name": the times in the file's name, and in the numbers of posts that the desk recorded by their address.

Whoever named the file says so, and nobody else: each is a claim of grade F6, defeated from the start, so that it bounds
nothing and contradicts nobody (decision 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..model.context import Context
from ..model.days.never_set import nothing_after
from ..model.evidence import Appearance, Claim, Evidence
from ..model.image import Image
from ..model.outcome import Outcome, Ran
from ..model.said import span
from ..model.source import Source, SourceKind
from ..model.text import visible
from .names import NamedTime, read

METHOD = "name"
NAMER = Source(kind=SourceKind.PERSON, name="whoever named the file", origin="the name of the file")
ADDRESSES = 200
_SHOWN_CHARS = 80
_FIRST_YEAR = 1995


def check(image: Image, context: Context) -> Outcome:
    """A Claim for each time in the name of the file; for each in the address of a recorded undated publication."""
    name, now = image.original.name, nothing_after(context.now)
    found: list[Evidence] = [_of_name(one, name, now) for one in read(name, now=now)]
    found += _of_posts(context)
    return Ran(evidence=tuple(found), note="" if found else "the name of the file has no form that holds a time")


def _of_name(one: NamedTime, name: str, now: datetime) -> Claim:
    doubt = "" if one.sure else " has the form of one, and says so nowhere:"
    told = f"named as by {one.scheme}" if one.sure else f"the {one.scheme}"
    return Claim(
        source=NAMER,
        statement=(
            f"The name of the file, {visible(name, limit=_SHOWN_CHARS)} ({told}),{doubt} holds {_exactly(one)}; "
            f"by that form this is {one.means}."
        ),
        method=METHOD,
        limits=(
            "Anybody can name a file, and copies keep or lose their names.",
            *_later(one, now),
            *_early(one),
        ),
        by=NAMER.name,
        quote=name,
        time=one.interval,
        basis=f"file name: {one.scheme}",
        defeaters=(f"A name is given by anybody; by its form this is {one.means}.",),
    )


def _of_posts(context: Context) -> Iterator[Claim]:
    """The numbers of posts that claim, or whose time nobody recorded: the service's own clock, of the post alone."""
    posts = [
        (item.source.url, item.source.origin, "post that claims") if isinstance(item, Claim) else
        (item.url, item.source.origin, "recorded publication")
        for item in context.statements
        if (isinstance(item, Appearance) and item.published is None) or (isinstance(item, Claim) and item.tested)
    ]  # fmt: skip
    for url, origin, what in [post for post in posts if post[0]][:ADDRESSES]:
        for one in read(url, address=True, now=nothing_after(context.now)):
            if one.post and one.sure:
                yield Claim(
                    source=Source(kind=SourceKind.PROGRAM, name="the number of the post", origin=origin),
                    statement=f"The address of the {what} holds {_exactly(one)}; this is {one.means}.",
                    method=METHOD,
                    limits=(
                        "It is read from the address as the desk recorded it; the page was not asked.",
                        "A post can be edited to show another picture where its service allows that.",
                    ),
                    by="the number of the post",
                    quote=url,
                    time=one.interval,
                    basis=f"address: {one.scheme}",
                    defeaters=(f"It is {one.means}.",),
                )


def _later(one: NamedTime, now: datetime) -> tuple[str, ...]:
    start = one.interval.earliest
    return ("It lies after this check, so it is not the time of anything.",) if start and start > now else ()


def _early(one: NamedTime) -> tuple[str, ...]:
    """What names files by its clock is younger; a scan may be named by an old day all the same."""
    start = one.interval.earliest
    early = start is not None and start.year < _FIRST_YEAR
    return (
        (f"Its year is before {_FIRST_YEAR}, when hardly anything saved pictures under such names.",) if early else ()
    )


def _exactly(one: NamedTime) -> str:
    """The time as it is written there: to the millisecond where the zone is known, else as a desk says it."""
    start = one.interval.earliest
    if one.interval.zone_known and start is not None:
        return f"{start:%Y-%m-%d %H:%M:%S}.{start.microsecond // 1000:03d} UTC"
    return span(one.interval)
