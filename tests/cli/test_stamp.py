"""`stamp`: what it says before it sends, what it keeps, and how it ends."""

import re
import shutil
from dataclasses import replace

import pytest

from provenance.sealing import stamping

pytest.importorskip("cryptography")

from benchmarks.stamps.authority import stamp_desk

VERIFY_LINES = 4


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A running authority, which the command line may reach although it stands on the loopback address."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl")
    folder = tmp_path / "authority"
    folder.mkdir()
    with stamp_desk(folder) as running:
        policy = replace(stamping.POLICY, loopback=frozenset({running.address}), within_s=300.0)
        send = stamping.send
        plan = stamping.plan
        monkeypatch.setattr(stamping, "plan", lambda *given: plan(*given, policy=policy))
        monkeypatch.setattr(stamping, "send", lambda asking, **given: send(asking, policy=policy, **given))
        yield running


def test_a_time_stamp_is_announced_asked_for_and_kept(run, desk, tmp_path, samples) -> None:
    pytest.importorskip("rfc3161_client")
    ended = run("stamp", samples / "stranger.jpg", "--authority", desk.url("right"), "--trust-list",
                desk.folder / "root.pem", "--out", tmp_path / "stamps")  # fmt: skip
    assert ended.code == 0, ended.err
    first, second, third = ended.out.splitlines()
    assert first.startswith(f"Sending to {desk.url('right')}: a request of ") and "sha256" in first
    assert re.match(
        r'  Stamped 20\d\d-.*Z, give or take 1.5 s by its own word, by a signer that calls itself "CN=Stamp', second
    )
    assert "vouches for who signed." in second
    folder = tmp_path / "stamps" / "1-127.0.0.1"
    assert third == f"  Check it with {folder / 'VERIFY.txt'}"
    names = {"stamped.txt", "request.tsq", "response.tsr", "chain.pem", "anchors.pem", "VERIFY.txt", "SHA256SUMS"}
    assert {path.name for path in folder.iterdir()} == names
    text = (folder / "VERIFY.txt").read_text()
    assert len(re.findall(r"^(?:openssl ts|sha256sum) -", text, re.M)) == VERIFY_LINES
    assert "stranger.jpg" in text and str(samples) not in text
    assert b"stranger" not in desk.asked[0][1]


def test_one_that_fails_is_told_and_the_others_are_kept(run, desk, tmp_path, samples) -> None:
    out = tmp_path / "stamps"
    arguments = [word for mode in ("error", "right", "garbage") for word in ("--authority", desk.url(mode))]
    ended = run("stamp", samples / "stranger.jpg", *arguments, "--out", out)
    assert ended.code == 10
    assert "status 500" in ended.err and ended.out.count("Sending to") == 3
    assert [path.name for path in out.iterdir()] == (["2-127.0.0.1"] if "no time-stamp" in ended.err else [])
    assert "ROOT.pem" in (out / "2-127.0.0.1" / "VERIFY.txt").read_text()


def test_a_private_address_is_never_asked(run, desk, tmp_path, samples) -> None:
    for url in ("http://127.0.0.1:1/", "http://169.254.169.254/", "http://0x7f000001/", "ftp://a.example/"):
        ended = run("stamp", samples / "stranger.jpg", "--authority", url, "--out", tmp_path / "stamps")
        assert ended.code == 10 and "no time-stamp" in ended.err
        assert "Traceback" not in ended.err
        assert "Sending" not in ended.out, "it is said to be sent before it is refused"
    assert not (tmp_path / "stamps").exists() and desk.asked == []


def test_what_cannot_be_stamped_is_said_before_anything_is_sent(run, desk, tmp_path, samples) -> None:
    url = desk.url("right")
    assert run("stamp", tmp_path / "missing", "--authority", url, "--out", tmp_path / "out").code == 3
    assert run("stamp", samples / "stranger.jpg", "--out", tmp_path / "out").code == 2
    wrong = ("--trust-list", samples / "stranger.jpg")
    assert run("stamp", samples / "stranger.jpg", "--authority", url, *wrong, "--out", tmp_path / "out").code == 6
    assert desk.asked == []


def test_nothing_is_sent_where_the_stamps_could_not_be_kept(run, desk, tmp_path, samples) -> None:
    (tmp_path / "file").touch()
    ended = run("stamp", samples / "stranger.jpg", "--authority", desk.url("right"), "--out", tmp_path / "file" / "x")
    assert ended.code == 7 and "is no folder" in ended.err and desk.asked == []


def test_the_help_says_what_leaves(run) -> None:
    text = run("stamp", "--help").out
    for words in ("what leaves", "salted", "VERIFY.txt", "exit codes", "--authority"):
        assert words in text
    assert max(map(len, text.splitlines())) <= 120
