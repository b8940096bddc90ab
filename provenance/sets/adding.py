"""Fills a reference set from picture files and what is known of their publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from ..errors import InputError
from ..fingerprint.local.detect import REFERENCE_POINTS
from ..image.decoding.decoder import Decoder
from ..image.find import look
from ..model.limits import Limits
from ..model.record import Record
from ..reference.reference_set import ReferenceSet
from .archives import is_archive, opened
from .indexing import Indexed, index_folder
from .listed import Listed, of_list
from .making import Makers
from .making_elsewhere import ElsewhereMakers
from .naming import Named, as_named, attribute
from .noticing import Notice
from .taking import AnyMakers, Taker
from .unmade import Unmade
from .wanted import Member, Progress, Refused, Terms, Wanted, reason_of

_Number: TypeAlias = tuple[int, int]  # of a file: its device, and its own
_OPEN = "it is a file of a set that is open here, and no picture"

__all__ = ["AddOutcome", "Indexed", "Refused", "add", "index_folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOutcome:
    """What an add did."""

    pictures_added: int
    records_added: int
    already_there: int
    """Files whose picture was in the set before, or came twice."""
    resumed: int
    """Of these, files that were not even read, because they are as they were when last read."""
    refused: tuple[Refused, ...]
    """Files and folders that could not be taken, and names in the records that several have; all else was taken."""
    records_without_picture: tuple[str, ...]
    """File names in the records that no file taken answers to."""
    notices: tuple[Notice, ...] = ()
    """Pictures added that are copies of those of earlier checks."""
    mended: str = ""
    """What became of a change that was cut off between two servers, in a sentence; "" where there was none."""
    unnoticed: str = ""
    """Why they were not compared with those, where they were to be."""
    reports: tuple[str, ...] = ()
    """What was left out of the folders given because this program drew it, a sentence for each."""


def add(
    paths: Sequence[Path],
    store: ReferenceSet | Unmade,
    decoder: Decoder,
    limits: Limits,
    *,
    records: Mapping[str, tuple[Record, ...]],
    keep: bool = False,
    listing: Path | None = None,
    fetch_into: Path | None = None,
    say: Callable[[str], None] | None = None,
    jobs: int = 1,
    points: int = REFERENCE_POINTS,
    scheduler: str = "",
    earlier: ReferenceSet | None = None,
    progress: Progress | None = None,
    now: datetime,
) -> AddOutcome:
    """Take every picture of the paths (files, folders with all below them, tar files) and of the list into the set,
    which is made when it is not there and one of them can be read.

    Safe to interrupt at any point: what was acknowledged stays, and the next run goes on behind it. Adding again
    changes nothing. `records` by file name, or by path relative to the folder given. `listing`: a CSV file of paths,
    and, where a folder to `fetch_into` is given, of addresses of the web; `say` is told before each request.
    `jobs`: processes that make fingerprints at once; `scheduler`: that of a Dask cluster which makes them instead.
    `points`: the most that are kept of a picture. `earlier`: the desk's earlier checks, of which copies are told.
    Raises ReferenceSetError when the set cannot be written,
    OutputError when a copy cannot be kept, and StatementsError for the list.
    """
    if keep and not isinstance(store, Unmade):
        store.require_copies()
    with ExitStack() as stack:
        files, members, refused, reports = _sources(paths, _open_files(store, earlier), limits, stack)
        listed = of_list(listing, fetch_into, say or (lambda _: None)) if listing is not None else Listed()
        refused += listed.refused
        wanted, names = attribute([*files, *listed.files.values()], records)
        wanted = [_with_address(item, listed) for item in wanted] if listed.fetched_from else wanted
        wanted = [replace(item, member=members.get(item.path)) for item in wanted] if members else wanted
        makers: AnyMakers | None = None
        if scheduler:
            makers = stack.enter_context(ElsewhereMakers(scheduler, limits, points))
        elif min(jobs, len(wanted)) > 1:
            makers = stack.enter_context(Makers(min(jobs, len(wanted)), limits, points))
        terms = Terms(keep=keep, now=now, points=points)
        taken = Taker(store, decoder, limits, terms, makers=makers, earlier=earlier).take(wanted, progress)
    return AddOutcome(
        pictures_added=taken.pictures_added,
        records_added=taken.records_added,
        already_there=taken.already_there,
        resumed=taken.resumed,
        refused=(*refused, *names.refused(), *taken.refused),
        records_without_picture=names.without_picture,
        notices=tuple(taken.notices),
        mended=taken.mended,
        unnoticed=taken.unnoticed,
        reports=tuple(reports),
    )


def _with_address(item: Wanted, listed: Listed) -> Wanted:
    """A picture that was fetched, with the record of where from unless others tell of it."""
    came = listed.fetched_from.get(item.path)
    return item if came is None or item.records else replace(item, records=(came,))


def _sources(
    paths: Sequence[Path], leave: frozenset[_Number], limits: Limits, stack: ExitStack
) -> tuple[list[Named], dict[Path, Member], list[Refused], list[str]]:
    """Files and members of tar files, what could not be taken, and of which figures of ours were left out.

    The tar files stay open as long as the stack. `leave`: files that are not opened.
    """
    left = [path for path in paths if leave and _number(path) in leave]
    archives = [path for path in paths if path not in left and is_archive(path)]
    files, refused, reports = _files([path for path in paths if path not in (*left, *archives)], leave)
    refused += [Refused(path=str(path), reason=_OPEN, remedy="leave it out") for path in left]
    members: dict[Path, Member] = {}
    for path in archives:
        try:
            listed = stack.enter_context(opened(path, limits))
        except InputError as error:
            refused.append(Refused(path=str(path), reason=reason_of(error, path), remedy=error.remedy))
            continue
        for name, member in listed.pictures:
            place = as_named(path) / name
            members[place] = member
            files.append(Named(path=place, relative=name))
        refused += listed.refused
    return files, members, refused, reports


def _open_files(*sets: ReferenceSet | Unmade | None) -> frozenset[_Number]:
    """Files of these sets, by device and number; one that is not made yet has none."""
    return frozenset[_Number]().union(
        *(one.open_files for one in sets if one is not None and not isinstance(one, Unmade))
    )


def _number(path: Path) -> _Number | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _files(paths: Sequence[Path], leave: frozenset[_Number]) -> tuple[list[Named], list[Refused], list[str]]:
    """Every picture of the paths once, with the name that a record may call it by, the paths that have none, and what
    was left out of them as drawn by this program.
    """
    found: dict[Path, Named] = {}
    refused: list[Refused] = []
    reports: list[str] = []
    for path in paths:
        try:
            seen = look(path, leave)
        except InputError as error:
            refused.append(Refused(path=str(path), reason=reason_of(error, path), remedy=error.remedy))
            continue
        for file in seen.pictures:
            root = path if file != path else path.parent
            place = as_named(file)
            found.setdefault(place, Named(path=place, relative=file.relative_to(root).as_posix()))
        refused += [Refused(path=str(item.path), reason=item.reason, remedy=item.remedy) for item in seen.passed_over]
        reports += filter(None, (seen.reports_told,))
    return list(found.values()), list(dict.fromkeys(refused)), list(dict.fromkeys(reports))
