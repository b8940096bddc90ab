"""Metadata facts in the groups and the order in which a desk looks through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..metadata.topics import topic
from ..model.evidence import Evidence, Fact
from ..model.report import Report

MOST = 500
"""Facts that a page shows: a camera writes under 200, a hostile file up to the 20,000 that the reader takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One metadata value under its label."""

    label: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts that belong together."""

    name: str
    rows: tuple[FactRow, ...]


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
    cited |= {fact.id for _, fact in made_by(facts)}
    return (*facts[:MOST], *(fact for fact in facts[MOST:] if fact.id in cited))


# IPTC digital source type vocabulary (cv.iptc.org/newscodes/digitalsourcetype), the codes that name no camera.
_COMPUTER_MADE = {
    "algorithmicMedia": "computed by a program, without a camera and without training data",
    "algorithmicallyEnhanced": "enhanced by a program",
    "composite": "put together from several elements",
    "compositeSynthetic": "put together from elements of which at least one is computer-made",
    "compositeWithTrainedAlgorithmicMedia": "put together or edited with a trained model",
    "dataDrivenMedia": "drawn from data",
    "digitalArt": "drawn by a person with a program",
    "digitalCreation": "made on a computer by a person: drawn, painted or rendered",
    "screenCapture": "captured from a screen",
    "softwareImage": "made by a program",
    "trainedAlgorithmicMedia": "made by a trained model",
    "virtualRecording": "recorded from a virtual scene",
}


def made_by(evidence: Iterable[Evidence]) -> tuple[tuple[str, Fact], ...]:
    """How the file's own tags say the picture was made, where they name no camera: words, and the fact behind them."""
    found = []
    for item in evidence:
        if isinstance(item, Fact) and item.key.endswith("DigitalSourceType"):
            code = (item.normal or item.raw).rstrip("/").rpartition("/")[2]
            if code in _COMPUTER_MADE:
                found.append((_COMPUTER_MADE[code], item))
    return tuple(found)
