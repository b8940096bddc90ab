"""What a search found, as evidence: the search itself, the matches, and where each matched picture was published."""

from __future__ import annotations

from dataclasses import replace

from ..fingerprint import perceptual, whole_frame
from ..fingerprint.local.encode import name as features_name
from ..fingerprint.shrinking import MIRRORED
from ..model.evidence import Appearance
from ..model.matches import Alignment, Answer, Match, Search
from ..model.publication import CopyKind
from ..model.record import Record, SetState, Stored, interval_or_none
from ..model.source import THIS_PROGRAM, Source, SourceKind
from ..model.text import visible
from . import spoken, words
from .found import Found
from .later import MOST_LOOKS
from .planting import Planting
from .points.chance import one_false_match_in
from .points.scoring import margin
from .region import regions
from .views import Views

METHOD = "search"
EQUAL_BYTES = "sha256"
REMAKE = "provenance refs reindex makes them anew"


def search(state: SetState, ways: words.Ways, planting: Planting, *, found: int, shown: int) -> Search:
    """That this set was searched, in which state, how, and how many pictures matched."""
    kept = state.searchable.get(features_name(), 0)
    without = _without_features(state.pictures - kept) if ways.by_parts else ""
    ways = replace(ways, by_parts=ways.by_parts and kept > 0)
    counts = [state.searchable.get(perceptual.NAME, 0)] if ways.by_frame else []
    counts += [kept] if ways.by_parts else []
    searchable = max(counts, default=state.pictures)
    left_out = f"; the nearest {shown} are shown" if found > shown else ""
    return Search(
        source=THIS_PROGRAM,
        statement=f"Searched {_pictures(state.pictures)}, {searchable} of them searchable, "
        f"{ways.how}: {found} matched{left_out}.",
        method=METHOD,
        limits=words.CANNOT_TELL if ways.by_frame else (),
        set_name=state.name,
        set_id=state.set_id,
        snapshot=state.snapshot,
        pictures=state.pictures,
        searchable=searchable,
        fingerprint=_fingerprints(ways),
        radius_bits=perceptual.RADIUS_BITS if ways.by_frame else 0,
        would_catch=ways.would_catch,
        would_miss=ways.would_miss + without,
        planted=planting.planted,
        not_planted=planting.reason,
    )


def _fingerprints(ways: words.Ways) -> str:
    names = [whole_frame.NAME] if ways.by_frame else []
    names += [features_name()] if ways.by_parts else []
    return " and ".join(names) or EQUAL_BYTES


def _without_features(pictures: int) -> str:
    """What a set filled before there were local features, or with others, cannot be asked."""
    if pictures <= 0:
        return ""
    return f"; parts of {_pictures(pictures)} whose local features are too few or not of this version ({REMAKE})"


def match(views: Views | None, found: Found, stored: Stored, state: SetState) -> Match:
    """One matched picture of the set in that state. `views`: of the picture under test, when it has pixels."""
    laid = None
    rarely = _one_false_match_in(found, state)
    if found.sighting is not None and views is not None and not found.exact:
        reference_px = stored.reference.width_px, stored.reference.height_px
        cut = regions(found.sighting, views)
        laid = spoken.alignment(found.sighting, query_px=views.size_px, reference_px=reference_px, regions=cut)
        if not found.framed or found.answer is not Answer.COPY or found.box_px is not None:
            return _sighted(found, laid, stored, rarely)
    if found.exact:
        statement = "The reference picture is the same file, byte for byte."
    else:
        statement = (
            f"The reference picture differs in {found.distance_bits} of {perceptual.BITS} bits "
            f"when {_what(found)} is laid {found.turn}."
        )
        statement += "" if laid is None else f" {spoken.statement(Answer.COPY, laid)}"
    return Match(
        source=THIS_PROGRAM,
        statement=statement + words.chance(rarely),
        method=METHOD,
        limits=() if found.exact else words.CANNOT_TELL if laid is None else words.PARTS_LIMITS[Answer.COPY],
        reference=stored.reference,
        answer=Answer.COPY,
        copy=copy_kind(found),
        fingerprint=EQUAL_BYTES if found.exact else whole_frame.NAME,
        distance_bits=found.distance_bits,
        radius_bits=0 if found.exact else perceptual.RADIUS_BITS,
        transform=found.turn,
        alignment=laid,
        one_false_match_in=rarely,
    )


