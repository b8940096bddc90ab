"""Segments of local features: derived, mapped, merged; a damaged or missing one never changes an answer."""

import dataclasses
import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.model.features import Candidate, Features, Probe
from provenance.model.limits import SET_HITS, SET_POINTS
from provenance.model.record import Entry
from provenance.reference.open import open_set
from provenance.reference.points import covering, postings, sealing, segment
from provenance.reference.points import piece as piece_module
from provenance.reference.points.feature_rows import Row
from provenance.reference.points.merging import merge
from provenance.reference.points.piece import DamagedPieceError, UnreadablePieceError, laid, sums_by_word
from provenance.reference.points.segment import SegmentRow
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference import pictures
from tests.reference.pictures import image_id

NAME = "points/1"
PICTURES = covering.SEAL_PICTURES + 40
ROOT = Path(__file__).resolve().parents[2]


def features(number: int, name: str = NAME, points: int = 20) -> Features:
    return pictures.features(number, name=name, points=points, words=30)


def entry(number: int, kept: Features | None = None) -> Entry:
    return pictures.featured(number, kept or features(number))


def probe_of(*seeds: int) -> Probe:
    """The points of several pictures at once."""
    kept = [features(seed) for seed in seeds]
    number = sum(one.points for one in kept)
    return Probe(
        points=np.arange(number),
        mirrored=np.zeros(number, np.bool_),
        words=np.frombuffer(b"".join(one.words for one in kept), "<u2").astype(np.uint16),
        signatures=np.frombuffer(b"".join(one.signatures for one in kept), "<u8").reshape(-1, 2),
        sizes=np.frombuffer(b"".join(one.sizes for one in kept), np.uint8),
        angles=np.frombuffer(b"".join(one.angles for one in kept), np.uint8),
    )


ASKED = (0, 3, 511, PICTURES - 1)


def answer(store: SQLiteStore) -> list[Candidate]:
    return store.vote(probe_of(*ASKED), NAME, 50)


def found(store: SQLiteStore, *seeds: int) -> bool:
    """Whether every one of these pictures is found by its own points."""
    return all([one.image_id for one in store.vote(probe_of(seed), NAME, 1)] == [image_id(seed)] for seed in seeds)


def files(path: Path) -> list[Path]:
    return sorted(covering.folder_of(path).glob("*.points"))


def listed(path: Path) -> list[str]:
    """Everything beside the set, that a search writes nothing."""
    return sorted(str(one) for one in path.parent.rglob("*") if not one.name.endswith(("-wal", "-shm")))


def rows(path: Path) -> list[SegmentRow]:
    with sqlite3.connect(path) as connection:
        read = covering.segments(connection, NAME)
    connection.close()
    return read


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, list[Candidate]]:
    """A set with one segment and a tail, and its answer as given by rows in memory alone."""
    path = tmp_path_factory.mktemp("made") / "set.sqlite"
    store = open_set(path, create=True)
    store.add(entry(seed) for seed in range(covering.SEAL_PICTURES - 1))
    assert files(path) == []
    store.add([entry(covering.SEAL_PICTURES - 1)])
    store.add(entry(seed) for seed in range(covering.SEAL_PICTURES, PICTURES))
    store.close()
    unsealed = path.with_name("unsealed.sqlite")
    shutil.copy(path, unsealed)
    store = open_set(unsealed)
    expected = answer(store)
    store.close()
    return path, expected


@pytest.fixture
def sealed(made, tmp_path) -> tuple[Path, list[Candidate]]:
    """A copy of it to be damaged."""
    path = tmp_path / "set.sqlite"
    shutil.copy(made[0], path)
    shutil.copytree(covering.folder_of(made[0]), covering.folder_of(path))
    return path, made[1]


def test_enough_pictures_become_a_segment_and_the_answer_stays_the_same(sealed) -> None:
    path, expected = sealed
    assert [row.pictures for row in rows(path)] == [covering.SEAL_PICTURES]
    assert [file.name for file in files(path)] == [row.file for row in rows(path)]
    store = open_set(path)
    assert answer(store) == expected
    assert {one.image_id for one in expected[:4]} == {image_id(seed) for seed in ASKED}
    assert found(store, *ASKED)
    assert store.state().searchable == {NAME: PICTURES}
    assert store.verify().wrong == ()
    store.close()


