"""Compares copies and neighbouring frames in full and fits the model of matching/full/weighed.py.

    python -m benchmarks.fit_opened lay PHOTOS_DIR OUT.csv [JOBS]
    python -m benchmarks.fit_opened fit OUT.csv

Give it only photographs that nothing is measured on (benchmarks/copies/fitting_photos.csv lists those used; for frames
of a video, its path and the number of the frame). Laid is what benchmarks/fit_moments.py lays, and copies of which a
part of 1 to 20 % was replaced, copied, filled or smoothed (benchmarks/forensics/altered.py), a third of them as the
reference. What agrees like a copy by its score is fitted; what is refused is counted under the rule that lets it
through. `fit` prints the weights and, with one seventh of the photographs or one sequence left out at a time, what
would be called another moment.
`JOBS`: only the first so many.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints
from zlib import crc32

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, numbers
from benchmarks.copies.ask import copy_of
from benchmarks.copies.photos import Photo, photos, seeded
from benchmarks.fit_moments import COPY_WEIGHT, Job, copies, frames, made
from benchmarks.fit_score import fitted
from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import WAYS, jpeg
from provenance.fingerprint.local.encode import features
from provenance.fingerprint.whole_frame import describe
from provenance.matching import opened
from provenance.matching.full import weighed
from provenance.matching.full.closely import Left
from provenance.matching.points import scoring
from provenance.matching.sighted import sighted
from provenance.matching.views import Views
from provenance.model.matches import Answer

ALTERED, ALTERED_WEIGHT = 420, 3.0
AREAS = (0.01, 0.02, 0.04, 0.08, 0.12, 0.17, 0.2)
SENT = ("unposted", "posted", "half size", "resaved")
PARTS = 7
MEASURED = tuple(one.name for one in fields(Left))
HEADER = ("kind", "trial", "file", "reference", "origin", "answer", "related", *MEASURED)


def main(folder: Path, target: Path, most: int) -> None:
    chosen = photos(folder)
    company = [one for one in chosen if one.role == "strangers"]
    held_ones = [one for one in chosen if one.role in ("originals", "references")]
    jobs = [*frames(chosen), *copies(held_ones), *_to_alter(held_ones)]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in np.random.default_rng(5).permutation(len(jobs))[:most]:
            job = jobs[row]
            asked, held = (copy_of(one) for one in (_altered if job.kind == "altered" else made)(job, company))
            views = Views(copy=asked, frame=describe(asked))
            if views.whole.query is None:
                continue
            both = [sighted(views.whole.query, features(held), "", mirrored=hand) for hand in (False, True)]
            found = min((one for one in both if one is not None), key=lambda one: one.order, default=None)
            left = None if found is None else opened.compared(found, views.whole, held)
            if found is not None and left is not None:
                agreement = found.laid.agreement
                origin = job.photo.group if job.kind == "frame" else job.photo.origin
                head = [job.kind, job.trial, job.photo.name, job.reference.name, origin]
                head += [scoring.answer(agreement).value, f"{scoring.related(agreement):.3f}"]
                writer.writerow([*head, *(_cell(getattr(left, name)) for name in MEASURED)])
            file.flush()


def _to_alter(pool: list[Photo]) -> Iterator[Job]:
    chance = np.random.default_rng(8)
    for number in range(ALTERED):
        one = pool[int(chance.integers(len(pool)))]
        yield Job("altered", "", one, one, f"{one.name}alt{number}", "reference" if number % 3 == 2 else "")


def _altered(job: Job, company: list[Photo]) -> tuple[Image.Image, Image.Image]:
    """The picture asked and the reference; one of them is altered."""
    chance = seeded(job.seed)
    shown = np.asarray(job.photo.picture())
    donor = np.asarray(company[int(chance.integers(len(company)))].picture())
    operation = list(OPERATIONS)[int(chance.integers(len(OPERATIONS)))] if chance.random() < 0.6 else "splice"
    changed, _ = altered(shown, donor, operation, chance, AREAS)
    changed = jpeg(changed, chance.choice([85, 90, 95]))
    if job.laid_over:
        return Image.fromarray(changed), Image.fromarray(jpeg(shown, 80))
    way = SENT[int(chance.integers(len(SENT)))]
    sent = changed if way == "unposted" else WAYS[way](changed, chance).pixels
    return Image.fromarray(sent), job.photo.picture()


def _cell(value: float) -> object:
    return value if isinstance(value, bool) else round(value, 5)


def _left(row: dict[str, str]) -> Left:
    hints = get_type_hints(Left)
    return Left(
        **{name: row[name] == "True" if hints[name] is bool else hints[name](float(row[name])) for name in MEASURED}
    )


def fit(path: Path) -> None:
    table = list(csv.DictReader(path.open(encoding="utf-8")))
    left = [_left(row) for row in table]
    called = np.array([row["answer"] == Answer.COPY.value for row in table])
    frame = np.array([row["kind"] == "frame" for row in table])
    parts = np.array(
        [row["origin"] if row["kind"] == "frame" else str(crc32(row["file"].encode()) % PARTS) for row in table]
    )
    trials = np.array([row["trial"] or row["kind"] for row in table])
    rows = np.array([weighed.features(one) for one in left])
    weight = np.where(frame, 1.0, np.where([row["kind"] == "altered" for row in table], ALTERED_WEIGHT, COPY_WEIGHT))
    weights = fitted(rows[called], frame[called].astype(float), weight[called])
    print(f"WEIGHTS = ({', '.join(f'{value:.3f}' for value in weights)})")
    judged = np.array([weighed.may_be_another(one) for one in left]) & called
    score = np.full(len(rows), -np.inf)
    for part in sorted(set(parts)):
        apart, mine = called & (parts != part), judged & (parts == part)
        weights = fitted(rows[apart], frame[apart].astype(float), weight[apart])
        score[mine] = weights[0] + rows[mine] @ weights[1:]
    shipped = np.array([weighed.log_odds(one) for one in left])
    for name, scores in (("left out", score), ("shipped weights", np.where(judged, shipped, -np.inf))):
        another = scores >= weighed.ANOTHER_FROM
        wrong = Counter(trials[another & ~frame].tolist()).most_common()
        print(f"{name}: frames {another[frame].sum()} of {(frame & called).sum()}, copies", end=" ")
        print(f"{another[~frame].sum()} of {(~frame & called).sum()}: {dict(wrong)}")
    passed = np.array([weighed.all_alike(one) for one in left]) & ~called
    print(f"refused, all alike: copies {passed[~frame].sum()} of {(~called & ~frame).sum()}, ", end="")
    print(f"frames {passed[frame].sum()} of {(~called & frame).sum()}")


if __name__ == "__main__":
    given = arguments(__doc__, 1, 0, forms={"lay": (3, 4), "fit": (2, 2)})
    if given[0] == "lay":
        main(Path(given[1]), Path(given[2]), *(numbers(__doc__, given[3:]) or [10**9]))
    else:
        fit(Path(given[1]))
