"""A report made again in one of the forms of `render`, as the command line asks for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from .terminal import note, takes_colour, width

if TYPE_CHECKING:
    from ..case.reported import KeptReport
    from ..model.rating import Rating
    from ..model.report import Report

ENDINGS = {"text": "txt", "markdown": "md", "case": "case.jsonld", "ro-crate": "ro-crate.json"}
SHOWING = ("html", "pdf")
"""The forms that can show pictures."""
BINARY = {"pdf": "a PDF", "c2pa": "a picture"}


def ending(form: str, report: Report) -> str:
    """What the name of a file in this form ends in."""
    if form == "c2pa":
        from ..output.credentialing import ENDINGS as OF_PICTURES

        return OF_PICTURES.get(report.original.media_type, "bin")
    return ENDINGS.get(form, form)


def _pdf(report: Report, picture: Path | None, asked: argparse.Namespace, saved: Sequence[Path]) -> bytes:
    from ..output.exporting import render_document

    made = render_document(
        report,
        picture=picture,
        references=asked.reference,
        saved=saved,
        blur=asked.blur,
        language=asked.language,
    )
    if not made.standard:
        note("this PDF keeps to no standard for archives; its content does not allow it")
    if made.lacking:
        how = f"{len(made.lacking)} of its characters, such as U+{ord(min(made.lacking)):04X}"
        note(f"no font of this machine shows {how}; they stand as escapes")
    return made.data


def _copy(report: Report, picture: Path | str | None, asked: argparse.Namespace, kept: KeptReport | None) -> bytes:
    from ..case.held import head_of
    from ..output.credentialing import render_credentials

    if picture is None:
        raise UsageError("the manifest goes into a copy of the picture", remedy="give the picture with --picture")
    head = "" if kept is None else str(head_of(kept.root))
    made = render_credentials(report, picture, head=head, key=asked.c2pa_key, chain=asked.c2pa_cert)
    if made.new_key is not None:
        note(f"a key for C2PA was made, and stays on this machine: {made.new_key}")
    note(made.words)
    return made.data


def made(report: Report, asked: argparse.Namespace, kept: KeptReport | None = None) -> str | bytes:
    """The report in the form asked for; `kept`: where it lies in a case. Raises what the form raises."""
    if asked.to in BINARY and asked.out is None and sys.stdout.isatty():
        raise UsageError(f"{BINARY[asked.to]} is no text for a terminal", remedy="name a file with --out")
    picture = asked.picture or (None if kept is None else kept.picture_path)
    saved = () if kept is None else kept.saved
    _mind_references(asked, picture)
    match asked.to:
        case "html":
            from ..output.exporting import render_page

            page = render_page(
                report,
                picture=picture,
                references=asked.reference,
                saved=saved,
                blur=asked.blur,
                language=asked.language,
            )
            # As a file it is the page of the check, byte for byte: without the line feed that a terminal gets.
            shown = asked.out is None and sys.stdout.isatty()
            return page if shown else page.encode("utf-8", "backslashreplace")
        case "pdf":
            return _pdf(report, picture, asked, saved)
        case "c2pa":
            return _copy(report, picture, asked, kept)
        case _:
            return _of_report_alone(report, asked, kept)


def _mind_references(asked: argparse.Namespace, picture: Path | str | None) -> None:
    """Say that a set was named for nothing, and not opened: its pictures stand beside the one that was checked."""
    if asked.reference and asked.to not in SHOWING:
        note(f"--reference was not looked at: {asked.to} shows no pictures")
    elif asked.reference and picture is None:
        note("--reference was not looked at: its pictures are shown beside the one that was checked; add --picture")


def _of_report_alone(report: Report, asked: argparse.Namespace, kept: KeptReport | None) -> str:
    from ..output.crating import crate_files
    from ..output.exporting import render_case, render_claim_review, render_crate
    from ..output.rendering import render_json, render_markdown, render_text

    match asked.to:
        case "markdown":
            return render_markdown(report, language=asked.language)
        case "json":
            return render_json(report)
        case "case":
            return render_case(report)
        case "ro-crate":
            folder = Path(asked.report) if kept is None else kept.folder
            if not folder.is_dir():
                raise UsageError("a crate describes a folder", remedy="give the folder that holds the report.json")
            return render_crate(report, crate_files(folder, report), by=asked.by)
        case "claim-review":
            return render_claim_review(report, _rating(asked, report))
        case _:
            shown = asked.out is None and takes_colour()
            return render_text(report, width=width(), colour=shown, language=asked.language)


def _rating(asked: argparse.Namespace, report: Report) -> Rating | None:
    """What a person set here, else the last rating recorded in the case; None where there is none."""
    from ..case.added import rating_beside
    from ..output.exporting import rating

    if asked.rating is None:
        return rating_beside(asked.report, report.original.sha256)
    return rating(
        asked.rating,
        by=asked.by,
        reason=asked.reason,
        when=asked.rated_at,
        desk=asked.desk,
        claim=asked.claim,
        url=asked.url,
    )
