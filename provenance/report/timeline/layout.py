"""Where everything of the timeline stands in a drawing.

Widths of letters are estimated on the wide side and every text has a box of its own that cuts what is wider still, so
that no font and no text from a stranger can reach into what stands beside it. All numbers are CSS pixels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ...model.text import visible
from ...model.timed import Counts
from ..languages.tongue import ENGLISH, Tongue
from ..terminal.columns import clip, cyrillic, display_width, wrap
from .parts import Bar, Drawing, Frame, Heading, Key, Line, Text
from .rows import GROUPS, Row, Timeline
from .ticks import least_px, ticks
from .timescale import Scale, scale, seconds

LEAST_BAR_PX = 5.0
"""A moment is drawn this wide, or it would not be seen."""
LEAST_PART_PX = 2.0
SHOWN_CHARS = 300
"""Of any text in the figure; cut texts are whole in the table up to this, and everything under its identifier."""
_LETTER, _BOLD_LETTER = 0.53, 0.57
_ONE_YEAR = re.compile(r" (\d{4}) ([гр]\.) – (?=[^–]*\d \w{1,20} \1 \2)")
"""The first year of "1 октября 2024 г. – 15 ноября 2024 г.": both days have the same."""
_TITLE_PX, _SMALL_PX = 13.5, 12.0
_AXIS_PX, _GROUP_PX, _LEGEND_PX, _PAD_PX, _LINE_PX = 38.0, 30.0, 20.0, 6.0, 16.0


def drawing(line: Timeline, frame: Frame, tongue: Tongue = ENGLISH) -> Drawing:
    """The rows of a timeline in one frame, our words in a language. Pure: the same rows give the same drawing."""
    axis = _axis(line.rows, frame, least_px(tongue.style))
    headings: list[Heading] = []
    lines: list[Line] = []
    y_px = _AXIS_PX
    for group in GROUPS:
        rows = [row for row in line.rows if row.group == group]
        if rows:
            headings.append(Heading(y_px=y_px + _GROUP_PX - 10, text=tongue.word(group, "timed")))
            y_px += _GROUP_PX
        for row in rows:
            lines.append(_line(row, y_px, axis, frame, tongue))
            y_px += lines[-1].height_px
    bottom_px = y_px + _PAD_PX
    twice = len(lines) > 10
    used = _used(line, lines, cut=bool(axis.cuts))
    keys, height_px = _keys(used, bottom_px + (_AXIS_PX if twice else 0.0), frame, tongue)
    return Drawing(
        frame=frame,
        height_px=height_px,
        axis_px=_AXIS_PX,
        bottom_px=bottom_px,
        headings=tuple(headings),
        lines=tuple(lines),
        ticks=ticks(axis, tongue.style),
        cuts=tuple(replace(cut, lasts=tongue.shown(cut.lasts, "lasts")[0]) for cut in axis.cuts),
        shut=_shut(line, axis, frame),
        keys=keys,
        twice=twice,
    )


def _axis(rows: Sequence[Row], frame: Frame, label_px: float) -> Scale:
    """Limits mark moments; what everything else covers is not empty."""
    covered, points = [], []
    for row in rows:
        start, end = row.interval.earliest, row.interval.latest
        if start and end and row.counts is not Counts.LIMIT:
            covered.append((seconds(start), seconds(end)))
        points += [seconds(moment) for moment in (start, end) if moment]
    return scale(
        covered,
        points,
        width_px=frame.axis_right_px - frame.axis_left_px,
        most_cuts=frame.most_cuts,
        cut_px=frame.cut_px,
        least_px=max(50.0, label_px),
    )


def _line(row: Row, top_px: float, axis: Scale, frame: Frame, tongue: Tongue) -> Line:
    def text(x_px: float, y_px: float, width_px: float, told: tuple[str, str], size_px: float) -> Text:
        shown = visible(told[0], limit=SHOWN_CHARS)
        cut = clip(shown, max(int(width_px / _column_px(shown, size_px)), 3))
        return Text(x_px=x_px, y_px=top_px + y_px, width_px=width_px, text=cut, whole=shown, lang=told[1])

    told, (says, lang) = _told(row, frame, tongue), tongue.shown(row.says, "spoken")
    alone = frame.line_px > 0 and not tongue.english  # by the language alone: no text of a stranger moves a row
    says_px, more_px = (frame.line_px, _LINE_PX) if alone else (frame.says_px, 0.0)
    says = _fitting(row, says_px, tongue)[0]
    below = says_px > frame.says_px  # then the second line runs over that of the citation, and the bar below both
    first, more = _broken(visible(says, limit=SHOWN_CHARS), says_px) if alone else (says, "")
    return Line(
        row=row,
        top_px=top_px,
        height_px=frame.row_px + more_px,
        middle_px=top_px + frame.bar_px + (more_px if below else more_px / 2),
        who=text(0, 16, frame.text_px, (tongue.told(row.who, "who") or row.who, ""), _TITLE_PX),
        says=replace(text(0, 32, says_px, (first, lang), _SMALL_PX), whole=visible(says, limit=SHOWN_CHARS)),
        more=text(0, 32 + more_px, frame.says_px, (more, lang), _SMALL_PX),
        told=text(frame.note_left_px, 16, frame.note_px, told, _SMALL_PX),
        cited=text(frame.note_left_px, 32 + (more_px if below else 0), frame.note_px, (row.grade, ""), _SMALL_PX),
        bar=_bar(row, axis, frame),
    )


def _column_px(text: str, size_px: float) -> float:
    """How wide a column of a text is taken to be."""
    return size_px * (_BOLD_LETTER if size_px == _TITLE_PX else _LETTER) * cyrillic(text)


def _wide_px(text: str) -> float:
    return display_width(text) * _column_px(text, _SMALL_PX)


def _fitting(row: Row, width_px: float, tongue: Tongue) -> tuple[str, str]:
    """What is said; where there is no room for all, with fewer words on the zone, which the bar shows too, and with
    the one year of two days once.
    """
    says, lang = tongue.shown(row.says, "spoken")
    if _wide_px(says) > width_px:
        zone = (row.says, "no time zone", "no zone") if lang else (says, tongue.style.no_zone, tongue.word("no zone"))
        says = _ONE_YEAR.sub(" – ", zone[0].replace(f" ({zone[1]})", f" ({zone[2]})"))
    return says, lang


def _broken(text: str, width_px: float) -> tuple[str, str]:
    """What fits into one line, and the rest."""
    first = wrap(text, int(width_px / _column_px(text, _SMALL_PX)))[0]
    return first, text.removeprefix(first).lstrip()


def _told(row: Row, frame: Frame, tongue: Tongue) -> tuple[str, str]:
    """What it counts for, with the reason where there is room; a reason that is not translated stands in English."""
    told, lang = tongue.shown(row.told, "timed")
    if not (row.reason and frame.reasons):
        return told, lang
    reason = row.why if tongue.english else tongue.told(row.reason, "because")
    return (f"{told}: {reason}", lang) if reason else (f"{row.told}: {row.why}", "en")


def _bar(row: Row, axis: Scale, frame: Frame) -> Bar:
    def place(moment: datetime | None, otherwise: float) -> float:
        return otherwise if moment is None else _placed(moment, axis, frame)

    start, end = row.interval.earliest, row.interval.latest
    left, right = place(start, frame.axis_left_px), place(end, frame.axis_right_px)
    left, right = _widened(left, right, frame)
    inner = place(row.written[0], left), place(row.written[1], right)
    inner = _widened(min(max(inner[0], left), right), max(min(inner[1], right), left), frame)
    hard = row.counts is Counts.LIMIT and not row.denies
    return Bar(
        left_px=left,
        right_px=right,
        written_left_px=inner[0],
        written_right_px=inner[1],
        open_left=start is None,
        open_right=end is None,
        parts=_parts([(place(one.earliest, left), place(one.latest, right)) for one in row.parts]),
        before=row.published and row.counts is not Counts.NOTHING,
        limit_left=hard and start is not None and not row.published,
        limit_right=hard and end is not None,
    )


def _placed(moment: datetime, axis: Scale, frame: Frame) -> float:
    """To a tenth of a pixel: nobody sees more, and the page grows by every digit."""
    return round(frame.axis_left_px + axis.place_px(seconds(moment)), 1)


def _parts(stretches: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Each wide enough to be seen, those that touch as one: never more than there are pixels."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if found and left <= found[-1][1] + LEAST_PART_PX / 2:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, max(right, left + LEAST_PART_PX)))
    return tuple(found)


def _widened(left: float, right: float, frame: Frame) -> tuple[float, float]:
    """At least the least width, inside the axis."""
    if right - left >= LEAST_BAR_PX:
        return left, right
    middle = min(max((left + right) / 2, frame.axis_left_px + LEAST_BAR_PX / 2), frame.axis_right_px - LEAST_BAR_PX / 2)
    return middle - LEAST_BAR_PX / 2, middle + LEAST_BAR_PX / 2


def _shut(line: Timeline, axis: Scale, frame: Frame) -> tuple[tuple[float, float], ...]:
    found = []
    if line.not_before is not None:
        found.append((frame.axis_left_px, _placed(line.not_before, axis, frame)))
    if line.not_after is not None:
        found.append((_placed(line.not_after, axis, frame), frame.axis_right_px))
    return tuple((left, right) for left, right in found if right - left > 0.5)


_MEANINGS = {
    "tested": "claim under test",
    "limit": "hard limit",
    "shut": "excluded by the limits",
    "weighed": "weighed, sets no limit",
    "ruled_out": "ruled out by a limit",
    "conditional": "sun as measured, if the place holds",
    "lead": "lead only",
    "nothing": "counts for nothing",
    "before": "taken then or before",
    "spread": "time zone not known: 26 hours more",
    "cut": "axis cut: nothing is said of that time",
}


def _used(line: Timeline, lines: Sequence[Line], *, cut: bool) -> set[str]:
    """The signs that stand in the drawing."""
    used = {sign(one.row) for one in lines}
    used |= {"spread"} if any(one.bar.spread for one in lines) else set()
    used |= {"before"} if any(one.bar.before for one in lines) else set()
    used |= {"shut"} if line.not_before or line.not_after else set()
    return used | ({"cut"} if cut else set())


def _keys(used: set[str], top_px: float, frame: Frame, tongue: Tongue) -> tuple[tuple[Key, ...], float]:
    """The signs that are used, in lines below the axis, and the height of the whole."""
    x_px, y_px = 0.0, top_px + _LEGEND_PX
    found = []
    for name, meaning in _MEANINGS.items():
        if name not in used:
            continue
        text = tongue.word(meaning, "axis")
        wide_px = 30 + _wide_px(text) + 18
        if x_px and x_px + wide_px > frame.width_px + 18:
            x_px, y_px = 0.0, y_px + _LEGEND_PX
        found.append(Key(x_px=x_px, y_px=y_px, sign=name, text=text))
        x_px += round(wide_px)
    return tuple(found), y_px + _PAD_PX + 4


def sign(row: Row) -> str:
    """How a row is drawn: the name of what it counts for, in one word."""
    return row.counts.name.lower()
