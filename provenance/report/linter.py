"""A linter for our own words: what a report must not say, checked on every report; strangers' words are exempt.

Likelihood words are those of ICD 203 (Office of the Director of National Intelligence, Intelligence Community Directive
203, 2015, section D.6.e.2), one row of them only, and never in one sentence with a level of confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..model.canonical import plain
from ..model.evidence import Evidence
from ..model.limits import SENTENCE_CHARS
from ..model.matches import Search
from ..model.outcome import Ran, Skipped
from ..model.report import Report
from ..model.text import visible

MOST_COMPLAINTS = 20
_SHOWN = 200


class Rule(StrEnum):
    """What a sentence broke."""

    JUDGEMENT = "it judges the picture as no check can"
    MIXED = "it holds a likelihood and a confidence"
    ROW = "its likelihood is no word of the first row of ICD 203"
    PERCENT = "it gives a belief as a number"
    UNTIED = "it cites what is not in the report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A sentence of ours and the rule that it breaks."""

    rule: Rule
    sentence: str
    where: str
    """The question, or the id of the item or check, that says it."""

    def __str__(self) -> str:
        return f"{self.where}: {self.rule.value}: {visible(self.sentence, limit=_SHOWN)}"


_JUDGEMENT = re.compile(
    r"\b(?:in)?authentic(?:ity|ated?|ally)?\b|\bgenuine(?:ly|ness)?\b|\bfak(?:e|ed|es|ery)\b|\b(?:un)?verified\b"
    r"|\b(?:is|are|was|were|be|as|looks?|seems?|appears?|not|entirely|certainly) (?:an? |the )?real\b(?! time| name)"
    r"|\breal (?:picture|photo|photograph|image|shot|thing|one|deal|footage|scene|event)s?\b",
    re.IGNORECASE,
)
_FIRST_ROW = r"almost no chance|(?:very )?(?:un)?likely|roughly even chance|almost certain(?:ly)?"
_OTHER_ROWS = re.compile(
    r"\b(?:highly |very )?(?:im)?probabl[ey]\b|\broughly even odds\b|\bnearly certain(?:ly)?\b"
    r"|\bremote (?:chance|possibility|likelihood|odds)\b|\b(?:is|seems) remote that\b"
    r"|\bhighly (?:un)?likely\b|\brealistic possibility\b",
    re.IGNORECASE,
)
_CHANCE = re.compile(rf"\b(?:{_FIRST_ROW}|likelihood|probability)\b", re.IGNORECASE)
_TRUST = re.compile(r"\bconfiden(?:ce|t|tly)\b", re.IGNORECASE)
_PERCENT = re.compile(
    r"\d[\d.,]{0,20} ?(?:%|per ?cent\b)|\b\d+ (?:out of|in) (?:a )?(?:10|100|ten|hundred)\b", re.IGNORECASE
)
_BELIEF = re.compile(
    r"\b(?:(?:un)?likel(?:y|ihood)|chances?|probab\w*|confiden\w*|(?:un)?certain\w*|sure(?:ty|ness)?|belie\w*|scores?|odds"
    r"|doubt\w*|trust\w*|credib\w*|plausib\w*)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:area|shares?|sides?|pixels?|px|blocks?|points?|crop(?:s|ped)?|cuts?|cover\w*|overlap\w*|size|quality|frame"
    r"|bits?|height|width|regions?|brightness|rises|levels?|metres?|length|long\w*|border|margin|tolerance|radius"
    r"|bytes?|colours?|scaled?|picture|reference|alterations|humidity|cloud\w*|slope)\b",
    re.IGNORECASE,
)
_ANY = re.compile("|".join(one.pattern for one in (_JUDGEMENT, _OTHER_ROWS, _TRUST, _PERCENT)), re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»')
_ENDS = re.compile(r"(?<=[.!?;])\s+")
_OURS = frozenset(
    {"kind", "statement", "method", "limits", "would_catch", "would_miss", "planted", "not_planted", "transform"}
)
_LEAST_MASK = 3


def complaints(report: Report) -> tuple[Complaint, ...]:
    """Every rule that a sentence of the report breaks, in report order, at most 20; none when all is as it should be.

    Checked: what findings say, what they rest on in our words, and what checks noted. Exempt: what stands in quotation
    marks, and names and words of sources where a sentence repeats them.
    """
    found: list[Complaint] = []
    for one in _all(report):
        found.append(one)
        if len(found) == MOST_COMPLAINTS:
            break
    return tuple(found)


def broken(text: str, strangers: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that a text of ours breaks, each once. `strangers`: words of others that it repeats."""
    if not _ANY.search(text):
        return ()
    for words in sorted(strangers, key=len, reverse=True):
        if len(text) > SENTENCE_CHARS:  # no sentence of ours but for the words of others in it
            text = text.replace(words, "…")
        else:
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "…", text)
    text = _unquoted(text)
    return tuple(dict.fromkeys(rule for sentence in _ENDS.split(text) for rule in _of_sentence(sentence)))


def _unquoted(text: str) -> str:
    """Without what stands in quotation marks. One that nothing closes is none, and is not searched for its end."""
    for opening, closing in ("“”", "«»"):
        end = text.rfind(closing) + 1
        text = text[:end] + text[end:].replace(opening, " ")
    return _QUOTED.sub("…", text)


def _of_sentence(sentence: str) -> Iterator[Rule]:
    if _JUDGEMENT.search(sentence):
        yield Rule.JUDGEMENT
    other = _OTHER_ROWS.search(sentence)
    if _TRUST.search(sentence) and (other or _CHANCE.search(sentence)):
        yield Rule.MIXED
    if other:
        yield Rule.ROW
    if _PERCENT.search(sentence) and (_BELIEF.search(sentence) or not _MEASURED.search(sentence)):
        yield Rule.PERCENT


def _all(report: Report) -> Iterator[Complaint]:
    items = {item.id: item for item in report.evidence}
    known = items.keys() | {run.id for run in report.checks}
    yield from _of_findings(report, items, known)
    yield from _of_steps(report, items, known)
    for item in report.evidence:
        more = (item.would_catch, item.would_miss, item.not_planted) if isinstance(item, Search) else ()
        for text in (item.statement, *item.limits, *more):
            yield from _worded(text, item.id, [item])
    for run in report.checks:
        if isinstance(run.outcome, Ran):
            yield from _worded(run.outcome.note, run.id, [])
        elif isinstance(run.outcome, Skipped):
            yield from _worded(run.outcome.reason, run.id, [])


def _of_findings(report: Report, items: dict[str, Evidence], known: set[str]) -> Iterator[Complaint]:
    for finding in report.findings:
        where = finding.question.value
        rests: dict[str, None] = {}
        for sentence in finding.sentences:
            yield from _tied(sentence.text, where, sentence.cites, known)
            yield from _worded(sentence.text, where, [items[one] for one in sentence.cites if one in items])
            rests |= dict.fromkeys(sentence.cites)
        for conflict in finding.conflicts:
            ends = (conflict.first, conflict.second)
            yield from _tied(conflict.text, where, ends, known)
            yield from _worded(conflict.text, where, [items[one] for one in ends if one in items])
            rests |= dict.fromkeys(ends)
        cited = [items[one] for one in rests if one in items]
        for text in (finding.reason, finding.remedy, *finding.would_change, *finding.not_established):
            yield from _worded(text, where, cited)


def _of_steps(report: Report, items: dict[str, Evidence], known: set[str]) -> Iterator[Complaint]:
    for step in report.next_steps:
        yield from _tied(step.text, "next steps", step.cites, known)
        yield from _worded(step.text, "next steps", [items[one] for one in step.cites if one in items])


def _tied(text: str, where: str, cites: Sequence[str], known: set[str]) -> Iterator[Complaint]:
    if not cites or not known.issuperset(cites):
        yield Complaint(rule=Rule.UNTIED, sentence=text, where=where)


def _worded(text: str, where: str, cited: Sequence[Evidence]) -> Iterator[Complaint]:
    if _ANY.search(text):
        for rule in broken(text, [words for item in cited for words in _strangers(item)]):
            yield Complaint(rule=rule, sentence=text, where=where)


def _strangers(item: Evidence) -> Iterator[str]:
    """Words and names of others in an item, as they are and as they are shown. One banned word alone masks nothing."""
    for text in _texts(plain(item)):
        for words in (text, visible(text)):
            if len(words) >= _LEAST_MASK and not words.isdigit() and not (words.islower() and _ANY.fullmatch(words)):
                yield words


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _OURS:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
