"""Evidence: what was observed or said, by whom, with which limits. Never what it proves.

Each item has an identifier derived from its own content, so the same observation has the same id in every run and on
every machine, and a sentence that cites it can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from .canonical import content_id
from .earlier import PastCheck
from .noted import Noted
from .place import Place
from .shadow import MeasuredShadow
from .source import Grade, Source, SourceKind
from .time import Interval


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What every item has. `statement` is one sentence in our words; a stranger's words go in their own field."""

    kind: ClassVar[str]

    source: Source
    statement: str
    method: str
    """Name of the check that made it, or "recorded by the desk"."""
    grade: Grade = Grade()
    limits: tuple[str, ...] = ()
    """What this observation cannot show, each a sentence."""
    label: str = ""
    """The name the desk gave it in its claims file, if any; of what a case holds, "entry 7"."""
    noted: Noted | None = None
    """The entry of a case's log in which a person recorded it."""

    @cached_property
    def id(self) -> str:
        """Identifier derived from the content, such as "match-1f0c2a9b44d0"."""
        return content_id(self.kind, self)


class About(StrEnum):
    """What a statement speaks of. What is said of the event moves no verdict about the picture."""

    PICTURE = "picture"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDistance:
    """ "A is N km from B", as somebody said it."""

    start: str
    end: str
    km: float


@dataclass(frozen=True, kw_only=True)
class Claim(Evidence):
    """Somebody, or the file's own tags, says so (ClaimReview: Claim; not the C2PA claim)."""

    kind: ClassVar[str] = "claim"

    by: str
    quote: str = ""
    """Their words, verbatim."""
    tested: bool = False
    """Whether this is a claim the desk wants tested; otherwise it is a statement that speaks for or against one."""
    place: Place | None = None
    time: Interval | None = None
    """When, by this claim, the picture was taken."""
    denies: bool = False
    """It denies the place or time it names."""
    about: About = About.PICTURE
    basis: str = ""
    """Where the claim stands: "EXIF DateTimeOriginal", "EXIF GPS", "caption of a publication", "statement", ..."""
    distance: StatedDistance | None = None
    contradicts: tuple[str, ...] = ()
    """Labels of items that the desk recorded as contradicting this one."""
    defeaters: tuple[str, ...] = ()
    """Known reasons not to rely on it, each a sentence ("the camera clock was never set")."""


class BoundKind(StrEnum):
    """How a limit on place or time came about."""

    GEOLOCATION = "geolocation"
    SIGN_TEXT = "sign_text"
    SUN = "sun"
    WEATHER = "weather"
    OBJECT = "object"
    AUTHOR_LIFE = "author_life"
    RECEIVED = "received"
    """The picture existed when the desk had it: a hard limit by the desk's own clock."""
    CHECKED_BEFORE = "checked_before"
    """The desk had it, or a copy of it, when it checked it before: a hard limit by the desk's own clock of then."""
    SIGNED = "signed"
    """The bytes existed when a listed time-stamp authority stamped them: a hard limit (RFC 3161)."""


@dataclass(frozen=True, kw_only=True)
class Bound(Evidence):
    """A measured or derived limit on place (area) or time (interval)."""

    kind: ClassVar[str] = "bound"

    bound: BoundKind
    place: Place | None = None
    time: Interval | None = None
    denies: bool = False
    contradicts: tuple[str, ...] = ()
    defeaters: tuple[str, ...] = ()
    shadow: MeasuredShadow | None = None
    """Of a limit from the sun: what was measured, tested against every claim that names a place and a time."""


class LeadKind(StrEnum):
    """Observations that bound nothing."""

    SIMILARITY = "similarity"
    ABSENCE = "absence"
    CONTEXT = "context"


@dataclass(frozen=True, kw_only=True)
class Lead(Evidence):
    """A pointer worth following that bounds nothing: a look-alike, an empty search, context about the event."""

    kind: ClassVar[str] = "lead"

    lead: LeadKind
    by: str = ""
    quote: str = ""
    place: Place | None = None
    time: Interval | None = None
    distance: StatedDistance | None = None
    contradicts: tuple[str, ...] = ()


