"""What benchmark programs call: one function a benchmark, in the benchmark's own keys and nothing of our own."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks import keys
from provenance import add, compare, difference
from provenance import facts as read_facts
from provenance.desk.desk import Desk
from provenance.errors import InputError
from provenance.findings.audits import audits
from provenance.findings.blind import METHODS as BLIND
from provenance.findings.weigh import weigh
from provenance.forensics.comparison.overlays import BAR, TEXT
from provenance.forensics.comparison.strips import LAID_OVER
from provenance.image.containers.sniff import media_type
from provenance.image.containers.structure import structure
from provenance.intake.claims import CLAIM_KEYS, statements_from
from provenance.intake.evidence_kinds import KEYS as ITEM_KEYS
from provenance.intake.evidence_kinds import EvidenceKind
from provenance.intake.fields import PLACE_KEYS
from provenance.metadata.credentials import check as credentials
from provenance.model.context import Context, TrustAnchors
from provenance.model.credentials import Credential
from provenance.model.differences import Anomaly, Compared
from provenance.model.evidence import Bound, BoundKind, Evidence
from provenance.model.finding import Question, Verdict
from provenance.model.image import Image, Original, Refusal
from provenance.model.limits import Limits
from provenance.model.matches import Answer, Match
from provenance.model.outcome import CheckRun, Ran, Skipped
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval, parse_interval
from provenance.placetime.located import located

CLOCK = datetime(2100, 1, 1, tzinfo=UTC)
KEYS = MappingProxyType(
    {
        "exif": keys.exif.translated,
        "container": keys.container.translated,
        "xmp": keys.xmp.translated,
        "iptc": keys.iptc.translated,
        "manifest-store": keys.credentials.translated,
    }
)


def facts(path: str) -> dict[str, object]:
    """What the file says of itself, under the keys of the metadata benchmark; empty for what is no picture."""
    try:
        items = read_facts(path, now=CLOCK, claims=False)
    except InputError:
        return {}
    by_check: dict[str, list[Evidence]] = {}
    for item in items:
        by_check.setdefault(item.method, []).append(item)
    found: dict[str, object] = {}
    for name, translated in KEYS.items():
        found |= translated(by_check.get(name, ()))
    return found


def _undecoded(path: Path) -> Image:
    """Any file, a film or a drawing too, as the checks take a picture."""
    data = path.read_bytes()
    original = Original(
        name=path.name,
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type=media_type(data),
    )
    refusal = Refusal(reason="not asked for")
    return Image(original=original, data=data, structure=structure(data, Limits()), refusal=refusal)


def credential_state(path: str, anchors_pem: str | None = None) -> dict[str, object]:
    """State and flags of a file's Content Credentials; `anchors_pem` names a PEM file to ask after the shipped lists.

    Where c2pa is not installed, the state of a file that holds or names a store is "not_checked".
    """
    own = (TrustAnchors(name=Path(anchors_pem).name, pem=Path(anchors_pem).read_text("utf-8")),) if anchors_pem else ()
    outcome = credentials.check(_undecoded(Path(path)), Context(now=datetime.now(UTC), anchors=own))
    if not isinstance(outcome, Ran):
        missing = getattr(outcome, "remedy", "") == credentials.library.REMEDY
        return {"state": "not_checked" if missing else "unsupported", "flags": []}
    found = next((item for item in outcome.evidence if isinstance(item, Credential)), None)
    if found is None:
        return {"state": "none", "flags": []}
    return {"state": found.state.value, "flags": sorted(flag.value for flag in found.flags)}


def conclude(scenario: dict[str, Any]) -> dict[str, object]:
    """The verdicts on one place-time scenario, in the scenario schema's own words and ids."""
    items = scenario_items(scenario)
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)),)
    weighed = weigh(items, runs, tuple(Question))
    (result,) = weighed.claims
    labels = {item.id: item.label for item in items if item.label and item.label != "the claim under test"}
    found = audits(items)
    recorded = [one.straight_km for item, one in found if one.stated == getattr(item, "distance", None)]
    apart = [] if weighed.apart_km is None else [weighed.apart_km]
    distances = [*recorded, *apart, *(one.straight_km for _, one in found)]
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
        "distance_km": distances[0] if distances else None,
    }


