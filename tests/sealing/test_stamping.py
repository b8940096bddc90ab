"""Time-stamps from a real `openssl ts` authority behind a real server, in its right and its wrong ways."""

import hashlib
import shlex
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from provenance.custody import timestamp
from provenance.custody.stamp_reply import StampState, check
from provenance.errors import ForbiddenError, InputError, UsageError
from provenance.model.context import TrustAnchors
from provenance.online.lookup import never_asked
from provenance.sealing.keeping import keep
from provenance.sealing.stamping import POLICY, plan, send, stamp

pytest.importorskip("rfc3161_client")

DIGEST = hashlib.sha256(b"a report").hexdigest()


@pytest.fixture
def policy(desk):
    return replace(POLICY, loopback=frozenset({desk.address}), within_s=300)


@pytest.fixture
def trusted(desk):
    return (TrustAnchors(name="root", pem=desk.root.pem),)


def one(desk, mode, policy, trusted=(), **options):
    (found,) = stamp(DIGEST, [desk.url(mode)], trusted=trusted, policy=policy, **options)
    return found


def test_a_time_stamp_under_a_root_that_is_trusted(desk, policy, trusted) -> None:
    found = one(desk, "right", policy, trusted)
    assert found.stamp.state is StampState.VOUCHED, found.stamp.words
    assert abs(found.stamp.time - datetime.now(UTC)) < timedelta(minutes=1)
    assert found.stamp.accuracy_s == 1.5 and found.stamp.policy == "1.2.3.4" and int(found.stamp.serial, 16) > 0
    assert "CN=Stamp Desk" in found.stamp.authority
    assert found.stamp.chain.count("BEGIN CERTIFICATE") == 1
    assert found.sent.addresses == ("127.0.0.1",) and found.sent.to == desk.url("right")
    assert found.sent.sha256 == hashlib.sha256(desk.asked[0][1]).hexdigest()


def test_nothing_leaves_but_the_request_which_holds_neither_the_digest_nor_the_desk(desk, policy) -> None:
    found = one(desk, "right", policy)
    ((_, sent),) = desk.asked
    assert sent == found.asking.request and len(sent) < 100
    assert bytes.fromhex(DIGEST) not in sent and DIGEST.encode() not in sent
    assert hashlib.sha256(found.asking.subject).digest() in sent
    assert set(desk.headers[0]) == {
        "Host", "User-Agent", "Accept", "Accept-Encoding", "Content-Type", "Content-Length",
    }  # fmt: skip
    assert desk.headers[0]["User-Agent"].startswith("provenance-desk/")


def test_what_will_be_sent_is_said_before_it_is(desk, policy) -> None:
    told = []

    def say(words: str) -> None:
        told.append((words, len(desk.asked)))

    found = stamp(DIGEST, [desk.url("right"), desk.url("error")], policy=policy, say=say)
    assert [asked for _, asked in told] == [0, 1]
    for (words, _), each in zip(told, found, strict=True):
        assert each.asking.authority in words and each.sent.sha256 in words


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("wrong_digest", "another digest"),
        ("wrong_nonce", "another number"),
        ("garbage", "is no time-stamp"),
        ("page", "is no time-stamp"),
        ("empty", "the reply has 0 bytes"),
        ("truncated", "is no time-stamp"),
        ("error", "status 500"),
        ("redirect", "wants it sent to"),
        ("redirect_out", "wants it sent to"),
        ("huge", "more than 262,144 bytes"),
        ("expired", "had run out at the time stamped"),
        ("rejected", "rejected (status 2"),
        ("twin", "2 certificates in the reply claim to be the signer's"),
    ],
)
def test_what_is_wrong_is_refused_in_words(desk, policy, trusted, mode, words) -> None:
    found = one(desk, mode, policy, trusted)
    assert found.stamp.state is StampState.REFUSED
    assert words in found.stamp.words
    assert not found.kept and found.files == {}
    assert "ErrorStack" not in found.stamp.words and "0x" not in found.stamp.words


def test_a_request_is_never_sent_on(desk, policy, monkeypatch) -> None:
    assert one(desk, "redirect", policy).sent.addresses == ("127.0.0.1",)
    assert len(desk.asked) == 1


