"""Sets that are missing, damaged, of another version, read-only, or no sets at all."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.model.record import Entry, Record
from provenance.reference.open import open_set
from provenance.reference.sqlite.faults import in_words, translated
from provenance.reference.sqlite.schema import FORMAT_VERSION
from tests.reference.formats import as_format_5
from tests.reference.pictures import code
from tests.reference.pictures import entry as of_number


def entry(number: int) -> Entry:
    return of_number(number, Record(publisher=f"publisher {number}"))


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "desk.sqlite"
    store = open_set(path, create=True)
    store.add([entry(number) for number in range(60)])
    store.close()
    return path


def refusal(path: Path | str) -> ReferenceSetError:
    with pytest.raises(ReferenceSetError) as caught:
        open_set(path)
    assert caught.value.remedy
    return caught.value


def test_a_missing_set_is_not_made_without_being_asked_for(tmp_path: Path) -> None:
    assert "no reference set at" in str(refusal(tmp_path / "none.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_a_set_and_the_folders_above_it_are_made_when_asked_for(tmp_path: Path) -> None:
    store = open_set(tmp_path / "a" / "b" / "set.sqlite", create=True)
    assert store.state().name == "set" and store.state().pictures == 0
    store.close()


def test_a_place_where_nothing_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReferenceSetError) as caught:
        open_set(tmp_path / "file" / "set.sqlite", create=True)
    assert caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"x", b"\xff\xd8\xff\xe0 a picture", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_is_no_set_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    refusal(path)
    if content:
        with pytest.raises(ReferenceSetError):
            open_set(path, create=True)
    assert path.read_bytes() == content or not content


def journal(folder: Path) -> bytes:
    """Of a change to another database that was cut off: SQLite writes what it holds back into the file beside it."""
    with closing(sqlite3.connect(folder / "other.db", isolation_level=None)) as other:
        other.execute("CREATE TABLE t AS WITH n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100)"
                      " SELECT x, randomblob(1000) AS y FROM n")  # fmt: skip
        other.execute("PRAGMA cache_size = 2")  # so that pages are written before the change is committed
        other.execute("BEGIN")
        other.execute("UPDATE t SET y = zeroblob(1000)")
        return (folder / "other.db-journal").read_bytes()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("linked", [False, True])
def test_a_journal_beside_what_is_no_set_is_not_written_over_it(tmp_path: Path, create: bool, linked: bool) -> None:
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(b"\xff\xd8" + bytes(300_000))
    picture.with_name("picture.jpg-journal").write_bytes(journal(tmp_path))
    before = picture.read_bytes()
    named = tmp_path / "elsewhere.sqlite" if linked else picture
    if linked:
        named.symlink_to(picture)
    with pytest.raises(UnusableSetError, match="no reference set: its first bytes are not SQLite's"):
        open_set(named, create=create)
    assert picture.read_bytes() == before


def test_what_is_left_of_a_set_is_not_said_to_begin_otherwise(filled: Path) -> None:
    os.truncate(filled, 100)
    assert "it is shorter than any set" in str(refusal(filled)) and filled.stat().st_size == 100


def test_a_folder_is_no_set(tmp_path: Path) -> None:
    refusal(tmp_path)


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    assert "no reference set" in str(refusal(path))
    with pytest.raises(ReferenceSetError):
        open_set(path, create=True)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


@pytest.mark.parametrize(("version", "hint"), [(FORMAT_VERSION + 1, "newer"), (0, "new set")])
def test_a_set_of_another_format_version_is_refused_with_a_remedy(filled: Path, version: int, hint: str) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    error = refusal(filled)
    assert f"format {version}" in str(error) and hint in error.remedy


def test_a_set_with_triggers_of_its_own_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON images BEGIN DELETE FROM appearances; END")
    assert "triggers" in str(refusal(filled))


def test_a_truncated_set_is_refused(filled: Path) -> None:
    whole = filled.read_bytes()
    for keep in (20, 100, 4_096, 5_000, len(whole) // 2, len(whole) - 4_096):
        filled.write_bytes(whole[:keep])
        with pytest.raises(ReferenceSetError) as caught:
            store = open_set(filled)
            try:
                store.near([code(1)], "phash256/1", 10)
                store.list(limit=100)
                if store.verify().wrong:
                    raise ReferenceSetError("told", remedy="told")
            finally:
                store.close()
        assert caught.value.remedy


def test_flipped_bytes_never_lead_to_a_wrong_answer_of_the_search(filled: Path) -> None:
    """Either the codes are as they were, or the set is refused; and nothing but a ReferenceSetError is ever raised."""
    whole = filled.read_bytes()
    chance = np.random.default_rng(0)
    right = {number: [entry(number).image_id] for number in range(60)}
    known = {(), *(entry(number).records for number in range(60))}
    codes = [code(number) for number in range(60)]
    refused = 0
    for position in chance.integers(0, len(whole), 250):
        filled.write_bytes(
            whole[:position] + bytes([whole[position] ^ int(chance.integers(1, 256))]) + whole[position + 1 :]
        )
        try:
            store = open_set(filled)
            try:
                hits = store.near(codes, "phash256/1", 0)
                assert {number: [hit.image_id for hit in found] for number, found in enumerate(hits)} == right
                for stored in store.list(limit=100):
                    assert stored.records in known
                store.state()
                store.known_paths()
                store.history(entry(1).image_id)
                store.add([entry(1), entry(1000)])
                store.remove([entry(2).image_id])
            finally:
                store.close()
        except ReferenceSetError as error:
            refused += 1
            assert error.remedy
    assert refused > 25


@pytest.mark.parametrize("packed", [False, True])
def test_a_changed_code_is_noticed_by_the_search_and_by_verify(filled: Path, packed: bool) -> None:
    if not packed:
        as_format_5(filled)
    with sqlite3.connect(filled) as connection:
        if packed:
            codes = connection.execute("SELECT codes FROM code_packs").fetchone()[0]
            connection.execute("UPDATE code_packs SET codes = ?", (code(999) + codes[32:],))
        else:
            key = bytes.fromhex(entry(3).image_id)
            connection.execute("UPDATE fingerprints SET code = ? WHERE image_id = ?", (code(999), key))
    store = open_set(filled)
    with pytest.raises(ReferenceSetError, match="not those that were written"):
        store.near([code(1)], "phash256/1", 10)
    told = store.verify()
    assert told.pictures == told.fingerprints == told.records == 60
    assert any("not those that were written" in line for line in told.wrong)
    store.close()


def test_a_changed_record_is_noticed(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE appearances SET record = ? WHERE seq = 1", (b'{"publisher":"someone else"}',))
    store = open_set(filled)
    with pytest.raises(ReferenceSetError, match="not what was written"):
        store.list(limit=100)
    store.close()


@pytest.mark.parametrize("url", ["postgresql://host/db", "postgres://host/db", "mysql://host/db"])
def test_engines_of_other_versions_are_refused_by_name(url: str) -> None:
    refusal(url)


def test_names_with_odd_characters_are_opened(tmp_path: Path) -> None:
    for name in ("with space?and#hash%20.sqlite", "Ünïcode ☃.sqlite", "file:x"):
        store = open_set(tmp_path / name, create=True)
        store.add([entry(1)])
        store.close()
        assert (tmp_path / name).exists()
    store = open_set(f"sqlite://{tmp_path}/with%20space%3Fand%23hash%2520.sqlite")
    assert store.state().pictures == 1
    store.close()


def test_a_closed_store_says_so(filled: Path) -> None:
    store = open_set(filled)
    store.close()
    store.close()
    with pytest.raises(ReferenceSetError, match="closed"):
        store.state()


def as_nobody(work) -> int:
    """Run in a child process that may write nothing; its exit status."""
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def on_read_only_medium(filled: Path):
    if os.geteuid() != 0:
        pytest.skip("only root can become a user who may not write")
    above = [
        folder for folder in filled.parents if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o777 == 0o700
    ]
    for folder in above:
        folder.chmod(0o755)
    filled.parent.chmod(0o555)
    filled.chmod(0o444)
    yield filled
    for folder in above:
        folder.chmod(0o700)


def test_a_set_on_a_read_only_medium_can_be_searched(on_read_only_medium: Path) -> None:
    def work() -> None:
        store = open_set(on_read_only_medium)
        assert [hit.image_id for hit in store.near([code(7)], "phash256/1", 0)[0]] == [entry(7).image_id]
        assert store.get([entry(7).image_id])[0].records == entry(7).records
        with pytest.raises(ReferenceSetError, match="cannot be written"):
            store.add([entry(100)])
        store.close()

    assert as_nobody(work) == 0


def test_a_set_that_cannot_be_made_is_not_said_to_be_unreadable() -> None:
    with pytest.raises(ReferenceSetError, match="cannot be made there") as refused:
        open_set("/proc/desk.sqlite", create=True)
    assert "may write to; /proc is none" in refused.value.remedy


def test_unmerged_changes_on_a_read_only_medium_are_not_silently_left_out(on_read_only_medium: Path) -> None:
    on_read_only_medium.with_name("desk.sqlite-wal").write_bytes(b"changes")
    on_read_only_medium.with_name("desk.sqlite-wal").chmod(0o400)

    def work() -> None:
        with pytest.raises(ReferenceSetError, match="unmerged"):
            open_set(on_read_only_medium)

    assert as_nobody(work) == 0


def test_the_file_holds_the_promises_of_durability(filled: Path) -> None:
    assert sqlite3.connect(filled).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store = open_set(filled)
    with store._session.writing() as (connection, _):
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL: every commit is on the disk
    store.close()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UnicodeDecodeError("utf-8", b"\xba", 0, 1, "invalid start byte"), "a text in it is not UTF-8"),
        (OverflowError("int too big to convert"), "a number in it is too large"),
        (KeyError("name"), "not as this program writes it"),
    ],
)
def test_damage_is_told_without_the_words_of_a_codec(tmp_path: Path, error: Exception, words: str) -> None:
    assert words in in_words(error)
    assert "codec" not in in_words(error)
    if not isinstance(error, KeyError):
        with pytest.raises(UnusableSetError, match=words), translated(tmp_path / "set.sqlite"):
            raise error


def test_an_empty_file_is_told_so_and_can_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "set.sqlite"
    path.touch()  # what a full disk leaves of a new set
    with pytest.raises(UnusableSetError, match="is empty: no set was written into it"):
        open_set(path)
    store = open_set(path, create=True)
    store.add([entry(1)])
    assert store.state().pictures == 1
    store.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from provenance.errors import ReferenceSetError
from provenance.reference.open import open_set

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    open_set(Path(sys.argv[2]), create=True).close()
except ReferenceSetError as error:
    print(type(error).__name__, error, error.remedy)
"""


