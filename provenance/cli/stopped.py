"""What a check that was stopped had brought from outside, where no case keeps it: into a folder of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..model.canonical import iso
from ..model.text import counted
from .terminal import note

if TYPE_CHECKING:
    from ..desk.desk import Desk


@contextmanager
def keeping_asked(desk: Desk, asked: argparse.Namespace) -> Iterator[None]:
    """Keep what was asked of services outside, and their replies, should the check be stopped before its report."""
    try:
        yield
    except BaseException:
        ledger = desk.asked()
        if ledger.lines:
            keep(ledger.files, "asked", len(ledger.lines), iso(desk.now()[0]), asked)
        raise


def keep(files: Mapping[str, bytes], what: str, requests: int, at: str, asked: argparse.Namespace) -> None:
    """Write it among the reports, or beside the folder that was named for one. A disk that refuses hides no other
    error. `what` and `at` name the folder."""
    from ..outside.keeping_fetched import keep_apart
    from .one import DEFAULT_FOLDER

    told = f"stopped after {counted(requests, 'request')} to the outside"
    parent, name = DEFAULT_FOLDER, f"{what}-{at.replace('-', '').replace(':', '')}"
    if asked.out is not None:
        out = asked.out.absolute()
        parent, name = out.parent, f"{out.name}-{what}"
    try:
        note(f"{told}; what had come until then lies in {keep_apart(files, parent, name)}")
    except OutputError as error:
        note(f"{told}; what had come until then could not be kept: {error}")
