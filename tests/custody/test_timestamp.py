"""The bytes of a time-stamp, without an authority: what is stamped, the request, and order in a reply."""

import hashlib
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.custody import timestamp
from provenance.custody.der import in_order
from provenance.custody.stamp_reply import StampState, check

DIGEST = hashlib.sha256(b"report").hexdigest()


def test_sha256sum_reads_the_text_that_is_stamped(tmp_path) -> None:
    text = timestamp.subject(DIGEST, b"s" * 32)
    (tmp_path / "stamped.txt").write_bytes(text)
    for content, code in ((b"report", 0), (b"another", 1)):
        ended = subprocess.run(
            ["sha256sum", "-c", tmp_path / "stamped.txt"], input=content, capture_output=True, check=False
        )
        assert ended.returncode == code
    assert timestamp.digest_in(text) == DIGEST
    assert timestamp.digest_in(text + b"\n") == timestamp.digest_in(b"") == ""


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, DIGEST + "\n"])
def test_a_digest_that_is_none(digest) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal"):
        timestamp.subject(digest, b"s" * 32)


@pytest.mark.parametrize("length", [0, 15, 65])
def test_a_salt_that_is_too_short_or_too_long(length) -> None:
    with pytest.raises(ValueError, match="salt"):
        timestamp.subject(DIGEST, bytes(length))


@given(st.binary(min_size=1, max_size=32), st.binary(max_size=100))
def test_the_number_of_a_request_is_read_back(nonce, text) -> None:
    number = int.from_bytes(nonce, "big")
    if number == 0:
        with pytest.raises(ValueError, match="above zero"):
            timestamp.request(text, nonce)
        return
    made = timestamp.request(text, nonce)
    assert timestamp.nonce_in(made, text) == number
    assert timestamp.nonce_in(made, text + b"x") == 0
    assert made[1] == len(made) - 2 < 0x80


def test_no_other_bytes_are_taken_for_a_request() -> None:
    made = timestamp.request(b"text", b"\x0a" * 16)
    for bit in range(len(made) * 8):
        changed = bytearray(made)
        changed[bit // 8] ^= 1 << bit % 8
        got = timestamp.nonce_in(bytes(changed), b"text")
        assert got == 0 or 8 * 54 <= bit < 8 * (len(made) - 3)  # the number itself
    assert timestamp.nonce_in(made + b"\0", b"text") == timestamp.nonce_in(b"", b"text") == 0


def test_the_example_of_a_request_read_by_openssl() -> None:
    """Made once with `openssl ts -query -data FILE -sha256 -cert` for the text "hello", and cut to this."""
    sent = bytes.fromhex(
        "30440201013031300d0609608648016503040201050004202cf24dba5fb0a30e26e83b2ac5b9e29e"
        "1b161e5c1fa7425e73043362938b9824020900bab01c487b9fe0110101ff"
    )
    assert timestamp.request(b"hello", bytes.fromhex("bab01c487b9fe011")) == sent


@given(st.binary(max_size=400))
def test_bytes_that_are_no_reply_are_refused_in_words_and_left_as_they_are(data) -> None:
    text = timestamp.subject(DIGEST, b"s" * 32)
    got = check(text, timestamp.request(text, b"\x01"), data)
    assert got.state in (StampState.REFUSED, StampState.NOT_CHECKED) and got.words
    assert in_order(data) == data


def tlv(tag: int, *content: bytes) -> bytes:
    whole = b"".join(content)
    return bytes((tag, len(whole))) + whole


def reply(*certificates: bytes) -> bytes:
    signed = tlv(0x30, tlv(2, b"\3"), tlv(0x31), tlv(0x30), tlv(0xA0, *certificates), tlv(0x31))
    return tlv(0x30, tlv(0x30, tlv(2, b"\0")), tlv(0x30, tlv(6, b"\x2a"), tlv(0xA0, signed)))


def test_certificates_are_put_in_the_order_of_their_bytes() -> None:
    first, second, third = tlv(0x30, b"a"), tlv(0x30, b"b"), tlv(0x30, b"aa")
    assert in_order(reply(second, third, first)) == reply(first, second, third)
    assert in_order(reply(first, second)) == reply(first, second)
    assert in_order(reply()) == reply()
    broken = reply(second, first)[:-9]
    assert in_order(broken) == broken


def test_more_certificates_than_are_read_are_left() -> None:
    many = [tlv(0x30, bytes((255 - number,))) for number in range(70)]
    data = b"".join(many)
    body = tlv(2, b"\3") + tlv(0x31) + tlv(0x30) + bytes((0xA0, 0x82)) + len(data).to_bytes(2, "big") + data
    signed = bytes((0x30, 0x82)) + len(body).to_bytes(2, "big") + body
    outer = bytes((0xA0, 0x82)) + len(signed).to_bytes(2, "big") + signed
    info = tlv(6, b"\x2a") + outer
    content = tlv(0x30, tlv(2, b"\0")) + bytes((0x30, 0x82)) + len(info).to_bytes(2, "big") + info
    whole = bytes((0x30, 0x82)) + len(content).to_bytes(2, "big") + content
    assert in_order(whole) == whole


def test_the_commands_name_what_is_there() -> None:
    plain = timestamp.commands(None, chain=False, anchors=False)
    assert plain[1] == "openssl ts -verify -data stamped.txt -in response.tsr -CAfile ROOT.pem"
    assert len(plain) == 4
