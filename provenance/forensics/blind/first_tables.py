"""Quantisation tables of luminance that a part may have been saved with before; tried one by one."""

from __future__ import annotations

from functools import cache

from ...image.containers.jpeg_tables import libjpeg

QUALITIES = tuple(range(90, 99))
"""Of libjpeg: coarser ones leave zeros that votes tell, finer ones hardly a step to tell."""
_ENTRIES = 64
# Of cameras and programs, 64 steps each in zigzag order, by their sum, below 450: votes tell coarser ones. From JPEGs
# with tables of their own in the public collections drewnoakes/metadata-extractor-images and ianare/exif-samples on
# GitHub, those whose name has an even SHA-256: the tables that told the most parts first, until more told next to
# nothing.
_OTHERS = """
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 1
1 1 1 1 1 2 2 2 1 1 1 1 2 2 2 2 1 1 2 2 2 2 2 2 1 2 2 2 2 2 2 2
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2 2 3 3 3 3 3 3 3 3 3 3
1 1 1 2 1 1 1 1 2 2 2 2 1 1 1 2 1 1 1 1 2 1 1 1 1 2 3 2 2 1 1 1
2 3 3 2 2 1 1 3 4 4 3 2 4 5 4 3 3 5 4 3 3 3 4 3 4 5 4 4 4 4 4 4
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
2 2 2 2 3 3 2 2 3 2 2 2 3 4 3 3 3 3 4 4 4 2 3 4 4 4 4 4 3 4 4 3
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 2 2 2 2 2 3 3 3 3 3 3
3 3 3 4 4 4 3 3 4 3 3 3 4 5 4 4 5 5 5 5 5 3 4 5 6 5 5 6 4 5 5 5
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 3 3 2 1 2 2 2 4 3 3 3
3 3 3 3 3 3 4 3 3 4 5 5 4 4 5 4 3 3 5 5 5 5 6 6 6 4 5 6 5 5 5 5
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 3 3 2 1 3 2 2 5 3 3 4
2 3 3 3 3 3 4 4 3 4 5 5 4 4 6 4 3 3 6 5 5 5 5 6 6 4 5 6 5 5 5 5
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 2 2 3 1 2 3 3 3 3 3 2
4 3 3 5 5 4 3 4 4 3 3 3 4 6 4 4 5 5 5 5 6 3 4 6 6 5 5 6 5 5 5 5
4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 3 2 2 2 2 4 3 4 4 4 3
3 3 4 5 6 5 4 4 6 4 3 3 5 7 5 6 6 6 7 7 7 4 5 7 8 7 7 8 6 7 7 6
1 1 1 1 2 3 4 5 1 1 1 2 2 5 5 4 1 1 1 2 3 5 6 4 1 1 2 2 4 7 6 5
1 2 3 4 5 9 8 6 2 3 4 5 6 8 9 7 4 5 6 7 8 10 10 8 6 7 8 8 9 8 8 8
1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 4 2 2 2 2 2 4 3 3 2 4 5 5 6 6 5 5
5 5 6 7 9 7 6 6 8 6 5 5 8 10 8 8 9 9 10 10 10 6 7 11 12 11 10 12 9 10 10 9
1 1 1 1 2 4 5 6 1 1 1 1 2 5 6 5 1 1 1 2 4 5 6 5 1 1 2 2 5 8 8 6
1 2 3 5 6 10 10 7 2 3 5 6 8 10 11 9 4 6 7 8 10 12 12 10 7 9 9 9 11 10 10 9
1 1 1 1 1 1 1 1 1 1 1 2 2 1 3 2 2 2 2 2 5 2 3 3 3 2 5 6 6 6 5 6
6 6 7 7 8 9 7 7 7 8 6 7 10 8 8 8 9 9 10 10 6 10 11 8 11 11 11 10 10 9 10 10
1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 4 2 2 2 2 2 5 3 4 3 4 6 5 6 6 6 5
6 6 7 7 10 8 7 7 9 7 6 6 8 12 8 9 10 10 11 11 11 6 8 12 13 12 11 13 10 11 11 10
2 2 2 2 2 2 2 2 2 2 3 2 2 2 3 4 3 2 2 3 4 5 4 4 4 4 4 5 6 5 5 5
5 5 5 6 6 7 7 8 7 7 6 9 9 10 10 9 9 12 12 12 12 12 12 12 12 12 12 12 12 12 12 12
"""


@cache
def first_tables() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What each is called in a report, and its steps in zigzag order."""
    steps = tuple(map(int, _OTHERS.split()))
    others = (steps[at : at + _ENTRIES] for at in range(0, len(steps), _ENTRIES))
    return (
        *((f"libjpeg quality {quality}", libjpeg(quality)[0]) for quality in QUALITIES),
        *((f"known table {number}", one) for number, one in enumerate(others, 1)),
    )
