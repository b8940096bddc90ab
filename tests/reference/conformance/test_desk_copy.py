"""What a desk keeps of a set on a server: the same answers, nothing read twice, nothing believed that does not fit."""

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from provenance.reference.postgresql import codes as reading
from provenance.reference.postgresql import laid
from provenance.reference.postgresql.store import PostgreSQLStore
from tests.reference.pictures import code, entry

pytest.importorskip("psycopg")
NAME = "phash256/1"


@pytest.fixture
def desk(tmp_path: Path, url: str, monkeypatch) -> Path:
    """A folder with the copy of a set of forty."""
    monkeypatch.setattr(reading, "INDEX_ROWS", 16)
    with closing(PostgreSQLStore(url, create=True)) as store:
        store.add([entry(number) for number in range(40)])
    assert found(url, tmp_path / "desk", 7) == [entry(7).image_id]
    return tmp_path / "desk"


def found(url: str, desk: Path | None, number: int, radius: int = 60) -> list[str]:
    with closing(PostgreSQLStore(url, desk=desk)) as store:
        store._codes.fewest_banded = 0
        hits = store.near([code(number)], NAME, radius)[0]
        assert (desk is None) == (store._codes.folder is None)
        return [hit.image_id for hit in hits]


def test_the_next_process_reads_only_what_came_since(url: str, desk: Path, monkeypatch) -> None:
    asked: list[int] = []
    lay = reading.laid_out

    def counted(connection, fingerprint, length, before, others):
        asked.append(0 if before is None else before.last)
        return lay(connection, fingerprint, length, before, others)

    monkeypatch.setattr(reading, "laid_out", counted)
    assert found(url, desk, 7) == found(url, desk, 7, radius=9) == [entry(7).image_id]
    with closing(PostgreSQLStore(url)) as store:
        store.add([entry(90)])
    assert found(url, desk, 90) == [entry(90).image_id]
    assert asked and min(asked) > 0  # never all of them