def test_a_server_that_drips_is_left_when_the_time_is_over(desk, policy) -> None:
    began = time.monotonic()
    found = one(desk, "drip", replace(policy, within_s=1.0))
    assert "takes too long" in found.stamp.words
    assert time.monotonic() - began < 10  # all of it would take minutes


@pytest.mark.parametrize("mode", ["stranger", "right"])
def test_without_a_root_that_fits_nobody_is_vouched_for(desk, policy, trusted, mode) -> None:
    found = one(desk, mode, policy, trusted if mode == "stranger" else ())
    assert found.stamp.state is StampState.NOT_VOUCHED
    assert "vouches for who signed" in found.stamp.words
    assert found.kept


def test_one_authority_that_fails_leaves_the_others(desk, policy, trusted) -> None:
    modes = ("error", "right", "garbage", "huge", "right?again", "wrong_nonce")
    urls = [*(desk.url(mode) for mode in modes), "http://127.0.0.1:1/", "not a url", "http://10.0.0.1/"]
    found = stamp(DIGEST, urls, trusted=trusted, policy=policy)
    assert [each.kept for each in found] == [mode.startswith("right") for mode in modes] + [False] * 3
    assert all(each.stamp.words for each in found)
    assert [each.sent.addresses for each in found[-3:]] == [(), (), ()]


def test_without_the_library_the_reply_is_kept_and_not_checked(desk, policy, monkeypatch) -> None:
    monkeypatch.setattr("provenance.custody.stamp_reply.installed", lambda: False)
    found = one(desk, "right", policy)
    assert found.stamp.state is StampState.NOT_CHECKED
    assert "rfc3161-client is not installed" in found.stamp.words
    assert set(found.files) == {timestamp.SUBJECT, timestamp.REQUEST, timestamp.RESPONSE}


