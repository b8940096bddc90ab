"""`refs`: look at a reference set and correct it."""

from __future__ import annotations

import argparse
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from ..errors import ReferenceSetError, StatementsError
from ..model.text import visible
from . import copy_set, share_set
from .options import add_points, whole
from .parser import Verbs, add_verb
from .refs_told import tell
from .terminal import beside, note, progress_bar, tell_mended

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..sets.filing import ReferenceSet

SET = "--set /tmp/desk.sqlite"
EXAMPLES = {
    "list": f"provenance refs list {SET}",
    "show": f"provenance refs show samples/reference/railcar_yard.jpg {SET}",
    "edit": 'provenance refs edit samples/reference/railcar_yard.jpg published=2024-11-13 --note "first post" \\\n'
    f"      {SET}",
    "count": f"provenance refs count {SET}",
    "reindex": f"provenance refs reindex {SET}",
    "remove": f"provenance refs remove samples/reference/wheat_road.jpg {SET}",
}
FILL = f"provenance add samples/reference --records samples/reference/records.csv {SET}"
PICTURE = "the picture's file, or the first digits of its sha256"
_MOST_NAMES, _PAGE, _MOST_TOLD = 20_000, 500, 5


def add_parser(verbs: Verbs) -> None:
    """Describe the verb and its own verbs."""
    refs = add_verb(
        verbs,
        "refs",
        "list, show, edit, remove, count, copy, spread, share or reindex what a reference set holds",
        "\n  ".join((FILL, *EXAMPLES.values())),
        run,
    )
    inner = refs.add_subparsers(title="verbs of refs", metavar="VERB", required=True)

    def sub(
        name: str, summary: str, does: Callable[[ReferenceSet, argparse.Namespace], Any]
    ) -> argparse.ArgumentParser:
        parser = add_verb(inner, name, summary, f"{FILL}\n  {EXAMPLES[name]}", run)
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--set",
            "--reference",
            metavar="SET",
            help="the set (default: $PROVENANCE_REFERENCE, else the desk's own set)",
        )
        which.add_argument(
            "--earlier", action="store_true", help="the pictures of this desk's earlier checks, each with its answers"
        )
        parser.add_argument("--json", action="store_true", help="print the machine form")
        parser.set_defaults(does=does)
        return parser

    listing = sub("list", "list the pictures, in the order of their digests", _list)
    listing.add_argument("--limit", type=whole, default=50, metavar="N", help="at most so many (default 50)")
    listing.add_argument("--offset", type=whole, default=0, metavar="N", help="leave out the first so many")
    showing = sub("show", "show one picture with its records and their history", _show)
    showing.add_argument("picture", metavar="PICTURE", help=f"{PICTURE}, or the name that the set has of it")
    editing = sub("edit", "correct a record; the earlier form is kept in its history", _edit)
    editing.add_argument("picture", metavar="PICTURE", help=PICTURE)
    editing.add_argument("changes", metavar="FIELD=VALUE", nargs="+", help="fields as in a records file")
    editing.add_argument("--record", metavar="ID", default="", help="which record, when the picture has several")
    editing.add_argument("--note", default="", help="why, kept in the history")
    removing = sub("remove", "forget pictures and their records (the files stay)", _remove)
    removing.add_argument("pictures", metavar="PICTURE", nargs="+", help=PICTURE)
    counting = sub("count", "count the pictures and records, and name the set's state", _count)
    counting.add_argument("--verify", action="store_true", help="read everything and compare it with its digests")
    copy_set.add_parser(inner, FILL)
    renewing = sub("reindex", "make fingerprints and local features anew where they are of an older version", _reindex)
    add_points(renewing)
    share_set.add_parsers(inner, FILL)


def run(asked: argparse.Namespace) -> int:
    """Open the set, do the one thing, print its answer."""
    from ..sets.filing import reference_set

    store = reference_set(_earlier() if asked.earlier else asked.set)
    try:
        answer = asked.does(store, asked)
    finally:
        store.close()
    tell(answer, as_json=asked.json)
    return 0


def _earlier() -> Path:
    from ..sets.earlier import TURN_ON, place

    path = place()
    if path is None:
        raise ReferenceSetError("the set of earlier checks is turned off", remedy=TURN_ON)
    if not path.exists():
        raise ReferenceSetError(f"no earlier check is noted yet: there is no {path}", remedy="check a picture first")
    return path


