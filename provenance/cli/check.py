"""`check`: pictures in, one line per question out, and a report folder for each."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, ProvenanceError, UsageError
from .asked import outside_of, replay
from .check_options import add_options
from .fetch import is_address
from .one import DEFAULT_FOLDER, OnePicture, fail
from .options import require_use_of_proxy
from .parser import Verbs, add_verb
from .terminal import note, progress_bar

_PIECE_BYTES = 2**16

if TYPE_CHECKING:
    from ..case.again import KeptPicture
    from ..desk.desk import Desk
    from ..model.brought import Brought
    from ..model.claims_file import ClaimsFile
    from ..model.evidence import Evidence

EXAMPLE = """\
provenance check samples/railcar_post.png --reference samples/reference \\
      --claims samples/railcar_post.claims.yaml"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "check", "check pictures and write a report on each", EXAMPLE, run)
    add_options(verb)


def run(asked: argparse.Namespace) -> int:
    """Check every picture; one that fails is said and the others go on."""
    from ..api import claims_file
    from ..output.report_folder import require_room

    started_s = time.monotonic()
    if asked.replay is not None and not asked.images:
        return replay(asked, DEFAULT_FOLDER)
    if asked.replay is not None:
        raise UsageError("name a picture, or a case with --replay, not both", remedy="see: provenance check --help")
    goes_out = asked.online or any(map(is_address, asked.images))
    require_use_of_proxy(asked, goes_out, "give an address to check, or name a service with --online")
    kept = _kept(asked)
    said = claims_file(asked.claims) if asked.claims else None
    ready = _desk(asked, said, started_s)
    failures: list[ProvenanceError] = []
    batch = len(asked.images) > 1 or any(map(os.path.isdir, asked.images))
    if asked.case is None:
        require_room(asked.out or DEFAULT_FOLDER, alone=asked.out is not None and not batch)
    if_stopped, got = _fetched(asked)
    pictures, passed_over = ([], []) if got else _pictures(asked.images, failures)
    number = len(pictures) + len(got) + len(kept)
    if asked.picture_url and number > 1:
        raise UsageError(
            f"--picture-url says where one picture stands, and there are {number}",
            remedy="check that picture by itself",
        )
    if number:
        with if_stopped, ready as desk:
            for told in desk.notes:
                note(told)
            one = OnePicture(desk, asked, said, several=number > 1, failures=failures)
            if batch:
                from .batch import check_all

                check_all(desk, pictures, passed_over, asked, default=DEFAULT_FOLDER, failures=failures, one=one.check)
            else:
                several_here = (asked.out or DEFAULT_FOLDER) if got and number > 1 else None
                for picture in (*got, *pictures):
                    one.check(picture, folder=several_here)
                for again in kept:
                    one.check_kept(again)
    return failures[0].exit_code if failures else 0


def _desk(asked: argparse.Namespace, said: ClaimsFile | None, started_s: float) -> Desk:
    """The desk that is to check them, not yet at work."""
    from ..api import questions, read_trust_list
    from ..desk.desk import Desk
    from ..sets.earlier import place

    return Desk(
        references=asked.reference,
        outside=outside_of(asked),
        addresses=tuple(asked.picture_url),
        questions=questions(asked.only, asked.skip),
        statements=(*(said.statements if said else ()), *_claim(asked)),
        anchors=tuple(read_trust_list(path) for path in asked.trust_list),
        within_s=asked.within,
        since_s=started_s,
        clock=(lambda: asked.now) if asked.now else None,
        progress=progress_bar("pictures indexed"),
        earlier=None if asked.no_earlier or asked.now else place(),
    )


def _kept(asked: argparse.Namespace) -> tuple[KeptPicture, ...]:
    """The pictures of the case, to be checked again, where no other is named."""
    if asked.images:
        return ()
    if asked.case is None:
        raise UsageError("name a picture", remedy="see: provenance check --help")
    from ..case.again import kept_pictures

    return kept_pictures(asked.case)


def _fetched(asked: argparse.Namespace) -> tuple[AbstractContextManager[None], tuple[Brought, ...]]:
    """The pictures of the address that stands in the place of a picture, kept in the case if one is named; and what
    keeps them elsewhere, should their checks be stopped.
    """
    from .fetch import fetched, keeping_fetched

    if not any(map(is_address, asked.images)):
        return nullcontext(), ()
    if asked.offline:
        raise UsageError("--offline refuses to fetch an address", remedy="save the picture and check the file")
    if len(asked.images) > 1:
        raise UsageError(
            "an address is checked by itself", remedy="give it alone, and the other pictures in a run of theirs"
        )
    got = fetched(asked.images[0], asked)
    if asked.case is not None:
        from ..outside.keeping_fetched import check_fetched

        return nullcontext(), check_fetched(asked.case, got)
    return keeping_fetched(got, asked), got.brought


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


def _standard_input(most_bytes: int) -> bytes:
    """In pieces: within one long read Ctrl-C that comes between two of its parts is not seen until more is sent."""
    source: Any = sys.stdin.buffer
    data = bytearray()
    while piece := source.read1(min(_PIECE_BYTES, most_bytes - len(data))):
        data += piece
    return bytes(data)


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
            wanted.append(_standard_input(Limits().file_bytes + 1))
            continue
        try:
            found = find_pictures(image)
        except InputError as error:
            passed_over.append((image, error))
            continue
        wanted += found.pictures
        if found.reports:
            note(found.reports_told)
        passed_over += (
            (str(one.path), InputError(f"{one.path}: {one.reason}", remedy=one.remedy)) for one in found.passed_over
        )
    for _, failed in passed_over:
        fail(failed, failures)
    return wanted, passed_over