def test_a_clock_that_is_far_off_is_told(desk, policy, trusted) -> None:
    found = one(desk, "right", policy, trusted, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert found.stamp.state is StampState.VOUCHED and "differs from this machine's" in found.stamp.words


@pytest.mark.parametrize("mode", ["right", "chained"])
def test_the_commands_of_the_kept_folder_run_with_stock_tools(desk, policy, trusted, tmp_path, mode) -> None:
    file = tmp_path / "a report's, é.json"
    file.write_bytes(b"a report")
    (asking,) = plan(file, [desk.url(mode)], policy=policy)
    found = send(asking, trusted=trusted, policy=policy)
    folder = keep(found, tmp_path / "out", number=1, file=file)
    assert found.stamp.state is StampState.VOUCHED, found.stamp.words
    assert folder.name == "1-127.0.0.1"
    assert found.stamp.chain.count("BEGIN CERTIFICATE") == (2 if mode == "chained" else 1)
    text = (folder / "VERIFY.txt").read_text()
    (folder / file.name).write_bytes(file.read_bytes())
    commands = [line for line in text.splitlines() if line.startswith(("sha256sum", "openssl"))]
    assert len(commands) == 4
    for command in commands:
        ended = shell(command.replace("FILE", shlex.quote(file.name)) if "sha256sum" in command else command, folder)
        assert ended.returncode == 0, (command, ended.stderr)
    # And each fails where it should: another file, another text, another reply.
    (folder / file.name).write_bytes(b"a report, changed")
    assert shell(commands[0].replace("FILE", shlex.quote(file.name)), folder).returncode != 0
    (folder / timestamp.SUBJECT).write_bytes(timestamp.subject(DIGEST, b"another salt, 16"))
    assert shell(commands[1], folder).returncode != 0
    (folder / timestamp.REQUEST).write_bytes(timestamp.request(b"else", b"\x01"))
    assert shell(commands[2], folder).returncode != 0


def test_openssl_reads_the_request(desk, policy, tmp_path) -> None:
    for nonce in (b"\x01", b"\x7f", b"\x80", b"\xff" * 16, b"\x00\x01", b"\xff" * 32):
        path = tmp_path / "request.tsq"
        path.write_bytes(timestamp.request(b"text", nonce))
        said = shell(f"openssl ts -query -in {path} -text", tmp_path)
        assert f"Nonce: 0x{int.from_bytes(nonce, 'big'):02X}" in said.stdout
        assert "Certificate required: yes" in said.stdout and "Hash Algorithm: sha256" in said.stdout


def test_no_change_of_one_bit_turns_a_reply_into_another_time(desk, policy, trusted) -> None:
    """Every 37th bit of a reply; what is still accepted (fields that the signature leaves out) says the same."""
    found = one(desk, "right", policy, trusted)
    asking, good = found.asking, found.stamp
    accepted = 0
    for bit in range(0, len(found.reply) * 8, 37):
        changed = bytearray(found.reply)
        changed[bit // 8] ^= 1 << bit % 8
        got = check(asking.subject, asking.request, bytes(changed), desk.root.pem)
        if got.state is StampState.VOUCHED:
            accepted += 1
            assert (got.time, got.serial, got.policy) == (good.time, good.serial, good.policy)
    assert accepted < len(found.reply) * 8 / 37 * 0.05


def test_a_reply_is_bound_to_its_request_and_text(desk, policy, trusted) -> None:
    first, second = (one(desk, "right", policy, trusted) for _ in range(2))
    pem = desk.root.pem
    assert check(first.asking.subject, first.asking.request, first.reply, pem).state is StampState.VOUCHED
    for subject, request, reply in (
        (second.asking.subject, first.asking.request, first.reply),
        (first.asking.subject, second.asking.request, first.reply),
        (first.asking.subject, first.asking.request, second.reply),
        (first.asking.subject, first.asking.request[:-1], first.reply),
        (b"", b"", first.reply),
    ):
        assert check(subject, request, reply, pem).state is StampState.REFUSED


def test_damaged_anchors_are_told(desk, policy) -> None:
    found = one(desk, "right", policy)
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    got = check(found.asking.subject, found.asking.request, found.reply, broken)
    assert got.state is StampState.NOT_CHECKED and "damaged" in got.words


def test_a_case_gives_its_own_salt_and_each_request_has_its_own_number(desk) -> None:
    first, second = plan(DIGEST, [desk.url("right"), desk.url("error"), desk.url("right")], salt=bytes(32))
    assert first.subject == second.subject == timestamp.subject(DIGEST, bytes(32))
    assert first.request != second.request
    assert timestamp.digest_in(first.subject) == DIGEST


def test_what_cannot_be_asked_is_said_before_anything_is_sent(tmp_path) -> None:
    with pytest.raises(UsageError):
        plan(DIGEST, [])
    for path in (tmp_path / "missing", tmp_path, "a\0b"):
        with pytest.raises(InputError):
            plan(path, ["https://tsa.example/"])


NEVER = (
    "https://127.0.0.1/tsr",
    "https://[::1]:444/",
    "ftp://tsa.example/",
    "https://user@tsa.example/",
    "no url",
    "https://localhost/tsr",
    "http://LocalHost./",
)


def unread(*_):
    raise AssertionError("the file was read")


@pytest.mark.parametrize("authorities", [*((url,) for url in NEVER), NEVER])
def test_a_file_is_not_read_for_authorities_that_are_never_asked(tmp_path, monkeypatch, authorities) -> None:
    (tmp_path / "large").write_bytes(b"a report")
    monkeypatch.setattr(hashlib, "file_digest", unread)
    with pytest.raises(ForbiddenError) as refused:
        plan(tmp_path / "large", authorities)
    for url in authorities:
        assert str(never_asked(url, POLICY)) in str(refused.value)
    with pytest.raises(AssertionError, match="was read"):
        plan(tmp_path / "large", [*authorities, "https://tsa.example/"])


def shell(command, folder):
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_a_signature_that_is_changed_is_told_apart(desk, policy, trusted) -> None:
    found = one(desk, "right", policy, trusted)
    changed = found.reply[:-1] + bytes((found.reply[-1] ^ 1,))
    got = check(found.asking.subject, found.asking.request, changed, desk.root.pem)
    assert got.state is StampState.REFUSED and "signature does not hold" in got.words