class DateBasis(StrEnum):
    """How the time of a publication is known; decides whether it is a hard limit (findings/when.py)."""

    AGENCY_RECORD = "agency_record"
    PLATFORM_UTC = "platform_utc"
    ARCHIVE_SNAPSHOT = "archive_snapshot"
    PRINT = "print"
    STOCK_RECORD = "stock_record"
    CRAWL_DATE = "crawl_date"
    """A search engine recorded that it saw the picture there on that day."""
    PAGE_DATE = "page_date"
    STATEMENT = "statement"
    SEARCH_SNIPPET = "search_snippet"
    CRAWL_RELATIVE = "crawl_relative"
    DISPLAY_NO_TZ = "display_no_tz"
    UNKNOWN = "unknown"


class CopyKind(StrEnum):
    """How the published picture relates to the one under test."""

    EXACT = "exact"
    NEAR = "near"
    CROP = "crop"
    MIRRORED = "mirrored"
    COMPONENT = "component"
    SIMILAR_SCENE = "similar_scene"
    DIFFERENT_IMAGE = "different_image"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Appearance(Evidence):
    """A publication of the picture, with its time and how that time is known (ClaimReview: appearance)."""

    kind: ClassVar[str] = "appearance"

    by: str
    """Publisher or handle."""
    published: Interval | None
    date_basis: DateBasis
    copy: CopyKind
    url: str = ""
    post_text: str = ""
    views: int | None = None
    caption: str = ""
    caption_place: Place | None = None
    caption_time: Interval | None = None
    credit: str = ""
    licence: str = ""
    notes: str = ""
    contradicts: tuple[str, ...] = ()
    defeaters: tuple[str, ...] = ()
    caption_denies: bool | None = None
    """True: the caption denies the place or time that it names."""
    match_id: str = ""
    """The Match through which this program found it; "" when a person recorded it."""

    @property
    def sighting(self) -> bool:
        """Whether an archive or engine that this program asked tells what it saw: it published nothing itself."""
        machine = self.date_basis in (DateBasis.ARCHIVE_SNAPSHOT, DateBasis.CRAWL_DATE)
        return machine and self.source.kind is SourceKind.WEB


class Answer(StrEnum):
    """What a comparison of two pictures can answer."""

    COPY = "copy"
    SAME_SCENE = "same scene or neighbouring frame"
    SHARED_ELEMENT = "shared element"
    NO_MATCH = "no match"
    NOT_ENOUGH_DETAIL = "not enough detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture in a reference set."""

    set_name: str
    image_id: str
    """Lower-case hex SHA-256 of the file."""
    path: str = ""
    """Where the picture was when it was added, or its place among the set's kept copies; it may be gone."""
    name: str = ""
    """Its file name when it was added, also where `path` is that of a kept copy."""
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How a reference lies in the picture under test, measured on points that both pictures share."""

    query_region: tuple[tuple[float, float], ...]
    """Where the reference is shown, a polygon in pixels (x, y) of the picture under test, upright.

    Its frame, cut at the edges of the picture under test and, inside a screenshot or a collage, to the photograph
    there: to where both pictures stop looking alike, and to the sides of an inner photograph that lies there.
    """
    reference_region: tuple[tuple[float, float], ...]
    """Outline of what the picture under test shows, in pixels of the reference, upright."""
    query_share: float
    """Area of the first outline as a share of the picture under test, 0 to 1."""
    reference_share: float
    """Area of the second outline as a share of the reference: 0.38 is a crop to 38 %."""
    mirrored: bool
    """The picture under test is mirrored left-right against the reference."""
    turn_deg: float
    """By how much the picture under test is turned clockwise, -180 to 180, against the reference, which is mirrored
    first when `mirrored`."""
    scale: float
    """Pixels of the picture under test for each pixel of the reference."""
    points: int
    """Pairs of points that the alignment brings together."""
    points_in_view: int
    """Points of the reference in its region: those that the picture under test shows."""
    residual_share: float
    """Median distance of paired points after alignment, of the reference's longer side."""
    parallax: float
    """Correlation of neighbouring residuals: near 0 is noise, near 1 is depth, moved things or another view."""
    blocks: int
    """Blocks of the aligned pictures that have content."""
    blocks_alike: float
    """Share of these that look alike (correlation above 0.6)."""
    matrix: tuple[float, float, float, float, float, float, float, float, float]
    """From pixels (x, y, 1) of the picture under test, upright, to those of the reference, upright, row by row."""
    pairs: tuple[tuple[float, float, float, float], ...]
    """Paired points, at most 100 spread over the picture: x, y in the picture under test, x, y in the reference."""
    overlapping_view: bool
    """The pictures overlap as two views of a plane do: printed matter or ground from above, photographed twice."""
    log_odds: float
    """By the fitted model (matching/scoring.py), that one photograph is in both; orders matches, is no probability."""


