"""`check`: pictures in, one line per question out, and a report folder for each."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DecodeError, InputError, OutputError, ProvenanceError, StatementsError
from ..model.finding import Question
from ..model.text import visible
from .terminal import Verbs, add_verb, complain, progress_bar, takes_colour, width

if TYPE_CHECKING:
    from ..desk import Checked, Desk
    from ..model.evidence import Evidence

QUESTIONS = ", ".join(question.value for question in Question)
DEFAULT_FOLDER = Path("provenance-reports")
EXAMPLE = """\
provenance check samples/railcar_post.png --reference samples/reference \\
      --claims samples/railcar_post.claims.yaml"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "check", "check pictures and write a report on each", EXAMPLE, run)
    verb.add_argument(
        "images", metavar="IMAGE", nargs="+", help="a picture, a folder of pictures, or - for standard input"
    )
    verb.add_argument(
        "--reference",
        metavar="SET",
        action="append",
        help="a reference set's file, or a folder with pictures and a "
        "records.csv (repeatable; default: $PROVENANCE_REFERENCE, else the desk's own set)",
    )
    verb.add_argument(
        "--claims", metavar="FILE", type=Path, help="claims and recorded evidence, YAML or JSON (docs/claims.md)"
    )
    claim = verb.add_argument_group("a claim to test, in words")
    claim.add_argument("--claim", metavar="TEXT", default="", help="what is said about the picture")
    claim.add_argument(
        "--claimed-place", metavar="PLACE", default="", help='where, such as "Krasnoyarsk@56.01,92.85,20km" or "RU"'
    )
    claim.add_argument("--claimed-time", metavar="TIME", default="", help="when, ISO 8601: 2024-11, 2024-11-14, A/B")
    claim.add_argument("--claimed-by", metavar="WHO", default="", help="who says so")
    claim.add_argument("--url", metavar="URL", default="", help="where they say so (noted, never opened)")
    choose = verb.add_argument_group("what to answer")
    choose.add_argument("--only", metavar="QUESTION", type=_questions, default=(), help=f"only these, of: {QUESTIONS}")
    choose.add_argument("--skip", metavar="QUESTION", type=_questions, default=(), help="all but these")
    choose.add_argument(
        "--within",
        metavar="SECONDS",
        type=_seconds,
        help='bound the whole run; what is not finished reads "not checked: time"',
    )
    choose.add_argument(
        "--now",
        metavar="TIME",
        type=_moment,
        help="use this as the clock (2024-11-15T09:00Z): same files, same time, same report",
    )
    output = verb.add_argument_group("output")
    output.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="where the report goes (default: ./provenance-reports/<time>-<sha256>/); "
        "with several pictures, a folder for each inside DIR",
    )
    output.add_argument(
        "--json", action="store_true", help="print the report as JSON (one line a picture when several)"
    )


def _questions(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = {question.value for question in Question}
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"{name!r} is none of: {QUESTIONS}")
    return names


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time with a zone, such as 2024-11-15T09:00Z")
    return moment.astimezone(UTC)


def run(asked: argparse.Namespace) -> int:
    """Check every picture; one that fails is said and the others go on."""
    from ..api import questions, read_claims
    from ..desk import Desk

    statements: tuple[Evidence, ...] = (*(read_claims(asked.claims) if asked.claims else ()), *_claim(asked))
    failures: list[ProvenanceError] = []
    pictures = _pictures(asked.images, failures)
    if pictures:
        with Desk(
            references=asked.reference,
            statements=statements,
            questions=questions(asked.only, asked.skip),
            within_s=asked.within,
            clock=(lambda: asked.now) if asked.now else None,
            progress=progress_bar("pictures indexed"),
        ) as desk:
            for picture in pictures:
                _one(desk, picture, asked, several=len(pictures) > 1, failures=failures)
    return failures[0].exit_code if failures else 0


def _claim(asked: argparse.Namespace) -> tuple[Evidence, ...]:
    from ..api import claim

    said = (asked.claim, asked.claimed_place, asked.claimed_time, asked.claimed_by, asked.url)
    if not any(said):
        return ()
    if not any(said[:3]):
        raise StatementsError(
            "--claimed-by and --url name who claims, but not what",
            remedy="add --claim, --claimed-place or --claimed-time",
        )
    return (
        claim(text=asked.claim, place=asked.claimed_place, time=asked.claimed_time, by=asked.claimed_by, url=asked.url),
    )


def _pictures(images: list[str], failures: list[ProvenanceError]) -> list[Path | bytes]:
    """Files as they are, folders as the pictures in them, standard input as bytes."""
    from ..image.find import pictures
    from ..model.limits import Limits

    found: list[Path | bytes] = []
    for image in images:
        try:
            if image == "-":
                data = sys.stdin.buffer.read(Limits().file_bytes + 1)
                found.append(data)
            else:
                found += pictures(Path(image))
        except InputError as error:
            complain(error)
            failures.append(error)
    return found


def _one(
    desk: Desk, picture: Path | bytes, asked: argparse.Namespace, *, several: bool, failures: list[ProvenanceError]
) -> None:
    from ..api import write

    try:
        checked = desk.check(picture)
        folder = write(desk, checked, _folder(checked, asked.out, several=several))
    except (InputError, OutputError) as error:
        complain(error)
        failures.append(error)
        return
    _show(checked, folder, asked, several=several)
    refusal = checked.report.refusal
    if refusal is not None:
        refused = DecodeError(f"{checked.report.original.name}: {refusal.reason}", remedy=refusal.remedy)
        complain(refused)
        failures.append(refused)


def _folder(checked: Checked, out: Path | None, *, several: bool) -> Path:
    from ..custody.folder import free_name

    if out is not None and not several:
        return out
    stamp = checked.report.made_at.replace("-", "").replace(":", "")
    return free_name(out or DEFAULT_FOLDER, f"{stamp}-{checked.report.original.sha256[:8]}")


def _show(checked: Checked, folder: Path, asked: argparse.Namespace, *, several: bool) -> None:
    from ..api import HTML_NAME, render_json, render_text

    where = visible(str(folder / HTML_NAME))
    if asked.json:
        text = render_json(checked.report)
        if several:
            import json

            text = json.dumps(json.loads(text), ensure_ascii=False)
        print(text)
        print(f"Report: {where}", file=sys.stderr)
        return
    print(render_text(checked.report, width=width(), colour=takes_colour()))
    print(f"\nReport: {where}" + ("\n" if several else ""))
