"""Lays copies and neighbouring frames on their references and fits the model of matching/points/moments.py.

    python -m benchmarks.fit_moments lay PHOTOS_DIR OUT.csv [JOBS]
    python -m benchmarks.fit_moments fit OUT.csv

Give it only photographs that nothing is measured on (benchmarks/copies/fitting_photos.csv lists those used). Laid:
copies under all trials and with things laid over them (benchmarks/copies/overlays.py); clean pictures on references
that things were laid over; frames on their two nearest references, as they are and saved badly. What agrees like a
copy makes a row.
`fit` prints the weights and, with one origin or one sequence left out at a time, what would be called another moment.
`JOBS`: only the first so many.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, numbers
from benchmarks.copies import lay
from benchmarks.copies.ask import copy_of
from benchmarks.copies.overlays import DRAWN, OVERLAYS, SAVED_BADLY
from benchmarks.copies.photos import Photo, photos, seeded
from benchmarks.fit_score import fitted
from provenance.fingerprint.local.encode import features, query
from provenance.matching.points import moments, scoring
from provenance.matching.points.changes import changes
from provenance.matching.sighted import sighted
from provenance.model.features import Features
from provenance.model.matches import Answer

TRIALS = {**lay.TRIALS, **OVERLAYS, **SAVED_BADLY}
EACH, EACH_REFERENCE, NEAREST = 8, 16, 2
HARDEST, MIXED = ("ruined", "extreme filter"), ("repost chain", "three in a row", "off a screen", "blur 5 px", "200 px")
CLEAN = ("JPEG 30", "400 px", "grey", "crop 50 %", "post as on X")
COPY_WEIGHT = 1.5
HEADER = ("kind", "trial", "file", "reference", "origin", "gone", "come", "other", "number", "noise_levels")


@dataclass(frozen=True)
class Job:
    """A picture to make and the reference to lay it on. `laid_over`: the trial that the reference went through."""

    kind: str
    trial: str
    photo: Photo
    reference: Photo
    seed: str
    laid_over: str = ""


def copies(pool: list[Photo]) -> Iterator[Job]:
    """Origins with many photographs are drawn more often, but not in proportion."""
    by_origin: dict[str, list[Photo]] = {}
    for one in pool:
        by_origin.setdefault(one.origin, []).append(one)
    origins = sorted(by_origin)
    share = np.sqrt([len(by_origin[origin]) for origin in origins])

    def drawn(seed: str, times: int) -> Iterator[tuple[Photo, int]]:
        chance = seeded(seed)
        for number in range(times):
            mine = by_origin[origins[chance.choice(len(origins), p=share / share.sum())]]
            yield mine[chance.integers(len(mine))], number

    for trial in TRIALS:
        times = 4 if trial in HARDEST else 2 if trial in MIXED else 1
        times = 3 if trial in OVERLAYS or trial in SAVED_BADLY or trial in DRAWN else times
        for one, number in drawn(f"{trial}dump", EACH * times):
            yield Job("copy", trial, one, one, f"{one.name}{trial}{number}d")
    for trial in (*DRAWN, *OVERLAYS):
        for one, number in drawn(f"{trial}ref", EACH_REFERENCE):
            yield Job("copy", f"ref {trial}", one, one, f"{one.name}{trial}{number}ref", trial)


def frames(chosen: list[Photo]) -> Iterator[Job]:
    for one in (one for one in chosen if one.role == "frames"):
        held = [x for x in chosen if x.group == one.group and x.role in ("references", "originals")]
        for other in sorted(held, key=lambda x: abs(int(x.path.stem) - int(one.path.stem)))[:NEAREST]:
            for trial in ("as it is", "JPEG 30"):
                yield Job("frame", trial, one, other, f"{one.name}{trial}")


def made(job: Job, company: list[Photo]) -> tuple[Image.Image, Image.Image]:
    """The picture asked and the reference."""
    lay.TRIALS.update(TRIALS)
    held = job.reference.picture()
    if not job.laid_over:
        return lay.made(lay.Laying(job.trial, job.photo, (job.reference,), job.seed), company), held
    held = lay.made(lay.Laying(job.laid_over, job.photo, (job.reference,), job.seed), company)
    chance = seeded(f"{job.seed}q")
    trial = CLEAN[int(chance.integers(len(CLEAN)))] if chance.random() < 0.6 else "as it is"
    return lay.made(lay.Laying(trial, job.photo, (job.reference,), f"{job.seed}r"), company), held


def measured(asked: Image.Image, kept: Features) -> moments.Spots | None:
    """What changed, where the agreement is a copy's by its score."""
    sought = query(copy_of(asked))
    both = [sighted(sought, kept, "", mirrored=hand) for hand in (False, True)]
    found = min((one for one in both if one is not None), key=lambda one: one.order, default=None)
    if found is None or scoring.answer(found.laid.agreement) is not Answer.COPY:
        return None
    laid = found.laid
    grey = np.ascontiguousarray(sought.grey[:, ::-1]) if laid.mirrored else sought.grey
    seen = changes(
        laid.transform, grey, kept.thumbnail, reference_xy=laid.reference_xy, size_px=(kept.width_px, kept.height_px)
    )
    return moments.Spots() if seen is None else moments.spots(seen)


