"""Codes that come many at once: in a segment from the first, by the transaction that keeps their pictures, or not."""

import fcntl
import hashlib
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from provenance.model.record import Entry, Fingerprint
from provenance.reference.codes import coming as code_coming
from provenance.reference.codes import merging as code_merging
from provenance.reference.codes import rows as code_rows
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.open import open_set
from provenance.reference.sqlite import opening, session
from provenance.reference.sqlite.store import SQLiteStore

NAME = "phash256/1"
_CODES = np.random.default_rng(4).integers(0, 256, (200, 32), np.uint8)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 40)
    monkeypatch.setattr(code_sealing, "PART_ROWS", 90)
    monkeypatch.setattr(code_merging, "TIERS_ROWS", (10**6,))


def made(number: int) -> Entry:
    code = _CODES[number].tobytes()
    return Entry(
        image_id=hashlib.sha256(str(number).encode()).hexdigest(),
        size_bytes=10**number if number < 12 else number,
        width_px=1,
        height_px=1,
        media_type="image/jpeg",
        path="",
        fingerprints=(Fingerprint(name=NAME, code=code, searchable=True, detail=1.0),),
    )


ENTRIES = [made(number) for number in range(200)]


def lie(path: Path) -> tuple[list[int], list[int]]:
    """Rows of each segment, and of each pack outside of segments; both have to make up what there should be."""
    with closing(sqlite3.connect(path)) as connection:
        assert code_rows.adds_up(connection, NAME)
        segments = connection.execute("SELECT rows FROM code_segments ORDER BY rows").fetchall()
        packs = connection.execute("SELECT rows FROM unsealed_packs ORDER BY seq").fetchall()
    return [rows for (rows,) in segments], [rows for (rows,) in packs]


def files(path: Path) -> list[Path]:
    return sorted(path.with_name(path.name + ".points").glob("*.codes"))


def require_all(path: Path, there: list[Entry]) -> None:
    """Whoever opens the set finds these and no other."""
    with closing(open_set(path)) as store:
        found = store.near([one.fingerprints[0].code for one in ENTRIES], NAME, 0)
        ids = {one.image_id for one in there}
        assert [[hit.image_id for hit in hits] for hits in found] == [
            [one.image_id] if one.image_id in ids else [] for one in ENTRIES
        ]
        verified = store.verify()
        assert (verified.wrong, verified.segments_damaged, verified.pictures) == ((), 0, len(there))


@pytest.fixture
def nobody_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into segments after the transaction."""
    monkeypatch.setattr(SQLiteStore, "_seal_what_came", lambda *_: None)


@pytest.mark.usefixtures("nobody_seals")
def test_the_transaction_that_keeps_the_pictures_names_their_segment(tmp_path: Path) -> None:
    with closing(open_set(tmp_path / "set", create=True)) as store:
        store.add(ENTRIES[:39])  # too few
        assert lie(tmp_path / "set") == ([], [39])
        store.add(ENTRIES[39:90])
        store.add(ENTRIES[90:181])  # more than one part
        assert lie(tmp_path / "set") == ([51], [39, 91])
        assert len(files(tmp_path / "set")) == 1
        assert files(tmp_path / "set")[0].stat().st_mode & 0o777 == (tmp_path / "set").stat().st_mode & 0o666
    require_all(tmp_path / "set", ENTRIES[:181])


def test_segments_of_what_came_many_at_once_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_merging, "TIERS_ROWS", (100,))
    with closing(open_set(tmp_path / "set", create=True)) as store:
        for begin in (0, 50):
            store.add(ENTRIES[begin : begin + 50])
    assert lie(tmp_path / "set") == ([100], []) and len(files(tmp_path / "set")) == 1
    require_all(tmp_path / "set", ENTRIES[:100])


def test_of_a_transaction_that_fails_no_segment_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_set(tmp_path / "set", create=True)) as store:
        before, seen = store.state(), list[int]()

        def fails(*_: object) -> None:
            seen.append(len(files(tmp_path / "set")))
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(session, "settle", fails)
            with pytest.raises(KeyboardInterrupt):
                store.add(ENTRIES[:60])
        assert (seen, files(tmp_path / "set"), store.state()) == ([1], [], before)
        store.add(ENTRIES[:60])
    assert lie(tmp_path / "set") == ([60], [])
    require_all(tmp_path / "set", ENTRIES[:60])


class Interrupted(sqlite3.Connection):
    """Ctrl-C comes while the change that names a segment is committed, and is told of behind it."""

    named = False

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self.named |= sql.startswith("INSERT INTO code_segments")
        done = super().execute(sql, *values)
        if sql == "COMMIT" and self.named:
            self.named = False
            raise KeyboardInterrupt
        return done


@pytest.mark.parametrize("later", [False, True])
def test_a_segment_that_was_named_before_ctrl_c_came_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: bool
) -> None:
    if later:  # by sealing, which comes after
        monkeypatch.setattr(code_coming, "seal", lambda *_: None)
    with monkeypatch.context() as patched:
        patched.setattr(opening.sqlite3, "connect", partial(sqlite3.connect, factory=Interrupted))
        store = open_set(tmp_path / "set", create=True)
    with closing(store), pytest.raises(KeyboardInterrupt):
        store.add(ENTRIES[:60])
    assert lie(tmp_path / "set") == ([60], []) and len(files(tmp_path / "set")) == 1
    require_all(tmp_path / "set", ENTRIES[:60])


@pytest.mark.usefixtures("nobody_seals")
@pytest.mark.parametrize("step", ["write", "sync_folder"])
def test_where_no_segment_can_be_written_codes_lie_in_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Also those that a segment still held, and that are believed again before the disk is found full."""
    with closing(open_set(tmp_path / "set", create=True)) as store:
        store.add(ENTRIES[:50])
        store.remove([one.image_id for one in ENTRIES[:10]])

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(code_merging, step, full)
        store.add([*ENTRIES[:10], *ENTRIES[50:100]])
        assert len(files(tmp_path / "set")) == 1
    assert lie(tmp_path / "set") == ([50], [50])
    require_all(tmp_path / "set", ENTRIES[:100])


