"""A report read back from its file, and made into the forms that other programs read. Nothing leaves the machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.layout import REPORTS
from ..errors import InputError, OutputError, UsageError, unless_full
from ..model.address import without_user
from ..model.finding import Question
from ..model.limits import REPORT_BYTES
from ..model.rating import Rating, RatingWord
from ..model.report import Report
from ..model.report_files import JSON_NAME
from ..model.text import visible
from ..sealing.folders import is_folder

if TYPE_CHECKING:
    from ..report.exports.ro_crate import CrateFile
    from ..report.figures.match import Figures
    from ..report.pdf.document import Pdf


def read_report(path: str | Path) -> Report:
    """The report in a report.json written earlier, in the folder that holds one, or in a case with one report.

    The whole file is checked: against the schema, every id against the content it names, every citation. What is
    rebuilt renders as the original did, but for the pictures, which are not in the JSON. Raises InputError.
    """
    file = Path(path)
    return report_from(_read(report_in(file) if is_folder(file) else file), str(path))


def report_from(data: bytes, name: str) -> Report:
    """The same of the bytes of a report.json; `name` is what errors call it. Raises InputError."""
    from ..report.reading import read

    try:
        return read(data)
    except ValueError as error:
        raise InputError(
            f"{visible(name, limit=200)} is no report that can be read: {error}",
            remedy="give a report.json as this version wrote it, or check the picture again",
        ) from error


def render_page(
    report: Report,
    *,
    picture: str | Path | bytes | None = None,
    references: Sequence[str | Path] = (),
    saved: Sequence[Path] = (),
    blur: bool = False,
    language: str = "en",
) -> str:
    """The page again. With the picture that was checked, its pictures and figures are in it again, too.

    `references`: the sets that were searched; a matched picture is shown where one of them has it. `saved`: the
    saved pictures of hits in a case, each named by its SHA-256. No other place that the report names is opened.
    `blur`: pictures are covered. `language`: of our words in it.
    Raises InputError when it is another picture; ReferenceSetError.
    """
    from .rendering import draw_map, render_html

    pictures, figures = _shown_again(report, picture, references, saved)
    return render_html(report, pictures, figures, draw_map(report, language=language), blur=blur, language=language)


def render_document(
    report: Report,
    *,
    picture: str | Path | bytes | None = None,
    references: Sequence[str | Path] = (),
    saved: Sequence[Path] = (),
    blur: bool = False,
    language: str = "en",
) -> Pdf:
    """The report as a PDF; arguments and errors as of `render_page`, and OutputError where Typst is missing."""
    from .rendering import draw_map, render_pdf

    pictures, figures = _shown_again(report, picture, references, saved)
    return render_pdf(report, pictures, figures, draw_map(report, language=language), blur=blur, language=language)


def _shown_again(
    report: Report, picture: str | Path | bytes | None, references: Sequence[str | Path], saved: Sequence[Path]
) -> tuple[Mapping[str, bytes], Figures | None]:
    from ..desk.desk import Desk

    if picture is None:
        return {}, None
    asked = Question.SEEN_BEFORE if references else Question.ORIGIN  # which alone opens no set
    with Desk(references=list(references), questions=(asked,)) as desk:
        shown = desk.show_again(report, picture, saved)
    return shown.pictures, shown.figures


def render_case(report: Report) -> str:
    """The report as a CASE/UCO graph in JSON-LD, for forensic tools."""
    from ..report.exports.case_uco import render

    return render(report)


def render_crate(report: Report, files: Sequence[CrateFile] = (), *, by: str = "") -> str:
    """What ro-crate-metadata.json holds for a folder with this report and these files, as `crate_files` lists them.

    `by`: the person who ran the check, if they are to be named. Raises UsageError for files that make no crate.
    """
    from ..report.exports.ro_crate import render

    try:
        return render(report, files, by=by)
    except ValueError as error:
        raise UsageError(str(error), remedy="list files of one folder, each once, with its SHA-256") from error


def rating(
    word: str,
    *,
    by: str,
    reason: str,
    when: datetime | None = None,
    desk: str = "",
    claim: str = "",
    url: str = "",
) -> Rating:
    """A rating that a person sets, for `render_claim_review`. `word`: a code of MediaReview; `when`: now if None.

    Raises UsageError for another word, and where the name or the reason is missing.
    """
    from ..custody.events import system_clock

    try:
        return Rating(
            by=by,
            when=when or system_clock(),
            word=RatingWord(word),
            reason=reason,
            desk=desk,
            claim=claim,
            url=without_user(url),
        )
    except ValueError as error:
        raise UsageError(str(error), remedy="add --by NAME and --reason TEXT") from error


def render_claim_review(report: Report, rating: Rating | None) -> str:
    """A person's rating as ClaimReview and MediaReview in JSON-LD. Raises UsageError where no person has rated."""
    from ..report.exports.claim_review import render

    try:
        return render(report, rating)
    except ValueError as error:
        raise UsageError(
            str(error), remedy="a person sets the rating: --rating WORD --by NAME --reason TEXT, and --claim ID"
        ) from error


def write_new(target: Path, content: str | bytes) -> Path:
    """Write bytes, or a text with a newline at its end, as a new file.

    Raises OutputError; an existing file is never replaced.
    """
    data = content if isinstance(content, bytes) else f"{content}\n".encode("utf-8", "backslashreplace")
    try:
        with target.open("xb") as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                target.unlink(missing_ok=True)
                raise
    except FileExistsError as error:
        raise OutputError(f"{target} exists", remedy="nothing was replaced; name another file") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = unless_full(error, "name a file that you may write")
        raise OutputError(f"cannot write {target}: {reason}", remedy=remedy) from error
    return target


def report_in(folder: Path) -> Path:
    """Where the report.json of a folder is, or would be: in it, or in the one report of a case.

    Raises InputError for a case with several.
    """
    if (folder / JSON_NAME).exists():
        return folder / JSON_NAME
    try:
        found = sorted(each for each in folder.glob(f"{REPORTS}/*/{JSON_NAME}"))
    except (OSError, ValueError):
        found = []
    if len(found) > 1:
        last = visible(str(found[-1].parent), limit=200)
        raise InputError(
            f"{visible(str(folder), limit=200)} is a case with {len(found)} reports",
            remedy=f"give the folder of one of them, such as the last: {last}",
        )
    return found[0] if found else folder / JSON_NAME


def _read(path: Path) -> bytes:
    shown = visible(str(path), limit=200)
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(f"{shown} is no file", remedy="give a report.json or the folder that holds one")
            data = file.read(REPORT_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{shown}: {error.strerror or error}", remedy="give a report.json or the folder that holds one"
        ) from error
    except ValueError as error:  # a NUL inside the path itself
        raise InputError(f"{shown}: no such file", remedy="give the path of a file") from error
    return data
