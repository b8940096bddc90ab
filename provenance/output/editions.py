"""Editions of a report for publication, and copies of a picture with parts covered: derivatives of what they name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from .._version import __version__
from ..errors import DecodeError, InputError, OutputError, UsageError
from ..model.canonical import iso
from ..model.limits import EDITION_BOXES

if TYPE_CHECKING:
    from datetime import datetime

    from ..custody.folder import Seal
    from ..desk.desk import Checked, Desk
    from ..image.covering import Box
    from ..model.image import WorkingCopy
    from ..model.report import Report
    from ..report.edition.edition import Edition
    from ..report.edition.parts import Part
    from ..report.figures.match import Figure, Figures

CoveredBox: TypeAlias = "Box"
"""A part of a picture to cover, as `box` reads it."""
PARTS = ("gps", "names", "serials")
SUFFIX = "publication"
COVERED_NAME, NOTE_NAME = "covered", "derived.json"
_BOX = re.compile(r"(-?\d{1,6}),(-?\d{1,6}),(\d{1,6}),(\d{1,6})")


def box(text: str) -> Box:
    """A box from "x,y,w,h" in pixels of the upright picture. Raises ValueError."""
    from ..image.covering import Box

    found = _BOX.fullmatch(text.replace(" ", ""))
    if not found or not int(found[3]) or not int(found[4]):
        raise ValueError(f"{text!r} is no box; write x,y,width,height in pixels, such as 120,80,200,160")
    return Box(x=int(found[1]), y=int(found[2]), width_px=int(found[3]), height_px=int(found[4]))


def edition(report: Report, leave_out: Iterable[str] = PARTS, *, covered: int = 0) -> Edition:
    """The report without these parts of: gps, names, serials. Raises UsageError for other names, and for an edition."""
    from ..report.edition.edition import edition as made

    try:
        return made(report, _parts(leave_out), covered=covered)
    except ValueError as error:
        raise UsageError(str(error), remedy=f"name parts of: {', '.join(PARTS)}, and give the full record") from None


def for_publication(
    desk: Desk, checked: Checked, *, blur: bool = False, language: str = "en", pdf: bool = False
) -> dict[str, bytes]:
    """The files of an edition without positions, names and serial numbers, with the figures of the full report.

    `pdf`: report.pdf as well, where one can be made; that of the full report tells why not.
    """
    shown, made = desk.show(checked), edition(checked.report)
    figures = _figures(shown.figures, made)
    files = edition_files(made, shown.pictures, figures, blur=blur, language=language)
    if not pdf:
        return files
    from ..model.report_files import PDF_NAME
    from .rendering import draw_map, render_pdf

    chart = draw_map(made.report, language=language)
    try:
        printed = render_pdf(made.report, shown.pictures, figures, chart, blur=blur, language=language)
    except OutputError:
        return files
    return {**files, PDF_NAME: printed.data}


def write_for_publication(
    desk: Desk,
    checked: Checked,
    report: Path,
    *,
    blur: bool = False,
    seal: Seal | None = None,
    language: str = "en",
    pdf: bool = False,
) -> Path:
    """Write that edition into a new folder beside that of the full report, and return it. `seal`, `pdf`: as of `write`.

    Raises OutputError.
    """
    from ..custody.folder import write_new_folder

    files = for_publication(desk, checked, blur=blur, language=language, pdf=pdf)
    return write_new_folder(report.absolute().parent, f"{report.name}-{SUFFIX}", files, seal)


def edition_files(
    made: Edition,
    pictures: Mapping[str, bytes],
    figures: Figures | None = None,
    *,
    blur: bool = False,
    language: str = "en",
) -> dict[str, bytes]:
    """report.json, report.html, timeline and map of an edition, all drawn from the edition alone."""
    from .report_folder import files_of

    return files_of(made.report, pictures, figures, blur=blur, language=language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A copy of a picture with parts covered: its pixels, its bytes, its name, and what it was made from."""

    copy: WorkingCopy
    data: bytes
    name: str
    parent: str
    """SHA-256 of the file that it was made from."""
    boxes: tuple[str, ...]

    def note(self, at: datetime) -> bytes:
        """What a reader needs to know of it, as JSON. The parent is named by its digest alone."""
        form = {
            "made_from_sha256": self.parent,
            "sha256": hashlib.sha256(self.data).hexdigest(),
            "covered_boxes_px": self.boxes,
            "how": "boxes filled with black; the pixels were written anew, without metadata or thumbnail",
            "tool": f"provenance {__version__}",
            "at": iso(at),
        }
        return (json.dumps(form, indent=2) + "\n").encode()


