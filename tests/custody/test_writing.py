"""Deposits: files and their entry, both or neither; what a stopped run left is finished or removed."""

import hashlib
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from provenance.custody import disk
from provenance.custody.chain import lines, walk
from provenance.custody.layout import LOG
from provenance.custody.writing import writing
from provenance.errors import CaseError, OutputError
from provenance.model.case import Entry, State
from tests.custody.conftest import AUTHOR, FIRST, Desk


def entries(root: Path) -> list[Entry]:
    return [entry for entry, _ in walk(lines([(root / LOG).read_bytes()]))]


def test_an_original_is_kept_under_its_digest_and_cannot_be_written(desk: Desk) -> None:
    desk.receive(FIRST)
    path = desk.root / f"data/originals/{hashlib.sha256(FIRST).hexdigest()}.jpg"
    assert path.read_bytes() == FIRST
    assert stat.S_IMODE(path.stat().st_mode) & 0o222 == 0
    assert [entry.did for entry in entries(desk.root)] == ["opened", "received"]
    assert sorted(file.name for file in desk.root.iterdir()) == ["data"]


def test_the_same_bytes_lie_there_once_and_are_noted_each_time(desk: Desk) -> None:
    desk.receive(FIRST)
    before = next((desk.root / "data/originals").iterdir()).stat()
    desk.receive(FIRST)
    (path,) = (desk.root / "data/originals").iterdir()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert entries(desk.root)[-1].words.endswith("these bytes were there already")
    assert not entries(desk.root)[-1].outputs


def test_a_damaged_original_is_not_taken_for_the_bytes_that_came(desk: Desk) -> None:
    desk.receive(FIRST)
    (path,) = (desk.root / "data/originals").iterdir()
    path.chmod(0o644)
    path.write_bytes(b"x")
    with pytest.raises(CaseError, match="not what its name says"):
        desk.receive(FIRST)


def test_a_torn_last_line_is_set_aside_in_words_and_nothing_else_is_lost(desk: Desk) -> None:
    desk.receive(FIRST)
    whole = (desk.root / LOG).read_bytes()
    with (desk.root / LOG).open("ab") as log:
        log.write(b'{"at":"2026-03-01T12:00:00Z","by":"\xd0')
    assert "unfinished" in desk.verify().sentence
    desk.note("after")
    assert (desk.root / LOG).read_bytes().startswith(whole)
    opened, received, recovered, noted = entries(desk.root)
    assert (opened.did, received.did, noted.words) == ("opened", "received", "after")
    assert "set aside an unfinished last line of 36 bytes" in recovered.words
    assert recovered.settings["sha256"] == hashlib.sha256(b'{"at":"2026-03-01T12:00:00Z","by":"\xd0').hexdigest()
    assert desk.verify().state is State.UNSEALED


def test_a_torn_first_line_opens_the_case_anew(desk: Desk) -> None:
    (desk.root / "data").mkdir(parents=True)
    (desk.root / LOG).write_bytes(b'{"at":')
    desk.receive(FIRST)
    assert [entry.did for entry in entries(desk.root)] == ["opened", "recovered", "received"]


@pytest.mark.parametrize("damage", [b"\n", b"{}\n", b"not json\n", b'{"at":"\x00"}\n'])
def test_a_broken_whole_line_is_refused_and_left_alone(desk: Desk, damage: bytes) -> None:
    desk.receive(FIRST)
    with (desk.root / LOG).open("ab") as log:
        log.write(damage)
    before = (desk.root / LOG).read_bytes()
    with pytest.raises(CaseError, match="last entry of the log"):
        desk.note()
    assert (desk.root / LOG).read_bytes() == before


def test_files_of_a_run_stopped_before_its_entry_are_removed(desk: Desk) -> None:
    desk.receive(FIRST)
    part = desk.root / ".part-3"
    part.mkdir()
    (part / "0").write_bytes(b"half")
    assert "of a run that was stopped" in desk.verify().sentence
    desk.note()
    assert not part.exists()
    assert desk.verify().state is State.UNSEALED


def test_files_of_a_run_stopped_behind_its_entry_are_put_into_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive(FIRST)

    def stop(self: Path, target: Path) -> Path:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stop)
        with pytest.raises(OutputError, match="Input/output error"):
            desk.report()
    assert not list((desk.root / "data/reports/one").iterdir())
    desk.note()
    assert (desk.root / "data/reports/one/report.html").read_bytes() == b"<p>report</p>\n"
    assert desk.verify().state is State.UNSEALED


def test_no_file_of_a_case_is_ever_replaced(desk: Desk) -> None:
    desk.receive(FIRST)
    desk.report("one")
    with pytest.raises(ValueError, match="cannot be a new file"):
        desk.report("one")
    with writing(desk.root, AUTHOR) as writer:
        assert writer.free_name("data/reports/one") == "data/reports/one-2"
        assert writer.free_name("data/reports/two") == "data/reports/two"


@pytest.mark.parametrize("path", ["data/log.jsonl", "../x", "data/../../x", "seal.json", "/tmp/x", "data/.x"])
def test_nothing_is_written_outside_the_case(desk: Desk, path: str) -> None:
    desk.receive(FIRST)
    with writing(desk.root, AUTHOR) as writer, pytest.raises(ValueError, match="cannot be a new file"):
        writer.enter(AUTHOR, "noted", "x", files={path: b"x"})


