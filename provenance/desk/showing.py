"""Pictures to show in a report: the one under test, and of each reference what is still at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import InputError, ReferenceSetError
from ..image.decoding.decoder import Decoder
from ..matching.apart import with_identifier
from ..model.context import Decode
from ..model.differences import Anomaly, Comparison
from ..model.evidence import Evidence, Trace
from ..model.image import Image, WorkingCopy
from ..model.limits import Limits
from ..model.matches import Match
from ..model.record import ReferenceStore
from ..model.report import Report
from ..model.text import visible
from ..report.figures.match import AtHand, Figure, Figures, draw
from ..report.view import pairings
from .at_hand import PixelsAtHand, picture
from .checked import Checked

PICTURES_SHOWN = 8
THUMBNAIL_PX = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """JPEG bytes by "query" and by image id of each reference that is at hand, and the figures of the matches."""

    pictures: Mapping[str, bytes] = field(repr=False)
    figures: Figures


def show(
    report: Report,
    image: Image,
    stores: Sequence[ReferenceStore],
    at_hand: PixelsAtHand,
    *,
    figures: bool,
) -> Shown:
    """Thumbnails of the first matches, and, when asked for, figures drawn from their alignments. Never raises for a
    reference: what is not at hand has its reason.
    """
    matches = [pairing.match for pairing in pairings(report)]
    references = {
        match.reference.image_id: of_reference(match, stores, at_hand.decoder, at_hand.limits, at_hand.left_s())
        for match in matches[:PICTURES_SHOWN]
    }
    compared = [item for item in report.evidence if isinstance(item, Comparison)] if figures else []
    seen = shown(image, matches, references, figures=figures, compared=compared)
    if not figures:
        return seen
    thumbnail, anomalies = _thumbnail(report, image, at_hand.inside), _anomalies(report, image)
    return replace(seen, figures=replace(seen.figures, thumbnail=thumbnail, anomalies=anomalies))


def _anomalies(report: Report, image: Image) -> dict[str, Figure]:
    """A figure for each kind of region that a blind method found."""
    from ..report.figures.difference import anomaly_figure

    if image.working_copy is None:
        return {}
    first = {item.what: item for item in reversed(report.evidence) if isinstance(item, Anomaly)}
    drawn = {item.id: anomaly_figure(image.working_copy.pixels, item) for item in first.values()}
    return {name: figure for name, figure in drawn.items() if figure is not None}


def _thumbnail(report: Report, image: Image, decode: Decode) -> Figure | None:
    """The first thumbnail that speaks of a change, beside the picture; laid anew, since evidence keeps no pixels."""
    if not any(isinstance(item, Trace) and item.topic == "thumbnail" for item in report.evidence):
        return None
    if image.working_copy is None:
        return None
    from ..metadata.traces import thumbnail
    from ..metadata.traces.embedded import embedded
    from ..report.figures.thumbnail import thumbnail_figure

    for one in embedded(image.data, image.structure, Limits()):
        seen = thumbnail.looked_at(image, one, decode)
        if isinstance(seen, thumbnail.Seen) and thumbnail.speaks(seen.related):
            return thumbnail_figure(image.working_copy.pixels, seen.copy.pixels, seen.related, one.kind)
    return None


def shown(
    image: Image,
    matches: Sequence[Match],
    at_hand: Mapping[str, AtHand],
    *,
    figures: bool,
    compared: Sequence[Comparison] = (),
) -> Shown:
    """The same with the reference pictures at hand. A likeness is shown in figures only, where it is marked.

    `compared`: of these the surest difference is drawn.
    """
    from ..image.thumbnail import jpeg_thumbnail
    from ..report.figures.difference import difference_figure

    query = image.working_copy
    copies = {"query": query, **{name: one.copy for name, one in at_hand.items() if not one.likeness}}
    drawn = draw(query, matches, at_hand) if figures and query is not None else Figures()
    surest = min((one for one in compared if one.regions), key=lambda one: (one.log10_nfa, one.id), default=None)
    if surest is not None and query is not None:
        drawn = replace(drawn, difference=difference_figure(query.pixels, surest))
    return Shown(
        pictures={name: jpeg_thumbnail(copy, THUMBNAIL_PX) for name, copy in copies.items() if copy is not None},
        figures=drawn,
    )


def of_sets(report: Report, stores: Sequence[ReferenceStore], saved: Iterable[Path] = ()) -> Report:
    """The report with the places of those references alone that one of the sets names so, or that `saved` holds.

    `saved`: files that bear their SHA-256 as their name. A report read back may
    come from a stranger, who names any place on this machine, or one that leads off it.
    """
    places = {path.name.partition(".")[0]: str(path) for path in saved}
    return replace(report, evidence=tuple(_of_sets(item, stores, places) for item in report.evidence))


def brought_back(report: Report, image: Image, stores: Sequence[ReferenceStore], saved: Iterable[Path] = ()) -> Checked:
    """A report that was read back with its picture, its references as `of_sets` leaves them.

    Raises InputError where the picture is another than the one that the report speaks of.
    """
    if image.original.sha256 != report.original.sha256:
        raise InputError(
            f"{visible(image.original.name)} is not the picture of this report: its SHA-256 is another",
            remedy="give the file that was checked",
        )
    return Checked(report=of_sets(report, stores, saved), image=image)


def _of_sets(item: Evidence, stores: Sequence[ReferenceStore], places: Mapping[str, str]) -> Evidence:
    if not isinstance(item, Match):
        return item
    image_id, path = item.reference.image_id, item.reference.path
    if any(path == stored.reference.path for store in stores for stored in store.get([image_id])):
        return item
    placed = replace(item, reference=replace(item.reference, path=places.get(image_id, "")))
    vars(placed)["id"] = item.id  # the page and its figures still call it so
    return placed


def of_reference(
    match: Match, stores: Sequence[ReferenceStore], decoder: Decoder, limits: Limits, timeout_s: float | None
) -> AtHand:
    """The matched picture, if the file at its place still has the digest that was added; else the set's likeness."""
    copy, reason = picture(match.reference, decoder, limits, timeout_s)
    if copy is not None:
        return AtHand(copy=copy)
    likeness = _likeness(match, stores)
    return AtHand(copy=likeness, likeness=likeness is not None, reason=reason)


def _likeness(match: Match, stores: Sequence[ReferenceStore]) -> WorkingCopy | None:
    """What the match's own set keeps of it. Another set may hold anything under the same image id; where two sets of
    one name hold different likenesses, none is shown.
    """
    from ..fingerprint.local import thumbnail

    kept = {one for store in stores if (one := _kept(store, match))}
    try:
        return WorkingCopy(pixels=thumbnail.pixels(kept.pop())) if len(kept) == 1 else None
    except ValueError:
        return None


def _kept(store: ReferenceStore, match: Match) -> bytes:
    """The bytes of the likeness in that set, when the match is from there; b"" when there is none."""
    image_id = match.reference.image_id
    try:
        state = store.state()
        mine = match.reference.set_name in (state.name, with_identifier(state))
        found = store.features([image_id]).get(image_id) if mine else None
    except ReferenceSetError:
        return b""  # a set that is damaged in the meantime takes no report away
    return b"" if found is None else found.thumbnail
