"""What a search found, as evidence: the search itself, the matches, and where each matched picture was published."""

from __future__ import annotations

from ..fingerprint import perceptual, whole_frame
from ..fingerprint.shrinking import MIRRORED
from ..model.evidence import Answer, Appearance, CopyKind, Match, Search
from ..model.record import Record, SetState, Stored, interval_or_none
from ..model.source import Source, SourceKind
from . import words
from .sought import Found

METHOD = "search"
EQUAL_BYTES = "sha256"
_SELF = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")


def search(state: SetState, *, by_frame: bool, found: int, shown: int) -> Search:
    """That this set was searched, in which state, how, and how many pictures matched."""
    searchable = state.searchable.get(perceptual.NAME, 0) if by_frame else state.pictures
    how = f"for equal bytes and for whole-frame matches ({words.RULE})" if by_frame else "for equal bytes only"
    left_out = f"; the nearest {shown} are shown" if found > shown else ""
    return Search(
        source=_SELF,
        statement=f"Searched {_pictures(state.pictures)}, {searchable} of them searchable, {how}: "
        f"{found} matched{left_out}.",
        method=METHOD,
        limits=words.CANNOT_TELL if by_frame else (),
        set_name=state.name,
        set_id=state.set_id,
        snapshot=state.snapshot,
        pictures=state.pictures,
        searchable=searchable,
        fingerprint=whole_frame.NAME if by_frame else EQUAL_BYTES,
        radius_bits=perceptual.RADIUS_BITS if by_frame else 0,
        would_catch=words.WOULD_CATCH if by_frame else words.EQUAL_BYTES_CATCH,
        would_miss=words.WOULD_MISS if by_frame else words.EQUAL_BYTES_MISS,
    )


def match(found: Found, stored: Stored) -> Match:
    """One matched picture."""
    if found.exact:
        statement = "The reference picture is the same file, byte for byte."
    else:
        statement = (
            f"The reference picture differs in {found.distance_bits} of {perceptual.BITS} bits "
            f"when the picture under test is laid {found.turn}."
        )
    return Match(
        source=_SELF,
        statement=statement,
        method=METHOD,
        limits=() if found.exact else words.CANNOT_TELL,
        reference=stored.reference,
        answer=Answer.COPY,
        copy=copy_kind(found),
        fingerprint=EQUAL_BYTES if found.exact else whole_frame.NAME,
        distance_bits=found.distance_bits,
        radius_bits=0 if found.exact else perceptual.RADIUS_BITS,
        transform=found.turn,
    )


def appearance(record: Record, stored: Stored, found: Found, match_id: str) -> Appearance:
    """One publication of a matched picture, all of its record carried along."""
    set_name = stored.reference.set_name
    by = record.publisher or record.handle
    kinds = {CopyKind.EXACT: "The same file", CopyKind.MIRRORED: "A mirrored copy"}
    what = kinds.get(copy_kind(found), "A copy")
    return Appearance(
        source=Source(
            kind=SourceKind.REFERENCE,
            name=by or set_name,
            origin=record.origin or by or set_name,
            url=record.source_url,
        ),
        statement=f"{what} of the picture has a record of its publication in the reference set.",
        method=METHOD,
        grade=record.grade,
        limits=("The record is what was written down when the picture was added; the page itself was not looked at.",),
        by=f"{record.publisher} ({record.handle})" if record.publisher and record.handle else by,
        published=interval_or_none(record.published),
        date_basis=record.published_basis,
        copy=copy_kind(found),
        url=record.source_url,
        post_text=record.post_text,
        views=record.views,
        caption=record.caption,
        caption_place=record.place,
        caption_time=interval_or_none(record.caption_time),
        credit=record.credit,
        licence=record.licence,
        notes=record.notes,
        match_id=match_id,
    )


def copy_kind(found: Found) -> CopyKind:
    """How the reference picture relates to the one under test."""
    if found.exact:
        return CopyKind.EXACT
    return CopyKind.MIRRORED if found.turn in MIRRORED else CopyKind.NEAR


def _pictures(number: int) -> str:
    return "1 reference picture" if number == 1 else f"{number} reference pictures"
