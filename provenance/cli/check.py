"""`check`: pictures in, one line per question out, and a report folder for each."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CaseError, DecodeError, InputError, OutputError, ProvenanceError, ReferenceSetError, UsageError
from ..model.languages import LANGUAGES
from ..model.outcome import Failed
from ..model.text import visible
from .batch import BROKE
from .options import QUESTIONS, add_language, add_trust_lists, moment, name, question_names, seconds
from .terminal import Verbs, add_verb, complain, progress_bar, takes_colour, where_to_look, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..desk import Checked, Desk
    from ..model.claims_file import ClaimsFile
    from ..model.evidence import Evidence
    from ..rendering import Written

DEFAULT_FOLDER = Path("provenance-reports")
EXAMPLE = """\
provenance check samples/railcar_post.png --reference samples/reference \\
      --claims samples/railcar_post.claims.yaml"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "check", "check pictures and write a report on each", EXAMPLE, run)
    verb.add_argument(
        "images", metavar="IMAGE", nargs="+", type=name, help="a picture, a folder of pictures, or - for standard input"
    )
    verb.add_argument(
        "--reference",
        metavar="SET",
        type=name,
        action="append",
        help="a reference set's file, or a folder with pictures and a "
        "records.csv (repeatable; default: $PROVENANCE_REFERENCE, else the desk's own set)",
    )
    verb.add_argument(
        "--claims", metavar="FILE", type=Path, help="claims and recorded evidence, YAML or JSON (docs/claims.md)"
    )
    add_trust_lists(verb)
    claim = verb.add_argument_group("a claim to test, in words")
    claim.add_argument("--claim", metavar="TEXT", default="", help="what is said about the picture")
    claim.add_argument(
        "--claimed-place", metavar="PLACE", default="", help='where, such as "Krasnoyarsk@56.01,92.85,20km" or "RU"'
    )
    claim.add_argument("--claimed-time", metavar="TIME", default="", help="when, ISO 8601: 2024-11, 2024-11-14, A/B")
    claim.add_argument("--claimed-by", metavar="WHO", default="", help="who says so")
    claim.add_argument("--url", metavar="URL", default="", help="where they say so (noted, never opened)")
    verb.add_argument(
        "--no-earlier",
        action="store_true",
        help="neither search this desk's earlier checks nor note this one among them; they are kept on this machine "
        "alone, in the user's data folder or the file that $PROVENANCE_EARLIER names (off: never; docs/custody.md). "
        "With --now they are left out as well",
    )
    choose = verb.add_argument_group("what to answer")
    choose.add_argument(
        "--only",
        metavar="QUESTION",
        type=question_names,
        action="extend",
        default=[],
        help=f"only these, of: {QUESTIONS}",
    )
    choose.add_argument("--skip", metavar="QUESTION", type=question_names, default=(), help="all but these")
    choose.add_argument(
        "--within",
        metavar="SECONDS",
        type=seconds,
        help='bound the whole run; what is not finished reads "not checked: time"',
    )
    choose.add_argument(
        "--now",
        metavar="TIME",
        type=moment,
        help="use this as the clock (2024-11-15T09:00Z): same files, same time, same report",
    )
    output = verb.add_argument_group("output")
    where = output.add_mutually_exclusive_group()
    where.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="where the report goes (default: ./provenance-reports/<time>-<sha256>/); "
        "with several pictures or a folder of them, a folder for each inside DIR and an index; a run that was stopped "
        "goes on when it is started again with the same DIR",
    )
    where.add_argument(
        "--case",
        metavar="DIR",
        type=Path,
        help="keep the pictures as received and the reports in this case folder, opened or continued (docs/custody.md)",
    )
    output.add_argument(
        "--for-publication",
        action="store_true",
        help="also write an edition without positions, names and serial numbers, beside the full report (in a case: "
        "among its derivatives); read it before you publish it (docs/report.md)",
    )
    output.add_argument("--blur", action="store_true", help="cover the pictures in the page until a reader opens them")
    add_language(output, "the page and the terminal; in a case the page stays English")
    output.add_argument(
        "--json", action="store_true", help="print the report as JSON (one line a picture when several)"
    )


