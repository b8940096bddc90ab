"""Outcomes counted and shown: by block, by type of file, by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.metadata.forms import normal, same
from benchmarks.metadata.table import BLOCKS, ROWS

Facts = Mapping[str, object]

SAME, MISSING, WRONG, EXTRA = "same", "missing", "wrong", "extra"
_LISTED = 40
_SHOWN_CHARS = 90


@dataclass(slots=True)
class Tally:
    """One reader's outcomes."""

    name: str
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    differing: list[tuple[str, str, str, object, object]] = field(default_factory=list)
    """Outcome, key, path, the reader's value, ExifTool's value."""
    broken: list[str] = field(default_factory=list)
    """Paths on which the reader raised, with the error."""

    def add(self, path: str, raw: Facts, theirs: Facts) -> None:
        """Compare one file's facts."""
        ours = {key: got for key, value in raw.items() if key in ROWS and (got := normal(ROWS[key], value)) is not None}
        kind = str(theirs.get("file.type", "no type"))
        for key in {*ours, *theirs}:
            outcome = _outcome(key, ours, theirs)
            row = ROWS[key]
            for group in (("all", "all facts"), ("block", row.block), ("type", kind), ("topic", row.topic)):
                self.counts[group][outcome] += 1
            if outcome in (MISSING, WRONG):
                self.differing.append((outcome, key, path, ours.get(key), theirs.get(key)))

    def recall(self, group: tuple[str, str]) -> float | None:
        """Share of ExifTool's facts that are found with the same value; None where it has none."""
        count = self.counts.get(group, Counter())
        asked = known(count)
        return count[SAME] / asked if asked else None

    def over_topics(self) -> float:
        """Mean of the recall over the topics that ExifTool has facts for: the small topics weigh as the large."""
        rates = [rate for group in self.counts if group[0] == "topic" and (rate := self.recall(group)) is not None]
        return sum(rates) / len(rates) if rates else 0.0


def known(count: Counter[str]) -> int:
    """How many facts ExifTool has of them."""
    return count[SAME] + count[MISSING] + count[WRONG]


def _outcome(key: str, ours: Facts, theirs: Facts) -> str:
    if key not in theirs:
        return EXTRA
    if key not in ours:
        return MISSING
    return SAME if same(ROWS[key].form, ours[key], theirs[key]) else WRONG


def lines(tallies: list[Tally]) -> Iterator[str]:
    """The tables, in Markdown; the first reader is ours."""
    ours = tallies[0]
    yield "| facts with the same value, % | of ExifTool's | " + " | ".join(one.name for one in tallies) + " |"
    yield "|---|---|" + "---|" * len(tallies)
    groups = [("all", "all facts"), *(("block", name) for name in BLOCKS)]
    groups += _sized(ours, "type") + _sized(ours, "topic")
    for group in groups:
        if asked := known(ours.counts.get(group, Counter())):
            yield f"| {group[1]} | {asked:,} | " + " | ".join(_share(one.recall(group)) for one in tallies) + " |"
    yield (
        f"| mean over {len(_sized(ours, 'topic'))} topics | | "
        + " | ".join(_share(one.over_topics()) for one in tallies)
        + " |"
    )
    total = [one.counts[("all", "all facts")] for one in tallies]
    yield "| wrong values | | " + " | ".join(f"{count[WRONG]} ({_share(_part(count))})" for count in total) + " |"
    yield "| facts that ExifTool has not | | " + " | ".join(f"{count[EXTRA]:,}" for count in total) + " |"
    yield "| files that raised | | " + " | ".join(str(len(one.broken)) for one in tallies) + " |"


def differences(tally: Tally, outcome: str) -> Iterator[str]:
    """The differing values of a reader, a line each, the commonest keys first."""
    chosen = [one for one in tally.differing if one[0] == outcome]
    often = Counter(key for _, key, *_ in chosen)
    for _, key, path, ours, theirs in sorted(chosen, key=lambda one: (-often[one[1]], one[1], one[2]))[:_LISTED]:
        yield f"{key}  {path}: {str(ours)[:_SHOWN_CHARS]!r}, ExifTool {str(theirs)[:_SHOWN_CHARS]!r}"
    if len(chosen) > _LISTED:
        yield f"... and {len(chosen) - _LISTED} more"


def _sized(tally: Tally, kind: str) -> list[tuple[str, str]]:
    found = [group for group in tally.counts if group[0] == kind and known(tally.counts[group])]
    return sorted(found, key=lambda group: -known(tally.counts[group]))


def _part(count: Counter[str]) -> float | None:
    return count[WRONG] / known(count) if known(count) else None


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{100 * rate:.2f}"
