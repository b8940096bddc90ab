"""Fills a reference set from picture files and what is known of their publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .errors import InputError
from .image.decode import Decoder
from .image.find import look
from .indexing import Indexed, index_folder
from .model.limits import Limits
from .model.record import Record
from .naming import Named, attribute
from .reference.reference_set import ReferenceSet
from .taking import Taker, reason_of
from .wanted import Progress, Refused, Terms

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


def add(
    paths: Sequence[Path],
    store: ReferenceSet,
    decoder: Decoder,
    limits: Limits,
    *,
    records: Mapping[str, tuple[Record, ...]],
    keep: bool = False,
    progress: Progress | None = None,
    now: datetime,
) -> AddOutcome:
    """Take every picture of the paths (files, and folders with all below them) into the set.

    Safe to interrupt at any point: what was acknowledged stays, and the next run goes on behind it. Adding again
    changes nothing. `records` by file name, or by path relative to the folder given. Raises ReferenceSetError when the
    set cannot be written and OutputError when a copy cannot be kept.
    """
    files, refused = _files(paths)
    wanted, names = attribute(files, records)
    taken = Taker(store, decoder, limits, Terms(keep=keep, now=now)).take(wanted, progress)
    return AddOutcome(
        pictures_added=taken.pictures_added,
        records_added=taken.records_added,
        already_there=taken.already_there,
        resumed=taken.resumed,
        refused=(*refused, *names.refused(), *taken.refused),
        records_without_picture=names.without_picture,
    )


def _files(paths: Sequence[Path]) -> tuple[list[Named], list[Refused]]:
    """Every picture of the paths once, with the name that a record may call it by, and the paths that have none."""
    found: dict[Path, Named] = {}
    refused: list[Refused] = []
    for path in paths:
        try:
            seen = look(path)
        except InputError as error:
            refused.append(Refused(path=str(path), reason=reason_of(error, path), remedy=error.remedy))
            continue
        for file in seen.pictures:
            root = path if file != path else path.parent
            found.setdefault(file, Named(path=file, relative=file.relative_to(root).as_posix()))
        refused += [Refused(path=str(item.path), reason=item.reason, remedy=item.remedy) for item in seen.passed_over]
    return list(found.values()), list(dict.fromkeys(refused))
