"""Check "thumbnail": whether the small pictures that the file carries of itself show what it shows.

A camera makes the thumbnail with the picture; many programs change the one and leave the other (Kee and Farid, "Digital
Image Authentication from Thumbnails", SPIE 2010). Nothing is decoded here: the context hands the bytes to the decoding
process (decision 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...image.decoding.refusals import LAID_OVER_WHITE
from ...model.context import Context, Decode
from ...model.evidence import Trace
from ...model.image import Image, Refusal, WorkingCopy
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import Source, SourceKind
from .embedded import Embedded, embedded, usual_turns
from .relating import Related, Relation, relate

METHOD = TOPIC = "thumbnail"
SOURCE = Source(kind=SourceKind.FILE, name="the file's own thumbnail", origin="file")
_LIMITS = (
    "Which of the two was changed, by whom and why cannot be seen; programs that crop, mirror or retouch often leave "
    "the thumbnail as it was.",
    "A thumbnail is small: changes below about 3 % of the area, or of tone alone, are not seen by it.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """One thumbnail with its pixels, as stored, and how it relates to the picture."""

    stored: Embedded
    copy: WorkingCopy
    related: Related


def check(image: Image, context: Context) -> Outcome:
    """A Trace for each thumbnail that shows the picture mirrored, more or less of it, or something else."""
    if image.working_copy is None or context.decode is None:
        return Skipped(reason="the picture was not decoded", remedy="ask for a file that can be decoded")
    stored = embedded(image.data, image.structure, context.limits)
    if not stored:
        return Skipped(reason="the file holds no thumbnail", remedy="ask for the original file")
    results = [(one, looked_at(image, one, context.decode)) for one in stored]
    seen = [one for _, one in results if isinstance(one, Seen)]
    told = [one for one in seen if one.related.relation is not Relation.UNDECIDED]
    if not told:
        reasons = dict.fromkeys(f"the {one.kind} thumbnail tells nothing: {_why(result)}" for one, result in results)
        return Skipped(reason="; ".join(reasons), remedy="ask for the original file")
    traces = tuple(_trace(one) for one in told if speaks(one.related))
    return Ran(evidence=traces, note="" if traces else "; ".join(dict.fromkeys(map(_agreement, told))))


@dataclass(frozen=True, slots=True)
class _Look:
    """Decodes and compares one thumbnail; two looks at one thumbnail are one."""

    one: Embedded
    decode: Decode = field(compare=False)

    def __call__(self, image: Image, _: Limits) -> Seen | Refusal:
        return _compared(image, self.one, self.decode)


def looked_at(image: Image, one: Embedded, decode: Decode) -> Seen | Refusal:
    """One thumbnail decoded and compared, once for the answer and the figure; the image has pixels."""
    return image.once(_Look(one, decode), Limits())


def _compared(image: Image, one: Embedded, decode: Decode) -> Seen | Refusal:
    assert image.working_copy is not None  # asked for by the caller  # noqa: S101
    found = decode(one.content(image.data), one.media_type)
    if isinstance(found, Refusal):
        return found
    picture = image.working_copy.pixels
    if picture.shape == found.pixels.shape and (picture == found.pixels).all():
        return Refusal(reason="it is the preview that was examined in place of the picture")
    related = relate(picture, found.pixels, usual_turns(one.orientation))
    if LAID_OVER_WHITE in image.working_copy.steps and speaks(related):
        return Refusal(reason="the picture has transparent parts, which a thumbnail shows in a colour of its own")
    return Seen(stored=one, copy=found, related=related)


def speaks(related: Related) -> bool:
    """Whether a comparison speaks of a change after capture."""
    return related.relation not in (Relation.AGREES, Relation.UNDECIDED) or _mirrored(related)


def _mirrored(related: Related) -> bool:
    return related.unusual and related.turn >= 4


def _why(result: Seen | Refusal) -> str:
    return result.related.reason if isinstance(result, Seen) else result.reason


def _agreement(one: Seen) -> str:
    """The turn is told where it is none that a camera stores: programs that turn pictures leave the thumbnail lying."""
    turned = f", {one.related.turned}," if one.related.unusual else ""
    return f"the {one.stored.kind} thumbnail{turned} agrees with the picture"


def _trace(one: Seen) -> Trace:
    stored, related = one.stored, one.related
    size = f"{one.copy.width_px} x {one.copy.height_px}"
    return Trace(
        source=SOURCE,
        statement=f"The {stored.kind} thumbnail stored in the file {_shows(related)}.",
        method=METHOD,
        limits=_LIMITS,
        topic=TOPIC,
        value=(
            f"{_in_short(related)}; {stored.kind} thumbnail, {size} pixels, {stored.length_bytes} bytes at "
            f"{stored.offset_bytes}"
        ),
        alters=True,
    )


def _shows(related: Related) -> str:
    mirrored = " mirrored and" if _mirrored(related) else ""
    after = "one of the two was changed after the other was made"
    match related.relation:
        case Relation.OTHER:
            return (
                "cannot be laid on the picture: it shows another picture, or the picture is a small part of it or "
                "changed all over"
            )
        case Relation.TILTED:
            return (
                f"agrees with the picture where that is turned by {_degrees(related)}: an edit after the thumbnail was "
                "made, as programs level a horizon"
            )
        case Relation.DIFFERS:
            many = f"{related.regions} regions, the largest" if related.regions > 1 else "one region,"
            return (
                f"shows the picture{_tilted(related)}{mirrored} with something else in {many} "
                f"{_place(related)}, {_share(related.share)} of what both show; {after}"
            )
        case Relation.CROPPED:
            return (
                f"shows more than the picture does:{mirrored} the picture is {_share(related.shown)} of its view, cut "
                "after the thumbnail was made"
            )
        case Relation.EXTENDED:
            return f"shows less than the picture does:{mirrored} the picture reaches beyond it on one side; {after}"
        case _:
            return "shows the picture mirrored; one of the two was mirrored after the other was made"


def _degrees(related: Related) -> str:
    way = "counter-clockwise" if related.tilt_deg > 0 else "clockwise"
    return f"{round(abs(related.tilt_deg), 1):g} degrees {way}"


def _tilted(related: Related) -> str:
    return f", turned by {_degrees(related)}," if related.tilt_deg else ""


def _in_short(related: Related) -> str:
    mirrored = ", mirrored" if _mirrored(related) else ""
    if related.relation is Relation.DIFFERS:
        return f"{related.relation.value} {_place(related)}{mirrored}"
    if related.relation is Relation.TILTED:
        return f"turned by {_degrees(related)}"
    if related.relation is Relation.CROPPED:
        return f"cropped to {_share(related.shown)}{mirrored}"
    return "mirrored" if related.relation is Relation.AGREES else f"{related.relation.value}{mirrored}"


def _place(related: Related) -> str:
    left, top, right, bottom = related.region or (0, 0, 0, 0)
    return f"from {left}, {top} to {right}, {bottom} (pixels of the picture)"


def _share(share: float) -> str:
    """Whole per cents of an area."""
    return f"{max(1, round(100 * share))} %"
