"""A PEM file of certificates -> a trust list of the desk's own, asked beside those of the package and never merged."""

from __future__ import annotations

import base64
import binascii
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from ..model.context import TrustAnchors
from ..model.der import CONTEXT_0, SEQUENCE, element
from ..model.limits import Limits
from .problem import problem
from .yaml_reader import read_text

# RFC 7468, section 5: textual encoding of certificates.
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_LINE_CHARS = 64
# Tags of X.690 (DER), section 8, that a certificate has (RFC 5280, section 4.1).
_INTEGER, _BITS = 0x02, 0x03
_OUTER = (SEQUENCE, SEQUENCE, _BITS)
# Of what is signed, after the version: number, algorithm, issuer, validity, subject, key.
_SIGNED = (_INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE)


def read_trust_list(path: Path, limits: Limits | None = None) -> TrustAnchors:
    """The certificates of a file, called by the file's name.

    Raises StatementsError where there is none, where one cannot be read (with its line), and where there is a key.
    Read is the form of a certificate alone; whether it is trusted is decided where it is used.
    """
    text = read_text(path, limits or Limits())
    if _KEY.search(text):
        raise problem(str(path), None, "holds a private key", "give certificates alone, and keep the key apart")
    before, *parts = text.split(_BEGIN)
    if not parts:
        raise problem(str(path), None, "holds no certificate in PEM", "convert it: openssl x509 -inform DER -in FILE")
    found, line = [], 1 + before.count("\n")
    for number, part in enumerate(parts, 1):
        body, end, _ = part.partition(_END)
        if not end:
            raise problem(
                str(path), line, f"certificate {number} has no end", f"the last line of each must be {_END}"
            )  # fmt: skip
        if not _is_certificate(der := _decoded(body)):
            raise problem(
                str(path), line, f"certificate {number} cannot be read as one", "save it again: openssl x509 -in FILE"
            )  # fmt: skip
        found += [_BEGIN, *textwrap.wrap(base64.b64encode(der).decode(), _LINE_CHARS), _END]
        line += part.count("\n")
    return TrustAnchors(name=path.name, pem="\n".join(found) + "\n")


def _decoded(body: str) -> bytes:
    """The bytes of a base64 text; b"" where it is none."""
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_certificate(der: bytes) -> bool:
    """Whether bytes have the form of one X.509 certificate: the outer parts, and the parts of what is signed."""
    outer = list(_parts(der))
    if [tag for tag, _ in outer] != [SEQUENCE]:
        return False
    inner = list(_parts(outer[0][1]))
    if tuple(tag for tag, _ in inner) != _OUTER:
        return False
    tags = [tag for tag, _ in _parts(inner[0][1])]
    return tuple(tags[tags[:1] == [CONTEXT_0] :][: len(_SIGNED)]) == _SIGNED


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value of DER, one after another; (-1, b"") where one does not fit."""
    at = 0
    while at < len(data):
        try:
            tag, start, after = element(data, at)
        except ValueError:
            yield -1, b""
            return
        yield tag, data[start:after]
        at = after
