"""What a caller may ask of pictures, and what goes into the asking: claims, trust lists, questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UsageError
from .model.differences import Comparison
from .model.evidence import Claim, Evidence
from .model.finding import Question
from .model.image import Image
from .model.limits import Limits
from .model.matches import Answer, Match
from .model.report import Report

if TYPE_CHECKING:
    from .diagnosing import Piece
    from .image.find import Found
    from .model.claims_file import ClaimsFile
    from .model.context import TrustAnchors
    from .model.outside import Outside


def check(
    picture: str | Path | bytes,
    *,
    references: Sequence[str | Path] | None = None,
    claims: str | Path | None = None,
    statements: Iterable[Evidence] = (),
    trust_lists: Iterable[str | Path] = (),
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    within_s: float | None = None,
    now: datetime | None = None,
    limits: Limits | None = None,
    out: str | Path | None = None,
    case: str | Path | None = None,
    earlier: str | Path | None = None,
    outside: Outside | None = None,
    addresses: Sequence[str] = (),
) -> Report:
    """Check one picture and return the report; with `out`, also write report.json and report.html into that folder.

    With `case`, the bytes as received and the report go into that case folder, opened or continued (docs/custody.md).

    `references`: sets or folders of pictures; None means $PROVENANCE_REFERENCE, else the desk's own set. `claims`: a
    claims file. `statements`: claims and evidence made in code. `trust_lists`: PEM files of certificates that the desk
    trusts to vouch for signers of Content Credentials. `only` and `skip`: names of questions. `within_s`: what
    is not finished in this many seconds reads "not checked: time". `now`: an aware time to use as the clock.
    `earlier`: a file with the desk's earlier checks, made when missing, which is searched and in which this check is
    then noted; None, unlike on the command line, means neither.
    `outside`: whom to ask, as `ask_outside` makes it; None asks nobody. `addresses`: where on the web it stands.
    Raises InputError, ReferenceSetError, StatementsError, OutputError, CaseError.
    """
    import time

    from .desk.desk import Desk
    from .sealing.author import author

    started_s, limits = time.monotonic(), limits or Limits()
    said = None if claims is None else claims_file(claims, limits)
    recorded = (*(said.statements if said else ()), *statements)
    with Desk(
        references=references,
        statements=recorded,
        anchors=tuple(read_trust_list(path, limits) for path in trust_lists),
        questions=questions(only, skip),
        limits=limits,
        within_s=within_s,
        since_s=started_s,
        clock=None if now is None else lambda: now,
        earlier=None if earlier is None else Path(earlier),
        outside=outside,
        addresses=tuple(addresses),
    ) as desk:
        folder: Path | None = None
        if case is not None:
            from .case.cases import check_into

            filed = check_into(Path(case), desk, picture, claims=said)
            checked, folder = filed.checked, filed.written.folder
        else:
            checked = desk.check(picture)
        if out is not None:
            from .output.report_folder import write

            folder = write(desk, checked, Path(out)).folder
        if earlier is not None:
            kept_in = None if case is None else Path(case)
            desk.note_check(checked, report=folder, case=kept_in, by=author(*desk.now()).by)
    return checked.report


def questions(only: Iterable[str] = (), skip: Iterable[str] = ()) -> tuple[Question, ...]:
    """The questions to answer, in report order. Raises ValueError for a name that is none, UsageError for none left."""
    asked = {Question(name) for name in only} or set(Question)
    left = tuple(question for question in Question if question in asked - {Question(name) for name in skip})
    if not left:
        raise UsageError("no question is left to answer", remedy="leave out --skip, or name others with --only")
    return left


def read_claims(path: str | Path, limits: Limits | None = None) -> tuple[Evidence, ...]:
    """The claims and recorded evidence of a claims file (YAML or JSON; docs/claims.md). Raises StatementsError."""
    from .intake.claims import read_claims as read

    return read(Path(path), limits or Limits())


def claims_file(path: str | Path, limits: Limits | None = None) -> ClaimsFile:
    """The same with the bytes of the file, for a case to keep. Raises StatementsError."""
    from .intake.claims import claims_file as read

    return read(Path(path), limits or Limits())


def read_trust_list(path: str | Path, limits: Limits | None = None) -> TrustAnchors:
    """A PEM file of certificates as a trust list of the desk's own. Raises StatementsError."""
    from .intake.trust_list import read_trust_list as read

    return read(Path(path), limits or Limits())


