"""Towns of a state beyond its code: in parts with one of their own (Puerto Rico), and where two states' codes stand.

Whoever writes "San Juan, US" or "Севастополь, Россия" names the state that the place belongs to, or that holds it; the
place then bears the code that was written, since a report tells a source's own label.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from .borders import country_at
from .find import Candidate, Form, find
from .table import Kind

_PARTS = {
    "AU": "CC CX HM NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "RS": "XK",
    "US": "AS GU MP PR UM VI",
}
STATE_OF = MappingProxyType({part: state for state, parts in _PARTS.items() for part in parts.split()})
"""By the code of an area that ISO 3166-1 lists beside its state, that of the state."""


CONTESTED = frozenset(
    map(
        frozenset,
        [
            ("AM", "AZ"),
            ("CN", "HK"),
            ("CN", "IN"),
            ("CN", "TW"),
            ("CY", "TR"),
            ("EH", "MA"),
            ("GE", "RU"),
            ("IL", "PS"),
            ("IL", "SY"),
            ("IN", "PK"),
            ("KR", "KP"),
            ("MD", "RU"),
            ("RS", "XK"),
            ("RU", "UA"),
        ],
    )
)
"""Countries that both give an area their code, or whose border sources draw differently: a differing code is then no
contradiction by itself. Used where no position tells."""
# The borders are good to some hundred metres (borders.py); elsewhere a town near a border is of one country.
_DRAWN_KM = 1.0


def part_and_state(first: str, second: str) -> bool:
    """Whether one of two codes is that of a part of the other's state, whose name for it contradicts nobody."""
    return STATE_OF.get(first) == second or STATE_OF.get(second) == first


def find_in(name: str, cc: str = "", *, contested: bool = True) -> tuple[Candidate, ...]:
    """What `find` knows in a country, in its parts, and, where that is nothing, in areas that another holds or claims.

    `contested`: False where the code may be another thing than a country's, as IL is Illinois.
    """
    if not cc:
        return find(name)
    everywhere = find(name)
    own = find(name, cc=cc)
    parts = [_labelled(one, cc) for one in everywhere if STATE_OF.get(one.cc) == cc]
    parts += [
        _labelled(one, cc)
        for one in everywhere
        if contested and (not (own or parts) or _of_a_pair(one, cc)) and _both_codes_stand(one, cc)
    ]
    if not parts:
        return own
    found = [*own, *parts]
    return tuple(sorted(found, key=lambda one: (one.form, one.kind is not Kind.COUNTRY, -one.population)))


def _labelled(one: Candidate, cc: str) -> Candidate:
    """Under the code that was written; a part of a state that is named itself keeps its own ("Guam, US")."""
    return one if one.kind is Kind.COUNTRY else replace(one, cc=cc)


def _of_a_pair(one: Candidate, cc: str) -> bool:
    return frozenset((cc, one.cc)) in CONTESTED


def _both_codes_stand(one: Candidate, cc: str) -> bool:
    if one.kind is not Kind.SETTLEMENT or one.form is not Form.EXACT or one.cc == cc:
        return False
    within_km = _DRAWN_KM if _of_a_pair(one, cc) else 0.0
    return {cc, one.cc} <= set(country_at(one.lat_deg, one.lon_deg, within_km=within_km))