@dataclass(frozen=True, kw_only=True)
class Match(Evidence):
    """Picture content shared with a reference picture: which, under which transform, how surely."""

    kind: ClassVar[str] = "match"

    reference: Reference
    answer: Answer
    copy: CopyKind
    fingerprint: str
    """Name of the fingerprint that found it: "sha256" for equal bytes, else a perceptual hash or local features."""
    distance_bits: int
    radius_bits: int
    """The largest distance that counts as a match for this fingerprint."""
    transform: str
    """How the query must be turned to meet the reference, in words: "as it is", "mirrored left-right", ...

    A match by local features alone says what became of the reference: "mirrored left-right, cropped to 38 %".
    """
    alignment: Alignment | None = None
    """Where the shared content lies, when local features found it."""
    one_false_match_in: int = 0
    """Searches with strangers, in sets of this size, among which one such match is expected; 0 when not measured."""


@dataclass(frozen=True, kw_only=True)
class EarlierCheck(Evidence):
    """A check that this desk made before, of this file or of a picture that meets it. It is no publication."""

    kind: ClassVar[str] = "earlier"

    reference: Reference
    """The picture that was checked then."""
    answer: Answer
    copy: CopyKind
    transform: str
    """What must be done to that picture, or became of it, as in a Match."""
    past: PastCheck
    report_state: str = ""
    """What is wrong with the report of then, without a full stop; "" when it lies where it was written, unchanged."""
    checks: int = 1
    """How often that picture was checked, as far as is noted."""


class Compared(StrEnum):
    """What laying a copy over its reference came to."""

    DIFFERS = "differs in a region"
    OVERLAID = "differs only where something was laid over it"
    NO_DIFFERENCE = "no difference"
    OTHER_PHOTOGRAPH = "a different photograph of the same scene"
    NOT_JUDGED = "not judged"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingRegion:
    """A part of the picture under test that differs from the reference, and what its number of false alarms rests on.

    That number is `tests` times (p / r)^k ((1 - p) / (1 - r))^(n - k), Hoeffding's bound on the binomial tail, with
    p = `chance`, n = `blocks` // 2, k = `unusual` // 2 and r = k / n: two neighbouring blocks count as one.
    """

    box_px: tuple[int, int, int, int]
    """x, y, width and height in the picture under test."""
    share: float
    """Of the area of the picture under test, 0 to 1."""
    outlines: tuple[tuple[tuple[int, int], ...], ...]
    """Polygons in pixels (x, y) of the picture under test."""
    what: str = ""
    """What it looks like, of a closed list: "caption or text", "watermark or logo", ...; "" for none of these."""
    log10_nfa: float
    """Base-10 logarithm of the number of such regions expected by chance in one comparison of unaltered copies."""
    window_blocks: tuple[int, int, int, int]
    """The window that was tested: column, row, columns and rows, in blocks."""
    blocks: int
    """Blocks in that window that both pictures show."""
    unusual: int
    """Of these, unusual by more than `level`."""
    level: float
    """Spreads above what is usual in this pair."""
    chance: float
    """Share of blocks above that level that is allowed for."""
    tests: int
    """Windows and levels that were tried."""
    detail_lost: bool = False
    """Whether the unusual blocks are those that lack fine detail which the reference has; else they differ from it."""


@dataclass(frozen=True, kw_only=True)
class Comparison(Evidence):
    """A copy laid over its reference and compared block by block, after tone and sharpness were fitted."""

    kind: ClassVar[str] = "comparison"

    reference: Reference
    outcome: Compared
    match_id: str = ""
    """The Match that laid them over each other."""
    regions: tuple[DifferingRegion, ...] = ()
    """The surest first."""
    also: tuple[str, ...] = ()
    """Changes of the whole that were seen and allowed for, of a closed list: "scaled", "tone or colour changed", ..."""
    block_px: float = 0.0
    """Side of a block in pixels of the picture under test."""
    blocks: int = 0
    """Blocks compared."""
    log10_nfa: float = 0.0
    """The smallest of any window; above -3 nothing is reported."""
    reason: str = ""
    """Why it is not judged or not checked, without a full stop."""


