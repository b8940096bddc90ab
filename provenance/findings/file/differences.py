"""Whether two parts of a file say the same, each thing in its own way; what cannot be read parts from nothing."""

from __future__ import annotations

import re
import unicodedata

from ...model.place import Level, Place
from ...placetime.distance import geodesic_km
from .sides import Side

PLACE_KM = 0.1
"""Below this two positions are one: a receiver is off by some metres, and programs round in different units."""
# IIM fields are cut at this many bytes (IPTC-IIM 4.2 sections 6 and 7), and programs cut there.
_IIM_BYTES = 32
_SCRIPT_CHARS = 80


def places_differ(first: Side, second: Side) -> bool:
    """Two positions farther apart than receivers are off, and than the coarser writing leaves open."""
    points = [point(side.value) for side in (first, second)]
    if points[0] is None or points[1] is None:
        return False
    apart_km = geodesic_km(points[0], points[1])
    return apart_km is not None and apart_km > max(PLACE_KM, *(_step_km(side) for side in (first, second)))


def point(value: str) -> Place | None:
    """ "56.0097, 92.8525" as a place; None for what is no position."""
    try:
        latitude, longitude = (float(part) for part in value.split(","))
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # NaN is neither
        return None
    return Place(name="", lat_deg=latitude, lon_deg=longitude, radius_km=0.0, level=Level.POINT)


def _step_km(side: Side) -> float:
    """What the writing leaves open: a degree is 111 km, a minute 1.85 km, and a decimal a tenth of its unit."""
    steps = []
    for fact in side.facts:
        parts = re.findall(r"\d+(?:/\d+|\.\d+)?", fact.raw)
        while len(parts) > 1 and re.fullmatch(r"0(?:/\d+)?", parts[-1]):
            parts.pop()
        decimals = len(parts[-1].partition(".")[2]) if parts else 0
        fine = bool(parts) and "/" in parts[-1] and not parts[-1].endswith("/1")
        steps.append(0.0 if fine or not parts else 157.0 / 60 ** (len(parts) - 1) / 10**decimals)
    return max(steps, default=0.0)


def sizes_differ(first: Side, second: Side) -> bool:
    """Two sizes in pixels; turned by a quarter they are one."""
    numbers = [sorted(int(part) for part in re.findall(r"\d{1,9}", side.value)) for side in (first, second)]
    whole = all(len(one) == 2 and 0 not in one for one in numbers)
    return whole and numbers[0] != numbers[1]


def letters_differ(first: Side, second: Side) -> bool:
    """Two values of which every letter counts: identifiers, codes."""
    return first.value.strip() != second.value.strip()


def texts_differ(first: Side, second: Side) -> bool:
    """Two texts apart from case, spaces and composition, a cut at the end of an IIM field, and lost letters."""
    one, other = (folded(side.value) for side in (first, second))
    return one != other and not _cut(one, other) and not _cut(other, one) and not _holed(one, other)


def _cut(short: str, long: str) -> bool:
    """Whether one is the other, cut where IIM fields end."""
    return len(short.encode()) >= _IIM_BYTES - 3 and long.startswith(short)


def _holed(one: str, other: str) -> bool:
    """Whether they are one text whose letters beyond ASCII a program lost."""
    bare = [re.sub(r"[^\x21-\x7e]|[?]", "", text) for text in (one, other)]
    lost = any("?" in text or "\ufffd" in text for text in (one, other))
    return lost and len(bare[0]) > 1 and bare[0] == bare[1]


def people_differ(first: Side, second: Side) -> bool:
    """Names apart from order, separators and case; names on one side alone, or in other letters, part nothing."""
    one, other = (set(re.findall(r"\w+", folded(side.value))) for side in (first, second))
    if not one or not other or one <= other or other <= one or other_script(first.value, second.value):
        return False
    return texts_differ(first, second)


def other_script(one: str, other: str) -> bool:
    """Whether two texts share no script: then letters tell nothing about whether they name one thing."""
    first, second = (
        {unicodedata.name(letter, "?").partition(" ")[0] for letter in text[:_SCRIPT_CHARS] if letter.isalpha()}
        for text in (one, other)
    )
    return bool(first and second) and first.isdisjoint(second)


def names_differ(first: Side, second: Side) -> bool:
    """A maker or model, of which one side may repeat the maker before the model, or add a company's form."""
    one, other = (re.sub(r"[^\w]+", " ", folded(side.value)).strip() for side in (first, second))
    return bool(one and other) and one not in other and other not in one


def serials_differ(first: Side, second: Side) -> bool:
    """Two serial numbers apart from leading zeros, signs and a prefix on one side."""
    one, other = (re.sub(r"[^0-9a-z]", "", folded(side.value)).lstrip("0") for side in (first, second))
    return bool(one and other) and not one.endswith(other) and not other.endswith(one)


def folded(text: str) -> str:
    """Text to compare by: composed (NFKC), without case, its spaces single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
