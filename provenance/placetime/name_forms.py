"""How phones, cameras and programs name what they save by their clock, one pattern each.

Forms are those of the programs' own output and of photo libraries that sort by them (photoprism, elodie, junjo).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A name that a program makes of its clock. `utc`: the clock runs in UTC; else in whatever zone it was set to.

    Groups of the pattern: y, m, d; H, M, S where there is a time of day; ms; half or before,
    the half of the day, behind the time of day ("AM", "PM") or before it ("오전", "오후").
    """

    scheme: str
    pattern: re.Pattern[str]
    means: str
    utc: bool = False


def _form(scheme: str, means: str, *parts: str, utc: bool = False) -> Form:
    whole = rf"(?<![0-9A-Za-z])(?:{''.join(parts)})(?!\d)"
    return Form(scheme, re.compile(whole, re.IGNORECASE), means, utc)


_DAY = r"(?P<y>(?:19|20)\d\d)[-_.]?(?P<m>\d\d)[-_.]?(?P<d>\d\d)"
_CLOCK = r"(?P<H>\d\d)[-_.:]?(?P<M>\d\d)[-_.:]?(?P<S>\d\d)"
_SPOKEN = r"(?P<H>\d{1,2})[.:](?P<M>\d\d)[.:](?P<S>\d\d)"
_MS = r"(?P<ms>\d{3})"
_GAP = r"[ \u00a0\u202f]"
_HALF = rf"(?:{_GAP}?(?P<half>[AP]M))?"
_SHOOTERS = r"(?:IMG|VID|MVIMG|PANO|BURST|DJI|WP|C360|DOC|P)"
_HALF_BEFORE = rf"(?:(?P<before>오전|오후){_GAP}?)?"
AFTERNOON = frozenset({"PM", "오후"})
_SHOT_NAMES = (
    rf"(?:Screen{_GAP}?Shot|Bildschirmfoto|Scherm\w{{3,8}}|Capture d.\u00e9cran|Captura de pantalla"
    rf"|Снимок{_GAP}экрана|Знімок{_GAP}екрана|스크린샷)"
)

_CAPTURE = "the time of capture by the phone or camera, in its own zone"
SAVED = "the time at which the program saved the file, not that of capture"
_SHOT = "the time of the screenshot, not of anything it shows"
_MESSAGE = "not that of capture"

# The first that fits a place in the text has it; so what is more particular stands first.
FORMS: tuple[Form, ...] = (
    _form(
        "Google Pixel camera",
        "the time of capture by the phone, in UTC",
        rf"(?:PXL|MVIMG_PXL)_{_DAY}_{_CLOCK}{_MS}",
        utc=True,
    ),
    _form(
        "Instaloader",
        f"the time of the Instagram post in UTC, {_MESSAGE}",
        rf"{_DAY}_{_CLOCK}_UTC",
        utc=True,
    ),
    _form(
        "WhatsApp, Android",
        f"the day on which WhatsApp saved or sent the file, {_MESSAGE}",
        rf"(?:IMG|VID|STK)-{_DAY}-WA\d{{4}}",
    ),
    _form(
        "WhatsApp, computer",
        f"the time of the message or of saving it, {_MESSAGE}",
        rf"WhatsApp{_GAP}(?:Image|Video){_GAP}{_DAY}{_GAP}at{_GAP}{_SPOKEN}{_HALF}",
    ),
    _form("Telegram Desktop", SAVED, rf"(?:photo|image|video)_{_DAY}_{_CLOCK}"),
    _form(
        "Telegram export",
        f"the time of the message in the exporter's zone, {_MESSAGE}",
        r"photo_\d{1,7}@(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>20\d\d)_",
        _CLOCK,
    ),
    _form("Signal", f"the time of the message, {_MESSAGE}", rf"signal-{_DAY}-{_CLOCK}(?:[-_]?{_MS})?"),
    _form(
        "macOS screenshot",
        _SHOT,
        rf"{_SHOT_NAMES}{_GAP}{_DAY}{_GAP}(?:(?!오전|오후)\w{{1,3}}{_GAP})?{_HALF_BEFORE}{_SPOKEN}{_HALF}",
    ),
    _form(
        "screenshot",
        _SHOT,
        rf"(?:Screen[ _]?shot|{_SHOT_NAMES})[-_ ](?:(?:from|от|від){_GAP})?{_DAY}[-_ ]{_CLOCK}(?:[-_]{_MS}(?!\d))?",
    ),
    _form("phone or camera", _CAPTURE, rf"{_SHOOTERS}[-_]?{_DAY}[-_]?{_CLOCK}(?:[-_]?{_MS})?"),
    _form(
        "date and time",
        "a date and time that whoever named the file wrote; phones and cloud storage name pictures so",
        rf"{_DAY}[-_ T]{_CLOCK}",
    ),
    _form(
        "phone or camera, day",
        "the day of capture by the phone or camera, in its own zone",
        rf"(?:IMG|VID|PANO|DSC)[-_]{_DAY}(?![-_]?\d{{6}})",
    ),
)