def run(asked: argparse.Namespace) -> int:
    """Check every picture; one that fails is said and the others go on."""
    from ..api import claims_file, questions, read_trust_list
    from ..desk import Desk
    from ..earlier import place

    started_s = time.monotonic()
    chosen = questions(asked.only, asked.skip)
    said = claims_file(asked.claims) if asked.claims else None
    statements: tuple[Evidence, ...] = (*(said.statements if said else ()), *_claim(asked))
    anchors = tuple(read_trust_list(path) for path in asked.trust_list)
    failures: list[ProvenanceError] = []
    pictures, passed_over = _pictures(asked.images, failures)
    folders = any(map(os.path.isdir, asked.images))
    batch = asked.case is None and (folders or len(asked.images) > 1)
    if pictures:
        with Desk(
            references=asked.reference,
            statements=statements,
            anchors=anchors,
            questions=chosen,
            within_s=asked.within,
            since_s=started_s,
            clock=(lambda: asked.now) if asked.now else None,
            progress=progress_bar("pictures indexed"),
            earlier=None if asked.no_earlier or asked.now else place(),
        ) as desk:
            for note in desk.notes:
                print(f"note: {visible(note)}", file=sys.stderr)
            several = len(pictures) > 1
            if batch:
                from .batch import check_all

                def one(
                    picture: Path | bytes, folder: Path, hide: Callable[[], None], failures: list[ProvenanceError]
                ) -> tuple[Checked, Written] | None:
                    return _one(
                        desk, picture, asked, said, several=several, failures=failures, folder=folder, hide=hide
                    )

                check_all(desk, pictures, passed_over, asked, default=DEFAULT_FOLDER, failures=failures, one=one)
            else:
                for picture in pictures:
                    _one(desk, picture, asked, said, several=several, failures=failures)
    return failures[0].exit_code if failures else 0


def _claim(asked: argparse.Namespace) -> tuple[Evidence, ...]:
    from ..api import claim

    said = (asked.claim, asked.claimed_place, asked.claimed_time, asked.claimed_by, asked.url)
    if not any(said):
        return ()
    if not any(said[:3]):
        raise UsageError(
            "--claimed-by and --url name who claims, but not what",
            remedy="add --claim, --claimed-place or --claimed-time",
        )
    return (
        claim(text=asked.claim, place=asked.claimed_place, time=asked.claimed_time, by=asked.claimed_by, url=asked.url),
    )


def _pictures(
    images: list[str], failures: list[ProvenanceError]
) -> tuple[list[Path | bytes], list[tuple[str, ProvenanceError]]]:
    """Files as they are, folders as the pictures in them, standard input as bytes; by name what was passed over."""
    from ..api import find_pictures
    from ..model.limits import Limits

    wanted: list[Path | bytes] = []
    passed_over: list[tuple[str, ProvenanceError]] = []
    for image in images:
        if image == "-":
            wanted.append(sys.stdin.buffer.read(Limits().file_bytes + 1))
            continue
        try:
            found = find_pictures(image)
        except InputError as error:
            passed_over.append((image, error))
            continue
        wanted += found.pictures
        passed_over += (
            (str(one.path), InputError(f"{one.path}: {one.reason}", remedy=one.remedy)) for one in found.passed_over
        )
    for _, failed in passed_over:
        _fail(failed, failures)
    return wanted, passed_over


def _fail(error: ProvenanceError, failures: list[ProvenanceError]) -> None:
    complain(error)
    failures.append(error)


