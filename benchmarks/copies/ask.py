"""Asks the search of this package with every attacked picture and writes down what it measured of each candidate.

    python -m benchmarks.copies.ask PHOTOS_DIR OUT.csv [QUERIES_PER_ATTACK] [PART OF PARTS]

Indexed: originals, references, and posts around 100 references, since a desk's set holds screenshots. Asked: originals
under every attack; strangers, some attacked; strangers posted, some with an indexed picture as avatar; other
photographs of an indexed scene; neighbouring frames. One row for every candidate that a transform was found for, and
one without numbers for every query that had none. benchmarks/fit_score.py reads it.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, misused, numbers
from benchmarks.copies.attacks import ATTACKS, Attack, post
from benchmarks.copies.photos import Photo, photos, seeded
from provenance.fingerprint.local.encode import features, query
from provenance.fingerprint.whole_frame import describe, fingerprints
from provenance.matching.points import scoring
from provenance.matching.sighted import Sighting, sight
from provenance.matching.sought import ask as ask_frames
from provenance.model.image import WorkingCopy
from provenance.model.record import Entry
from provenance.reference.sqlite.store import SQLiteStore


@dataclass(frozen=True)
class Asked:
    """A query: what it is made of and how, and which indexed pictures are copies of it or show its scene."""

    kind: str
    attack: str
    photo: Photo
    make: Callable[[], Image.Image]
    copies: frozenset[str] = frozenset()


def copy_of(picture: Image.Image) -> WorkingCopy:
    return WorkingCopy(pixels=np.ascontiguousarray(picture.convert("RGB")))


def entry_of(name: str, picture: Image.Image) -> Entry:
    copy = copy_of(picture)
    return Entry(
        image_id=hashlib.sha256(name.encode()).hexdigest(),
        size_bytes=1,
        width_px=copy.width_px,
        height_px=copy.height_px,
        media_type="image/jpeg",
        path=name,
        fingerprints=fingerprints(copy),
        features=features(copy),
    )


def attacked(one: Photo, attack: Attack, text: str, company: Sequence[Photo]) -> Callable[[], Image.Image]:
    """Makes a query when it is its turn; company and chance hang on the text alone."""

    def made() -> Image.Image:
        others = [other for other in company if other.name != one.name]
        rows = seeded(text + "company").choice(len(others), min(4, len(others)), replace=False)
        return attack(one.picture(), seeded(text), [others[row].picture() for row in rows])

    return made


def queries(all_photos: Sequence[Photo], per_attack: int) -> list[Asked]:
    """Every query, shuffled by a fixed seed, so that the first of them already are a sample of all."""
    strangers, originals, references = (
        [one for one in all_photos if one.role == role] for role in ("strangers", "originals", "references")
    )
    asked: list[Asked] = []
    for attack, apply in ATTACKS.items():
        for one in (originals[row] for row in seeded(attack).permutation(len(originals))[:per_attack]):
            make = attacked(one, apply, one.name + attack, strangers)
            asked.append(Asked("copy", attack, one, make, frozenset({one.name, f"post:{one.name}"})))
    names = list(ATTACKS)
    for number, one in enumerate(strangers):
        attack = names[number % len(names)]
        asked.append(Asked("stranger", "as it is", one, one.picture))
        asked.append(Asked("stranger", attack, one, attacked(one, ATTACKS[attack], one.name, strangers)))
        asked.append(Asked("stranger posted", "post", one, attacked(one, post, one.name + "post", strangers)))
        face = references[number % len(references)]
        asked.append(Asked("avatar", "post", one, attacked(one, post, one.name + "avatar", [face])))
    for one in all_photos:
        if one.role in ("same_scene", "frames"):
            asked.append(Asked(one.role, "as it is", one, one.picture))
            asked.append(Asked(one.role, "post", one, attacked(one, post, one.name, strangers)))
    return [asked[row] for row in np.random.default_rng(3).permutation(len(asked))]


HEADER = (
    "kind",
    "attack",
    "file",
    "origin",
    "searchable",
    "hashed",
    "reference",
    "is_copy",
    "same_group",
    "answer",
    "related",
    "copied",
    "hull_query",
    "hull_reference",
    "overlapping",
    *scoring.FEATURES,
)


def main(folder: Path, target: Path, per_attack: int, part: int, parts: int) -> None:
    all_photos = photos(folder)
    names: dict[str, Photo | None] = {}
    strangers = [one for one in all_photos if one.role == "strangers"]
    with tempfile.TemporaryDirectory() as scratch, target.open("w", encoding="utf-8", newline="") as file:
        store = SQLiteStore(Path(scratch) / "set.sqlite", create=True)
        entries: list[Entry] = []
        for number, one in enumerate(all_photos):
            if one.role in ("originals", "references"):
                names[one.name] = one
                entries.append(entry_of(one.name, one.picture()))
            if one.role == "references" and number % 6 == 0:
                label = f"post:{one.name}"
                names[label] = one
                entries.append(entry_of(label, attacked(one, post, label, strangers)()))
        store.add(entries)
        ids = {hashlib.sha256(name.encode()).hexdigest(): name for name in names}
        print(f"{len(names)} pictures indexed", flush=True)
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, asked in enumerate(queries(all_photos, per_attack)):
            if number % parts == part:
                writer.writerows(rows_of(store, asked, names, ids))
                file.flush()
        store.close()


def rows_of(
    store: SQLiteStore, asked: Asked, names: dict[str, Photo | None], ids: dict[str, str]
) -> Iterator[list[object]]:
    copy = copy_of(asked.make())
    frame = describe(copy)
    near = ask_frames(store, "0" * 64, frame if frame.searchable else None, 20).found
    hashed = "|".join(ids[found.image_id] for found in near)
    head = [asked.kind, asked.attack, asked.photo.name, asked.photo.origin, int(frame.searchable), hashed]
    found: list[Sighting] = sight(store, query(copy))
    if not found:
        yield [*head, *[""] * (len(HEADER) - len(head))]
    for one in found:
        name = ids[one.image_id]
        photo = names[name]
        same_group = photo is not None and bool(asked.photo.group) and photo.group == asked.photo.group
        yield [*head, name, int(name in asked.copies), int(same_group), *measured(one)]


def measured(found: Sighting) -> list[object]:
    """What the columns from "answer" on hold of a candidate."""
    agreement = found.laid.agreement
    return [
        found.answer.value,
        round(scoring.related(agreement), 4),
        round(found.score, 4),
        round(agreement.hull_query, 5),
        round(agreement.hull_reference, 5),
        int(scoring.overlapping_view(agreement)),
        *(round(value, 5) for value in scoring.features(agreement)),
    ]


if __name__ == "__main__":
    given = arguments(__doc__, 2, 5)
    counts = numbers(__doc__, given[2:])
    if len(counts) == 2:
        misused(__doc__)
    main(Path(given[0]), Path(given[1]), *(counts + [30, 0, 1][len(counts) :]))
