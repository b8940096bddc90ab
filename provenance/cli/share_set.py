"""`refs export` and `refs import`: hashes and records from desk to desk, without pictures."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.limits import SHARE_RECORDS
from ..model.text import counted, visible
from .parser import add_verb
from .terminal import beside, passphrase, print_form, progress_bar, tell_mended

if TYPE_CHECKING:
    from .parser import Verbs

EXPORT = "provenance refs export /tmp/desk.export --set /tmp/desk.sqlite"
IMPORT = f"{EXPORT}\n  provenance refs import /tmp/desk.export --set /tmp/other.sqlite"


def add_parsers(inner: Verbs, fill: str) -> None:
    """Describe both verbs."""
    summary = "write hashes and records into a signed file, without pictures"
    exporting = _parser(inner, "export", summary, f"{fill}\n  {EXPORT}", _export)
    exporting.add_argument("file", metavar="FILE", type=Path, help="the file to write; one that is there is left alone")
    exporting.add_argument(
        "--with-features",
        action="store_true",
        help="local features, too, which find parts of pictures; a likeness of each picture can be made from them",
    )
    summary = "take in a file that another desk exported; its records are marked"
    taking = _parser(inner, "import", summary, f"{fill}\n  {IMPORT}", _import)
    taking.add_argument("file", metavar="FILE", type=Path, help="what `refs export` wrote")
    taking.add_argument("--with-features", action="store_true", help="local features, too, where the file has them")


def _parser(
    inner: Verbs, name: str, summary: str, example: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = add_verb(inner, name, summary, example, run)
    parser.add_argument(
        "--set", "--reference", metavar="SET", help="the set (default: $PROVENANCE_REFERENCE, else the desk's own set)"
    )
    parser.add_argument("--json", action="store_true", help="print the machine form")
    return parser


def _export(asked: argparse.Namespace) -> int:
    from ..sets.filing import export_set, reference_set
    from ..sets.sharing import WARNING

    if asked.with_features:
        beside(f"warning: {WARNING}")
    store, bar = reference_set(asked.set), progress_bar("pictures")
    try:
        done = export_set(store, asked.file, with_features=asked.with_features, passphrase=passphrase, progress=bar)
    finally:
        store.close()
    written = f"{counted(done.pictures, 'picture')} and {counted(done.records, 'record')} written"
    words = f"{written} to {asked.file}, signed by {done.signer}"
    more = [f"note: {counted(done.left_out, 'picture')} from other desks not handed on"] if done.left_out else []
    if done.records_left_out:
        of = f"of pictures with more than {SHARE_RECORDS}, or with very long ones"
        more.append(
            f"note: {counted(done.records_left_out, 'record')} {of} left out; those given first that fit are handed on"
        )
    return _told(done, [words, f"sha256 {done.sha256}", *more], as_json=asked.json)


def _import(asked: argparse.Namespace) -> int:
    from ..sets.filing import import_set

    done = import_set(asked.file, asked.set, with_features=asked.with_features, progress=progress_bar("pictures"))
    tell_mended(done.mended)
    added = f"{counted(done.pictures_added, 'picture')} and {counted(done.records_added, 'record')} added"
    words = f"{added}, {counted(done.already_there, 'picture')} already there"
    unsaid = counted(done.marks_added, "picture") if done.marks_added else ""
    more = [f"note: the file has no record of {unsaid}; the set notes only from whom the file came"] if unsaid else []
    return _told(done, [words, *more, f"what came is marked: {done.received}"], as_json=asked.json)


def _told(done: object, lines: list[str], *, as_json: bool) -> int:
    if as_json:
        print_form(done)
    else:
        print("\n".join(map(visible, lines)))
    return 0