def main(folder: Path, target: Path, most: int) -> None:
    chosen = photos(folder)
    company = [one for one in chosen if one.role == "strangers"]
    jobs = [*copies([one for one in chosen if one.role in ("originals", "references")]), *frames(chosen)]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in np.random.default_rng(5).permutation(len(jobs))[:most]:
            job = jobs[row]
            asked, held = made(job, company)
            spots = measured(asked, features(copy_of(held)))
            if spots is not None:
                origin = job.photo.group if job.kind == "frame" else job.photo.origin
                sums = [round(value, 2) for value in (spots.gone, spots.come, spots.other)]
                head = [job.kind, job.trial, job.photo.name, job.reference.name, origin]
                writer.writerow([*head, *sums, spots.number, round(spots.noise_levels, 4)])
            file.flush()


def fit(path: Path) -> None:
    """Copies without any spot say nothing of the model."""
    table = list(csv.DictReader(path.open(encoding="utf-8")))
    spots = [moments.Spots(**{name: float(row[name]) for name in HEADER[5:]}) for row in table]  # type: ignore[arg-type]
    rows = np.array([moments.features(one) for one in spots])
    another, some = np.array([row["kind"] == "frame" for row in table]), np.array([one.number > 0 for one in spots])
    both = np.array([min(one.gone, one.come) > 0 and one.noise_levels <= moments.MOST_NOISE_LEVELS for one in spots])
    origins, trials = (np.array([row[name] for row in table]) for name in ("origin", "trial"))
    weight = np.where(another, 1.0, COPY_WEIGHT)
    print(f"WEIGHTS = ({', '.join(f'{w:.2f}' for w in fitted(rows[some], another[some].astype(float), weight[some]))})")
    score = np.full(len(rows), -np.inf)
    for origin in sorted(set(origins)):
        apart = some & (origins != origin)
        weights = fitted(rows[apart], another[apart].astype(float), weight[apart])
        mine = some & both & (origins == origin)
        score[mine] = weights[0] + rows[mine] @ weights[1:]
    for limit in (-0.5, 0.0, 0.5, 1.0):
        called = score >= limit
        wrong = Counter(trials[called & ~another].tolist())
        print(
            f"from {limit}: frames {called[another].sum()} of {another.sum()}, copies {called[~another].sum()}", end=""
        )
        print(f" of {(~another).sum()}: {dict(wrong.most_common())}")


if __name__ == "__main__":
    given = arguments(__doc__, 1, 0, forms={"lay": (3, 4), "fit": (2, 2)})
    if given[0] == "lay":
        main(Path(given[1]), Path(given[2]), *(numbers(__doc__, given[3:]) or [10**9]))
    else:
        fit(Path(given[1]))
