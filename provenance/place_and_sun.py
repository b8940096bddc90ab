"""What a caller may ask without a picture: what a place name may mean, and where the sun stood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .errors import UsageError
from .model.place import Place

if TYPE_CHECKING:
    from .gazetteer.answer import PlaceAnswer
    from .placetime.sun.answer import SunAnswer


def place(text: str, *, country: str = "") -> PlaceAnswer:
    """Every candidate of a name, and how a claim reads it, or what lies at "LAT,LON". Nothing is asked outside.

    `country`: an ISO 3166-1 alpha-2 code that narrows a name. Raises UsageError for an empty name or no position.
    """
    from .gazetteer.answer import of_name, of_position
    from .intake.places import place_from_text
    from .placetime.located import resolved

    try:
        asked = place_from_text(text, cc=country)
        if asked.lat_deg is not None and asked.lon_deg is not None:
            return of_position(asked.lat_deg, asked.lon_deg)
        answer = of_name(asked.name, asked.cc)
        if asked.name == asked.cc:
            return answer
        read, sentence = resolved(asked)
        placed = read.lat_deg is not None or bool(read.cc and not asked.cc)
        return replace(answer, in_a_claim=sentence, in_other_words=placed and not answer.candidates)
    except ValueError as error:
        raise UsageError(str(error), remedy="see: provenance place --help") from error


def sun(
    *,
    place: str = "",
    time: str = "",
    object_px: tuple[float, float] | None = None,
    shadow_px: tuple[float, float] | None = None,
    slope_deg: float | None = None,
    bearing_deg: tuple[float, float] | None = None,
) -> SunAnswer:
    """Where the sun stood at a place and time, and what a measured shadow leaves of them.

    `place` and `time` in words as for a claim. Lengths and the shadow's bearing are pairs of value and error, in pixels
    and in degrees from true north. Raises UsageError for what makes no sense together or lacks coordinates.
    """
    from .model.days.in_words import read_time
    from .model.shadow import DEFAULT_SLOPE_DEG
    from .placetime.sun.answer import ask
    from .placetime.sun.shadow import Measured, Shadow

    try:
        shadow = None
        if object_px is not None and shadow_px is not None:
            shadow = Shadow(
                object_px=Measured(value=object_px[0], error=object_px[1]),
                shadow_px=Measured(value=shadow_px[0], error=shadow_px[1]),
                slope_deg=DEFAULT_SLOPE_DEG if slope_deg is None else slope_deg,
                bearing_deg=None if bearing_deg is None else Measured(value=bearing_deg[0], error=bearing_deg[1]),
            )
        return ask(
            place=_located(place) if place else None,
            time=read_time(time) if time else None,
            shadow=shadow,
        )
    except ValueError as error:
        raise UsageError(str(error).removesuffix("."), remedy="see: provenance sun --help") from error


def _located(text: str) -> Place:
    """A place in words, with coordinates where one meaning is left. Raises ValueError with the candidates."""
    from .intake.places import place_from_text
    from .placetime.located import resolved

    place = place_from_text(text)
    if place.lat_deg is not None or place.name == place.cc:
        return place
    found, sentence = resolved(place)
    if found.lat_deg is None:
        raise ValueError(sentence)
    return found