def test_a_link_in_place_of_a_folder_or_the_log_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    desk.receive(FIRST)
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.root / "data/reports").symlink_to(outside)
    with pytest.raises(CaseError, match="not a folder of its own"):
        desk.report()
    assert not list(outside.iterdir()) and len(entries(desk.root)) == 2
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    (other / LOG).symlink_to(desk.root / LOG)
    with pytest.raises(OutputError):
        Desk(other, desk.key).receive(FIRST)


def test_a_link_in_place_of_an_empty_data_folder_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    desk.root.mkdir()
    (desk.root / "data").symlink_to(tmp_path / "outside")
    with pytest.raises(CaseError, match="not a folder of its own"):
        desk.receive(FIRST)
    assert not list((tmp_path / "outside").iterdir())


def test_a_team_may_share_a_case_where_the_umask_says_so(desk: Desk) -> None:
    before = os.umask(0o002)
    try:
        desk.receive(FIRST)
    finally:
        os.umask(before)
    assert stat.S_IMODE((desk.root / LOG).stat().st_mode) == 0o664


def test_many_runs_that_open_one_case_at_once_agree(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    for number in range(10):
        root = tmp_path / str(number)
        workers = [context.Process(target=_write_many, args=(root, f"w{n}", 1)) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 4
        assert len(entries(root)) == 5


def test_a_folder_with_other_files_is_no_case(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "x.txt").write_text("x")
    with pytest.raises(CaseError, match="holds other files"):
        Desk(tmp_path / "notes", desk.key).receive(FIRST)
    with pytest.raises(CaseError, match="no case"):
        desk.note()
    (tmp_path / "file").write_text("x")
    with pytest.raises(CaseError, match="is no folder"):
        Desk(tmp_path / "file", desk.key).receive(FIRST)


def _write_many(root: Path, name: str, times: int) -> None:
    for number in range(times):
        with writing(root, AUTHOR, create=True) as writer:
            if number % 5 == 0:
                writer.received(AUTHOR, f"{name} {number}".encode(), "png", f"received {name} {number}")
            else:
                writer.enter(AUTHOR, "noted", f"{name} {number}")


def test_several_writers_at_once_lose_nothing(desk: Desk) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_write_many, args=(desk.root, f"w{n}", 25)) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = entries(desk.root)
    assert len(found) == 6 * 25 + 1
    assert sum(entry.did == "opened" for entry in found) == 1
    assert len(list((desk.root / "data/originals").iterdir())) == 6 * 5
    for name in range(6):
        own = [entry.words for entry in found if f"w{name} " in entry.words]
        assert [words.split()[-1] for words in own] == [str(n) for n in range(25)]
    desk.seal()
    assert desk.verify().state is State.INTACT


def test_a_short_write_leaves_no_part_of_an_entry(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.receive(FIRST)
    before = (desk.root / LOG).read_bytes()
    real = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:10]))
        with pytest.raises(OutputError, match="No space left"):
            desk.note()
    assert (desk.root / LOG).read_bytes() == before


def test_a_link_or_a_long_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 100)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(OSError, match="symbolic"):
        disk.read(tmp_path / "link", 1000)
    with pytest.raises(OSError, match="larger"):
        disk.read(tmp_path / "file", 99)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="plain file"):
        disk.read(tmp_path / "pipe", 99)


def test_a_log_that_was_lost_whole_is_not_begun_anew(desk: Desk) -> None:
    desk.receive(FIRST)
    for lost in (b"", bytes(5000)):
        (desk.root / LOG).write_bytes(lost)
        with pytest.raises(CaseError, match="holds no entry"):
            desk.note("after")
        assert (desk.root / LOG).read_bytes() == lost


def test_a_log_with_a_second_name_is_not_written_to(desk: Desk, tmp_path: Path) -> None:
    """As `cp -l` copies; or somebody else's file, which would be appended to, or cut for having no whole line."""
    desk.receive(FIRST)
    before = (desk.root / LOG).read_bytes()
    (tmp_path / "snapshot").hardlink_to(desk.root / LOG)
    with pytest.raises(CaseError, match="second name"):
        desk.note()
    assert (desk.root / LOG).read_bytes() == before


def test_what_lies_in_a_folder_put_in_place_of_a_stopped_runs_is_not_removed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the folder and its emptying, somebody puts a link to another folder there."""
    desk.receive(FIRST)
    part, mine = desk.root / ".part-9", tmp_path / "mine"
    mine.mkdir()
    (mine / "letter").write_text("dear", encoding="utf-8")
    part.mkdir()
    real = os.stat

    def swapped(path: object, **named: bool) -> os.stat_result:
        found = real(path, **named)  # type: ignore[call-overload, no-any-return]
        if path == part and stat.S_ISDIR(found.st_mode):
            part.rmdir()
            part.symlink_to(mine)
        return found  # type: ignore[no-any-return]

    monkeypatch.setattr(os, "stat", swapped)
    with pytest.raises((CaseError, OutputError)):
        desk.note()
    assert (mine / "letter").read_text(encoding="utf-8") == "dear"


def test_foreign_files_among_those_of_a_stopped_run_do_not_stop_the_next(desk: Desk) -> None:
    desk.receive(FIRST)
    part = desk.root / f".part-{desk.verify().head.entries}"
    part.mkdir()
    (part / "other").write_text("x", encoding="utf-8")
    desk.note()
    assert not part.exists()


def test_a_folder_that_is_no_case_is_told_the_right_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(CaseError) as caught, writing(tmp_path, AUTHOR):
        pass
    assert "name a folder that check --case wrote" in caught.value.remedy