@pytest.mark.usefixtures("nobody_seals")
def test_what_a_segment_still_holds_does_not_come_into_another(tmp_path: Path) -> None:
    with closing(open_set(tmp_path / "set", create=True)) as store:
        store.add(ENTRIES[:50])
        store.remove([one.image_id for one in ENTRIES[:50:2]])
        store.add(ENTRIES[:80])
        assert lie(tmp_path / "set") == ([50], [30])  # too few are new
        store.remove([one.image_id for one in ENTRIES[:30:3]])
        store.add([*ENTRIES[:30], *ENTRIES[80:130]])
        assert lie(tmp_path / "set") == ([50, 50], [30])
    require_all(tmp_path / "set", ENTRIES[:130])


@pytest.mark.usefixtures("nobody_seals")
def test_while_another_program_seals_codes_lie_in_packs(tmp_path: Path) -> None:
    with closing(open_set(tmp_path / "set", create=True)) as store:
        store.add(ENTRIES[:50])
        with (tmp_path / "set.points" / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            store.add(ENTRIES[50:100])
    assert lie(tmp_path / "set") == ([50], [50])
    require_all(tmp_path / "set", ENTRIES[:100])


def test_what_lies_outside_is_looked_for_now_and_then_and_sealed_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[int]()
    until_due = code_sealing.until_due
    monkeypatch.setattr(code_sealing, "until_due", lambda *given: looked.append(until_due(*given)) or looked[-1])
    with closing(open_set(tmp_path / "set", create=True)) as store:
        for one in ENTRIES[:39]:
            store.add([one])
        assert (lie(tmp_path / "set")[0], looked) == ([], [39, 19, 9, 4, 2, 1])
        store.add([ENTRIES[39]])
        assert lie(tmp_path / "set") == ([40], [])
    with closing(open_set(tmp_path / "set")) as store:
        for one in ENTRIES[40:80]:
            store.add([one])
        assert lie(tmp_path / "set") == ([40, 40], [])
    require_all(tmp_path / "set", ENTRIES[:80])


@pytest.mark.usefixtures("nobody_seals")
@pytest.mark.parametrize("damage", ["file", "row"])
def test_beside_what_is_damaged_nothing_is_sealed(tmp_path: Path, damage: str) -> None:
    """Sealing, which comes after, begins anew."""
    with closing(open_set(tmp_path / "set", create=True)) as store:
        store.add(ENTRIES[:50])
        if damage == "file":
            files(tmp_path / "set")[0].unlink()
        else:
            with closing(sqlite3.connect(tmp_path / "set")) as connection, connection:
                connection.execute("UPDATE code_segments SET rows = 'many'")
        store.add(ENTRIES[50:100])
        with closing(sqlite3.connect(tmp_path / "set")) as connection:
            assert connection.execute("SELECT rows FROM unsealed_packs").fetchall() == [(50,)]
        store._codes.seal(NAME)  # as after an addition
    assert lie(tmp_path / "set")[0]
    require_all(tmp_path / "set", ENTRIES[:100])
