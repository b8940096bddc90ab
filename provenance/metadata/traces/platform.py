"""Check "platform": which service saved this file again, or that it is a screenshot, by signs in the bytes alone.

A name is given only where a sign carries it: the block that Meta writes (FBMD), Google's colour profile in the coding
of X. What many servers write is called that and no more, with the confidence of each verdict in its own sentence. Signs
were measured on files that went through the services in 2016 to 2023: docs/measured/platforms.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...model.context import Context
from ...model.evidence import Trace
from ...model.image import Image
from ...model.outcome import Outcome, Ran
from ...model.source import FILE_STRUCTURE
from ...model.text import visible
from .signs import Signs, signs_of

METHOD = TOPIC = "platform"
SCREENSHOT = "screenshot"
WEB_SERVICE = "a web service"
# Longer sides and widths of Instagram's renditions, measured; a cropped square counts by its side.
_INSTAGRAM_WIDTHS = frozenset({1440, 1080, 750, 720, 716, 640, 612, 480, 320, 240, 150})
# Above and below these no service of the measurement saves, and photographs by hand often.
_SERVICE_QUALITIES = range(60, 96)
_SERVICE_CHROMA = ("4:2:0", "")
_X_LONGEST_PX = 4096
_CHANGES = "Services change their coding without notice, and what one writes another can write."
_NO_FORGERY = "Services take tags away from every picture, so missing tags are no sign of anything else."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who saved the file, the signs of it and how sure they are."""

    who: str
    name: str
    """The service; "" where none is named."""
    confidence: str
    """"low", "moderate" or "high"."""
    signs: tuple[str, ...]


def check(image: Image, context: Context) -> Outcome:
    """At most one Trace on the service that saved the file last, and one where the tags say that it is a screenshot."""
    signs = signs_of(image, context.limits)
    found = verdict(signs)
    traces = [*([_trace(found)] if found else []), *([_screenshot(signs)] if signs.screenshot else [])]
    return Ran(
        evidence=tuple(traces),
        note="" if traces else "no coding or tag of a web service or of a screenshot was found; most leave none",
    )


def verdict(signs: Signs) -> Verdict | None:
    """What the signs say of the service that saved the file last; None where they say nothing."""
    if signs.fbmd:
        return _meta(signs)
    if _by_x(signs):
        told = (f"colour profile {signs.profile!r} by Google Inc. 2016", "libjpeg quality 85", *_coding(signs))
        return Verdict(who="X", name="X", confidence="high", signs=told)
    if not _bare(signs):
        return None
    if signs.quality in _SERVICE_QUALITIES and signs.subsampling in _SERVICE_CHROMA:
        told = (*_coding(signs), f"libjpeg quality {signs.quality}", "no tags of a camera or editor")
        return Verdict(who=WEB_SERVICE, name="", confidence="moderate", signs=told)
    told = (*_coding(signs), *_unusual(signs), "no tags of a camera or editor")
    return Verdict(who=WEB_SERVICE, name="", confidence="low", signs=told)


def _unusual(signs: Signs) -> tuple[str, ...]:
    """The tables by name, and what about the coding no service of the measurement writes."""
    if not signs.quality:
        return ("tables that no web service is known to choose",)
    tables = f"libjpeg quality {signs.quality}"
    if signs.quality not in _SERVICE_QUALITIES:
        tables = f"{tables}, at which no web service is known to save"
    if signs.subsampling in _SERVICE_CHROMA:
        return (tables,)
    return (tables, f"the chroma of {signs.subsampling} is what web services seldom write")


def _meta(signs: Signs) -> Verdict:
    sign = "an instruction block that begins with FBMD (IPTC 2:40), as Meta's services write it"
    by_instagram = (
        _plain_progressive(signs)
        and not signs.meta_token
        and signs.subsampling == "4:2:0"
        and bool({signs.width_px, signs.height_px} & _INSTAGRAM_WIDTHS)
        and not signs.camera_tags
    )
    if by_instagram:
        told = (sign, *_coding(signs), f"{signs.width_px} x {signs.height_px} pixels")
        return Verdict(who="Instagram", name="Instagram", confidence="high", signs=told)
    return Verdict(who="Facebook or Instagram", name="Meta", confidence="high", signs=(sign,))


def _by_x(signs: Signs) -> bool:
    return (
        signs.google_profile
        and signs.quality == 85
        and _plain_progressive(signs)
        and signs.subsampling == "4:2:0"
        and not signs.camera_tags
        and max(signs.width_px, signs.height_px) <= _X_LONGEST_PX
    )


def _plain_progressive(signs: Signs) -> bool:
    """Progressive behind a JFIF header that gives no resolution: unit 0, density 1 x 1."""
    return signs.progressive and signs.jfif == (0, 1, 1)


def _bare(signs: Signs) -> bool:
    """And nothing else in the file but what decoding needs."""
    return _plain_progressive(signs) and not signs.camera_tags and not signs.other_segments


def _coding(signs: Signs) -> tuple[str, ...]:
    parts = ("progressive coding", signs.subsampling and f"chroma {signs.subsampling}", "JFIF without a resolution")
    return tuple(part for part in parts if part)


def _trace(found: Verdict) -> Trace:
    named = (
        f"The file went through {found.who}"
        if found.name == "Meta"
        else f"The file was saved by {found.who}"
        if found.name
        else "The file is coded as web services save pictures again"
    )
    other = () if found.name else ("Programs that save pictures for the web write the same coding.",)
    return Trace(
        source=FILE_STRUCTURE,
        statement=f"{named}, by these signs: {'; '.join(found.signs)}.",
        method=METHOD,
        limits=(f"Confidence in this is {found.confidence}.", *other, _CHANGES, _NO_FORGERY),
        topic=TOPIC,
        value=f"{found.name or found.who}; confidence {found.confidence}",
    )


def _screenshot(signs: Signs) -> Trace:
    profile = f"; its colour profile is {visible(signs.profile, limit=60)!r}, of the screen it was taken on"
    shown = profile if signs.profile and signs.profile not in _COMMON_PROFILES else ""
    return Trace(
        source=FILE_STRUCTURE,
        statement=f"The file is a screenshot by its own tags ({signs.screenshot}){shown}.",
        method=METHOD,
        limits=(
            "Confidence in this is high.",
            "What the screen showed, and whether that was a picture at all, the tags do not say.",
        ),
        topic=SCREENSHOT,
        value=f"{signs.screenshot}; {signs.width_px} x {signs.height_px}",
    )


_COMMON_PROFILES = frozenset({"sRGB IEC61966-2.1", "sRGB", "Display P3", "Adobe RGB (1998)", "Generic RGB Profile"})
