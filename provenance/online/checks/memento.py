"""Check "memento": in which web archives the picture's own address was captured, by an aggregator's TimeMap.

RFC 7089, section 5 and 6; the format is application/link-format (RFC 6690): `<uri>; rel="memento"; datetime="..."`.
A TimeMap has no digests, so that no capture is known to be of this picture until somebody looks: it is a lead to
follow, and bounds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz
from functools import partial

from ...model.address import host_of
from ...model.context import Context
from ...model.evidence import Appearance, Evidence
from ...model.image import Image
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outcome import Outcome
from ...model.outside import Request
from ...model.publication import CopyKind, DateBasis
from ...model.source import Grade, Source, SourceKind
from ...model.text import quoted, visible
from ...model.time import Interval
from ..outcomes import MORE_ADDRESSES, LeftOut, absence, ended, left_out
from ..reading import asked, found_nothing, no_answer, wrong

METHOD = "memento"
MOST_ADDRESSES, MOST_ARCHIVES, MOST_LINKS = 4, 20, 20_000
_LINK = re.compile(r"<([^<>\s]{1,8000})>((?:\s*;\s*[a-z*]{1,20}\s*=\s*(?:\"[^\"<>]{0,500}\"|[^\s;,\"<>]{1,500}))*)")
_PARAMETER = re.compile(r"([a-z*]{1,20})\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")
_SHOWN = 200


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - a check takes both
    """An Appearance for the earliest capture in each archive, for each address of the picture."""
    parts = [partial(_of_address, context, one) for one in context.addresses[:MOST_ADDRESSES]]
    unasked = left_out(len(context.addresses) - MOST_ADDRESSES, *MORE_ADDRESSES)
    return ended(context, METHOD, parts, nothing="no address of the picture is known", unasked=unasked)


def _of_address(context: Context, address: str) -> Iterator[Evidence | LeftOut]:
    answer = asked(
        context,
        Request(
            service=METHOD,
            path=f"/timemap/link/{address}",
            sends="the address of the picture",
            answers=(200, 404),  # RFC 7089 leaves it open; aggregators answer 404 where no archive has any
            most_bytes=SERVICE_REPLY_BYTES,
        ),
    )
    found = [] if found_nothing(answer, "no archive has a capture") else mementos(answer.body)
    if not found:
        said = f"The Memento aggregator names no capture of {quoted(address, limit=_SHOWN)} in any archive."
        limit = "It asks the archives that it knows, and remembers their answers for days."
        yield absence(said, by="Memento aggregator", method=METHOD, limits=(limit,))
    for archive, uri, when in found[:MOST_ARCHIVES]:
        yield Appearance(
            source=Source(kind=SourceKind.WEB, name=archive, origin=visible(address, limit=_SHOWN), url=uri),
            statement=(
                f"The archive {archive} names a capture of {quoted(address, limit=_SHOWN)} at {when:%Y-%m-%d %H:%M:%S} "
                "UTC, the earliest it names; what it kept was not looked at."
            ),
            method=METHOD,
            grade=Grade("C", 3),
            limits=("Which bytes the address gave then is not known from a list of captures: open it and compare.",),
            by=archive,
            published=Interval(when, when, True),
            date_basis=DateBasis.ARCHIVE_SNAPSHOT,
            copy=CopyKind.UNKNOWN,
            url=uri,
        )
    yield from left_out(
        len(found) - MOST_ARCHIVES, "more archive, whose captures are later", "more archives, whose captures are later"
    )


def mementos(body: bytes) -> list[tuple[str, str, datetime]]:
    """Host, address and time of the earliest capture in each archive of a TimeMap, the earliest first.

    Raises FetchError for what is no TimeMap.
    """
    written = body.decode("utf-8", "replace")
    earliest: dict[str, tuple[str, str, datetime]] = {}
    links, original, read_to = 0, False, 0
    for match in _LINK.finditer(written):
        links, read_to = links + 1, match.end()
        if links > MOST_LINKS:
            wrong("its reply is too long")
        told = {one[1]: one[2] if one[2] is not None else one[3] for one in _PARAMETER.finditer(match[2])}
        kinds = told.get("rel", "").split()
        original = original or "original" in kinds
        if "memento" not in kinds:
            continue
        when, archive = _moment(told.get("datetime", "")), visible(host_of(match[1]), limit=100)
        if when is None or not archive:
            wrong("its reply is not as documented: a capture without a time or an archive")
        if archive not in earliest or when < earliest[archive][2]:
            earliest[archive] = (archive, match[1], when)
    if not original:  # RFC 7089, section 5: a TimeMap names the original
        no_answer(body, "its reply is no TimeMap")
    if written[read_to:].strip(" ,\r\n\t"):
        wrong("its reply ends too early")
    return sorted(earliest.values(), key=lambda one: (one[2], one[0]))


def _moment(written: str) -> datetime | None:
    read = parsedate_tz(written)
    try:
        return None if read is None else datetime.fromtimestamp(mktime_tz((*read[:9], read[9] or 0)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