@pytest.mark.parametrize("room_bytes", [0, 1000, 4096, 20_000, 60_000])
def test_a_set_for_which_there_is_no_room_is_not_called_damaged_and_is_made_later(
    tmp_path: Path, room_bytes: int
) -> None:
    path = tmp_path / "desk.sqlite"
    made = subprocess.run(
        [sys.executable, "-c", FULL, str(room_bytes), str(path)], capture_output=True, text=True, check=True
    )
    assert made.stdout.startswith("ReferenceSetError ") and "has room" in made.stdout, made.stdout
    store = open_set(path, create=True)
    store.add([entry(1)])
    assert store.state().pictures == 1
    store.close()


@pytest.mark.parametrize(("room", "said"), [((9, 9), "may write to"), ((0, 9), "make room"), ((9, 0), "make room")])
def test_a_disk_that_takes_no_further_file_is_not_taken_for_a_lack_of_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int], said: str
) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / "folder" / "desk.sqlite" / "x.sqlite"  # which the engine cannot open either way
    held = os.statvfs_result((4096, 4096, 9, room[0], room[0], 9, room[1], room[1], 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: held)
    with pytest.raises(ReferenceSetError) as caught, translated(path):
        sqlite3.connect(path).execute("SELECT 1")
    assert said in caught.value.remedy
