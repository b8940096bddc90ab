"""What a search by parts costs as a set grows, as ratios in one run.

    python -m benchmarks.scale FOLDER [--pictures 10000 100000 1000000] [--real 2000] [--work FOLDER]

FOLDER holds photographs. So many of them become real references and ten of these, cut and mirrored by turns,
queries. The other references are generated: each point is a real one with some bits of its signature turned over and
its word exchanged for a neighbour, so lists are as uneven as real ones are. They are written as the segments that a set
maps, in the sizes that merging leaves; the SQLite file beside them (9 KB a picture) is left out, since voting does not
read it. Needs 8 GB of disk under --work for a million.

Times are CPU seconds of one process; run it with OMP_NUM_THREADS=1.

Goals: a query against 10,000 references at most 2x decoding plus detecting it; at 1,000,000 at most 3x the query at
10,000; adding at most 1.3x decoding plus detecting; mapped files at most 10 GB for a million.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from provenance.fingerprint.local import codebook
from provenance.fingerprint.local.detect import QUERY_POINTS, QUERY_PX, REFERENCE_POINTS, detect, grey_of
from provenance.fingerprint.local.encode import Query, features, query
from provenance.fingerprint.plain import drawn
from provenance.fingerprint.whole_frame import fingerprints
from provenance.matching.sighted import CANDIDATES, sighted
from provenance.model.features import Features
from provenance.model.image import WorkingCopy
from provenance.model.record import Entry, Fingerprint
from provenance.reference.points.merging import merge
from provenance.reference.points.piece import WORDS, Piece, starts_of, sums_by_word
from provenance.reference.points.postings import Postings
from provenance.reference.points.segment import SegmentRow, opened, write
from provenance.reference.sqlite.store import SQLiteStore

QUERIES = 10
PART_PICTURES, LARGEST_PICTURES = 25_000, 250_000
MASKS = 4096
TURNED_SHARE = 0.25  # of the bits of a signature: as many of them meet a query within the radius as strangers do
SAME_WORD = 0.6


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query, with what it cost to get so far, seconds each."""

    query: Query
    decode_s: float
    detect_s: float
    query_s: float


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it made, and the seconds of this process's CPU that it took: a busy machine burdens them least."""
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def decoded(path: Path) -> WorkingCopy:
    with Image.open(path) as picture:
        return WorkingCopy(pixels=np.asarray(picture.convert("RGB")))


def ask(path: Path, number: int, folder: Path) -> Asked:
    """A quarter of the picture cut away, every second one mirrored, saved again."""
    with Image.open(path) as picture:
        cut = picture.convert("RGB").crop((0, 0, round(picture.width * 0.87), round(picture.height * 0.87)))
    target = folder / f"query{number}.jpg"
    (ImageOps.mirror(cut) if number % 2 else cut).save(target, quality=70)
    copy, decode_s = timed(lambda: decoded(target))
    _, detect_s = timed(lambda: detect(grey_of(copy, QUERY_PX), QUERY_POINTS))
    asked, query_s = timed(lambda: query(copy))
    return Asked(query=asked, decode_s=decode_s, detect_s=detect_s, query_s=query_s)


def columns_of(kept: list[Features]) -> tuple[np.ndarray, ...]:
    """Words, signatures, sizes and angles of all points."""
    kinds = {"words": "<u2", "signatures": "<u8", "sizes": "u1", "angles": "u1"}
    words, signatures, sizes, angles = (
        np.frombuffer(b"".join(getattr(one, name) for one in kept), kind) for name, kind in kinds.items()
    )
    return words, signatures.reshape(-1, 2), sizes, angles


