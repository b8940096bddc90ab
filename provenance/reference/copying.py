"""A whole set from one engine into another, row by row, page by page of pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ..errors import ReferenceSetError
from ..model.features import Features
from ..model.record import Entry, SetState
from ..model.text import counted, visible
from . import bulk, listing, reading, writing
from .files import known_files_after
from .points import feature_rows
from .reading import Edit, StoredRow
from .reference_set import ReferenceSet
from .rows import image_key
from .sql import Connection
from .writing import Changes

PAGE_PICTURES = 100
_PASSES = 3
_FILES = 1000
_LAST = "f" * 64


@dataclass(slots=True, kw_only=True)
class Copied:
    """What a copy did."""

    pictures: int = 0
    """Pictures that were written; those that were there alike already are not counted."""
    removed: int = 0
    """Pictures that the target had and the source has no more."""
    kept_copies: int = 0
    """Copies of pictures' files that stay beside the source: they are not copied."""
    mended: str = ""
    """What became of a change to the target that was cut off between two servers, in a sentence; "" for none."""
    state: SetState
    """Of the source, and at the end of both sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """All that a set holds of one picture."""

    row: StoredRow
    entry: Entry
    times: tuple[str, ...]
    """When each record was added."""
    edits: tuple[Edit, ...]

    def same(self, other: _Whole | None) -> bool:
        """Whether nothing of it differs."""
        if other is None:
            return False
        mine, theirs = self.row.stored, other.row.stored
        alike = (self.entry, self.times, self.edits) == (other.entry, other.times, other.edits)
        return alike and (mine.added_at, mine.records) == (theirs.added_at, theirs.records)

    def says_less_than(self, other: _Whole) -> bool:
        """Whether the other has a record or an edit that this one never had."""
        mine, theirs = self.row.stored, other.row.stored
        had = {record.id for record in mine.records} | {edit.old_id for edit in self.edits}
        known = {(edit.old_id, edit.new_id) for edit in self.edits}
        more = any((edit.old_id, edit.new_id) not in known for edit in other.edits)
        return more or any(record.id not in had for record in theirs.records)


def copy_set(
    source: ReferenceSet,
    target: ReferenceSet,
    progress: Callable[..., None] | None = None,
    *,
    mirror: bool = False,
) -> Copied:
    """Make the target what the source is. What was written stays when it is interrupted, and the next run goes on.

    `mirror`: take away from the target what the source has not; without it, a target that holds such is an error.

    Raises ReferenceSetError when the target is another set, or is not the same at the end.
    """
    if source.state().set_id != target.state().set_id:
        raise ReferenceSetError(
            "the second is another set than the first, and would lose what it holds",
            remedy="name a set that is not there yet, or one that a copy of the first was begun in",
        )
    mended = target.finish()
    done = Copied(state=source.state(), mended=mended)
    for _ in range(_PASSES):
        before = source.state()
        _pictures(source, target, done, progress, mirror=mirror)
        _known_files(source, target)
        if target.state() == before:
            done.state = before
            return done
        if source.state() == before:
            break
    raise ReferenceSetError(
        "after copying, the two sets do not hold the same",
        remedy="see that nobody writes to either and run it again; check each with: provenance refs count --verify",
    )


def _pictures(
    source: ReferenceSet, target: ReferenceSet, done: Copied, progress: Callable[..., None] | None, *, mirror: bool
) -> None:
    """Every page once, in the order of the image ids."""
    total, seen, after = source.state().pictures, 0, ""
    done.kept_copies = 0
    while True:
        with source.transactions.reading(whole=True) as connection:
            ids = listing.image_ids_between(connection, after, _LAST, PAGE_PICTURES)
            page = _read(connection, ids)
        last = ids[-1] if len(ids) == PAGE_PICTURES else _LAST
        with target.transactions.reading(whole=True) as connection:
            there = _read(connection, listing.image_ids_between(connection, after, last))
        gone = [one for one in there if one not in page]
        new = [whole for one, whole in page.items() if not whole.same(there.get(one))]
        more = [whole for whole in new if (old := there.get(whole.entry.image_id)) and whole.says_less_than(old)]
        if (gone or more) and not mirror:
            raise ReferenceSetError(
                f"{target.where} holds what {source.where} does not, and copying would take it away: "
                + _held_alone([there[one] for one in gone], [there[whole.entry.image_id] for whole in more]),
                remedy="copy the other way to keep it, or have it taken away with: refs copy --mirror",
            )
        if gone or new:
            _write(target, gone, new, there)
        done.removed, done.pictures = done.removed + len(gone), done.pictures + len(new)
        done.kept_copies += sum(1 for whole in page.values() if whole.row.kept)
        seen, after = seen + len(ids), last
        if progress is not None:
            progress(seen, max(total, seen), last[:12])
        if len(ids) < PAGE_PICTURES:
            return


def _known_files(source: ReferenceSet, target: ReferenceSet) -> None:
    """Which files were taken, so that adding them to the copy reads none again."""
    path = ""
    while True:
        with source.transactions.reading() as connection:
            files = list(known_files_after(connection, path, _FILES).values())
        if not files:
            return
        target.remember(files)
        path = files[-1].path


def _held_alone(gone: Sequence[_Whole], more: Sequence[_Whole]) -> str:
    """What the target alone has in the first pages where it has such, and the first picture of it."""
    parts = [counted(len(gone), "picture")] if gone else []
    parts += [f"records or edits of {counted(len(more), 'picture')}"] if more else []
    first = min((*gone, *more), key=lambda whole: whole.entry.image_id).entry
    named = f" ({visible(PurePath(first.path).name, limit=80)})" if first.path else ""
    return f"{' and '.join(parts)} at least, the first {first.image_id[:12]}{named}"


def _read(connection: Connection, ids: Sequence[str]) -> dict[str, _Whole]:
    """Those of the pictures that are there, in the order asked for."""
    rows = {row.stored.reference.image_id: row for row in reading.pictures(connection, ids, "")}
    features = feature_rows.read(connection, ids)
    return {one: _whole(connection, rows[one], features.get(one)) for one in ids if one in rows}


def _whole(connection: Connection, row: StoredRow, features: Features | None) -> _Whole:
    stored, key = row.stored, image_key(row.stored.reference.image_id)
    image_id = stored.reference.image_id
    made = reading.fingerprints(connection, [image_id]).get(image_id, ())
    times = connection.execute("SELECT added_at FROM appearances WHERE image_id = ? ORDER BY seq", (key,)).fetchall()
    return _Whole(
        row=row,
        entry=Entry(
            image_id=stored.reference.image_id,
            size_bytes=stored.size_bytes,
            width_px=stored.reference.width_px,
            height_px=stored.reference.height_px,
            media_type=stored.media_type,
            path=stored.reference.path,
            fingerprints=made,
            features=features,
        ),
        times=tuple(time for (time,) in times),
        edits=reading.edits(connection, stored.reference.image_id),
    )


def _write(target: ReferenceSet, gone: Sequence[str], new: Sequence[_Whole], there: dict[str, _Whole]) -> None:
    """One page, in one transaction. What differs is written anew, unless somebody changed it since it was read."""
    touched = sorted({*gone, *(one.entry.image_id for one in new)})
    with target.transactions.writing() as (connection, changes):
        if _read(connection, touched) != {one: there[one] for one in touched if one in there}:
            raise ReferenceSetError(
                f"somebody wrote to {target.where} while it was copied into, and nothing of that was taken away",
                remedy="run it again when nobody writes there",
            )
        again = {one.entry.image_id: one for one in new if one.entry.image_id in there}
        for image_id in (*gone, *again):
            writing.drop_picture(connection, image_key(image_id), changes)
        for (
            whole
        ) in again.values():  # in turn, as what goes and comes in one transaction has an order (code_rows.follow)
            writing.put_entry(connection, whole.entry, whole.row.stored.added_at, changes)
        _put_fresh(connection, [whole for whole in new if whole.entry.image_id not in there], changes)
        for whole in new:
            _put_records(connection, whole, changes)


def _put_fresh(connection: Connection, fresh: Sequence[_Whole], changes: Changes) -> None:
    """Pictures that were not there before this transaction, those that were added at one time together."""
    together: dict[str, list[_Whole]] = {}
    for whole in fresh:
        together.setdefault(whole.row.stored.added_at, []).append(whole)
    for added_at, some in together.items():
        more = any([whole.row.stored.records or whole.edits or whole.row.kept for whole in some])  # noqa: C419 as in bulk.py
        bulk.put_entries(connection, [whole.entry for whole in some], added_at, changes, bare=not more)


def _put_records(connection: Connection, whole: _Whole, changes: Changes) -> None:
    stored, key = whole.row.stored, image_key(whole.entry.image_id)
    for record, time in zip(stored.records, whole.times, strict=True):
        writing.put_records(connection, key, (record,), time, changes)
    for edit in whole.edits:  # last, since what was edited is not added again
        writing.put_edit(connection, key, edit.old, edit.new_id, note=edit.note, edited_at=edit.edited_at)
