"""Local features in a set: kept, replaced, taken away, verified; older sets are upgraded and still answer."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.model.features import Candidate
from provenance.reference.open import open_set
from provenance.reference.points import postings
from provenance.reference.sqlite.schema import FORMAT_VERSION
from tests.reference.formats import as_format_2
from tests.reference.pictures import featured, features, image_id, probe_of


@pytest.fixture
def store(tmp_path):
    made = open_set(tmp_path / "set.sqlite", create=True)
    made.add([featured(seed, features(seed)) for seed in range(30)])
    yield made
    made.close()


def test_a_picture_is_voted_for_by_its_own_points(store) -> None:
    for seed in (0, 7, 29):
        first = store.vote(probe_of(features(seed), flipped_bits=12), "points/1", 5)[0]
        assert (first.image_id, first.mirrored) == (image_id(seed), False)
    assert store.vote(probe_of(features(7)), "points/2", 5) == []


def test_features_read_back_and_count_as_searchable(store) -> None:
    assert store.features([image_id(3), image_id(99)]) == {image_id(3): features(3)}
    store.add([featured(40, features(40, points=3))])
    assert store.state().searchable["points/1"] == 30  # three points are too few
    assert not store.verify().wrong


def test_added_features_are_seen_by_the_next_vote_and_removed_ones_are_not(store) -> None:
    probe = probe_of(features(50))
    assert all(one.image_id != image_id(50) for one in store.vote(probe, "points/1", 40))
    store.add([featured(50, features(50))])
    assert store.vote(probe, "points/1", 1)[0].image_id == image_id(50)
    store.remove([image_id(50)])
    assert all(one.image_id != image_id(50) for one in store.vote(probe, "points/1", 40))
    assert store.features([image_id(50)]) == {}
    assert not store.verify().wrong


def test_features_of_another_name_take_the_place_of_the_old_ones(store) -> None:
    before = store.state().snapshot
    store.add([featured(3, features(3, name="points/2"))])
    assert store.features([image_id(3)])[image_id(3)].name == "points/2"
    assert store.state().snapshot != before
    assert store.has(image_id(3), ["points/2"]) and not store.has(image_id(3), ["points/1"])
    store.add([featured(3, features(3))])
    assert store.state().snapshot == before
    assert not store.verify().wrong


def test_votes_are_those_of_a_plain_count(store) -> None:
    """The same counting written as loops, over every pair of a query row and a stored point."""
    kept = {image_id(seed): features(seed) for seed in range(30)}
    probe = probe_of(features(4), flipped_bits=25)
    hits = []
    for row in range(len(probe.words)):
        for one, stored in kept.items():
            theirs = probe_of(stored)
            for point in range(stored.points):
                if theirs.words[point] != probe.words[row]:
                    continue
                bits = sum(
                    int(a ^ b).bit_count() for a, b in zip(theirs.signatures[point], probe.signatures[row], strict=True)
                )
                first = int(theirs.signatures[point, 0] ^ probe.signatures[row, 0]).bit_count()
                if bits <= postings.RADIUS_BITS and first <= postings.FIRST_RADIUS_BITS:
                    size = int(theirs.sizes[point]) - int(probe.sizes[row])
                    angle = (int(theirs.angles[point]) - int(probe.angles[row])) % 256
                    hits.append((row, one, bits, size, angle))
    often = {row: sum(1 for hit in hits if hit[0] == row) for row in range(len(probe.words))}
    votes: dict[tuple, int] = {}
    for row, one, bits, size, angle in hits:
        weight = max(1, (postings.RADIUS_BITS + 4 - bits) ** 2 * 64 // (15 + often[row]))
        for half in (0, 1):
            for other in (0, 1):
                key = one, half, (size + 256 + half * 6) // 12, other, (angle + other * 16) % 256 // 32
                votes[key] = votes.get(key, 0) + weight
    best: dict[str, int] = {}
    for (one, *_), count in votes.items():
        best[one] = max(best.get(one, 0), count)
    expected = [
        Candidate(image_id=one, mirrored=False, votes=count)
        for one, count in sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if count
    ]
    assert store.vote(probe, "points/1", 100) == expected


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_no_history_changes_what_a_state_answers(order, removed) -> None:
    import tempfile
    from pathlib import Path

    answers = []
    with tempfile.TemporaryDirectory() as folder:
        for number, sequence in enumerate((list(order), [one for one in range(12) if one not in removed])):
            made = open_set(Path(folder) / f"{number}.sqlite", create=True)
            for seed in sequence:
                made.add([featured(seed, features(seed))])
            made.remove([image_id(seed) for seed in sorted(removed)])
            answers.append((made.state().snapshot, made.vote(probe_of(features(2)), "points/1", 20)))
            made.close()
    assert answers[0] == answers[1]


def test_a_set_of_the_format_before_is_upgraded_and_keeps_its_pictures(tmp_path) -> None:
    path = tmp_path / "old.sqlite"
    made = open_set(path, create=True)
    made.add([featured(1, None)])
    made.close()
    as_format_2(path)
    again = open_set(path)
    assert again.state().pictures == 1
    assert again.vote(probe_of(features(1)), "points/1", 5) == []
    again.add([featured(1, features(1))])
    assert again.vote(probe_of(features(1)), "points/1", 5)[0].image_id == image_id(1)
    assert not again.verify().wrong
    again.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT_VERSION
    connection.close()


def test_damaged_features_are_refused(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    made = open_set(path, create=True)
    made.add([featured(1, features(1))])
    made.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE features SET sizes = x'00'")
    connection.close()
    again = open_set(path)
    with pytest.raises(ReferenceSetError, match="damaged"):
        again.vote(probe_of(features(1)), "points/1", 5)
    with pytest.raises(ReferenceSetError, match="damaged"):
        again.features([image_id(1)])
    again.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("width_px", "wide"),
        ("width_px", 0),
        ("height_px", -300),
        ("width_px", 2**63 - 1),
        ("height_px", 1025),
        ("width_px", 512.5),
        ("places", "x" * 160),
        ("signatures", "x" * 640),
        ("angles", None),
        ("points", "40"),
        ("points", 4_001),
        ("points", -1),
        ("thumbnail", "x"),
        ("thumbnail", 7),
        ("name", b"points/1"),
    ],
)
def test_features_of_a_stranger_of_another_type_or_size_are_damage(tmp_path, column, value) -> None:
    path = tmp_path / "set.sqlite"
    made = open_set(path, create=True)
    made.add([featured(1, features(1))])
    made.close()
    with sqlite3.connect(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(features)")]
        row = dict(zip(columns, connection.execute("SELECT * FROM features").fetchone(), strict=True)) | {column: value}
        connection.execute("DROP TABLE features")
        # A stranger's table need not declare what its columns hold.
        connection.execute(f"CREATE TABLE features ({', '.join(columns)})")
        connection.execute(f"INSERT INTO features VALUES ({', '.join('?' * len(columns))})", tuple(row.values()))
    connection.close()
    again = open_set(path)
    with pytest.raises(UnusableSetError, match="damaged"):
        again.features([image_id(1)])
    assert again.verify().wrong
    again.close()


def test_a_changed_byte_in_features_is_found_by_verify(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    made = open_set(path, create=True)
    made.add([featured(1, features(1))])
    made.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE features SET angles = ?", (features(1).angles[::-1],))
    connection.close()
    again = open_set(path)
    assert "the local features of points/1 are not those that were written" in again.verify().wrong
    again.close()


@pytest.mark.parametrize("column", ["places", "thumbnail"])
def test_a_changed_byte_that_no_vote_reads_is_damage_too(tmp_path, column) -> None:
    path = tmp_path / "set.sqlite"
    made = open_set(path, create=True)
    made.add([featured(1, features(1))])
    made.close()
    with sqlite3.connect(path) as connection:
        changed = bytes(byte ^ 0x5A for byte in getattr(features(1), column))
        connection.execute(f"UPDATE features SET {column} = ?", (changed,))
    connection.close()
    again = open_set(path)
    with pytest.raises(UnusableSetError, match="not those that were written"):
        again.features([image_id(1)])
    again.close()
