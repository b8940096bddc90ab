"""Time-stamps (RFC 3161): a request for a salted digest, and what a reply to it shows. Bytes only; nothing is sent.

What is stamped is a text of two lines, the subject: a salt and a digest in the form of `sha256sum`. Only the SHA-256 of
that text leaves, so that an authority cannot tell which file it is, not even of a public picture. Everything a stranger
needs is kept: the subject, the request, the whole reply (not the bare token, which `openssl ts -verify` does not take
by default) and the certificates in it.

The request is made here, byte for byte (section 2.4.1; thirty bytes of DER around the digest and the nonce), so that it
can be made and read again without a library. Replies are read in stamp_reply.py.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

SALT_BYTES = 32
"""Length of a fresh salt; from 16 on, it cannot be guessed."""
NONCE_BYTES = 16
"""Length of a fresh nonce; RFC 3161, section 2.4.1 asks for a large random number, such as 64 bits."""
SUBJECT, REQUEST, RESPONSE, CHAIN, ANCHORS = "stamped.txt", "request.tsq", "response.tsr", "chain.pem", "anchors.pem"
"""Names of the files that one time-stamp is kept as; the last two only where there are such certificates."""
SHA256 = "2.16.840.1.101.3.4.2.1"
_SUBJECT = re.compile(rb"# provenance time-stamp, salt ([0-9a-f]{32,128})\n([0-9a-f]{64})  -\n")
# TimeStampReq version 1; MessageImprint: AlgorithmIdentifier SHA-256 with NULL, OCTET STRING of 32 bytes.
_VERSION = bytes.fromhex("020101")
_IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")
_CERTIFICATES = bytes.fromhex("0101ff")  # certReq TRUE
_REQUEST = re.compile(
    rb"\x30.\x02\x01\x01" + re.escape(_IMPRINT) + rb"(.{32})\x02[\x01-\x21](.+)\x01\x01\xff", re.DOTALL
)


def subject(sha256: str, salt: bytes) -> bytes:
    """The text that is stamped for a digest (64 hex digits). `sha256sum -c` reads it, with the file as its input.

    Raises ValueError for a digest that is none or a salt not of 16 to 64 bytes.
    """
    text = f"# provenance time-stamp, salt {salt.hex()}\n{sha256}  -\n".encode()
    if not _SUBJECT.fullmatch(text):
        raise ValueError("a digest has 64 hexadecimal digits in lower case, a salt 16 to 64 bytes")
    return text


def digest_in(subject_text: bytes) -> str:
    """The digest that a subject stands for, in hex; "" when the text is no subject."""
    found = _SUBJECT.fullmatch(subject_text)
    return found[2].decode() if found else ""


def request(subject_text: bytes, nonce: bytes) -> bytes:
    """A TimeStampReq (DER) for the SHA-256 of the text, with a nonce, asking for the certificates.

    `nonce`: 1 to 32 bytes, taken as a number above zero; fresh and random for each request. Raises ValueError.
    """
    number = int.from_bytes(nonce, "big")
    if not 0 < number < 2**256:
        raise ValueError("a nonce is a number above zero of at most 32 bytes")
    digits = number.to_bytes(number.bit_length() // 8 + 1, "big")  # with room for the sign (X.690, 8.3)
    body = _VERSION + _IMPRINT + hashlib.sha256(subject_text).digest()
    body += bytes((2, len(digits))) + digits + _CERTIFICATES
    return bytes((0x30, len(body))) + body


def nonce_in(request_bytes: bytes, subject_text: bytes) -> int:
    """The nonce of a request made here for this subject; 0 when the bytes are not exactly such a request."""
    found = _REQUEST.fullmatch(request_bytes) if len(request_bytes) < 128 else None
    number = int.from_bytes(found[2], "big") if found else 0
    if not 0 < number < 2**256 or request(subject_text, number.to_bytes(32, "big")) != request_bytes:
        return 0
    return number


def commands(
    time: datetime | None, *, chain: bool, anchors: bool, file: str = "FILE", root: str = "ROOT.pem"
) -> tuple[str, ...]:
    """The command lines that check a kept time-stamp with stock tools, run in its folder, one line each.

    `time`: the time stamped, at which the certificates must have been valid; `file`: path of the file stamped, as a
    shell reads it. Without `anchors` the root certificate is `root`, which has to come from the authority itself.
    """
    trusted = f"-CAfile {ANCHORS if anchors else root}"
    untrusted = f" -untrusted {CHAIN}" if chain else ""
    then = f" -attime {int(time.timestamp())}" if time is not None else ""
    checked = f"-in {RESPONSE} {trusted}{untrusted}{then}"
    return (
        f"sha256sum -c {SUBJECT} < {file}",
        f"openssl ts -verify -data {SUBJECT} {checked}",
        f"openssl ts -verify -queryfile {REQUEST} {checked}",
        f"openssl ts -reply -in {RESPONSE} -text",
    )