def test_an_added_picture_is_found_at_once_and_a_removed_or_replaced_one_is_not(sealed) -> None:
    path, expected = sealed
    store, other = open_set(path), open_set(path)
    assert answer(store) == answer(other) == expected
    store.add([entry(9_000)])
    assert found(store, 9_000) and found(other, 9_000)
    store.remove([image_id(3), image_id(9_000)])
    store.add([entry(511, features(511, name="points/2"))])
    for one in (store, other):
        ids = [candidate.image_id for candidate in one.vote(probe_of(3, 511, 9_000), NAME, 1000)]
        assert not {image_id(3), image_id(511), image_id(9_000)} & set(ids)
    store.add([entry(3), entry(511)])
    assert answer(store) == answer(other) == expected
    assert len(rows(path)) == 1 and store.verify().wrong == ()
    store.close()
    other.close()


def flip(file: Path, place: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place if place >= 0 else file.stat().st_size + place)
        before = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([before[0] ^ 4]))


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 24)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def turn_all(file: Path, last_bytes: int) -> None:
    """The same bits of every byte at the end turned over."""
    kept = file.read_bytes()
    file.write_bytes(kept[:-last_bytes] + bytes(byte ^ 0x5A for byte in kept[-last_bytes:]))


DAMAGES = {
    "gone": lambda file: file.unlink(),
    "the folder gone": lambda file: shutil.rmtree(file.parent),
    "truncated": truncate,
    "empty": empty,
    "a link": link,
    "a pipe": pipe,
    "header": lambda file: flip(file, 9),
    "where lists begin": lambda file: flip(file, 64 + 8),
    "sums": lambda file: flip(file, 64 + 8 * 65_537 + 40),
    "first halves": lambda file: flip(file, -24 * 20 * covering.SEAL_PICTURES + 100),
    "last owner": lambda file: flip(file, -6),
    "last direction": lambda file: flip(file, -3),
    "every point": lambda file: turn_all(file, 24 * 20 * covering.SEAL_PICTURES),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_segment_is_never_answered_from_and_is_made_anew_when_asked(sealed, damage) -> None:
    path, expected = sealed
    before = rows(path)
    undamaged = open_set(path)
    every_list = undamaged.vote(probe_of(*range(60)), NAME, 100)
    undamaged.close()
    DAMAGES[damage](files(path)[0])
    there = path.read_bytes(), listed(path)
    store = open_set(path)
    assert answer(store) == expected
    # Every list, not only those that this question touched.
    assert store.vote(probe_of(*range(60)), NAME, 100) == every_list
    store.close()
    assert (path.read_bytes(), listed(path)) == there, "a search writes nothing"
    store = open_set(path)
    store.seal(whole=True)
    store.close()
    after = rows(path)
    assert [row.pictures for row in after] == [PICTURES] and after != before
    again = open_set(path)
    assert answer(again) == expected and rows(path) == after
    again.close()


@pytest.mark.parametrize("damage", ["gone", "truncated", "first halves"])
def test_a_damaged_segment_that_cannot_be_made_anew_is_read_around(sealed, damage) -> None:
    path, expected = sealed
    DAMAGES[damage](files(path)[0])
    lock = covering.folder_of(path) / "lock"
    lock.unlink()
    lock.mkdir()  # nobody can seal
    store = open_set(path)
    assert answer(store) == expected
    store.add([entry(9_000)])
    assert found(store, 9_000, *ASKED)
    store.close()


def test_a_program_killed_between_file_and_row_leaves_nothing_behind(sealed) -> None:
    path, expected = sealed
    orphan = covering.folder_of(path) / f"{'ab' * 16}.points"
    shutil.copy(files(path)[0], orphan)
    store = open_set(path)
    assert answer(store) == expected
    store.add(entry(seed) for seed in range(1_000, 1_000 + covering.SEAL_PICTURES))
    assert not orphan.exists()
    assert found(store, *ASKED, 1_000)
    store.close()
    assert len(files(path)) == len(rows(path)) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("file", "../../victim"),
        ("file", b"x"),
        ("last", 2**62),
        ("last", "x"),
        ("after", -5),
        ("pictures", 2**60),
        ("pictures", -1),
        ("points", 2**61),
        ("points", -3),
        ("head", b""),
        ("head", 7),
    ],
)
def test_what_a_stranger_writes_into_the_row_of_a_segment_leads_nowhere(sealed, column, value) -> None:
    path, expected = sealed
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE segments SET {column} = ?", (value,))
    connection.close()
    store = open_set(path)
    try:
        assert answer(store) == expected
    except UnusableSetError as error:
        assert "damaged" in str(error)
    store.close()


