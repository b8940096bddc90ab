"""Pictures of one batch that belong together, from what their checks found: nothing is searched a second time."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.batch import Group, Row
from ..model.limits import BATCH_COMPARED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME_BYTES, FOUND, ALIKE = "the same bytes", "copies of one picture, as their searches found", "alike as a whole"
_WAYS = (SAME_BYTES, FOUND, ALIKE)


def grouped(rows: Sequence[Row], most: int = BATCH_COMPARED) -> tuple[tuple[Group, ...], int]:
    """The groups, in the order of their first members, and how many pictures were not compared by their codes.

    Linked are pictures with equal bytes; those of which the searches found the same picture, or one another, to be a
    copy; and those whose whole-frame codes match, of the first `most` that have some.
    """
    import numpy as np

    from ..fingerprint.alike import lay

    links, holders = _Links(len(rows)), dict[str, int]()
    codes: dict[int, bytes] = {}
    for number, row in enumerate(rows):
        first = holders.get(row.sha256) if row.sha256 else None
        if first is not None and rows[first].sha256 == row.sha256:
            links.join(first, number, SAME_BYTES)  # what else is known of these bytes is known already
            continue
        for one in {row.sha256, *row.met} - {""}:
            links.join(holders.setdefault(one, number), number, FOUND)
        if row.sha256:
            holders[row.sha256] = number
        if code := _code(row):
            codes[number] = code
    compared = np.array(list(codes)[:most], np.intp)
    laid = lay([codes[number] for number in compared.tolist()])
    for place, number in enumerate(compared.tolist()):
        links.join_all(number, compared[laid.before(place)], ALIKE)
    return links.groups(), len(codes) - len(compared)


def _code(row: Row) -> bytes:
    from ..fingerprint.alike import PACKED_BYTES

    try:
        code = base64.b64decode(row.codes, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return code if len(code) == PACKED_BYTES else b""


class _Links:
    """Which of n things are linked, over any number of steps. Each joining of two groups costs one pass, at most n."""

    def __init__(self, number: int) -> None:
        import numpy as np

        self._roots: NDArray[np.intp] = np.arange(number)
        self._ways: defaultdict[int, set[str]] = defaultdict(set)

    def join(self, first: int, second: int, way: str) -> None:
        if first == second:
            return
        self._ways[second].add(way)
        kept, gone = sorted((int(self._roots[first]), int(self._roots[second])))
        if kept != gone:
            self._roots[self._roots == gone] = kept

    def join_all(self, one: int, others: NDArray[np.intp], way: str) -> None:
        import numpy as np

        for root in np.unique(self._roots[others]).tolist():
            self.join(root, one, way)

    def groups(self) -> tuple[Group, ...]:
        members: defaultdict[int, list[int]] = defaultdict(list)
        for number, root in enumerate(self._roots.tolist()):
            members[root].append(number)
        return tuple(
            Group(members=tuple(ones), ways=tuple(way for way in _WAYS if any(way in self._ways[one] for one in ones)))
            for ones in members.values()
            if len(ones) > 1
        )
