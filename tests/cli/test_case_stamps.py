"""seal --stamp: time-stamps in the case, asked of a real `openssl ts` authority, and what a stranger makes of them."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("rfc3161_client")

from benchmarks.custody.cases import AUTHOR, in_memory, stamps_from
from benchmarks.stamps.authority import stamp_desk
from provenance.custody.der import time_in
from provenance.custody.keys import signing_key
from provenance.custody.sealing import seal
from provenance.custody.verifying import verify
from provenance.custody.writing import writing
from provenance.errors import CaseError
from provenance.model.case import Did, State
from tests.custody.mapped import MappedContents


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl")
    with stamp_desk(tmp_path_factory.mktemp("authority")) as running, stamps_from(running):
        yield running


@pytest.fixture
def case(run):
    """A case with one note, unsealed."""
    with writing(Path("case"), AUTHOR, create=True) as writer:
        writer.received(AUTHOR, b"picture", "jpg", "received")
    return Path("case")


def stamped(run, desk, case, *modes, trusted=True):
    words = [word for mode in modes for word in ("--stamp", desk.url(mode))]
    words += ["--trust-list", desk.folder / "root.pem"] if trusted else []
    desk.asked.clear()
    return run("seal", case, *words)


def test_time_stamps_come_into_the_case_under_its_seal(run, desk, case) -> None:
    ended = stamped(run, desk, case, "right", "error", "chained")
    assert ended.code == 10 and "status 500" in ended.err
    assert ended.out.count("Sending to") == 3 and "Sealed: 11 files" in ended.out
    entries = [json.loads(line) for line in run("log", case, "--json").out.splitlines()]
    assert [entry["did"] for entry in entries] == ["opened", "received", Did.STAMPED, "sealed"]
    assert entries[2]["words"] == "asked 3 authorities for a time-stamp of entry 2; 2 came"
    assert entries[2]["settings"]["stamped"] == f"2:{entries[2]['previous']}"
    assert ["status 500" in told for told in entries[2]["settings"]["asked"]] == [False, True, False]
    assert all(bytes.fromhex(entries[2]["previous"]) not in body and len(body) < 100 for _, body in desk.asked)
    assert sorted(path.name for path in (case / "data/stamps/0002").iterdir()) == ["1-127.0.0.1", "3-127.0.0.1"]

    found = run("verify", case)
    assert found.code == 0 and found.out.count("Time:   data/stamps/0002/") == 2
    assert "the log up to entry 2, and each file that it names up to there, existed at 20" in found.out
    assert "it came with the case" in found.out
    found = run("verify", case, "--trust-list", desk.folder / "root.pem")
    assert found.code == 0 and "it came with the case" not in found.out
    assert "no certificate given vouches" in run("verify", case, "--trust-list", desk.folder / "stranger.pem").out


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_a_stranger_checks_them_by_the_commands_of_verify_txt(run, desk, case) -> None:
    assert stamped(run, desk, case, "right", "chained").code == 0
    steps = [line.strip() for line in (case / "VERIFY.txt").read_text().splitlines() if line.startswith("   ")]
    assert len(steps) == 5 + 2 * 3 and max(map(len, steps)) < 260
    for step in steps:
        ended = stranger(case, step)
        assert ended.returncode == 0, (step, ended.stderr)
    reply = next(case.glob("data/stamps/*/1-*/response.tsr"))
    text = reply.with_name("stamped.txt")
    for path, data in ((reply, reply.read_bytes()[:-1] + b"x"), (text, text.read_bytes().replace(b"salt ", b"salt  "))):
        kept = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(data)
        assert any(stranger(case, step).returncode for step in steps[5:])
        path.write_bytes(kept)
    assert not any(stranger(case, step).returncode for step in steps)


def test_the_time_in_a_reply_is_read_without_a_library_and_nothing_else_is(run, desk, case) -> None:
    assert stamped(run, desk, case, "right").code == 0
    reply = next(case.glob("data/stamps/*/*/response.tsr")).read_bytes()
    found = time_in(reply)
    assert found is not None and abs((found - datetime.now(UTC)).total_seconds()) < 60
    assert f"-attime {int(found.timestamp())}" in (case / "VERIFY.txt").read_text()
    for cut in range(len(reply)):
        time_in(reply[:cut])
        time_in(reply[:cut] + bytes((reply[cut] ^ 0xFF,)) + reply[cut + 1 :])
    assert time_in(b"") is None


def test_a_case_stamped_after_its_seal_is_sealed_again(run, desk, case) -> None:
    assert run("seal", case).code == 0
    assert stamped(run, desk, case, "right", trusted=False).code == 0
    found = run("verify", case)
    assert found.code == 0 and "an earlier seal holds" in found.out
    assert "no certificate was given that vouches" in found.out
    assert "$ROOT" in (case / "VERIFY.txt").read_text()


def test_an_authority_that_cannot_be_reached_leaves_the_seal_as_it_was(run, desk, case) -> None:
    before = run("seal", case).out
    ended = run("seal", case, "--stamp", "http://127.0.0.1:1/", "--stamp", "https://10.0.0.1/")
    assert ended.code == 10 and ended.err.count("no time-stamp") == 2
    assert "The seal stands" in ended.out
    assert before.splitlines()[-2] == ended.out.splitlines()[-2]
    assert run("verify", case).code == 0


def test_what_makes_no_sense_is_said_before_anything_is_sent(run, desk, case) -> None:
    desk.asked.clear()
    url = desk.url("right")
    assert run("seal", case, "--trust-list", desk.folder / "root.pem").code == 2
    assert run("seal", case, *["--stamp", url] * 9).code == 2
    assert run("seal", case, "--stamp", url, "--trust-list", "missing").code == 6
    assert run("seal", "nowhere", "--stamp", url).code == 8
    assert desk.asked == [] and len(run("log", case).out.splitlines()) == 3


def test_what_left_is_in_the_log_even_when_nothing_came(run, desk, case) -> None:
    assert stamped(run, desk, case, "error", "garbage").code == 10
    assert "asked 2 authorities for a time-stamp of entry 2; none came" in run("log", case).out
    assert run("verify", case).code == 0 and not (case / "data/stamps").exists()


def test_a_stamp_that_is_foreign_or_broken_is_named(run, desk, case, tmp_path) -> None:
    assert stamped(run, desk, case, "right").code == 0
    files = {name: data for name, data in in_memory(case).items() if name.startswith("data/stamps/")}
    reply = next(name for name in files if name.endswith("response.tsr"))
    other = tmp_path / "other"
    with writing(other, AUTHOR, create=True) as writer:
        writer.enter(AUTHOR, Did.STAMPED, "taken from another case", files=files)
        with pytest.raises(CaseError, match=r"stamped.txt names no earlier entry of this log: it is of another one"):
            seal(writer, signing_key(tmp_path / "keys"), AUTHOR)
    assert "1-127.0.0.1/stamped.txt names no earlier entry" in run("verify", other).out

    third = tmp_path / "third"
    shutil.copytree(case, third)
    changed = {name.replace("0002", "0003"): data for name, data in files.items()}
    data = bytearray(files[reply])
    data[-1] ^= 1
    changed[reply.replace("0002", "0003")] = bytes(data)
    with writing(third, AUTHOR) as writer:
        writer.enter(AUTHOR, Did.STAMPED, "with a broken reply", files=changed)
    found = run("verify", third)
    assert found.code == 8
    assert "WRONG: data/stamps/0003/1-127.0.0.1/response.tsr is no time-stamp of this log: the signature" in found.out


def test_without_the_library_nothing_is_sent_and_what_is_there_is_not_checked(run, desk, case, monkeypatch) -> None:
    assert stamped(run, desk, case, "right").code == 0
    desk.asked.clear()
    monkeypatch.setattr("provenance.custody.stamp_reply.installed", lambda: False)
    monkeypatch.setattr("provenance.sealing.timestamping.installed", lambda: False)
    found = verify(MappedContents(in_memory(case)))
    assert found.state is State.INTACT
    assert "not checked: rfc3161-client is not installed" in found.stamps[0] and "openssl" in found.stamps[0]
    ended = run("seal", case, "--stamp", desk.url("right"))
    assert ended.code == 8 and "rfc3161-client is not installed" in ended.err
    assert desk.asked == []


def stranger(case: Path, command: str) -> subprocess.CompletedProcess[str]:
    bare = ["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command]
    return subprocess.run(bare, cwd=case, capture_output=True, text=True, check=False, timeout=60)


def test_what_one_authority_gave_is_kept_where_the_next_is_stopped(run, desk, case, monkeypatch) -> None:
    from provenance.sealing import stamping

    real = stamping.send

    def stopping(asking, **given):
        if asking.authority == desk.url("chained"):
            raise KeyboardInterrupt
        return real(asking, **given)

    monkeypatch.setattr(stamping, "send", stopping)
    assert stamped(run, desk, case, "right", "chained").code == 130
    (entry,) = [json.loads(line) for line in run("log", case, "--json").out.splitlines() if Did.STAMPED in line]
    assert entry["words"] == "asked 1 authority for a time-stamp of entry 2; 1 came"
    assert list(case.glob("data/stamps/0002/1-127.0.0.1/response.tsr"))


@pytest.mark.parametrize(("by", "code", "words"), [((), 130, "Ctrl-C"), (("SIGTERM",), 143, "SIGTERM")])
def test_what_had_left_for_an_authority_when_it_was_stopped_is_noted(
    run, desk, case, monkeypatch, by, code, words
) -> None:
    from provenance.online import sending

    real = sending._sent

    def stopping(adapter, errand):
        if adapter.there.url == desk.url("chained"):
            raise KeyboardInterrupt(*by)
        return real(adapter, errand)

    monkeypatch.setattr(sending, "_sent", stopping)
    ended = stamped(run, desk, case, "right", "chained", "right")
    assert ended.code == code and "or come from one, is in the log of the case" in ended.err
    (entry,) = [json.loads(line) for line in run("log", case, "--json").out.splitlines() if Did.STAMPED in line]
    assert entry["words"] == "asked 2 authorities for a time-stamp of entry 2; 1 came"
    asked = entry["settings"]["asked"]
    assert "sent to 127.0.0.1" in asked[1] and f"stopped by {words} before it answered" in asked[1]