def generated(real: tuple[np.ndarray, ...], pictures: int, chance: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Points of that many pictures, and whose they are."""
    words, signatures, sizes, angles = real
    masks = np.packbits(chance.random((MASKS, 128)) < TURNED_SHARE, axis=1).view("<u8")
    number = pictures * REFERENCE_POINTS
    from_point = chance.integers(0, len(words), number, np.int32)
    word = words[from_point].copy()
    other = np.flatnonzero(chance.random(number, np.float32) > SAME_WORD)
    # Another step from the same centre.
    word[other] = word[other] // codebook.FINE * codebook.FINE + chance.integers(
        0, codebook.FINE, len(other), np.uint16
    )
    signature = signatures[from_point] ^ masks[chance.integers(0, MASKS, number, np.int16)]
    shape = chance.integers(0, len(words), number, np.int32)
    owners = np.repeat(np.arange(pictures, dtype=np.uint64), REFERENCE_POINTS)
    return word, signature, sizes[shape], angles[shape], owners


def piece_of(columns: tuple[np.ndarray, ...], first: int) -> Piece:
    words, signatures, sizes, angles, owners = columns
    pictures = int(owners[-1]) + 1
    order = np.argsort(words, kind="stable")
    packed = owners | sizes.astype(np.uint64) << np.uint64(32) | angles.astype(np.uint64) << np.uint64(40)
    starts = starts_of(np.bincount(words, minlength=WORDS))
    firsts = np.ascontiguousarray(signatures[order, 0])
    rests = np.stack([signatures[order, 1], packed[order]], axis=1)
    ids = np.zeros((pictures, 4), ">u8")
    ids[:, 3] = np.arange(first, first + pictures)
    return Piece(
        file="",
        seqs=np.arange(first + 1, first + pictures + 1),
        checks=np.zeros(pictures, np.uint64),
        ids=ids.view(np.uint8).reshape(-1, 32),
        starts=starts,
        sums=sums_by_word(firsts, rests, starts),
        firsts=firsts,
        rests=rests,
        seen=np.ones(WORDS, np.bool_),
    )


def written(folder: Path, piece: Piece, after: int) -> SegmentRow:
    name, last = f"{after}.points", after + len(piece.ids)
    head = write(folder / name, piece, after, last)
    return SegmentRow(file=name, after=after, last=last, pictures=len(piece.ids), points=len(piece.firsts), head=head)


def segments(folder: Path, kept: list[Features], pictures: int) -> Iterator[SegmentRow]:
    """Segments of so many pictures, the real ones first."""
    chance, real = np.random.default_rng(7), columns_of(kept)
    owners = np.repeat(np.arange(len(kept), dtype=np.uint64), [one.points for one in kept])
    after, parts = 0, [written(folder, piece_of((*real, owners), 0), 0)]
    after = len(kept)
    while after < pictures:
        number = min(PART_PICTURES, pictures - after)
        parts.append(written(folder, piece_of(generated(real, number, chance), after), after))
        after += number
        if sum(part.pictures for part in parts) >= LARGEST_PICTURES or after >= pictures:
            pieces = [opened(folder, part) for part in parts]
            name = f"{parts[0].after}-{after}.points"
            yield merge(folder / name, pieces, [], after=parts[0].after, last=after)[0]
            for part in parts:
                (folder / part.file).unlink()
            parts = []


def prints(copy: WorkingCopy) -> tuple[tuple[Fingerprint, ...], Features]:
    """What adding makes of a picture."""
    even = drawn(copy)
    return fingerprints(copy, drawn=even), features(copy, drawn=even)


def adding(paths: list[Path], folder: Path) -> tuple[float, float]:
    """Seconds a picture: decoding and detecting it; adding it, features and hashes and the set's share included."""
    store, bare_s, whole_s = SQLiteStore(folder / "adding.sqlite", create=True), 0.0, 0.0
    for first in range(0, len(paths), 32):
        copies = [(path, *timed(lambda path=path: decoded(path))) for path in paths[first : first + 32]]
        for _, copy, took_s in copies:
            bare_s += took_s + timed(lambda copy=copy: detect(grey_of(copy, 512), REFERENCE_POINTS))[1]
            whole_s += took_s
        entries = []
        for number, (path, copy, _) in enumerate(copies):
            made, took_s = timed(lambda copy=copy: prints(copy))
            whole_s += took_s
            entries.append(
                Entry(
                    image_id=f"{first + number:064x}",
                    size_bytes=1,
                    width_px=copy.width_px,
                    height_px=copy.height_px,
                    media_type="image/jpeg",
                    path=str(path),
                    fingerprints=made[0],
                    features=made[1],
                )
            )
        whole_s += timed(lambda entries=entries: store.add(entries))[1]
    store.close()
    return bare_s / len(paths), whole_s / len(paths)


def verifying_s(asked: list[Asked], kept: list[Features]) -> float:
    """Seconds to lay ten real references against a query."""
    took_s = []
    for number, one in enumerate(asked):
        others = [kept[(number * 10 + step * 7) % len(kept)] for step in range(CANDIDATES)]
        took_s.append(
            timed(lambda one=one, others=others: [sighted(one.query, other, "", mirrored=False) for other in others])[1]
        )
    return statistics.median(took_s)


def voted(folder: Path, rows: list[SegmentRow], asked: list[Asked], apart: int) -> tuple[float, float, float, int]:
    """Seconds to map, to answer the first query, to answer another (median); queries whose reference, each so
    many after the one before, came first.
    """
    pieces, open_s = timed(lambda: tuple(opened(folder, row) for row in rows))
    laid = Postings(pieces=pieces, live=tuple(np.ones(len(piece.ids), np.bool_) for piece in pieces))
    took_s, right = [], 0
    for number, one in enumerate([*asked, *asked]):
        found, spent_s = timed(lambda one=one: laid.vote(one.query.probe, CANDIDATES))
        took_s.append(spent_s)
        right += bool(found) and int(found[0].image_id, 16) == number % len(asked) * apart
    return open_s, took_s[0], statistics.median(took_s[len(asked) :]), right // 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--real", type=int, default=2000)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    paths = sorted(path for path in given.folder.rglob("*") if path.suffix.lower() in (".jpg", ".png"))
    paths = paths[: given.real]
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        folder = Path(name)
        bare_s, add_s = adding(paths[:64], folder)
        kept = [features(decoded(path)) for path in paths]
        asked = [ask(path, number, folder) for number, path in enumerate(paths[:: len(paths) // QUERIES][:QUERIES])]
        verify_s = verifying_s(asked, kept)
        base_s = statistics.median(one.decode_s + one.detect_s for one in asked)
        query_s = statistics.median(one.decode_s + one.query_s for one in asked)
        print(f"adding: {add_s * 1000:.0f} ms a picture, {add_s / bare_s:.2f}x decoding and detecting\n")
        print(
            f"decoding and detecting a query {base_s * 1000:.0f} ms; with encoding {query_s * 1000:.0f} ms; "
            f"laying {CANDIDATES} candidates {verify_s * 1000:.0f} ms\n"
        )
        print(
            "| references | map, ms | first vote, ms | vote, ms | whole query, ms | against decoding and detecting "
            "| against the first row | mapped, GB | bytes a reference | right one first |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|")
        first_s = 0.0
        for pictures in given.pictures:
            rows = list(segments(folder, kept, pictures))
            open_s, cold_s, vote_s, right = voted(folder, rows, asked, len(paths) // QUERIES)
            whole_s = query_s + vote_s + verify_s
            first_s = first_s or whole_s
            size = sum((folder / row.file).stat().st_size for row in rows)
            cells = (open_s * 1000, cold_s * 1000, vote_s * 1000, whole_s * 1000)
            print(
                f"| {pictures:,} | {' | '.join(f'{cell:.0f}' for cell in cells)} | {whole_s / base_s:.2f} | "
                f"{whole_s / first_s:.2f} | {size / 1e9:.2f} | {size / pictures:,.0f} | {right} of {len(asked)} |",
                flush=True,
            )
            for row in rows:
                (folder / row.file).unlink()


if __name__ == "__main__":
    main()