def test_who_asks_small_radii_again_and_again_is_answered_from_a_copy_once_that_costs_no_more(
    url: str, store, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(reading, "INDEX_ROWS", 16)
    monkeypatch.setattr(reading, "LOOK_UP_CODES", 10)
    store.add([entry(number) for number in range(40)])
    by_bands: list[int] = []
    ask = reading.by_bands

    def counted(connection, codes, *rest, **more):
        by_bands.append(len(codes))
        return ask(connection, codes, *rest, **more)

    monkeypatch.setattr(reading, "by_bands", counted)
    with (
        closing(PostgreSQLStore(url, desk=tmp_path / "desk")) as desk,
        closing(PostgreSQLStore(url)) as without,
        closing(PostgreSQLStore(url, desk=tmp_path / "other")) as large,
    ):
        for one in (desk, without, large):
            one._codes.fewest_banded = 0
        for number in (7, 8, 9, 10, 11, 12):
            assert [hit.image_id for hit in desk.near([code(number)], NAME, 9)[0]] == [entry(number).image_id]
        assert by_bands == [1] * 4 and list((tmp_path / "desk").rglob("*.codes"))
        store.add([entry(90)])
        assert desk.near([code(90)], NAME, 0)[0][0].image_id == entry(90).image_id and len(by_bands) == 4
        for _ in range(9):  # who keeps nothing reads nothing that would be read again
            assert without.near([code(7), code(8)], NAME, 9) == desk.near([code(7), code(8)], NAME, 9)
        assert len(by_bands) == 4 + 9
        monkeypatch.setattr(reading, "MOST_READ_CODES", 30)
        for _ in range(9):
            assert large.near([code(7)], NAME, 9) == desk.near([code(7)], NAME, 9)
        assert len(by_bands) == 4 + 9 + 9 and not (tmp_path / "other").exists()


def test_what_came_since_is_found_by_an_index_and_not_by_reading_the_whole_table(url: str) -> None:
    with closing(PostgreSQLStore(url, create=True)) as store, store._session.alone() as connection:
        ours = connection.raw
        ours.execute(
            "INSERT INTO fingerprints (name, image_id, code, searchable, detail) SELECT %s, sha256(int4send(one)),"
            " sha256(int4send(-one)), 1, 1.0 FROM generate_series(1, 20000) AS one", (NAME,),
        )  # fmt: skip
        ours.execute("ANALYZE fingerprints")
        query = laid._PACKED.format(table="fingerprints", until=laid._UNTIL)
        query = query.replace("%s", "$1", 1).replace("%s", "$2", 1)
        ours.execute(f"PREPARE since (text, bigint) AS {query}".encode())
        plan = "\n".join(line for (line,) in ours.execute("EXPLAIN EXECUTE since ('phash256/1', 19990)").fetchall())
        assert "fingerprints_in_order" in plan and "Seq Scan" not in plan


def test_a_set_that_did_not_change_is_answered_by_one_statement(url: str, desk: Path, monkeypatch) -> None:
    with closing(PostgreSQLStore(url, desk=desk)) as store, closing(PostgreSQLStore(url)) as other:
        store.near([code(7)], NAME, 60)
        asked: list[str] = []
        execute = type(store._session._connection).execute
        monkeypatch.setattr(
            type(store._session._connection),
            "execute",
            lambda self, sql, *rest, **more: (asked.append(str(sql)), execute(self, sql, *rest, **more))[1],
        )
        for radius in (9, 60):
            assert [hit.image_id for hit in store.near([code(7)], NAME, radius)[0]] == [entry(7).image_id]
        assert len(asked) == 2
        other.add([entry(91)])
        other.remove([entry(7).image_id])
        assert store.near([code(7)], NAME, 60) == [[]]  # and what others wrote is in the very next answer
        assert [hit.image_id for hit in store.near([code(91)], NAME, 9)[0]] == [entry(91).image_id]


def test_a_copy_that_is_all_there_is_answers_the_first_question_by_one_statement(
    url: str, desk: Path, monkeypatch
) -> None:
    for radius in (9, 60):
        with closing(PostgreSQLStore(url, desk=desk)) as store:
            store._codes.fewest_banded = 0
            asked: list[str] = []
            execute = type(store._session._connection).execute
            with monkeypatch.context() as watched:
                watched.setattr(
                    type(store._session._connection),
                    "execute",
                    lambda self, sql, *rest, **more: (asked.append(str(sql)), execute(self, sql, *rest, **more))[1],  # noqa: B023
                )
                assert [hit.image_id for hit in store.near([code(7)], NAME, radius)[0]] == [entry(7).image_id]
            assert len(asked) == 1
            assert store.near([], NAME, radius) == []
    with closing(PostgreSQLStore(url)) as other:  # one came and one went: as many as there were
        other.add([entry(93)])
        other.remove([entry(7).image_id])
    assert found(url, desk, 7) == [] and found(url, desk, 93) == [entry(93).image_id]


def test_what_was_removed_is_no_more_found_and_much_that_came_is_kept_anew(url: str, desk: Path) -> None:
    with closing(PostgreSQLStore(url)) as store:
        store.remove([entry(7).image_id])
    assert found(url, desk, 7) == [] and found(url, desk, 8) == [entry(8).image_id]
    with closing(PostgreSQLStore(url)) as store:
        store.add([entry(number) for number in range(100, 150)])
    before = set(desk.rglob("*.codes"))
    assert found(url, desk, 120) == [entry(120).image_id]
    after = set(desk.rglob("*.codes"))
    assert len(after) == 1 and after != before


@pytest.mark.parametrize("kind", ["*.codes", "*.json"])
@pytest.mark.parametrize("how", ["byte", "cut", "gone", "link", "other"])
def test_a_copy_that_is_not_what_was_written_is_not_believed(url: str, desk: Path, kind: str, how: str) -> None:
    (file,) = desk.rglob(kind)
    data = file.read_bytes()
    file.unlink()
    match how:
        case "byte":
            file.write_bytes(bytes(one ^ 1 for one in data))
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "link":
            file.symlink_to("/dev/zero")
        case "other":
            file.write_bytes(data.replace(b'"last": ', b'"last": 9') if kind == "*.json" else data[::-1])
    for radius in (9, 60):
        assert found(url, desk, 7, radius) == [entry(7).image_id]


def test_what_a_killed_program_left_is_removed_a_day_later_and_nothing_else(url: str, desk: Path) -> None:
    (kept,) = desk.rglob("*.codes")
    left, fresh, other = kept.with_name("0" * 32 + ".codes"), kept.with_name("1" * 32 + ".codes"), kept.with_name("x")
    for path in (left, fresh, other):
        path.write_bytes(b"left")
    for path in (kept, left, other):
        os.utime(path, (1, 1))
    with closing(PostgreSQLStore(url)) as store:
        store.remove([entry(9).image_id])
    assert found(url, desk, 7) == [entry(7).image_id]  # all is read and kept anew
    assert not left.exists() and not kept.exists() and fresh.exists() and other.exists()
    assert found(url, desk, 8) == [entry(8).image_id] and len([*desk.rglob("*.codes")]) == 2


def test_a_folder_that_cannot_be_written_costs_only_time(url: str, desk: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert found(url, tmp_path / "file", 7) == found(url, None, 7) == [entry(7).image_id]


@pytest.mark.parametrize("step", ["write_text", "replace"])
def test_where_a_copy_cannot_be_named_it_is_not_left_either(url: str, desk: Path, monkeypatch, step: str) -> None:
    """Each process would else add one to a full disk."""
    before = sorted(desk.rglob("*"))
    with closing(PostgreSQLStore(url)) as store:
        store.remove([entry(9).image_id])

    def full(path: Path, *_: object, **__: object) -> None:
        assert path.suffix == ".new"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, step, full)
    assert found(url, desk, 7) == [entry(7).image_id]
    assert sorted(desk.rglob("*")) == before
