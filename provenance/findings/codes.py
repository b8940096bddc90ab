"""What country codes tell of two places besides borders: parts of a state with a code of their own, contested pairs.

ISO 3166-1 gives many areas a code beside that of the state which they belong to, or which holds or claims all of them.
Whoever writes the state's name for such an area contradicts nobody; the rest of the state is not in the area.
"""

from __future__ import annotations

from types import MappingProxyType

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
"""By the code of an area that of the state."""

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


def part_and_state(first: str, second: str) -> bool:
    """Whether one of two codes is that of a part of the other's state."""
    return STATE_OF.get(first) == second or STATE_OF.get(second) == first
