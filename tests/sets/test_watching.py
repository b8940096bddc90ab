"""A watched folder, and copies of earlier checks' pictures that come into a set."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as Pillow

import provenance
from provenance.cli import watch
from provenance.cli.main import main
from provenance.cli.watched_sets import Copies
from provenance.desk.desk import Desk
from provenance.errors import InputError
from provenance.matching.earlier import read_past
from provenance.reference.open import open_set
from provenance.sets.earlier import EarlierChecks
from provenance.sets.noticing import in_both, noticed, told
from provenance.sets.watching import Arrivals

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


def checked(picture: Path, at: Path) -> None:
    with Desk(references=[], earlier=at) as desk:
        desk.note_check(desk.check(picture), report=None, by="desk")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory) -> Path:
    """The earlier checks of one picture, small and saved again."""
    folder = tmp_path_factory.mktemp("earlier")
    with Pillow.open(SAMPLES / "reference" / "railcar_yard.jpg") as picture:
        picture.resize((picture.width // 2, picture.height // 2)).save(folder / "old\u202e.jpg", quality=60)
    checked(folder / "old\u202e.jpg", folder / "checks.sqlite")
    return folder / "checks.sqlite"


def test_adding_tells_which_picture_of_an_earlier_check_it_is_a_copy_of(tmp_path: Path, earlier: Path) -> None:
    pictures = [SAMPLES / "reference" / "railcar_yard.jpg", SAMPLES / "reference" / "wheat_road.jpg"]
    done = provenance.add(pictures, reference=tmp_path / "s.sqlite", earlier=earlier)
    (notice,) = done.notices
    assert (notice.name, notice.past.name) == ("railcar_yard.jpg", "old\\u202e.jpg")
    assert notice.words.startswith("railcar_yard.jpg is a copy of a picture that was checked as old\\u202e.jpg on 2")
    assert "\u202e" not in notice.words
    again = provenance.add(pictures, reference=tmp_path / "s.sqlite", earlier=earlier)
    assert again.notices == ()


def test_the_same_file_is_told_even_without_detail(tmp_path: Path) -> None:
    Pillow.new("RGB", (64, 64)).save(tmp_path / "plain.png")
    checked(tmp_path / "plain.png", tmp_path / "checks.sqlite")
    done = provenance.add([tmp_path / "plain.png"], reference=tmp_path / "s", earlier=tmp_path / "checks.sqlite")
    assert "is the same file as" in done.notices[0].words


def test_earlier_checks_that_cannot_be_read_do_not_stop_adding(tmp_path: Path) -> None:
    (tmp_path / "checks.sqlite").write_bytes(b"no set at all")
    sample = SAMPLES / "reference" / "wheat_road.jpg"
    done = provenance.add([sample], reference=tmp_path / "s.sqlite", earlier=tmp_path / "checks.sqlite")
    assert (done.pictures_added, done.notices) == (1, ())
    assert provenance.add([sample], reference=tmp_path / "t.sqlite", earlier=tmp_path / "none").pictures_added == 1


def test_only_copies_that_came_after_the_check_are_news(tmp_path: Path, earlier: Path) -> None:
    sample = [SAMPLES / "reference" / "railcar_yard.jpg"]
    provenance.add(sample, reference=tmp_path / "old.sqlite", now=datetime(2001, 1, 1, tzinfo=UTC))
    provenance.add(sample, reference=tmp_path / "new.sqlite", now=datetime(2100, 1, 1, tzinfo=UTC))
    checks = EarlierChecks(earlier)
    (past,) = (read_past(one) for stored in checks.store.get(checks.store.lacking(("",))) for one in stored.records)
    provenance.add(sample, reference=tmp_path / "same second.sqlite", now=datetime.fromisoformat(past.at))
    for name, news in (("old.sqlite", 0), ("new.sqlite", 1), ("same second.sqlite", 1)):
        store = open_set(tmp_path / name)
        pairs = in_both(checks.store, store)
        assert (len(pairs), len(told(checks.store, store, pairs))) == (1, news)
        store.close()
    assert noticed(checks.store, [("f" * 64, "x.jpg", ())]) == []
    checks.close()


def test_a_file_is_told_once_it_no_longer_changes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SAMPLES / "reference" / "wheat_road.jpg", folder / "there.jpg")
    arrivals = Arrivals(folder, settle_s=2.0)
    assert arrivals.pass_over() == 1
    data = (SAMPLES / "reference" / "railcar_yard.jpg").read_bytes()
    (folder / "new.jpg").write_bytes(data[:5000])
    assert arrivals.arrived(0.0) == []
    assert arrivals.arrived(1.5) == []
    (folder / "new.jpg").write_bytes(data)  # it is still being written
    assert arrivals.arrived(2.5) == []
    assert arrivals.arrived(4.0) == []
    assert arrivals.arrived(4.6) == [folder / "new.jpg"]
    assert arrivals.arrived(9.0) == []
    os.utime(folder / "new.jpg", (1, 1))
    assert arrivals.arrived(10.0) == []
    assert arrivals.arrived(12.0) == [folder / "new.jpg"]
    (folder / "new.jpg").unlink()
    (folder / "there.jpg").unlink()
    assert arrivals.arrived(20.0) == []  # an empty folder is no error
    with pytest.raises(InputError):
        Arrivals(tmp_path / "none", 1.0).pass_over()


def test_a_file_that_could_not_be_checked_is_told_again_a_minute_later(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "reference" / "wheat_road.jpg", tmp_path / "a.jpg")
    arrivals = Arrivals(tmp_path, settle_s=2.0)
    assert [*arrivals.arrived(0.0), *arrivals.arrived(2.0)] == [tmp_path / "a.jpg"]
    arrivals.try_again(tmp_path / "a.jpg", 3.0)
    assert arrivals.arrived(60.0) == []
    assert arrivals.arrived(65.0) == [tmp_path / "a.jpg"]
    assert arrivals.arrived(200.0) == []


def test_what_is_no_picture_is_told_once_it_has_stayed_so(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path, settle_s=2.0)
    assert arrivals.pass_over() == 0
    (tmp_path / "notes.txt").write_text("nobody takes this for a picture")
    (tmp_path / "page.jpg").write_text("<html>")
    (tmp_path / "begun.png").write_bytes(b"")
    assert [*arrivals.arrived(0.0), *arrivals.arrived(5.0), *arrivals.none] == []
    data = (SAMPLES / "reference" / "wheat_road.jpg").read_bytes()
    (tmp_path / "begun.png").write_bytes(data)  # as a browser does, which makes an empty file first
    assert arrivals.arrived(10.0) == []
    assert [(one.path.name, one.reason) for one in arrivals.none] == [
        ("page.jpg", "not a picture by its content, but a web page"),
    ]
    assert arrivals.arrived(12.0) == [tmp_path / "begun.png"]
    assert arrivals.none == []
    (tmp_path / "page.jpg").write_bytes(data)
    assert [*arrivals.arrived(13.0), *arrivals.arrived(15.0)] == [tmp_path / "page.jpg"]
    assert Arrivals(tmp_path, settle_s=2.0).pass_over() == 2


def test_what_turns_into_a_picture_with_its_size_and_time_kept_arrives(tmp_path: Path) -> None:
    """As a file that may be read only now, or one that was laid out in full before its content came."""
    arrivals = Arrivals(tmp_path, settle_s=2.0)
    data = (SAMPLES / "reference" / "wheat_road.jpg").read_bytes()
    coming, left_out = tmp_path / "coming.jpg", tmp_path / "left_out.jpg"
    left_out.write_bytes(bytes(len(data)))
    assert arrivals.pass_over() == 0
    coming.write_bytes(bytes(len(data)))
    assert [*arrivals.arrived(0.0), *arrivals.arrived(20.0)] == []
    assert [one.path for one in arrivals.none] == [coming]
    for file in (coming, left_out):
        before = file.stat()
        file.write_bytes(data)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [*arrivals.arrived(30.0), *arrivals.arrived(32.0)] == [coming, left_out]
    assert [*arrivals.arrived(60.0), *arrivals.none] == []


def test_a_set_that_is_not_there_and_a_file_that_is_no_picture_are_told(tmp_path, monkeypatch, earlier, capsys) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.jpg").write_bytes(b"")
    options = ["--reference", str(tmp_path / "mistyped.sqlite"), "--all", "--every", "0.05", "--settle", "0.05"]
    assert main(["watch", str(tmp_path / "in"), *options, "--out", str(tmp_path / "out"), "--for", "1.5"]) == 0
    told = capsys.readouterr().out
    assert f"there is no reference set at {tmp_path / 'mistyped.sqlite'}; until there is one" in told
    monkeypatch.setenv("PROVENANCE_EARLIER", str(earlier))
    options[1] = "x" * 300  # as one whose drive is away, which raises as well
    assert main(["watch", str(tmp_path / "in"), *options, "--out", str(tmp_path / "out"), "--for", "0.3"]) == 0
    assert "there is no reference set at xxx" in capsys.readouterr().out
    assert told.count("empty.jpg: not checked: the file is empty; ask whoever sent it") == 1


def test_a_set_that_cannot_be_read_hides_no_other_and_no_password_is_told(tmp_path, monkeypatch, earlier) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", str(earlier))
    (tmp_path / "broken.sqlite").write_bytes(b"no set at all")
    good = tmp_path / "good.sqlite"
    provenance.add([SAMPLES / "reference" / "wheat_road.jpg"], reference=good)
    said: list[str] = []
    # Nothing listens on port 1.
    server = "postgresql://desk:s3cret@127.0.0.1:1/refs"
    copies = Copies([str(tmp_path / "broken.sqlite"), server, str(good)], said.append)
    provenance.add([SAMPLES / "reference" / "railcar_yard.jpg"], reference=good)
    copies.look()
    copies.look()
    assert len(said) == 3 and said[2].startswith(f"{good}: railcar_yard.jpg is a copy of")
    assert "s3cret" not in " ".join(said)


def test_a_set_that_is_made_while_sets_are_watched_is_watched(tmp_path, monkeypatch, earlier) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", str(earlier))
    said: list[str] = []
    copies = Copies([str(tmp_path / "later.sqlite")], said.append)
    copies.look()
    assert said == []
    provenance.add([SAMPLES / "reference" / "railcar_yard.jpg"], reference=tmp_path / "later.sqlite")
    copies.look()
    copies.look()
    assert len(said) == 1 and "railcar_yard.jpg is a copy of" in said[0]


def test_watch_checks_what_is_there_when_asked_and_writes_its_log(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", str(tmp_path / "checks.sqlite"))
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SAMPLES / "railcar_mirrored.jpg", folder / "a.jpg")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    provenance.add([SAMPLES / "reference" / "railcar_yard.jpg"], reference=tmp_path / "s.sqlite")
    options = [
        "--reference",
        str(tmp_path / "s.sqlite"),
        "--out",
        str(tmp_path / "out"),
        "--log",
        str(tmp_path / "log"),
    ]
    assert main(["watch", str(folder), *options, "--all", "--every", "0.1", "--settle", "0.1", "--for", "0.5"]) == 0
    told_there = capsys.readouterr().out
    assert "seen before: copy; report: " in told_there
    assert (tmp_path / "log").read_text() == told_there
    assert list((tmp_path / "out").glob("*/report.html"))
    assert main(["watch", str(tmp_path / "none"), *options]) == 3


def test_a_log_on_a_full_disk_ends_no_watch_and_is_told(tmp_path, capsys) -> None:
    (tmp_path / "in").mkdir()
    assert (
        main(["watch", str(tmp_path / "in"), "--log", "/dev/full", "--for", "0.1", "--out", str(tmp_path / "o")]) == 0
    )
    said = capsys.readouterr()
    assert "watching" in said.out and "this line is not in the log: No space left on device" in said.err
    (tmp_path / "file").touch()
    assert main(["watch", str(tmp_path / "in"), "--for", "0.1", "--out", str(tmp_path / "file" / "x")]) == 7


def test_a_log_that_nobody_reads_holds_no_watch(tmp_path, capsys) -> None:
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "pipe")
    words = ["watch", str(tmp_path / "in"), "--log", str(tmp_path / "pipe"), "--for", "0.1", "--every", "0.1"]
    words += ["--out", str(tmp_path / "out")]
    assert main(words) == 7
    assert "cannot write" in capsys.readouterr().err
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    filling = os.open(tmp_path / "pipe", os.O_WRONLY | os.O_NONBLOCK)
    with suppress(BlockingIOError):
        while True:
            os.write(filling, bytes(4096))
    assert main(words) == 0
    assert "this line is not in the log" in capsys.readouterr().err
    os.close(filling)
    os.close(reading)


def test_a_line_that_is_told_to_be_missing_in_the_log_is_not_there_in_part(tmp_path, capsys) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with open(tmp_path / "pipe", "ab", buffering=0, opener=watch._at_once) as log:
        for number in range(1_200):  # the pipe holds some 600
            watch._say(f"{number} {'x' * 70}", log)
        told = capsys.readouterr().err.count("this line is not in the log")
        read = os.read(reading, 2**20)
        watch._say("the last", log)
    read += os.read(reading, 2**20)
    os.close(reading)
    lines = read.decode().splitlines()
    assert 0 < told == 1_200 - (len(lines) - 1)
    assert lines[-1].endswith(" the last") and all(line.count("x") == 70 for line in lines[:-1])


def test_a_file_that_breaks_the_program_does_not_end_the_watch(tmp_path, monkeypatch, capsys) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        shutil.copy(SAMPLES / "railcar_mirrored.jpg", folder / name)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no \x1b[2J way")

    monkeypatch.setattr("provenance.desk.desk.Desk.check", broken)
    options = ["--reference", str(SAMPLES / "reference"), "--out", str(tmp_path / "out"), "--all", "--every", "0.1"]
    assert main(["watch", str(folder), *options, "--settle", "0.1", "--for", "0.5"]) == 0
    told = capsys.readouterr().out
    assert told.count("the program broke on it: RuntimeError: no \\x1b[2J way; report it") == 2


@pytest.mark.slow
def test_ctrl_c_ends_a_watch_cleanly_and_a_copy_that_enters_the_set_is_told(tmp_path: Path, earlier: Path) -> None:
    (tmp_path / "in").mkdir()
    provenance.add([SAMPLES / "reference" / "wheat_road.jpg"], reference=tmp_path / "s.sqlite")
    command = [sys.executable, "cli.py", "watch", str(tmp_path / "in"), "--reference", str(tmp_path / "s.sqlite")]
    more = ["--every", "0.2", "--log", str(tmp_path / "log"), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PROVENANCE_EARLIER": str(earlier)}
    running = subprocess.Popen([*command, *more], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    wait_for(tmp_path / "log", "Ctrl-C ends it")
    time.sleep(2)
    provenance.add([SAMPLES / "reference" / "railcar_yard.jpg"], reference=tmp_path / "s.sqlite")
    wait_for(tmp_path / "log", "is a copy of a picture that was checked")
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    assert "ended by Ctrl-C" in (tmp_path / "log").read_text()


def wait_for(file: Path, words: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if file.exists() and words in file.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"{words!r} was not told")