def _what(found: Found) -> str:
    if found.box_px is None:
        return "the picture under test"
    x0, y0, x1, y1 = found.box_px
    return f"the photograph inside the picture under test, from ({x0}, {y0}) to ({x1 - 1}, {y1 - 1}) px,"


def _one_false_match_in(found: Found, state: SetState) -> int:
    """Known for copies that local features found; equal bytes need none, and for whole frames it is not measured.

    What a later look found was met in one of as many searches as there may be looks.
    """
    if found.exact or found.sighting is None or found.answer is not Answer.COPY:
        return 0
    looks = 1 if found.sighting.box_px is None else MOST_LOOKS
    searched = state.searchable.get(features_name(), 0) * looks
    return one_false_match_in(margin(found.sighting.laid.agreement), searched)


def _sighted(found: Found, laid: Alignment, stored: Stored, rarely: int) -> Match:
    """A picture that shares points with the one under test, and is no copy of it as a whole frame."""
    answer = found.answer
    return Match(
        source=THIS_PROGRAM,
        statement=spoken.statement(answer, laid) + words.chance(rarely),
        method=METHOD,
        limits=words.PARTS_LIMITS[answer],
        reference=stored.reference,
        answer=answer,
        copy=spoken.copy_kind(answer, laid),
        fingerprint=features_name(),
        distance_bits=0,
        radius_bits=0,
        transform=spoken.transform(laid),
        alignment=laid,
        one_false_match_in=rarely,
    )


def appearance(record: Record, stored: Stored, found: Match) -> Appearance:
    """One publication of a matched picture, all of its record carried along."""
    set_name = stored.reference.set_name
    by = record.publisher or record.handle
    kinds = {
        CopyKind.EXACT: "The same file as",
        CopyKind.MIRRORED: "A mirrored copy of",
        CopyKind.SIMILAR_SCENE: "Another picture of the scene of",
        CopyKind.COMPONENT: "A picture that shares an element with",
    }
    what = kinds.get(found.copy, "A copy of")
    if found.copy is CopyKind.COMPONENT and found.answer is Answer.COPY:
        what = "A copy of a small part of"
    return Appearance(
        source=Source(
            kind=SourceKind.REFERENCE,
            name=by or set_name,
            origin=record.origin or by or set_name,
            url=record.source_url,
        ),
        statement=f"{what} the picture has a record of its publication in the reference set{_received(record)}.",
        method=METHOD,
        grade=record.grade,
        limits=_record_limits(record, stored),
        by=f"{record.publisher} ({record.handle})" if record.publisher and record.handle else by,
        published=interval_or_none(record.published),
        date_basis=record.published_basis,
        copy=found.copy,
        url=record.source_url,
        post_text=record.post_text,
        views=record.views,
        caption=record.caption,
        caption_place=record.place,
        caption_time=interval_or_none(record.caption_time),
        credit=record.credit,
        licence=record.licence,
        notes=record.notes,
        match_id=found.id,
    )


def _received(record: Record) -> str:
    return ", taken in from another desk" if record.received else ""


def _record_limits(record: Record, stored: Stored) -> tuple[str, ...]:
    if not record.received:
        return ("The record is what was written down when the picture was added; the page itself was not looked at.",)
    what = "The record is" if stored.reference.path else "The record and the fingerprints are"
    unseen = "page" if stored.reference.path else "picture or the page"
    return (
        f"{what} from another desk: {visible(record.received)}. The signature says who signed the file, not that what "
        f"it says is right; this desk has not seen the {unseen}.",
    )


def copy_kind(found: Found) -> CopyKind:
    """How the reference picture relates to the one under test."""
    if found.exact:
        return CopyKind.EXACT
    return CopyKind.MIRRORED if found.turn in MIRRORED else CopyKind.NEAR


def _pictures(number: int) -> str:
    return "1 reference picture" if number == 1 else f"{number} reference pictures"
