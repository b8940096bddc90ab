"""The first screen of a report as Markdown, to paste into a chat or a ticket.

The marks are those that CommonMark 0.31 and GitHub, GitLab, Mattermost, Discord and Slack share. Nothing in a text from
a file or a person may become a mark, a link, a mention or a picture there: it passes `harmless`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.evidence import Evidence
from ..model.report import Report
from ..model.text import visible
from .languages.coverage import by_person, governs_report
from .languages.tongue import ENGLISH, Tongue
from .outline import Line, Outline, outline
from .view import graded

MOST_CITED = 40
MOST_CHARS = 400
"""Of one text: a chat is no place for a whole page; what is cut stands in the report."""
_JOINER = "\u2060"
"""WORD JOINER: shows nothing and breaks no line. Behind @ and # it ends a mention, a channel, a ticket's number."""
_MARKS = re.compile(r"[\\`*_\[\]<>|~!&${}^=]")
_CALLS = re.compile(r"[@#＠＃]")
_ADDRESS = re.compile(r"(?<=\w)\.(?=[^\W\d])|:(?=[^\W\d]|/)|/(?=/)")
"""Where an address would go on: a point before a letter, a colon before a letter or stroke, a double stroke."""


def render(report: Report, tongue: Tongue = ENGLISH) -> str:
    """The report as Markdown, without a newline at its end. Every text of a stranger is on one line and harmless."""
    told = outline(report, tongue)
    parts = [
        f"**{harmless(told.title)}**: **{tongue.word(told.overall.value, 'verdict')}**",
        *_governs(report, tongue),
        " · ".join(map(harmless, told.facts)),
        *([harmless(told.edition, limit=2 * MOST_CHARS)] if told.edition else []),
        *(
            [tongue.word("The pixels were not decoded: {reason}", reason=harmless(told.refusal))]
            if told.refusal
            else []
        ),
        _list(told.claims, tongue),
        _list(told.answers, tongue),
        _list(told.earlier, tongue),
        _titled("At odds", told.at_odds, tongue),
        _titled("Not established", told.unknown, tongue),
        _titled("Next steps", told.steps, tongue, numbered=True),
        _titled("What people added", told.people, tongue),
        _evidence(told, tongue),
        tongue.word(
            "Report of {at} by provenance {version}, sha256 of its canonical body: {digest}",
            at=harmless(report.made_at),
            version=harmless(report.tool.version),
            digest=f"`{told.digest}`",
        ),
    ]
    return "\n\n".join(filter(None, parts))


def harmless(text: str, *, limit: int = MOST_CHARS) -> str:
    """A text on one line in which no character is a mark of Markdown and nothing is an address or a mention."""
    shown = _MARKS.sub(r"\\\g<0>", visible(text, limit=limit))
    shown = _ADDRESS.sub(lambda found: f"{_JOINER}{found[0]}", shown)
    return _CALLS.sub(rf"\g<0>{_JOINER}", shown)


def _titled(title: str, lines: Iterable[Line], tongue: Tongue, *, numbered: bool = False) -> str:
    listed = _list(lines, tongue, numbered=numbered)
    return f"**{tongue.word(title)}**\n\n{listed}" if listed else ""


def _list(lines: Iterable[Line], tongue: Tongue, *, numbered: bool = False) -> str:
    marks = ((f"{number}." if numbered else "-", line) for number, line in enumerate(lines, 1))
    return "\n".join(f"{mark} {_line(line, tongue)}" for mark, line in marks)


def _line(line: Line, tongue: Tongue) -> str:
    label = f"{harmless(line.label)}: " if line.label else ""
    word = tongue.word(line.verdict.value, "verdict") if line.verdict else ""
    verdict = f"**{word}.** " if word and not line.text.casefold().startswith(word.casefold()) else ""
    text = (
        f"“{harmless(line.text)}” ({harmless(line.by)})"
        if line.by
        else f"{'(en) ' if line.english else ''}{harmless(line.text)}"
    )
    note = f" _({harmless(line.note)})_" if line.note else ""
    return f"{label}{verdict}{text}{note}{_cites(line.cites)}"


def _cites(cites: Iterable[str]) -> str:
    """Identifiers are ours: a kind and digits, or the name of a check."""
    told = ", ".join(f"`{_code(one)}`" for one in cites)
    return f" [{told}]" if told else ""


def _code(text: str) -> str:
    return visible(text).replace("`", "'")


def _evidence(told: Outline, tongue: Tongue) -> str:
    shown = told.cited[:MOST_CITED]
    lines = [f"- `{_code(item.id)}`{_grade(item, tongue)} {harmless(_stated(item, tongue))}" for item in shown]
    if left := len(told.cited) - len(shown):
        lines.append("- " + tongue.word("and {n} more in the report", n=left))
    return "\n".join([f"**{tongue.word('What is cited')}**\n", *lines]) if lines else ""


def _grade(item: Evidence, tongue: Tongue) -> str:
    return f" ({tongue.word('grade {grade}', grade=item.grade)})" if graded(item) else ""


def _stated(item: Evidence, tongue: Tongue) -> str:
    """Its statement in this language; English is marked unless a person's words may stand in it."""
    told = tongue.told(item.statement)
    return told or (item.statement if by_person(item) else f"(en) {item.statement}")


def _governs(report: Report, tongue: Tongue) -> list[str]:
    told = [text for _, text in governs_report(report, tongue)]
    return [f"_{' '.join(told)}_"] if told else []
