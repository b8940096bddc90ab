"""Lays attacked pictures against the pictures that they belong to, without a search: rows to fit the score on.

    python -m benchmarks.copies.lay PHOTOS_DIR OUT.csv [EASY HARD SCENES]

Every photograph may serve as an original: under each attack of attacks.py and trials.py some are laid against
themselves, EASY for attacks that leave most of the picture and HARD for the rest. Every photograph of a group is laid
against four others of the group, as it is and (SCENES per cent of them) once attacked. Rows are as ask.py writes
them; strangers, which only a search brings forth, come from there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, misused, numbers
from benchmarks.copies.ask import HEADER, copy_of, measured
from benchmarks.copies.attacks import ATTACKS
from benchmarks.copies.photos import Photo, photos, seeded
from benchmarks.copies.trials import MIXED, SINGLE
from provenance.fingerprint.local.encode import Query, features, query
from provenance.matching.sighted import Sighting, sighted
from provenance.model.features import Features

TRIALS = {**SINGLE, **MIXED}
EASY = ("JPEG", "resized", "turned", "grey", "vintage", "filter", "mirrored", "noise", "logo", "sticker", "400 px")
SCENE_ATTACKS = ("JPEG 30", "400 px", "post", "crop 50 %", "blur 2 px", "200 px", "words")
OTHERS = 4


@dataclass(frozen=True)
class Laying:
    """A picture to make, and the pictures to lay it against."""

    attack: str
    photo: Photo
    against: tuple[Photo, ...]
    seed: str


def made(laying: Laying, company: list[Photo]) -> Image.Image:
    """The attacked picture, with company of other groups."""
    one, seed = laying.photo, laying.seed
    if laying.attack == "as it is":
        return one.picture()
    others = [other for other in company if other.name != one.name and (not other.group or other.group != one.group)]
    chosen = [others[row].picture() for row in seeded(seed + "c").choice(len(others), 4, replace=False)]
    if laying.attack in TRIALS:
        return TRIALS[laying.attack](one.picture(), chosen, seeded(seed))
    return ATTACKS[laying.attack](one.picture(), seeded(seed), chosen)


def copies(chosen: list[Photo], easy: int, hard: int) -> Iterator[Laying]:
    """Origins with many photographs are drawn more often, but not in proportion."""
    by_origin: dict[str, list[Photo]] = {}
    for one in chosen:
        by_origin.setdefault(one.origin, []).append(one)
    origins = sorted(by_origin)
    share = np.sqrt([len(by_origin[origin]) for origin in origins])
    for attack in (*ATTACKS, *TRIALS):
        chance = seeded(attack)
        for number in range(easy if any(words in attack for words in EASY) else hard):
            mine = by_origin[origins[chance.choice(len(origins), p=share / share.sum())]]
            one = mine[chance.integers(len(mine))]
            yield Laying(attack, one, (one,), f"{one.name}{attack}{number}")


def scenes(chosen: list[Photo], per_cent: int) -> Iterator[Laying]:
    groups: dict[str, list[Photo]] = {}
    for one in chosen:
        if one.group:
            groups.setdefault(one.group, []).append(one)
    for one in chosen:
        others = [other for other in groups.get(one.group, ()) if other.name != one.name]
        if not others:
            continue
        chance = seeded(one.name)
        against = tuple(others[row] for row in chance.permutation(len(others))[:OTHERS])
        yield Laying("as it is", one, against, one.name)
        if chance.random() < per_cent / 100:
            attack = str(chance.choice(SCENE_ATTACKS))
            yield Laying(attack, one, against, one.name + attack)


def best(asked: Query, kept: Features, name: str) -> Sighting | None:
    """The better of both hands."""
    both = [sighted(asked, kept, name, mirrored=hand) for hand in (False, True)]
    return max((one for one in both if one is not None), key=lambda one: one.laid.agreement.points, default=None)


def main(folder: Path, target: Path, easy: int, hard: int, per_cent: int) -> None:
    chosen = photos(folder)
    company = [one for one in chosen if one.role == "strangers"]
    layings = [*copies(chosen, easy, hard), *scenes(chosen, per_cent)]
    kept: dict[str, Features] = {}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in np.random.default_rng(3).permutation(len(layings)):
            laying = layings[row]
            asked = query(copy_of(made(laying, company)))
            kind = "copy" if laying.against[0] is laying.photo else laying.photo.role
            for other in laying.against:
                if other.name not in kept:
                    kept[other.name] = features(copy_of(other.picture()))
                found = best(asked, kept[other.name], other.name)
                if found is not None:
                    head = [kind, laying.attack, laying.photo.name, laying.photo.origin, 1, "", other.name]
                    writer.writerow([*head, int(kind == "copy"), 1, *measured(found)])
            file.flush()


if __name__ == "__main__":
    given = arguments(__doc__, 2, 5)
    counts = numbers(__doc__, given[2:]) or [4, 18, 60]
    if len(counts) != 3:
        misused(__doc__)
    main(Path(given[0]), Path(given[1]), *counts)