def _list(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    stored = list(store.list(offset=asked.offset, limit=asked.limit))
    if not asked.earlier:
        return stored
    from ..sets.earlier import noted

    return [noted(one) for one in stored]


def _show(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    image_id = _resolve(store, asked.picture, by_name=True)
    return {"picture": store.get([image_id])[0], "history": store.history(image_id)}


def _edit(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    from ..sets.filing import correct_record

    tell_mended(store.finish())
    image_id = _resolve(store, asked.picture)
    records = store.records(image_id)
    chosen = [record for record in records if record.id.startswith(asked.record)]
    if not records:
        raise StatementsError(
            f"of {image_id[:12]} there is no record to correct",
            remedy="write one into a records file, and add the picture again with --records FILE",
        )
    if len(chosen) != 1:
        named = f"named {visible(asked.record, limit=40)!r}" if asked.record else "to choose from"
        ids = ", ".join(record.id for record in records)
        raise StatementsError(
            f"of {image_id[:12]} there are {len(chosen) or 'no'} records {named}; it has: {ids}",
            remedy="name one with --record",
        )
    correct_record(store, image_id, chosen[0].id, _changes(asked.changes), note=asked.note)
    return {"picture": store.get([image_id])[0], "history": store.history(image_id)}


def _remove(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    tell_mended(store.finish())
    return {"removed": store.remove([_resolve(store, picture) for picture in asked.pictures])}


def _count(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    counted = {"state": store.state(), **store.count()}
    return {**counted, "verified": _verified(store)} if asked.verify else counted


def _reindex(store: ReferenceSet, asked: argparse.Namespace) -> Any:
    from ..sets.filing import reindex

    done = reindex(store, points=asked.points, progress=progress_bar("pictures"))
    for left in done.left:
        beside(f"left as it was: {visible(f'{left.path}: {left.reason}; {left.remedy}')}")
    tell_mended(done.mended)
    if done.unsealed:
        note(f"no segments were made, so searches are slower: {done.unsealed}")
    return {"renewed": done.renewed, "left_as_they_were": len(done.left)}


def _verified(store: ReferenceSet) -> Any:
    found = store.verify()
    if found.wrong:
        raise ReferenceSetError(
            f"the set is damaged: {'; '.join(found.wrong[:3])}",
            remedy="restore it from a backup, or fill a new one from the pictures with: provenance add",
        )
    return found


def _resolve(store: ReferenceSet, start: str, *, by_name: bool = False) -> str:
    """The one picture of that file, or whose digest begins so; where nothing is changed by it, of that name, too."""
    from ..api import digest_of

    is_file = Path(start).is_file()
    found = store.find(digest_of(start) if is_file else start)
    named = () if found else _named(store, str(PurePath(start)))
    if by_name and not is_file and len(named) == 1:  # a file that is there is meant itself, not one of its name
        return named[0]
    if len(found) != 1:
        like = ", ".join(image_id[:12] for image_id in named[:_MOST_TOLD])
        like += f" and {len(named) - _MOST_TOLD} more" if len(named) > _MOST_TOLD else ""
        told = f"; of that name it has {like}" if like else ""
        if not found and store.count()["pictures"] > _MOST_NAMES:
            told += f"; names were looked for among its first {_MOST_NAMES:,} alone"
        raise ReferenceSetError(
            f"{len(found)} pictures of the set answer to {start!r}{told}",
            remedy="name it by its digits"
            if like
            else "name a picture file, or digits of a sha256 as `provenance refs list` shows them",
        )
    return found[0]


def _named(store: ReferenceSet, name: str) -> tuple[str, ...]:
    """The pictures of that file name, among the first of a large set."""
    return tuple(
        one.reference.image_id
        for offset in range(0, _MOST_NAMES, _PAGE)
        for one in store.list(offset=offset, limit=_PAGE)
        if name in (one.reference.name, one.reference.path, PurePath(one.reference.path).name)
    )


def _changes(words: list[str]) -> dict[str, str]:
    changes: dict[str, str] = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals:
            raise StatementsError(f"{word!r} is no FIELD=VALUE", remedy="write for instance published=2024-11-13")
        changes[field] = value
    return changes