def _one(
    desk: Desk,
    picture: Path | bytes,
    asked: argparse.Namespace,
    said: ClaimsFile | None,
    *,
    several: bool,
    failures: list[ProvenanceError],
    folder: Path | None = None,
    hide: Callable[[], None] = lambda: None,
) -> tuple[Checked, Written] | None:
    """Check a picture and show it; None where there is no report. `folder`: of the batch. `hide`: the progress bar."""
    try:
        filed = _filed(desk, picture, asked, said, folder)
    except (InputError, OutputError, CaseError) as error:
        hide()
        _fail(error, failures)
        return None
    checked = filed[0]
    _note(desk, checked, filed[1], asked)
    edition = ""
    hide()
    try:
        edition = _edition(desk, checked, filed[1], asked) if asked.for_publication else ""
    except (UsageError, OutputError, CaseError) as error:
        _fail(error, failures)
    language = ""
    if asked.language != "en" and asked.case is None:
        language = f"Language of the page: {LANGUAGES[asked.language]} ({asked.language}); report.json is English"
    _show(checked, filed[1], asked, several=several, more=tuple(filter(None, (language, filed[2], edition))))
    for check in checked.report.checks:
        if isinstance(check.outcome, Failed):
            kind = ReferenceSetError if check.outcome.exit_code == ReferenceSetError.exit_code else ProvenanceError
            _fail(kind(check.outcome.error, remedy=check.outcome.remedy or BROKE), failures)
    refusal = checked.report.refusal
    if refusal is not None and not desk.out_of_time:
        _fail(DecodeError(f"{checked.report.original.name}: {refusal.reason}", remedy=refusal.remedy), failures)
    return checked, filed[1]


def _note(desk: Desk, checked: Checked, written: Written, asked: argparse.Namespace) -> None:
    """Note the check among the desk's earlier ones; that this cannot be done takes nothing away from the report."""
    from ..cases import author

    try:
        desk.note_check(checked, report=written.folder, case=asked.case, by=author(*desk.now()).by)
    except ReferenceSetError as error:
        told = visible(f"{error}; {error.remedy}")
        print(f"note: this check was not noted among the earlier checks: {told}", file=sys.stderr)


def _edition(desk: Desk, checked: Checked, written: Written, asked: argparse.Namespace) -> str:
    """Write the edition for publication beside the report, or among the derivatives of the case; where it lies."""
    if asked.case is not None:
        from ..deriving import publish_into

        derived = publish_into(asked.case, desk, checked, written.folder, blur=asked.blur)
        return f"For publication: {derived.folder / 'report.html'}\nHead of the log behind it: {derived.head}"
    from ..editions import write_for_publication

    folder = write_for_publication(desk, checked, written.folder, blur=asked.blur, language=asked.language)
    return f"For publication: {folder / 'report.html'}"


def _filed(
    desk: Desk, picture: Path | bytes, asked: argparse.Namespace, said: ClaimsFile | None, folder: Path | None
) -> tuple[Checked, Written, str]:
    """Check one picture and write its report: into the case, the folder of a batch, or a folder of its own. The words
    tell the case's head.
    """
    if asked.case is not None:
        from ..cases import check_into
        from ..changing import since_last

        filed = check_into(asked.case, desk, picture, claims=said, blur=asked.blur)
        since = since_last(asked.case, filed.checked.report)
        told = f"{since} (provenance diff {asked.case})\n" if since else ""
        return filed.checked, filed.written, f"{told}Case: {asked.case}, head of its log {filed.head}"
    from ..rendering import write

    checked = desk.check(picture)
    inside = folder is not None or asked.out is None
    drawn = asked.out is not None or not asked.json
    target = folder or asked.out or DEFAULT_FOLDER
    return (
        checked,
        write(desk, checked, target, inside=inside, figures=drawn, blur=asked.blur, language=asked.language),
        "",
    )


def _show(
    checked: Checked, written: Written, asked: argparse.Namespace, *, several: bool, more: tuple[str, ...]
) -> None:
    from ..rendering import render_json, render_text, report_digest

    digest = "" if asked.case is None else report_digest(checked.report)
    if asked.json:
        text = render_json(checked.report)
        if several:
            import json

            text = json.dumps(json.loads(text), ensure_ascii=False)
        print(text)
        where_to_look(written.page, written.figures, apart=True, digest=digest, more=more)
        return
    print(render_text(checked.report, width=width(), colour=takes_colour(), language=asked.language))
    where_to_look(written.page, written.figures, digest=digest, more=more)
    if several:
        print()
