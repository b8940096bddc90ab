"""What benchmark programs call: one function a benchmark, in the benchmark's own keys and nothing of our own."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import keys
from provenance import add
from provenance.desk import Desk
from provenance.findings.audits import audits
from provenance.findings.weigh import weigh
from provenance.image.sniff import media_type
from provenance.image.structure import structure
from provenance.intake.claims import CLAIM_KEYS, statements_from
from provenance.intake.fields import PLACE_KEYS
from provenance.intake.items import KEYS as ITEM_KEYS
from provenance.intake.items import EvidenceKind
from provenance.metadata.container import check as container
from provenance.metadata.credentials import check as credentials
from provenance.metadata.exif import check as exif
from provenance.model.context import Context
from provenance.model.evidence import Answer, Bound, BoundKind, Evidence, Match
from provenance.model.finding import Question, Verdict
from provenance.model.image import Image, Original, Refusal
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval, parse_interval

READERS = (container.check, exif.check, credentials.check)


def facts(path: str) -> dict[str, object]:
    """What the file says of itself, under the keys of the metadata benchmark; only keys that are read so far."""
    image = _undecoded(Path(path))
    context = Context(now=datetime(2100, 1, 1, tzinfo=UTC))
    items: list[Evidence] = []
    for check in READERS:
        outcome = check(image, context)
        items += outcome.evidence if isinstance(outcome, Ran) else ()
    found: dict[str, object] = {}
    for block in (keys.exif, keys.container, keys.xmp, keys.iptc, keys.credentials):
        found |= block.translated(items)
    return found


def _undecoded(path: Path) -> Image:
    data = path.read_bytes()
    limits = Limits()
    return Image(
        original=Original(
            name=path.name,
            path=str(path),
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            media_type=media_type(data),
        ),
        data=data,
        structure=structure(data, limits),
        refusal=Refusal(reason="not asked for"),
    )


def conclude(scenario: dict[str, Any]) -> dict[str, object]:
    """The verdicts on one place-time scenario, in the scenario schema's own words and ids."""
    items = (*statements_from(_claims_file(scenario), str(scenario.get("id", "scenario")), Limits()), _as_of(scenario))
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)),)
    weighed = weigh(items, runs, tuple(Question))
    (result,) = weighed.claims
    labels = {item.id: item.label for item in items if item.label and item.label != "the claim under test"}
    stated = [audit.straight_km for _, audit in audits(items)]
    return {
        "time": _schema_word(result.when),
        "place": _schema_word(result.where),
        "overall": _schema_word(result.overall),
        "not_after": weighed.not_after or None,
        "conflicts": [
            [labels[one.first], labels[one.second]]
            for one in weighed.conflicts
            if one.first in labels and one.second in labels
        ],
        "distance_km": stated[0] if stated else weighed.apart_km,
    }


def _schema_word(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "_")


def _claims_file(scenario: dict[str, Any]) -> dict[str, Any]:
    """The scenario as a claims file: keys that the format has no use for, such as notes of the encoder, stay behind."""
    claim = _kept(scenario["claim"], CLAIM_KEYS)
    evidence = [_kept(item, ITEM_KEYS[EvidenceKind(item["kind"])]) for item in scenario.get("evidence") or ()]
    return {"claims": [{**claim, "id": "the claim under test"}], "evidence": evidence}


def _kept(values: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    inner = {"place": PLACE_KEYS, "caption_place": PLACE_KEYS, "distance": ("from", "to", "km")}
    inner |= dict.fromkeys(("time", "published", "caption_time"), ("earliest", "latest"))
    return {
        key: _kept(value, inner[key]) if isinstance(value, dict) and key in inner else value
        for key, value in values.items()
        if key in known
    }


def _as_of(scenario: dict[str, Any]) -> Evidence:
    """The day of the check as the hard limit that the clock is in a real run."""
    day = parse_interval(str(scenario["as_of"]))
    return Bound(
        source=Source(kind=SourceKind.PROGRAM, name="the day of the check", origin="this check"),
        statement="The picture existed on the day of the check.",
        method="recorded",
        grade=Grade("A", 1),
        bound=BoundKind.RECEIVED,
        time=Interval(None, day.latest, day.zone_known),
    )


class Matcher:
    """The library's own `add` and the search behind `check --only seen-before`."""

    def __init__(self, folder: str | Path | None = None) -> None:
        """`folder`: where the set is kept, so that a later run need not add again; None: one that passes."""
        self._passing = None if folder else tempfile.TemporaryDirectory(prefix="matcher-")
        self._set = Path(self._passing.name if self._passing else folder or "") / "set"
        self._names: dict[str, list[str]] = {}
        self._desk: Desk | None = None

    def index(self, pictures: Sequence[tuple[str, str | Path]]) -> None:
        """Add pictures to the set under ids of the caller's. A file that is there twice answers for both."""
        self.close()
        for name, path in pictures:
            with Path(path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            self._names.setdefault(digest, []).append(name)
        add([path for _, path in pictures], reference=self._set)

    def query(self, path: str | Path) -> list[tuple[str, float]]:
        """Ids of the pictures that match, with a score by which matches of all queries can be ranked; best first."""
        return [(name, score) for name, score, _ in self.matches(path)]

    def matches(self, path: str | Path) -> list[tuple[str, float, Match]]:
        """The same, each with the Match itself: its answer, its place in the query."""
        if self._desk is None:
            self._desk = Desk(references=[self._set], questions=(Question.SEEN_BEFORE,)).__enter__()
        report = self._desk.check(Path(path)).report
        found = [item for item in report.evidence if isinstance(item, Match)]
        named = [
            (name, sureness(match), match) for match in found for name in self._names.get(match.reference.image_id, ())
        ]
        return sorted(named, key=lambda one: -one[1])

    def close(self) -> None:
        """Let go of the set, so that more can be added; `query` opens it again."""
        if self._desk is not None:
            self._desk.__exit__(None, None, None)
            self._desk = None


BY_FRAME_LOG_ODDS = 6.0, 4.0
"""What a whole-frame match that no points confirm counts as: at no differing bit, and how much less at the radius.

None of 296 strangers matched so in 7,103 queries (docs/measured/hashes.md), and points overrule it where there are any,
so it stands among the middling copies: above those that points barely carry, below those that they carry well.
"""


def sureness(match: Match) -> float:
    """Same bytes, then copies, scenes, elements, a hundred apart; within each by log-odds."""
    if match.fingerprint == "sha256":
        return 1000.0
    rank = {Answer.COPY: 200.0, Answer.SAME_SCENE: 100.0}.get(match.answer, 0.0)
    if match.alignment is not None:
        return rank + max(-40.0, min(40.0, match.alignment.log_odds))
    highest, slope = BY_FRAME_LOG_ODDS
    return rank + highest - slope * match.distance_bits / max(match.radius_bits, 1)
