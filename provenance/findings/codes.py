"""What country codes tell of two places besides borders: parts of a state with a code of their own, contested pairs.

ISO 3166-1 gives many areas a code beside that of the state which they belong to, or which holds or claims all of them.
Whoever writes the state's name for such an area contradicts nobody; the rest of the state is not in the area.
"""

from __future__ import annotations

from ..gazetteer.states import STATE_OF


def part_and_state(first: str, second: str) -> bool:
    """Whether one of two codes is that of a part of the other's state."""
    return STATE_OF.get(first) == second or STATE_OF.get(second) == first