def cover(picture: Path | bytes, boxes: Sequence[Box]) -> Covered:
    """A copy of a picture with boxes covered. Raises InputError, DecodeError, UsageError."""
    from ..image.covering import covered, encoded
    from ..image.decoding.decoder import Decoder
    from ..image.load import load, load_bytes
    from ..model.limits import Limits

    if len(boxes) > EDITION_BOXES:
        raise UsageError(f"more than {EDITION_BOXES} boxes", remedy="cover larger parts at once")
    with Decoder() as decoder:
        limits = Limits()
        if isinstance(picture, bytes):
            image = load_bytes(picture, "original", decoder, limits)
        else:
            image = load(picture, decoder, limits)
    if image.working_copy is None:
        reason, remedy = (image.refusal.reason, image.refusal.remedy) if image.refusal else ("no pixels", "")
        raise DecodeError(f"{image.original.name}: {reason}", remedy=remedy)
    try:
        copy = covered(image.working_copy, boxes)
    except ValueError as error:
        raise UsageError(str(error), remedy="count x and y from the upper left corner of the upright picture") from None
    jpeg = image.original.media_type == "image/jpeg"
    name = f"{COVERED_NAME}.{'jpg' if jpeg else 'png'}"
    return Covered(
        copy=copy,
        data=encoded(copy, jpeg=jpeg),
        name=name,
        parent=image.original.sha256,
        boxes=tuple(map(str, boxes)),
    )


def derive(
    report: Report | None,
    *,
    leave_out: Iterable[str] = (),
    boxes: Sequence[Box] = (),
    picture: Path | bytes | None = None,
    blur: bool = False,
    now: datetime | None = None,
) -> dict[str, bytes]:
    """The files of a derivative: a covered copy of the picture, an edition of its report, or both.

    Figures of matches show the picture uncovered and are left out. Raises UsageError, InputError, DecodeError.
    """
    from ..custody.events import system_clock
    from ..desk.showing import THUMBNAIL_PX
    from ..image.thumbnail import jpeg_thumbnail

    parts = tuple(leave_out)
    done = cover(picture, boxes) if boxes and picture is not None else None
    if boxes and done is None:
        raise UsageError("there is no picture to cover", remedy="name it with --picture")
    if done is not None and report is not None and done.parent != report.original.sha256:
        raise InputError(
            "that is not the picture of this report: its SHA-256 is another", remedy="give the file checked"
        )
    files = {} if done is None else {done.name: done.data, NOTE_NAME: done.note(now or system_clock())}
    if report is not None and (parts or done is not None):
        pictures = {} if done is None else {"query": jpeg_thumbnail(done.copy, THUMBNAIL_PX)}
        files |= edition_files(edition(report, parts, covered=len(boxes)), pictures, blur=blur)
    if not files:
        raise UsageError("nothing is left out and nothing covered", remedy="add --cover X,Y,W,H or --leave-out PARTS")
    return files


def _parts(names: Iterable[str]) -> frozenset[Part]:
    from ..report.edition.parts import Part

    return frozenset(Part(name) for name in names)


def _figures(figures: Figures, made: Edition) -> Figures:
    """The same figures under the new ids, without names in what is told of them."""
    words = made.words

    def told(figure: Figure | None) -> Figure | None:
        return None if figure is None else replace(figure, alt=words.without_names(figure.alt))

    return replace(
        figures,
        of={made.ids[old]: one for old, one in figures.of.items() if old in made.ids},
        reasons={made.ids[old]: words.without_names(why) for old, why in figures.reasons.items() if old in made.ids},
        outline=told(figures.outline),
        difference=told(figures.difference),
        thumbnail=told(figures.thumbnail),
        anomalies={
            made.ids[old]: replace(one, alt=words.without_names(one.alt))
            for old, one in figures.anomalies.items()
            if old in made.ids
        },
    )
