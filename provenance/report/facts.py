"""Metadata facts in the groups and the order in which a desk looks through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..metadata.gps_words import in_words
from ..metadata.source_type import made_by
from ..metadata.topics import topic
from ..model.evidence import Evidence, Fact
from ..model.report import Report

MOST = 500
"""Facts that a page shows: a camera writes under 200, a hostile file up to the 20,000 that the reader takes."""
MOST_PROBLEMS = 100
LONGEST = 2_000
"""Characters of a value that are shown: a long caption has as many, the settings of an image generator far more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One metadata value under its label."""

    label: str
    fact: Fact

    @property
    def shown(self) -> str:
        """What it reads: a code in words, else the value in its normal form, else as it stands; cut if it is long."""
        return _cut(self._reads)

    @property
    def raw(self) -> str:
        """How it stands in the file, where that is not what it reads; else ""."""
        return _cut(self.fact.raw) if self.fact.raw != self._reads else ""

    @property
    def _reads(self) -> str:
        value = self.fact.normal or self.fact.raw
        return in_words(self.fact.key, value) or value


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts that belong together."""

    name: str
    rows: tuple[FactRow, ...]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\u2026 ({len(text):,} characters; all in the JSON form)"


def fact_groups(evidence: Iterable[Evidence]) -> tuple[FactGroup, ...]:
    """Every fact among the evidence once, by metadata.topics."""
    facts = {item.id: item for item in evidence if isinstance(item, Fact)}.values()
    placed = sorted(((topic(fact.key), fact) for fact in facts), key=lambda pair: pair[0].order)
    return tuple(
        FactGroup(name=name, rows=tuple(FactRow(label=place.label, fact=fact) for place, fact in group))
        for name, group in groupby(placed, key=lambda pair: pair[0].group)
    )


def shown_facts(report: Report) -> tuple[Fact, ...]:
    """The facts for a page: the first `MOST`, and every one that a sentence cites."""
    facts = [item for item in report.evidence if isinstance(item, Fact)]
    if len(facts) <= MOST:
        return tuple(facts)
    cited = {cite for finding in report.findings for sentence in finding.sentences for cite in sentence.cites}
    cited |= {
        end
        for finding in report.findings
        for conflict in finding.conflicts
        for end in (conflict.first, conflict.second)
    }
    cited |= {cite for step in report.next_steps for cite in step.cites}
    cited |= {fact.id for _, fact in made_by(facts)}
    refused = [fact.id for fact in facts if fact.key.endswith(".problems")]  # shown, whatever else is not
    cited |= set(refused[:MOST_PROBLEMS])
    return (*facts[:MOST], *(fact for fact in facts[MOST:] if fact.id in cited))