def claim(*, text: str = "", place: str = "", time: str = "", by: str = "", url: str = "") -> Claim:
    """One claim to test, from words: a place such as "Krasnoyarsk@56.01,92.85,20km", an ISO time or range."""
    from .intake.claims import claim_from_flags

    return claim_from_flags(text=text, place=place, time=time, by=by, url=url)


def find_pictures(path: str | Path) -> Found:
    """The pictures at a path: the file itself, or all below a folder, with what had to be passed over.

    Raises InputError when there is none.
    """
    from .image.find import look

    return look(Path(path))


def digest_of(picture: str | Path, limits: Limits | None = None) -> str:
    """The sha256 of a picture file, which is its name in a reference set. Raises InputError."""
    from .image.load import inspect as read_file

    return read_file(Path(picture), limits or Limits()).original.sha256


def diagnose() -> tuple[Piece, ...]:
    """What is installed, and what each missing piece leaves unchecked."""
    from .diagnosing import diagnose as look

    return look()


def inspect(
    picture: str | Path,
    *,
    trust_lists: Iterable[str | Path] = (),
    limits: Limits | None = None,
    now: datetime | None = None,
    within_s: float | None = None,
) -> Report:
    """Metadata and file structure only: nothing is decoded and nothing is searched. `trust_lists` as for `check`.

    `within_s`: what is not read within so many seconds is skipped, with "time" as the reason.
    """
    from .desk.inspecting import inspect as look

    limits = limits or Limits()
    anchors = tuple(read_trust_list(path, limits) for path in trust_lists)
    return look(Path(picture), limits, now=now, anchors=anchors, within_s=within_s)


def facts(
    picture: str | Path, *, limits: Limits | None = None, now: datetime | None = None, claims: bool = True
) -> tuple[Evidence, ...]:
    """What the file says of itself, item by item: the evidence behind `inspect`, without its report.

    For reading many files: nothing is decoded or searched, no signature of Content Credentials is validated and no
    service is told by its coding, which `inspect` does. `now`: an aware time to use as the clock, against which the
    readers hold the times they find. `claims`: whether also what the values claim of time, place, camera and author, as
    `inspect` has it; False leaves the values alone. Raises InputError.
    """
    from .desk.inspecting import facts as read

    return read(Path(picture), limits or Limits(), now=now, claims=claims)


def compare(first: str | Path, second: str | Path, *, limits: Limits | None = None) -> tuple[Match, Image, Image]:
    """How two pictures relate, without a reference set. Raises InputError, and DecodeError when one has no pixels."""
    from .errors import DecodeError
    from .image.decoding.decoder import Decoder
    from .image.load import load
    from .matching.compare import compare as relate

    limits = limits or Limits()
    with Decoder() as decoder:
        images = [load(Path(path), decoder, limits) for path in (first, second)]
    if images[0].original.sha256 != images[1].original.sha256:
        for image in images:
            if image.refusal is not None:
                raise DecodeError(f"{image.original.name}: {image.refusal.reason}", remedy=image.refusal.remedy)
    return relate(images[0], images[1]), images[0], images[1]


def difference(match: Match, first: Image, second: Image) -> Comparison | None:
    """Where two copies differ beyond saving, scaling and tone, or that nothing stands out.

    Takes what `compare` returned; None where the two are no copies of one picture nor views of one scene.
    """
    from .desk.exposures import with_exposures
    from .forensics.comparison.told import compared

    if match.answer not in (Answer.COPY, Answer.SAME_SCENE):
        return None
    return with_exposures(compared(match, first.working_copy, second.working_copy), first, second, Limits())
