"""Whether the tags of two files name two exposures: a burst keeps what the pixels of a camera at rest do not show.

What it says stands beside the comparison and moves no outcome: whoever alters a picture can write another moment into
its tags, and would then be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from ..model.context import Context
from ..model.differences import Compared, Comparison
from ..model.evidence import Fact
from ..model.image import Image
from ..model.limits import Limits
from ..model.outcome import Outcome, Ran

if TYPE_CHECKING:
    from ..metadata.exif.time import Written

SAID_OF = frozenset({Compared.DIFFERS, Compared.NO_DIFFERENCE, Compared.NOT_JUDGED})
"""Outcomes of which a burst frame could be the reason."""
_MODEL = ("exif.Make", "exif.Model")
_SERIALS = ("exif.BodySerialNumber", "maker.SerialNumber")
"""Either names one camera where both files have it; without one, two photographers may each own that model."""
_ANY_CLOCK = datetime(1970, 1, 1, tzinfo=UTC)
"""The facts alone are read, and they hang on no clock."""
_ZONES, _ZONE_STEP = timedelta(hours=26), timedelta(minutes=15)
"""A clock that was set to another zone, or a program that did so afterwards, moves it by whole quarters of an hour."""


def with_exposures(
    found: Comparison, first: Image, second: Image, limits: Limits, known: Mapping[str, str] | None = None
) -> Comparison:
    """The comparison, with a sentence where the tags of both files name one model of camera and two moments of capture.

    It is added where a burst frame could be meant: not where something was laid over one, nor between other scenes.
    `known`: the tags of the first, where they were read.
    """
    if found.outcome not in SAID_OF or first.original.sha256 == second.original.sha256:
        return found
    said = two_exposures(tags_of(first, limits) if known is None else known, tags_of(second, limits))
    return replace(found, limits=(*found.limits, said)) if said else found


def two_exposures(first: Mapping[str, str], second: Mapping[str, str]) -> str:
    """The sentence for the tags of two files; "" where a moment or the model is missing, both are one, or a time zone
    may be all they differ by.

    Seconds are compared with their fractions (Exif 3.0, SubSecTimeOriginal) where both files have them. One camera is
    said only where both give the same serial number.
    """
    from ..metadata.exif.time import written_moment
    from ..model.days.never_set import by_unset_clock

    facts = [first, second]
    models = [tuple(one.get(key, "") for key in _MODEL) for one in facts]
    if models[0] != models[1] or not models[0][1]:
        return ""
    moments: list[Written] = []
    for one in facts:
        moment = written_moment(one.get("exif.DateTimeOriginal", ""))
        if moment is None or "T" not in moment.iso or by_unset_clock(moment.iso):
            return ""
        part = one.get("exif.SubSecTimeOriginal", "")
        fine = part if not moment.fraction and part.isascii() and part.isdigit() else moment.fraction[1:]
        moments.append(replace(moment, fraction=f".{fine[:6]}" if fine else "", zone=""))
    if not all(one.fraction for one in moments):
        moments = [replace(one, fraction="") for one in moments]
    if not _apart(*moments):
        return ""
    shown = [one.isoformat().replace("T", " ") for one in moments]
    if _one_serial(*facts):
        return (
            f"The tags of both files name one camera by its serial number and two moments of capture, {shown[0]} and "
            f"{shown[1]}: two exposures, if both are true. Anybody can write or change these tags."
        )
    return (
        f"The tags of both files name one model of camera and two moments of capture, {shown[0]} and {shown[1]}: two "
        "exposures, if both are true. Anybody can write or change these tags."
    )


def _one_serial(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both give the same serial number, and it is more than the zeros of a field that nobody filled in."""
    pairs = [(one[key], other[key]) for key in _SERIALS if key in one and key in other]
    return bool(pairs) and all(first == second and first.strip("0 -") for first, second in pairs)


def _apart(one: Written, other: Written) -> bool:
    """Fractions of unlike length are apart by more than the shorter can say: programs cut and round them."""
    fractions = [moment.fraction or ".0" for moment in (one, other)]
    digits = [len(fraction) - 1 for fraction in fractions]
    unsure = Fraction(1, 10 ** min(digits)) if digits[0] != digits[1] else Fraction(0)
    if abs(Fraction(fractions[0]) - Fraction(fractions[1])) > unsure:
        return True
    seconds = abs(datetime.fromisoformat(one.iso) - datetime.fromisoformat(other.iso))
    return seconds > _ZONES or bool(seconds % _ZONE_STEP)


def tags_of(image: Image, limits: Limits) -> Mapping[str, str]:
    """The tags of a file, read from it."""
    from ..metadata.exif.check import check

    return tags_in(check(image, Context(now=_ANY_CLOCK, limits=limits, claims=False)))


def tags_in(outcome: Outcome) -> Mapping[str, str]:
    """The tags that the check "exif" found, as it ended: by key, the first of several values."""
    found = outcome.evidence if isinstance(outcome, Ran) else ()
    told: dict[str, str] = {}
    for item in found:
        if isinstance(item, Fact):
            told.setdefault(item.key, item.raw.strip("\0 "))
    return told