class AnomalyKind(StrEnum):
    """What a method that looks at one file alone can point to."""

    FOREIGN_GRID = "foreign JPEG grid"
    COMPRESSED_TWICE = "compressed twice"
    COPIED_WITHIN = "copied within the picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectRegion:
    """A part of the picture that is unlike the rest, and what its number of false alarms rests on.

    That number is `tests` times the chance of at least `hits` among `trials` that each hit with `chance`, as
    Anomaly.formula says in full.
    """

    box_px: tuple[int, int, int, int]
    """x, y, width and height in the picture under test, upright."""
    share: float
    """Of the area of the picture under test, 0 to 1."""
    outlines: tuple[tuple[tuple[int, int], ...], ...]
    """Polygons in pixels (x, y) of the picture under test, upright."""
    log10_nfa: float
    """Base-10 logarithm of the number of such regions expected by chance in one unaltered picture."""
    window_px: tuple[int, int, int, int]
    """What was tested: x, y, width and height, as the file stores its pixels."""
    trials: int
    hits: int
    chance: float
    tests: int
    detail: str = ""
    """What the region was found to be: "grid at 3, 5 where the rest has 0, 0", ..."""
    partner_px: tuple[int, int, int, int] | None = None
    """Of a copy within the picture: x, y, width and height of the part that it equals, upright."""


@dataclass(frozen=True, kw_only=True)
class Anomaly(Evidence):
    """Regions that a blind method found unlike the rest of the picture, with a stated number of false alarms."""

    kind: ClassVar[str] = "anomaly"

    what: AnomalyKind
    regions: tuple[SuspectRegion, ...]
    """The surest first."""
    alarms_per_thousand: float
    """Alarms of this method expected at most in 1,000 unaltered pictures."""
    formula: str
    """How log10_nfa follows from the numbers of a region, so that anybody can compute it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A variant of the picture under test that was held beside a set in memory while the same search was made."""

    variant: str
    """What was done to the picture: "crop to 50 %", "mirrored", ..."""
    found: bool
    """Whether the search found it, as a copy."""


@dataclass(frozen=True, kw_only=True)
class Search(Evidence):
    """What was searched, how, and what it would have caught: makes "nothing found" a statement about a search."""

    kind: ClassVar[str] = "search"

    set_name: str
    set_id: str
    snapshot: str
    """Digest of the set's committed state that answered."""
    pictures: int
    """Pictures in the set."""
    searchable: int
    """Of these, pictures with enough detail for this fingerprint."""
    fingerprint: str
    radius_bits: int
    would_catch: str
    would_miss: str
    planted: tuple[Planted, ...] = ()
    """Where nothing was found: variants of this very picture, sought beside the set as the picture was."""
    not_planted: str = ""
    """Why no variant was planted."""


@dataclass(frozen=True, kw_only=True)
class Fact(Evidence):
    """One metadata value: key, raw and normal form, block, byte range (EXIF/XMP/IPTC property)."""

    kind: ClassVar[str] = "fact"

    key: str
    """Qualified name: "exif.DateTimeOriginal", "jpeg.quality"."""
    raw: str
    normal: str
    block: str
    """Kind of the block it was read from."""
    offset_bytes: int = 0
    """Where the value stands in the file; where its block is packed or spread over the file, where the block starts."""
    length_bytes: int = 0
    """Of the value's own bytes, or of that block; 0 for what is said of the whole file."""
    block_sha256: str = ""
    """Digest of the whole block that the value was read from."""


@dataclass(frozen=True, kw_only=True)
class Trace(Evidence):
    """A mark left by a device, program, platform or edit."""

    kind: ClassVar[str] = "trace"

    topic: str
    """One of: "credentials", "platform", "size", "trailing data", ..."""
    value: str
    alters: bool = False
    """Whether it speaks of a change to the picture after capture."""


class CredentialState(StrEnum):
    """What the validation of a manifest store came to; "none" has no Credential, for there is nothing to describe."""

    REMOTE_REFERENCE = "remote_reference"
    TRUSTED = "trusted"
    VALID_UNTRUSTED = "valid_untrusted"
    EXPIRED_UNPROVEN_TIME = "expired_unproven_time"
    LAYOUT_NONCONFORMING = "bytes_match_layout_nonconforming"
    CONTENT_CHANGED = "content_changed"
    MANIFEST_DAMAGED = "manifest_damaged"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"