def test_a_segment_whose_digest_is_right_and_whose_content_is_not_is_refused(sealed) -> None:
    """A stranger can compute digests and sums too: owners beyond the table and lists out of order lead nowhere."""
    path, expected = sealed
    file, row = files(path)[0], rows(path)[0]
    data = bytearray(file.read_bytes())
    begin = segment.head_bytes(row.pictures)
    starts = np.frombuffer(data, "<i8", 65_537, 64)
    owners = np.frombuffer(data, "<u8", 2 * row.points, begin + 8 * row.points).reshape(-1, 2)
    sums = np.frombuffer(data, "<u8", 65_536, 64 + 8 * 65_537)
    changed = owners.copy()
    changed[:, 1] |= np.uint64(0xFFFFFFF0)
    firsts = np.frombuffer(data, "<u8", row.points, begin)
    assert np.array_equal(sums_by_word(firsts, owners, starts), sums)
    fixed = sums_by_word(firsts, changed, starts)
    data[begin + 8 * row.points :] = changed.tobytes()
    data[64 + 8 * 65_537 : 64 + 8 * 65_537 + 8 * 65_536] = fixed.tobytes()
    for many in (False, True):
        if many:
            data[64 + 8 : 64 + 16] = struct.pack("<q", 2**50)
        file.write_bytes(data)
        with sqlite3.connect(path) as connection:
            head = hashlib.sha256(data[:begin]).digest()
            connection.execute("UPDATE segments SET head = ?, file = ?", (head, file.name))
        connection.close()
        if not many:
            piece = segment.opened(file.parent, rows(path)[0])
            piece.require_whole()  # sums agree, so that it is the owners that are refused
            with pytest.raises(DamagedPieceError):
                piece.owners(np.arange(row.points))
        shutil.copy(path, path.with_name("other.sqlite"))
        shutil.copytree(covering.folder_of(path), path.with_name("other.sqlite.points"))
        store = open_set(path.with_name("other.sqlite"))
        assert answer(store) == expected
        store.close()
        shutil.rmtree(path.with_name("other.sqlite.points"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize("with_segments", [True, False])
def test_a_set_in_a_folder_that_may_not_be_written_is_searched(sealed, with_segments) -> None:
    path, expected = sealed
    store = open_set(path)
    answer(store)  # imports what the child may not
    store.close()
    if not with_segments:
        shutil.rmtree(covering.folder_of(path))
    above = [one for one in path.parents if one.stat().st_uid == 0 and one.stat().st_mode & 0o777 == 0o700]
    for folder in above:
        folder.chmod(0o755)
    path.parent.chmod(0o555)
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            store = open_set(path)
            os._exit(0 if answer(store) == expected else 2)
        except BaseException:
            os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for folder in above:
        folder.chmod(0o700)
    path.parent.chmod(0o755)
    assert ended == 0
    assert covering.folder_of(path).exists() == with_segments


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize("ask", [answer, SQLiteStore.seal])
def test_a_set_that_may_not_be_written_gets_no_file_even_where_its_folder_may(sealed, ask) -> None:
    path, _ = sealed
    store = open_set(path)
    answer(store)  # imports what the child may not
    store.close()
    shutil.rmtree(covering.folder_of(path))
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM segments")
    connection.close()
    above = [one for one in path.parents if one.stat().st_uid == 0 and one.stat().st_mode & 0o777 == 0o700]
    for folder in above:
        folder.chmod(0o755)
    path.chmod(0o444)
    path.parent.chmod(0o777)
    there = listed(path)
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            store = open_set(path)
            ask(store)
            ask(store)
            os._exit(0)
        except BaseException:
            os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for folder in above:
        folder.chmod(0o700)
    assert ended == 0 and listed(path) == there


@pytest.mark.parametrize("kind", ["a pipe", "a link to nothing", "a link to a file", "a folder"])
def test_a_lock_that_is_no_file_stops_nobody_and_makes_nothing(sealed, tmp_path, kind) -> None:
    path, expected = sealed
    lock, target = covering.folder_of(path) / "lock", tmp_path / "target"
    lock.unlink()
    match kind:
        case "a pipe":
            os.mkfifo(lock)
        case "a folder":
            lock.mkdir()
        case _:
            lock.symlink_to(target)
    if kind == "a link to a file":
        target.write_bytes(b"somebody's")
    before = rows(path)
    code = f"""
from pathlib import Path
from provenance.reference.open import open_set
store = open_set(Path({str(path)!r}))
store.seal(whole=True)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    files(path)[0].unlink()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, timeout=20, check=True)
    assert rows(path) == before, "nobody seals under such a lock"
    assert target.exists() == (kind == "a link to a file")
    store = open_set(path)
    store.add(entry(seed) for seed in range(1_000, 1_000 + covering.SEAL_PICTURES))
    assert answer(store)[:4] == expected[:4] and rows(path) == before
    store.close()


def test_nothing_in_a_linked_folder_is_read_written_or_removed(sealed, tmp_path) -> None:
    path, expected = sealed
    elsewhere = tmp_path / "elsewhere"
    covering.folder_of(path).rename(elsewhere)
    other = elsewhere / f"{'cd' * 16}.points"
    other.write_bytes(b"of another set")
    covering.folder_of(path).symlink_to(elsewhere)
    there = sorted(elsewhere.iterdir())
    row = rows(path)[0]
    with pytest.raises(DamagedPieceError):
        segment.opened(covering.folder_of(path), row)
    store = open_set(path)
    assert answer(store) == expected
    store.seal(whole=True)
    store.add(entry(seed) for seed in range(1_000, 1_000 + covering.SEAL_PICTURES))
    assert found(store, *ASKED, 1_000)
    store.close()
    assert sorted(elsewhere.iterdir()) == there


LAID_OUT = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_segments import answer, open_set
store = open_set(Path(sys.argv[1]))
answer(store)
resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))
again = open_set(Path(sys.argv[1]))
assert answer(again)
assert again.verify().segments_damaged == 1
"""


def test_a_sparse_file_of_a_hundred_million_pictures_is_not_read(sealed) -> None:
    """Its size is right and costs its owner no disk; its head would be 4.8 GB."""
    path, _ = sealed
    pictures, row = 100_000_000, rows(path)[0]
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE segments SET pictures = ?, last = ?", (pictures, pictures + 5))
    connection.close()
    os.truncate(files(path)[0], segment.head_bytes(pictures) + 24 * row.points)
    arguments = [sys.executable, "-c", LAID_OUT, str(path), str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(arguments, cwd=ROOT, env=environment, timeout=60, check=True)


def test_pictures_without_points_do_not_keep_others_from_being_sealed(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    store = open_set(path, create=True)
    store.add(entry(seed, features(seed, points=3)) for seed in range(covering.SEAL_PICTURES + 1))
    assert rows(path) == []
    store.add(entry(seed) for seed in range(2_000, 2_000 + covering.SEAL_PICTURES))
    assert [row.pictures for row in rows(path)] == [covering.SEAL_PICTURES]
    assert found(store, 2_000)
    store.close()


def test_segments_that_were_merged_or_made_by_another_program_take_the_place_of_those_mapped(sealed) -> None:
    path, expected = sealed
    store, other = open_set(path), open_set(path)
    assert answer(store) == expected
    files(path)[0].unlink()
    other.seal()
    other.close()
    assert answer(store) == expected
    maps = Path("/proc/self/maps")
    if maps.exists():
        mapped = [line for line in maps.read_text().splitlines() if str(covering.folder_of(path)) in line]
        assert mapped and not [line for line in mapped if "(deleted)" in line]
    store.close()


def test_verify_reads_features_and_segments(sealed) -> None:
    path, _ = sealed
    store = open_set(path)
    found = store.verify()
    assert (found.features, found.segments, found.segments_damaged, found.wrong) == (PICTURES, 1, 0, ())
    flip(files(path)[0], -3)
    found = store.verify()
    assert (found.segments_damaged, found.wrong) == (1, ())
    store.vote(probe_of(*range(60)), NAME, 1)
    assert store.verify().segments_damaged == 1
    store.seal()
    assert store.verify().segments_damaged == 0, "what was found while voting is made anew without reading all"
    store.close()


def test_a_row_lost_from_the_table_is_missed(sealed) -> None:
    path, _ = sealed
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM features WHERE image_id = ?", (bytes.fromhex(image_id(PICTURES - 1)),))
    connection.close()
    store = open_set(path)
    with pytest.raises(ReferenceSetError, match="damaged"):
        answer(store)
    store.close()


def piece_rows(first: int, last: int) -> list[Row]:
    kept = {seed: features(seed) for seed in range(first, last)}
    return [
        Row(
            seq=seed + 1,
            image_id=bytes.fromhex(image_id(seed)),
            points=one.points,
            words=one.words,
            signatures=one.signatures,
            sizes=one.sizes,
            angles=one.angles,
            check=seed,
        )
        for seed, one in kept.items()
    ]


def test_merged_segments_are_what_one_would_have_been(tmp_path) -> None:
    pieces = []
    for number, (first, last) in enumerate([(0, 30), (30, 31), (31, 80)]):
        piece = laid(piece_rows(first, last))
        head = segment.write(tmp_path / str(number), piece, first, last)
        row = SegmentRow(
            file=str(number), after=first, last=last, pictures=len(piece.ids), points=len(piece.firsts), head=head
        )
        pieces.append(segment.opened(tmp_path, row))
    made, kept = merge(tmp_path / "merged", pieces, [31, 2, 79], after=0, last=80)
    merged = segment.opened(tmp_path, made)
    expected = laid([row for row in piece_rows(0, 80) if row.seq not in (31, 2, 79)])
    for column in ("seqs", "checks", "ids", "starts", "sums", "firsts", "rests"):
        assert np.array_equal(getattr(merged, column), getattr(expected, column)), column
    assert kept == set(expected.seqs.tolist())
    nothing, none_kept = merge(tmp_path / "nothing", pieces, range(1, 81), after=0, last=80)
    assert len(segment.opened(tmp_path, nothing).firsts) == 0 and none_kept == set()


def test_damage_is_not_merged_into_a_new_segment(tmp_path) -> None:
    piece = laid(piece_rows(0, 30))
    head = segment.write(tmp_path / "one", piece, 0, 30)
    row = SegmentRow(file="one", after=0, last=30, pictures=30, points=len(piece.firsts), head=head)
    flip(tmp_path / "one", -30)
    with pytest.raises(DamagedPieceError):
        merge(tmp_path / "merged", [segment.opened(tmp_path, row)], [], after=0, last=30)
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize("points", [20, 4_000])
def test_short_and_long_lists_are_compared_with_their_sums(points) -> None:
    whole = laid([dataclasses.replace(row, words=bytes(2 * row.points)) for row in piece_rows(0, points // 20)])
    assert len(whole.firsts) == points
    for column in ("firsts", "rests"):
        for place in (0, points // 2, points - 1):
            changed = getattr(whole, column).copy()
            changed[place] ^= np.uint64(1 << 35)
            unseen = np.zeros(len(whole.seen), np.bool_)
            if column == "firsts":
                dataclasses.replace(whole, seen=unseen.copy()).require_whole()
            else:
                changed[place, 0] ^= np.uint64(1 << 35)  # only one of the two
            with pytest.raises(DamagedPieceError):
                dataclasses.replace(whole, seen=unseen, **{column: changed}).require_whole()


def test_many_small_segments_become_one(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    store = open_set(path, create=True)
    number = sealing.TIERS_PICTURES[0] // covering.SEAL_PICTURES
    for part in range(number):
        first = part * covering.SEAL_PICTURES
        store.add(entry(seed, features(seed, points=12)) for seed in range(first, first + covering.SEAL_PICTURES))
        assert len(rows(path)) == (part + 1 if part + 1 < number else 1)
        if part == 1:
            store.remove([image_id(5), image_id(600)])
    assert [row.pictures for row in rows(path)] == [sealing.TIERS_PICTURES[0] - 2]
    assert len(files(path)) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM dropped_features").fetchone()[0] == 0
    connection.close()
    kept = features(4_000, points=12)
    asked = Probe(
        points=np.arange(12),
        mirrored=np.zeros(12, np.bool_),
        words=np.frombuffer(kept.words, "<u2").astype(np.uint16),
        signatures=np.frombuffer(kept.signatures, "<u8").reshape(-1, 2),
        sizes=np.frombuffer(kept.sizes, np.uint8),
        angles=np.frombuffer(kept.angles, np.uint8),
    )
    assert store.vote(asked, NAME, 1)[0].image_id == image_id(4_000)
    assert store.verify().wrong == ()
    store.close()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from test_segments import entry, open_set
store = open_set(Path(sys.argv[1]), create=True)
for seed in range(int(sys.argv[2]), int(sys.argv[3]), 40):
    store.add(entry(one) for one in range(seed, seed + 40))
    print(seed, flush=True)
"""


def test_programs_that_add_and_search_at_once_see_every_picture(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    open_set(path, create=True).close()
    arguments = [(0, 800), (10_000, 10_800)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(first), str(last), str(Path(__file__).parent)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for first, last in arguments
    ]
    store = open_set(path)
    while any(process.poll() is None for process in writers):
        for process in writers:
            told = process.stdout.readline().strip()
            assert not told or found(store, int(told), int(told) + 39)
    assert [process.wait() for process in writers] == [0, 0]
    for process in writers:
        process.stdout.close()
    assert found(store, 0, 799, 10_000, 10_799)
    assert store.state().searchable == {NAME: 1_600}
    assert store.verify().wrong == ()
    store.close()


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space left on device")


def test_on_a_full_disk_nothing_is_left_behind_and_nothing_is_mapped(tmp_path, monkeypatch) -> None:
    """A hole that is filled in through a mapping ends the process when there is no room: it is refused before."""
    begin = segment.head_bytes(5)
    segment.start(tmp_path / "whole", 5, 1000)
    assert (tmp_path / "whole").stat().st_blocks * 512 >= begin + 24 * 1000
    monkeypatch.setattr(os, "posix_fallocate", full)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        segment.start(tmp_path / "started", 5, 1000)
    with pytest.raises(OSError, match="no space"):
        segment.write(tmp_path / "written", laid(piece_rows(0, 5)), 0, 5)
    assert [file.name for file in tmp_path.iterdir()] == ["whole"]


def test_a_segment_of_more_points_than_its_pictures_may_have_is_not_mapped(sealed, monkeypatch) -> None:
    path, _ = sealed
    row = rows(path)[0]
    monkeypatch.setattr(covering, "opened", lambda folder, asked: asked)
    with sqlite3.connect(path) as connection:
        for points, fits in ((row.pictures * SET_POINTS, True), (row.pictures * SET_POINTS + 1, False)):
            asked = dataclasses.replace(row, points=points)
            if fits:
                assert covering.mapped(connection, covering.folder_of(path), NAME, asked) == asked
            else:
                with pytest.raises(DamagedPieceError):
                    covering.mapped(connection, covering.folder_of(path), NAME, asked)
    connection.close()


DERIVED = {
    "a mark of another": "UPDATE dropped_features SET seq = seq + 1",
    "a mark too many": f"INSERT INTO dropped_features VALUES (10, '{NAME}')",
    "a row twice": f"INSERT INTO segments SELECT '{'ab' * 16}.points', name, after, last, pictures, points, head"
    " FROM segments",
    "a row that is none": "UPDATE segments SET after = -5",
}


@pytest.mark.parametrize("damage", DERIVED)
def test_damage_to_what_is_told_of_segments_is_counted_and_made_anew(sealed, damage) -> None:
    path, _ = sealed
    store = open_set(path)
    store.remove([image_id(3)])
    expected = answer(store)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(DERIVED[damage])
    connection.close()
    store = open_set(path)
    with pytest.raises(UnusableSetError):
        answer(store)
    checked = store.verify()
    assert checked.segments_damaged == checked.segments > 0 and checked.wrong == ()
    assert store.seal(whole=True) == ""
    assert answer(store) == expected and store.verify().segments_damaged == 0
    store.close()


def test_a_set_reached_by_a_link_has_the_same_segments(sealed) -> None:
    path, expected = sealed
    alias = path.with_name("current.sqlite")
    alias.symlink_to(path)
    before = rows(path)
    store = open_set(alias)
    assert answer(store) == expected
    store.seal()
    store.close()
    assert rows(path) == before and covering.folder_of(alias) == covering.folder_of(path)
    assert not alias.with_name("current.sqlite.points").exists()


def test_a_segment_that_cannot_be_read_here_and_now_is_left_as_it_is(sealed, monkeypatch) -> None:
    path, expected = sealed
    before, file = rows(path), files(path)[0].read_bytes()

    def no_memory(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "cannot allocate memory")

    store = open_set(path)
    with monkeypatch.context() as patched:
        patched.setattr(np, "memmap", no_memory)
        with pytest.raises(UnreadablePieceError):
            segment.opened(covering.folder_of(path), before[0])
        assert answer(store) == expected
        store.seal(whole=True)
    store.seal(whole=True)
    store.close()
    assert rows(path) == before and files(path)[0].read_bytes() == file


def test_a_segment_may_be_read_by_whoever_may_read_the_set(sealed) -> None:
    path, _ = sealed
    path.chmod(0o664)
    files(path)[0].unlink()
    before = os.umask(0o077)
    store = open_set(path)
    store.seal()
    store.close()
    os.umask(before)
    assert files(path)[0].stat().st_mode & 0o777 == 0o664


def test_a_lost_table_is_damage_and_no_empty_answer(sealed) -> None:
    path, _ = sealed
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE features")
    connection.close()
    store = open_set(path)
    with pytest.raises(UnusableSetError, match="lost"):
        answer(store)
    store.close()


def test_a_segment_is_set_aside_while_no_other_thread_lays_out(sealed) -> None:
    path, expected = sealed
    store = open_set(path)
    assert answer(store) == expected
    voter = store._voter
    aside = threading.Thread(target=voter._set_aside, args=(rows(path)[0].file,), kwargs={"damaged": True})
    with store._session.alone():
        aside.start()
        aside.join(0.1)
        assert aside.is_alive() and voter._mapped
    aside.join()
    assert not voter._mapped
    store.close()


def test_sealing_says_why_it_could_not(sealed) -> None:
    path, _ = sealed
    store = open_set(path)
    assert store.seal(whole=True) == ""
    with (covering.folder_of(path) / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another program" in store.seal(whole=True)
    (covering.folder_of(path) / "lock").unlink()
    (covering.folder_of(path) / "lock").mkdir()
    assert "lock" in store.seal(whole=True)
    store.close()


def test_what_is_uncovered_is_laid_out_in_parts(sealed, monkeypatch) -> None:
    path, expected = sealed
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM segments")
    connection.close()
    monkeypatch.setattr(covering, "PART_PICTURES", 100)
    store = open_set(path)
    assert answer(store) == expected
    with store._session.reading() as connection:
        parts = [len(piece.ids) for piece in covering.lay(connection, NAME, [(0, PICTURES)])]
    assert parts == [100] * (PICTURES // 100) + [PICTURES % 100]
    store.close()


def alike(seed: int, points: int) -> Row:
    """A picture of one point many times over, as a grid of dots is."""
    row = piece_rows(seed, seed + 1)[0]
    nearness = [bytes([255 >> bits, *bytes(15)]) for bits in np.random.default_rng(seed).integers(3, 9, points)]
    return dataclasses.replace(
        row,
        points=points,
        words=bytes(2 * points),
        signatures=b"".join(nearness),
        sizes=np.random.default_rng(seed).bytes(points),
        angles=np.random.default_rng(seed + 1).bytes(points),
    )


def test_points_that_meet_everything_cost_no_more_than_a_few_hits_each_and_pieces_do_not_decide(monkeypatch) -> None:
    pictures = [alike(seed, 90) for seed in range(6)]
    probe = dataclasses.replace(probe_of(1, 2), words=np.zeros(40, np.uint16), signatures=np.zeros((40, 2), np.uint64))
    answers = []
    for at_once in (50, 2**18):
        monkeypatch.setattr(piece_module, "AT_ONCE", at_once)
        monkeypatch.setattr(piece_module, "_LONG", at_once)
        monkeypatch.setattr(postings, "_SETTLE", at_once)
        for parts in ([pictures], [pictures[:2], pictures[2:]], [[one] for one in reversed(pictures)]):
            pieces = tuple(laid(part) for part in parts)
            made = postings.Postings(pieces=pieces, live=tuple(np.ones(len(piece.ids), np.bool_) for piece in pieces))
            often = np.zeros(40, np.int64)
            met = [made._met(number, probe, often) for number in range(len(pieces))]
            assert sum(len(part.rows) for part in met) == 40 * 6 * SET_HITS
            assert often.tolist() == [6 * 90] * 40
            answers.append(made.vote(probe, 10))
    assert len(answers[0]) == 6 and all(one == answers[0] for one in answers)


def test_a_vote_is_never_nothing() -> None:
    rows = laid([alike(seed, 90) for seed in range(12)])
    made = postings.Postings(pieces=(rows,), live=(np.ones(12, np.bool_),))
    far = np.full((20, 2), 0, np.uint64)
    far[:, 1] = (1 << 22) - 1  # 22 bits more than the nearest
    probe = dataclasses.replace(probe_of(1), words=np.zeros(20, np.uint16), signatures=far)
    assert len(made.vote(probe, 20)) == 12
