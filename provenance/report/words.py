"""Values of a report in words that every rendering shares: questions, sizes, times, places, tones of verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from ..image.previews import is_smaller
from ..model import said
from ..model.finding import Conflict, Finding, Question, Verdict
from ..model.image import Original, Structure
from ..model.place import Level, Place
from ..model.report import Pixels, Report
from ..model.time import Interval

T = TypeVar("T")

QUESTIONS: dict[Question, str] = {
    Question.SEEN_BEFORE: "Seen before",
    Question.WHEN: "When",
    Question.WHERE: "Where",
    Question.ALTERED: "Altered",
    Question.ORIGIN: "Origin",
    Question.SOURCES: "Sources",
}


class Tone(StrEnum):
    """How a verdict word is coloured. The word itself always stands beside the colour."""

    AGAINST = "against"
    """Something speaks against what was said."""
    OPEN = "open"
    """Something is there that a person has to weigh."""
    FOUND = "found"
    """The picture, or part of it, was found."""
    AGREES = "agrees"
    """Independent evidence agrees."""
    QUIET = "quiet"
    """Nothing was found, said or asked."""


_TONES: dict[Verdict, Tone] = {
    Verdict.COPY: Tone.FOUND,
    Verdict.SAME_SCENE: Tone.FOUND,
    Verdict.SHARED_ELEMENT: Tone.FOUND,
    Verdict.RECYCLED: Tone.AGAINST,
    Verdict.CONTRADICTED: Tone.AGAINST,
    Verdict.DIFFERS: Tone.AGAINST,
    Verdict.CONTRADICT: Tone.AGAINST,
    Verdict.DISPUTED: Tone.OPEN,
    Verdict.UNPROVEN: Tone.OPEN,
    Verdict.TRACE_FOUND: Tone.OPEN,
    Verdict.CREDENTIALS_REMOTE: Tone.OPEN,
    Verdict.CREDENTIALS_TRUSTED: Tone.AGREES,
    Verdict.CREDENTIALS_UNTRUSTED: Tone.OPEN,
    Verdict.CREDENTIALS_EXPIRED: Tone.OPEN,
    Verdict.CREDENTIALS_LAYOUT: Tone.OPEN,
    Verdict.CREDENTIALS_CONTENT_CHANGED: Tone.AGAINST,
    Verdict.CREDENTIALS_DAMAGED: Tone.AGAINST,
    Verdict.CONSISTENT: Tone.AGREES,
}


def tone(verdict: Verdict) -> Tone:
    """The tone of a verdict; quiet for every word that reports an absence."""
    return _TONES.get(verdict, Tone.QUIET)


def answer(finding: Finding) -> str:
    """The one-line answer behind the verdict word: the first sentence, or why the question was not checked."""
    if finding.verdict is Verdict.NOT_CHECKED:
        return f"{finding.reason}; {finding.remedy}" if finding.remedy else finding.reason
    return finding.sentences[0].text


def beyond(text: str, word: str) -> str:
    """What a sentence says beyond the verdict word that stands before it; all of it where it does not begin so."""
    start, rest = text[: len(word)], text[len(word) :]
    if not word or start.casefold() != word.casefold() or rest[:1].isalnum():
        return text
    said = rest.lstrip(" .:;,")
    return said if rest[:1] == " " else said[:1].upper() + said[1:]


def estimates(finding: Finding) -> tuple[str, ...]:
    """Likelihood and confidence, each in a sentence of its own (ICD 203), where no sentence of the finding has them."""
    told = " ".join(sentence.text for sentence in finding.sentences)
    lines = (("Likelihood of what is claimed", finding.likelihood), ("Confidence in this answer", finding.confidence))
    return tuple(f"{label}: {word}." for label, word in lines if word and not re.search(rf"\b{word}\b", told))


def conflicts(report: Report) -> list[Conflict]:
    """Every contradiction once, those about the picture before those about the event."""
    found = distinct(conflict for finding in report.findings for conflict in finding.conflicts)
    return sorted(found, key=lambda conflict: conflict.about == "event")


def at_odds(conflict: Conflict) -> str:
    """A contradiction as one sentence, with its gap."""
    gap = f" ({conflict.gap} apart)" if conflict.gap and conflict.gap not in conflict.text else ""
    return f"{conflict.text.removesuffix('.')}{gap}."


def distinct(items: Iterable[T]) -> list[T]:
    """The items in their order, each once."""
    return list(dict.fromkeys(items))


def media(original: Original) -> str:
    """The file's type as people say it: "JPEG"."""
    if original.media_type == "image/vnd.adobe.photoshop":
        return "PSD"
    return original.media_type.removeprefix("image/").rpartition("-")[2].upper() or "unknown type"


def size(size_bytes: int) -> str:
    """A size for reading, to three digits in decimal units: "412 kB"."""
    amount, unit = float(size_bytes), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.3g} {unit}"


def dimensions(report: Report) -> str:
    """Width and height: of the working copy, else as the container declares them; "" when neither is known.

    Where only a smaller copy inside the file was examined, as in a raw file, both.
    """
    declared, seen = report.structure, report.pixels
    if seen and is_smaller(declared, seen.width_px, seen.height_px):
        return f"{_across(declared)}, examined on a preview of {_across(seen)}"
    return _across(seen or declared)


def _across(shape: Structure | Pixels) -> str:
    return f"{shape.width_px} × {shape.height_px} px" if shape.width_px and shape.height_px else ""


def interval(span: Interval | None) -> str:
    """A stretch of time as it was given: "14 Nov 2024", "until 30 Apr 2019"."""
    return "" if span is None else said.span(span)


def utc(span: Interval) -> str:
    """The same stretch as the hours that it covers in UTC: "2024-11-13 10:00 to 2024-11-15 12:00 UTC"."""
    first, last = (f"{end:%Y-%m-%d %H:%M} UTC" if end else "" for end in (span.earliest, span.latest))
    if not (first and last):
        return f"from {first}" if first else f"until {last}" if last else "any time"
    return first if first == last else f"{first.removesuffix(' UTC')} to {last}"


def place(area: Place | None) -> str:
    """A place with its level and circle: "Krasnoyarsk (RU), city, 20 km around 56.01, 92.85"."""
    if area is None:
        return ""
    parts = [said.where(area)]
    parts += [] if area.level is Level.POINT else [area.level.value]
    if area.lat_deg is not None and area.lon_deg is not None:
        digits = _digits(area.radius_km)
        centre = f"{area.lat_deg:.{digits}f}, {area.lon_deg:.{digits}f}"
        parts.append(f"{radius(area.radius_km)} around {centre}" if area.radius_km else f"at {centre}")
    return ", ".join(parts)


def _digits(radius_km: float) -> int:
    """Decimals of degrees that the circle can carry: a step of a fifth of it or finer, and never below 11 m."""
    return next((digits for digits in range(4) if 111.2 / 10**digits <= radius_km / 5), 4)


def radius(radius_km: float) -> str:
    """How far around a place, as people say it: "20 km", "50 m", "about 800 m", "about 3.5 km"."""
    if radius_km < 0.001:
        return "less than 1 m"
    unit, amount = ("m", round(radius_km * 1000, 3)) if radius_km < 1 else ("km", round(radius_km, 3))
    exact = amount == float(f"{amount:.2g}") or (unit == "km" and amount == round(amount))
    rounded = amount if exact else float(f"{amount:.{1 if unit == 'm' else 2}g}")
    said = "1 km" if (unit, rounded) == ("m", 1000.0) else f"{rounded:,.10g} {unit}"
    return said if exact else f"about {said}"
