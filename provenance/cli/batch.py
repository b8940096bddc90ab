"""`check` over many pictures: goes on where a run was stopped, never ends at one bad file, and writes an index."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..errors import ProvenanceError
from ..model.text import visible
from .terminal import Bar, beside, complain, print_json

if TYPE_CHECKING:
    from ..batch.run import BatchRun
    from ..desk.desk import Checked, Desk
    from ..model.batch import Row
    from ..output.report_folder import Written

BROKE = "report it, with the file if you may"
One: TypeAlias = "Callable[..., Done | None]"
"""Checks a picture into a `folder`, calls `hide` before it prints, and adds what went wrong to the failures."""
Done: TypeAlias = "tuple[Checked, Written]"


def check_all(
    desk: Desk,
    pictures: Sequence[Path | bytes],
    passed_over: Sequence[tuple[str, ProvenanceError]],
    asked: argparse.Namespace,
    *,
    default: Path,
    failures: list[ProvenanceError],
    one: One,
) -> None:
    """Check every picture and write the index, also when the run is stopped by Ctrl-C. Raises OutputError."""
    from ..batch.run import BatchRun
    from ..batch.shelves import CaseShelf, FolderShelf, new_folder

    shelf: CaseShelf | FolderShelf
    if asked.case is not None:
        shelf = CaseShelf(asked.case, desk)
    else:
        shelf = FolderShelf(asked.out or new_folder(default, desk))
    drawn = asked.case is not None or asked.out is not None or not asked.json
    settings = [f"{name} {value}" for name, value in (("figures", drawn), ("edition", asked.for_publication))]
    settings += [f"language {asked.language}"] if asked.language != "en" else []
    settings += [f"blur {asked.blur}", *(["pdf"] if asked.pdf else [])]
    language = "en" if asked.case is not None else asked.language  # a case keeps English pages only
    with BatchRun(shelf, desk, settings=settings, blur=asked.blur, language=language) as batch:
        for name, error in passed_over:
            batch.failed(name, error)
        bar, reached = Bar("pictures"), 0
        try:
            for picture in pictures:
                bar.show(reached, len(pictures), _name(picture))
                check = partial(one, picture, folder=shelf.reports, hide=bar.hide)
                _one(batch, picture, check, failures, as_json=asked.json, hide=bar.hide)
                reached += 1
        finally:
            bar.close()
            page = batch.write(not_reached=len(pictures) - reached)
            again = f"; stopped: the same command with the same {shelf.option} goes on"
            head = f"Case: {asked.case}, head of its log {shelf.head}" if isinstance(shelf, CaseShelf) else ""
            _tell(batch, page, again if reached < len(pictures) else "", head, apart=asked.json)


def _one(
    batch: BatchRun,
    picture: Path | bytes,
    check: Callable[[], Done | None],
    failures: list[ProvenanceError],
    *,
    as_json: bool,
    hide: Callable[[], None],
) -> None:
    before, name = len(failures), _name(picture)
    kept = batch.kept(picture)
    if kept is not None:
        hide()
        _tell_kept(batch, kept, failures, as_json=as_json)
        return
    try:
        done = check()
        if done is not None:
            batch.done(picture, *done, failures[before:])
            return
    except BrokenPipeError:
        raise
    except Exception as error:  # one file that breaks this program does not take the others along
        hide()
        known = error if isinstance(error, ProvenanceError) else broke(name, error)
        complain(known)
        failures.append(known)
    batch.failed(name, failures[-1])


def broke(name: str, error: Exception) -> ProvenanceError:
    """What to say of a file on which this program broke."""
    return ProvenanceError(f"{name}: the program broke on it: {type(error).__name__}: {error}", remedy=BROKE)


def _name(picture: Path | bytes) -> str:
    return "standard input" if isinstance(picture, bytes) else str(picture)


def _tell_kept(batch: BatchRun, row: Row, failures: list[ProvenanceError], *, as_json: bool) -> None:
    from ..batch.run import problem_of

    report = batch.report_of(row)
    if as_json:
        print_json(json.dumps(json.loads(report.read_bytes()), ensure_ascii=False))
    else:
        told = (
            f"{row.name}: {row.overall}. Not checked again: the report is there for the same bytes, settings and sets."
        )
        print(f"{visible(told)}\nReport: {visible(str(report.with_suffix('.html')))}\n")
    problem = problem_of(row)
    if problem is not None:
        complain(problem)
        failures.append(problem)


def _tell(batch: BatchRun, page: Path, again: str, head: str, *, apart: bool) -> None:
    kept = f"; {batch.kept_number} were not checked again" if batch.kept_number else ""
    noun = "file" if batch.files == 1 else "files"
    told = f"Index: {page} ({batch.files} {noun}, {batch.without_report} without a report{kept}{again})"
    asked = (("Overall", batch.words("overall")), ("Seen before", batch.words("seen_before")))
    words = ". ".join(f"{question}: {', '.join(found)}" for question, found in asked if found)
    (beside if apart else print)("\n".join(map(visible, filter(None, (words, told, head)))))
