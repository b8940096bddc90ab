"""The quality a JPEG was saved at, by its quantisation tables: libjpeg's setting, or the nearest by two sums.

The estimate for other tables is the one
ImageMagick made common (coders/jpeg.c, JPEGSetImageQuality): the sum of all entries and a sum of a few of them, each
compared with what libjpeg's own tables give at every setting.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache

from ...image.containers.jpeg_tables import Tables, libjpeg

# The four entries that are summed: 2 and 53 of the first table, the first and the last of the second. ImageMagick
# counts them in rows, as libjpeg's own tables are counted here; ExifTool takes those of the file in zigzag order.
_IN_ROWS, _IN_FILE = (5, 56), (2, 53)
_SURE_FROM = 51  # from this step on the estimate needs only one of the two sums
_TABLES = 4


@cache
def _steps() -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """For one table and for two: the sum of all entries and that of the chosen ones of libjpeg's tables, step 1 first.

    Both shrink from step to step; as negative numbers they grow, so that a step is found by bisection.
    """
    pairs = [libjpeg(step) for step in range(1, 101)]
    both = ([[first] for first, _ in pairs], [[first, second] for first, second in pairs])
    return tuple(
        (tuple(-sum(map(sum, tables)) for tables in steps), tuple(-_chosen(tables, _IN_ROWS) for tables in steps))
        for steps in both
    )


def _chosen(tables: list[tuple[int, ...]], places: tuple[int, int]) -> int:
    corners = tables[1][0] + tables[1][63] if len(tables) > 1 else 0
    return sum(tables[0][place] for place in places) + corners


def equal_step(found: Tables) -> int:
    """The setting of libjpeg whose tables these are; 0 when they are none of its hundred."""
    pair = [found[number] for number in sorted(found)[:2]]
    if max(map(max, pair)) > 255:
        return next((step for step in range(25, 0, -1) if pair == list(libjpeg(step, 32767)[: len(pair)])), 0)
    total, sums = -sum(map(sum, pair)), _steps()[len(pair) > 1][0]
    steps = range(bisect_right(sums, total), bisect_left(sums, total), -1)
    return next((step for step in steps if pair == list(libjpeg(step)[: len(pair)])), 0)


def estimated_step(found: Tables) -> int:
    """The estimate, 1 to 100, as ExifTool makes it of any tables; 0 where the two sums contradict each other."""
    tables = [found[number] for number in sorted(found)[:_TABLES]]
    total, chosen = -sum(map(sum, tables)), -_chosen(tables, _IN_FILE)
    whole, few = _steps()[len(tables) > 1]
    index = min(bisect_left(whole, total), bisect_left(few, chosen))
    if index == len(whole):
        return 0
    sure = index + 1 >= _SURE_FROM or (chosen >= few[index] and total >= whole[index])
    return index + 1 if sure else 0


def quality(found: Tables) -> str:
    """What can be said of libjpeg's settings."""
    return in_words(equal_step(found), estimated_step(found))


def in_words(equal: int, estimate: int) -> str:
    """The same by what `equal_step` and `estimated_step` gave."""
    if equal:
        return f"libjpeg quality {equal}, tables equal"
    if estimate:
        return f"not one of libjpeg's hundred; nearest by sums to quality {estimate}"
    return "not one of libjpeg's hundred, and near to none by its sums"
