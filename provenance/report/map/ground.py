"""Coasts, borders and areas of the shipped file as arrays, joined once a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ...gazetteer.borders import UNITS_PER_DEG, borders
from .arcs import joined, land, rings_of, seams
from .areas import Area, Border, Rings
from .disputed import DISPUTED_AREAS, borders_of, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .projection import Floats

    Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All of the file. `lonlat`: shape (n, 2), degrees."""

    lonlat: Floats = field(repr=False)
    land: Rings
    areas: tuple[Area, ...]
    borders: tuple[Border, ...]
    seams: Numbers = field(repr=False)
    """Points whose way to the next one runs along the antimeridian, where the source cuts land in two."""

    within: tuple[tuple[Floats, str], ...]
    """Rings in degrees of what is disputed inside an area, and what that is."""

    def area_at(self, lon_deg: float, lat_deg: float) -> Area | None:
        """The area at a position; None at sea."""
        number = borders().area_at(round(lon_deg * UNITS_PER_DEG), round(lat_deg * UNITS_PER_DEG))
        return self.areas[number - 1] if number else None

    def of_country(self, code: str) -> tuple[Area, ...]:
        """Every area that carries a code."""
        return tuple(area for area in self.areas if code in area.codes) if code else ()


@lru_cache(maxsize=1)
def ground() -> Ground:
    """The shipped file."""
    import numpy as np

    data = borders()
    lonlat = np.asarray(data.points, np.float64).reshape(-1, 2) / UNITS_PER_DEG
    areas = tuple(
        Area(
            name=name,
            codes=codes,
            rings=rings_of([joined(data, ring) for ring in rings], lonlat),
            disputed=DISPUTED_AREAS.get(name, ""),
        )
        for name, codes, rings in data.areas
    )
    return Ground(
        lonlat=lonlat,
        land=land(data, lonlat),
        areas=areas,
        within=tuple(within(areas, lonlat)),
        borders=tuple(borders_of(data, lonlat)),
        seams=seams(data, lonlat),
    )
