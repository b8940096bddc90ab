"""A reference set in plain Python, as short as can be: what every engine has to answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from provenance.model.canonical import iso
from provenance.model.features import LEAST_POINTS, Features
from provenance.model.matches import Reference
from provenance.model.record import AddReport, Entry, Hit, Record, SetState, Stored
from provenance.reference import digest
from provenance.reference.reading import Edit
from provenance.reference.rows import record_bytes, revised


class MemoryStore:
    """Everything but votes, which have no shorter form than the one they have."""

    where = "memory"

    def __init__(self, *, name: str, set_id: str) -> None:
        self.name, self.set_id = name, set_id
        self.entries: dict[str, Entry] = {}
        self.added: dict[str, str] = {}
        self.kept: dict[str, dict[str, Record]] = {}
        self.edits: dict[str, list[Edit]] = {}

    def close(self) -> None: ...

    def add(
        self, entries: Iterable[Entry], *, now: datetime, known_only: bool = False, anew: Collection[str] = ()
    ) -> AddReport:
        pictures = records = there = 0
        for entry in entries:
            old = self.entries.get(entry.image_id)
            if old is None and known_only:
                continue
            pictures, there = pictures + (old is None), there + (old is not None)
            self.added.setdefault(entry.image_id, iso(now))
            if old is not None and entry.image_id in anew:
                old = replace(entry, path=old.path)
            old = old or entry
            codes = {one.name: one for one in (*entry.fingerprints, *old.fingerprints)}
            path = min(path for path in (entry.path, old.path) if path) if entry.path or old.path else ""
            self.entries[entry.image_id] = Entry(
                image_id=old.image_id, size_bytes=old.size_bytes, width_px=old.width_px, height_px=old.height_px,
                media_type=old.media_type, path=path, fingerprints=tuple(codes.values()),
                features=entry.features or old.features,
            )  # fmt: skip
            records += self.add_records({entry.image_id: entry.records}, now=now)
        return AddReport(pictures_added=pictures, records_added=records, already_there=there)

    def add_records(self, records: Mapping[str, Iterable[Record]], *, now: datetime) -> int:
        new = 0
        for image_id, items in records.items():
            mine = self.kept.setdefault(image_id, {}) if image_id in self.entries else {}
            for record in items if image_id in self.entries else ():
                gone = {edit.old_id for edit in self.edits.get(image_id, [])}
                if record.id not in mine and record.id not in gone:
                    mine[record.id] = record
                    new += 1
        return new

    def remove(self, image_ids: Sequence[str]) -> int:
        gone = [image_id for image_id in dict.fromkeys(image_ids) if image_id in self.entries]
        for image_id in gone:
            for table in (self.entries, self.added, self.kept, self.edits):
                table.pop(image_id, None)
        return len(gone)

    def remove_records(self, record_ids: Mapping[str, Iterable[str]]) -> None:
        for image_id, items in record_ids.items():
            for record_id in items:
                self.kept.get(image_id, {}).pop(record_id, None)

    def edit_record(self, image_id: str, record_id: str, changes, note: str = "", *, now: datetime) -> Record:
        mine = self.kept[image_id]
        new = revised(mine[record_id], changes)
        if new.id != record_id:
            edit = Edit(old_id=record_id, new_id=new.id, old=mine[record_id], note=note, edited_at=iso(now))
            self.edits.setdefault(image_id, []).append(edit)
            twice = new.id in mine
            renamed = {new.id if one == record_id else one: new if one == record_id else kept
                       for one, kept in mine.items() if not (twice and one == record_id)}  # fmt: skip
            self.kept[image_id] = renamed
        return new

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        own = [(made.code, image_id) for image_id, entry in self.entries.items()
               for made in entry.fingerprints if made.name == fingerprint and made.searchable]  # fmt: skip
        found = [sorted((_bits(code, other), image_id) for other, image_id in own) for code in codes]
        return [
            [Hit(distance_bits=bits, image_id=one) for bits, one in pairs if bits <= radius_bits] for pairs in found
        ]

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        entries = [self.entries[one] for one in image_ids if one in self.entries]
        return {entry.image_id: entry.features for entry in entries if entry.features is not None}

    def get(self, image_ids: Sequence[str]) -> list[Stored]:
        return [self._stored(self.entries[one]) for one in image_ids if one in self.entries]

    def list(self, *, offset: int = 0, limit: int = 50) -> Sequence[Stored]:
        return self.get(sorted(self.entries)[offset : offset + limit])

    def find(self, start: str) -> tuple[str, ...]:
        return tuple(one for one in sorted(self.entries) if one.startswith(start))

    def has(self, image_id: str, names: Sequence[str] = ()) -> bool:
        return image_id in self.entries and set(names) <= _names(self.entries[image_id])

    def lacking(self, names: Sequence[str], *, after: str = "", limit: int | None = None) -> Sequence[str]:
        lacks = [one for one in sorted(self.entries) if one > after and not self.has(one, names)]
        return lacks[:limit]

    def count_lacking(self, names: Sequence[str]) -> int:
        return len(self.lacking(names))

    def of_size(self, width_px: int, height_px: int, most: int) -> Sequence[Reference]:
        sizes = {(width_px, height_px), (height_px, width_px)}
        fit = [one for one in sorted(self.entries) if _size(self.entries[one]) in sizes]
        return [one.reference for one in self.get(fit[:most])]

    def records(self, image_id: str) -> tuple[Record, ...]:
        return tuple(self.kept.get(image_id, {}).values())

    def history(self, image_id: str) -> tuple[Edit, ...]:
        return tuple(self.edits.get(image_id, []))

    def state(self) -> SetState:
        searchable: dict[str, int] = {}
        rows: list[int] = []
        for image_id, entry in self.entries.items():
            rows.append(digest.picture_row(image_id, entry.size_bytes))
            rows += [digest.fingerprint_row(image_id, made) for made in entry.fingerprints]
            rows += [digest.appearance_row(image_id, record_bytes(one)) for one in self.records(image_id)]
            names = [made.name for made in entry.fingerprints if made.searchable]
            if entry.features is not None:
                rows.append(digest.features_row(image_id, entry.features))
                names += [entry.features.name] if entry.features.points >= LEAST_POINTS else []
            for name in names:
                searchable[name] = searchable.get(name, 0) + 1
        snapshot = digest.changed(digest.EMPTY, added=rows).hex()
        pictures = len(self.entries)
        return SetState(name=self.name, set_id=self.set_id, snapshot=snapshot, pictures=pictures, searchable=searchable)

    def _stored(self, entry: Entry) -> Stored:
        reference = Reference(
            set_name=self.name, image_id=entry.image_id, path=entry.path, name=entry.path.rpartition("/")[2],
            width_px=entry.width_px, height_px=entry.height_px,
        )  # fmt: skip
        return Stored(
            reference=reference, size_bytes=entry.size_bytes, media_type=entry.media_type,
            added_at=self.added[entry.image_id], records=self.records(entry.image_id),
        )  # fmt: skip


def _names(entry: Entry) -> set[str]:
    return {made.name for made in entry.fingerprints} | ({entry.features.name} if entry.features else set())


def _size(entry: Entry) -> tuple[int, int]:
    return entry.width_px, entry.height_px


def _bits(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
