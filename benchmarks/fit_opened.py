"""Compares copies and neighbouring frames in full and fits the model of matching/opened.py.

    python -m benchmarks.fit_opened lay PHOTOS_DIR OUT.csv [JOBS]
    python -m benchmarks.fit_opened fit OUT.csv

Give it only photographs that nothing is measured on (benchmarks/copies/fitting_photos.csv lists those used). What is
laid is what benchmarks/fit_moments.py lays. What agrees like a copy by its score is fitted; what is refused is counted
under the rules that let it through. `fit` prints the weights and, with one origin or one sequence left out at a time,
what would be called another moment.
`JOBS`: only the first so many.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import numpy as np

from benchmarks.copies.ask import copy_of
from benchmarks.copies.photos import photos
from benchmarks.fit_moments import COPY_WEIGHT, copies, frames, made
from benchmarks.fit_score import fitted
from provenance.fingerprint.local.encode import features
from provenance.fingerprint.whole_frame import describe
from provenance.matching import opened, scoring
from provenance.matching.closely import Left
from provenance.matching.sighted import sighted
from provenance.matching.views import Views
from provenance.model.evidence import Answer

MEASURED = tuple(one.name for one in fields(Left))
HEADER = ("kind", "trial", "file", "reference", "origin", "answer", "related", *MEASURED)


def main(folder: Path, target: Path, most: int) -> None:
    chosen = photos(folder)
    company = [one for one in chosen if one.role == "strangers"]
    jobs = [*copies([one for one in chosen if one.role in ("originals", "references")]), *frames(chosen)]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in np.random.default_rng(5).permutation(len(jobs))[:most]:
            job = jobs[row]
            asked, held = (copy_of(one) for one in made(job, company))
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
    origins, trials = (np.array([row[name] for row in table]) for name in ("origin", "trial"))
    rows = np.array([opened.features(one) for one in left])
    weight = np.where(frame, 1.0, COPY_WEIGHT)
    weights = fitted(rows[called], frame[called].astype(float), weight[called])
    print(f"WEIGHTS = ({', '.join(f'{value:.3f}' for value in weights)})")
    judged = np.array([opened.may_be_another(one) for one in left]) & called
    score = np.full(len(rows), -np.inf)
    for origin in sorted(set(origins)):
        apart, mine = called & (origins != origin), judged & (origins == origin)
        weights = fitted(rows[apart], frame[apart].astype(float), weight[apart])
        score[mine] = weights[0] + rows[mine] @ weights[1:]
    shipped = np.array([opened.log_odds(one) for one in left])
    for name, scores in (("left out", score), ("shipped weights", np.where(judged, shipped, -np.inf))):
        another = scores >= opened.ANOTHER_FROM
        wrong = Counter(trials[another & ~frame].tolist()).most_common()
        print(f"{name}: frames {another[frame].sum()} of {(frame & called).sum()}, copies", end=" ")
        print(f"{another[~frame].sum()} of {(~frame & called).sum()}: {dict(wrong)}")
    passed = np.array([opened.all_alike(one) for one in left]) & ~called
    print(f"refused, all alike: copies {passed[~frame].sum()} of {(~called & ~frame).sum()}, ", end="")
    print(f"frames {passed[frame].sum()} of {(~called & frame).sum()}")


if __name__ == "__main__":
    if sys.argv[1] == "lay":
        main(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 10**9)
    else:
        fit(Path(sys.argv[2]))