def scenario_items(scenario: dict[str, Any]) -> tuple[Evidence, ...]:
    """A scenario as the evidence of a real run: a claims file, its places by name found, and the day of the check."""
    said = statements_from(_claims_file(scenario), str(scenario.get("id", "scenario")), Limits())
    return (*located(said), _as_of(scenario))


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
        key: _kept(value, inner[key]) if isinstance(value, dict) and key in inner else _read_again(key, value)
        for key, value in values.items()
        if key in known
    }


def _read_again(key: str, value: object) -> object:
    """Readers of YAML 1.1 take the code of Norway and that of its language for false (the house's own does not)."""
    return {"cc": "NO", "language": "no"}.get(key, value) if value is False else value


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


def compare_pictures(query: str | Path, reference: str | Path) -> dict[str, Any]:
    """Where a picture differs from a reference, by the library's own alignment and comparison.

    `log10_nfa`: of the surest region that is no caption, mark, bar or blur, or of the surest window where there is no
    region; at most 0. `mask`: bool array of the query's height and width, None without a region. `verdict`: a word
    of model.differences.Compared with what was laid over, within what was compared or beside it, or "not judged" with
    the matcher's answer for what is no copy, or with what is wrong with a file.
    """
    import cv2
    import numpy as np

    try:
        match, first, second = compare(query, reference)
    except InputError as error:
        return {"log10_nfa": 0.0, "mask": None, "verdict": f"not judged: {error}"}
    found = difference(match, first, second)
    if found is None or first.working_copy is None:
        return {"log10_nfa": 0.0, "mask": None, "verdict": f"not judged: {match.answer.value}"}
    beside = [TEXT if "words" in one else BAR for one in found.also if one.endswith(LAID_OVER)]
    named = ", ".join(dict.fromkeys([*(one.what for one in found.regions if one.what), *beside]))
    over = beside and found.outcome is Compared.NO_DIFFERENCE
    outcome = Compared.OVERLAID if over else found.outcome
    verdict = f"{outcome.value}{': ' if named else ''}{named}"
    if not found.regions:
        return {"log10_nfa": found.log10_nfa, "mask": None, "verdict": verdict}
    mask = np.zeros(first.working_copy.pixels.shape[:2], np.uint8)
    for region in found.regions:
        cv2.fillPoly(mask, [np.array(outline, np.int32) for outline in region.outlines], 1)
    return {"log10_nfa": found.log10_nfa, "mask": mask.astype(bool), "verdict": verdict}


def blind_methods(path: str | Path) -> list[dict[str, Any]]:
    """What each blind method says of one file: `method`, `log10_nfa`, `mask`, and `said`, its words.

    `log10_nfa`: of the surest region; 0.0 where it looked and raises no alarm; "not judged" where it abstains. `mask`:
    bool array of the upright picture's height and width, None without a region. Of no picture: not judged.
    """
    import cv2
    import numpy as np

    try:
        with Desk(references=[], questions=(Question.ALTERED,)) as desk:
            checked = desk.check(Path(path))
    except InputError as error:
        return [{"method": name, "log10_nfa": "not judged", "mask": None, "said": str(error)} for name in BLIND]
    copy = checked.image.working_copy
    answers: list[dict[str, Any]] = []
    for run in checked.report.checks:
        if run.check not in BLIND:
            continue
        answer: dict[str, Any] = {"method": run.check, "log10_nfa": "not judged", "mask": None, "said": ""}
        if isinstance(run.outcome, Ran):
            found = [item for item in run.outcome.evidence if isinstance(item, Anomaly)]
            regions = [region for item in found for region in item.regions]
            answer["log10_nfa"] = min((region.log10_nfa for region in regions), default=0.0)
            answer["said"] = "; ".join(item.statement for item in found) or run.outcome.note
            if regions and copy is not None:
                mask = np.zeros(copy.pixels.shape[:2], np.uint8)
                for outline in (outline for region in regions for outline in region.outlines):
                    cv2.fillPoly(mask, [np.array(outline, np.int32)], 1)
                answer["mask"] = mask.astype(bool)
        else:
            answer["said"] = run.outcome.reason if isinstance(run.outcome, Skipped) else run.outcome.error
        answers.append(answer)
    return answers


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