class CredentialFlag(StrEnum):
    """What a reader must know beside the state."""

    ANCESTOR_FAILED = "ancestor_failed"
    AI_DECLARED = "ai_declared"
    REDACTED = "redacted"
    METADATA_OUTSIDE_BINDING = "metadata_outside_binding"
    IDENTITY_NOT_CHECKED = "identity_not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustListUsed:
    """A pinned list of certificate authorities that a validation asked."""

    name: str
    sha256: str
    """Of the list's bytes."""
    issued: str = ""
    """Day of issue, ISO 8601; "" where the list states none."""
    next_update: str = ""
    vouches: bool = False
    """Whether the signer's certificate leads to this list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A manifest: who signed it, when, with which program, and what they assert of the making."""

    manifest: str
    """Label of the manifest; "" for an ingredient that brought none."""
    signer: str = ""
    """Common name in the certificate: free text of whoever issued it, proven only where a list vouches for it."""
    issuer: str = ""
    """Organisation in the certificate, as free."""
    signed: str = ""
    """Time of signing, ISO 8601."""
    time_by: str = ""
    """Name of the time-stamp authority; "" where only the signer says when."""
    time_listed: bool = False
    """Whether a list for times, or one that the desk added, vouches for that authority."""
    time_by_signers_list: bool = False
    """Whether only the list that was asked for signers vouches for it."""
    generator: str = ""
    """The program, by its own word (claim_generator)."""
    actions: tuple[str, ...] = ()
    """Each action with its digital source type: "c2pa.created (digitalCapture)"."""
    model: bool = False
    """Whether it declares a generative model (digital source type trainedAlgorithmicMedia or a composite with it)."""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """An earlier version or a part, as a manifest names it (C2PA: ingredient)."""

    depth: int
    """1 is what the active manifest names."""
    relationship: str
    signing: Signing
    failures: tuple[str, ...] = ()
    """Failure codes recorded by whoever imported it, or met now; an unlisted signer is not counted among them."""
    imported_by: str = ""
    """Signer of the manifest that names it; at depth 1 that of the active one."""
    lineage: str = ""
    """"parentOf" where every step from the active manifest to it is one; else the first that is another."""
    checked: bool = False
    """Whether whoever imported it recorded that its signature and a hash were validated, or with which failures."""

    @property
    def called(self) -> str:
        """What it is to the manifest that names it: "earlier version", "part", "input" or "ingredient"."""
        return _ROLES.get(self.relationship, "ingredient")

    @property
    def of_file(self) -> str:
        """The same towards the file itself: what lies behind a part is no earlier version of the file."""
        return _ROLES.get(self.lineage or self.relationship, "ingredient")


# Relationships of ingredients: C2PA specification 2.2, section 10.3.2.2.
_ROLES = {"parentOf": "earlier version", "componentOf": "part", "inputTo": "input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A thumbnail that a manifest keeps, against the picture under test, by the whole-frame hash."""

    of: str
    """What the thumbnail is of, by the manifest's word."""
    alike: bool
    turn: str
    """How the picture must be turned to be nearest to it."""
    distance_bits: int
    """In how many of 256 bits the two differ."""


@dataclass(frozen=True, kw_only=True)
class Credential(Evidence):
    """A signed manifest and its validation (C2PA: Content Credential)."""

    kind: ClassVar[str] = "credential"

    state: CredentialState
    flags: tuple[CredentialFlag, ...] = ()
    active: Signing | None = None
    """The manifest that speaks for the file; None where none could be read."""
    ancestors: tuple[Ancestor, ...] = ()
    lists: tuple[TrustListUsed, ...] = ()
    codes: tuple[str, ...] = ()
    """Failure codes of the active manifest under the list that `state` rests on (C2PA 2.2, section 15)."""
    reason: str = ""
    """Why nothing could be read, or what a state rests on."""
    host: str = ""
    """Where a remote manifest store is said to be; never asked."""
    expired: str = ""
    """End of the certificate's validity, ISO 8601, where it has run out and no list proves the signing to be older."""
    left_out: str = ""
    """Which ancestors are not listed, and by which limit."""
    binding: str = ""
    """The hash that binds manifest and file: "data hash, sha256, matches"."""
    unbound_bytes: int = 0
    """Bytes of the file outside the binding, the manifest store itself not counted."""
    likenesses: tuple[Likeness, ...] = ()
    store_sha256: str = ""
    """Of the manifest store's bytes in the file."""
    reader: str = ""
    """Library and version that validated."""
