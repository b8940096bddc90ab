"""The end of a signer's certificate, read from the signature box: the library says that it ran out, not when.

COSE (RFC 9052, section 4.2; x5chain: RFC 9360, section 2) around an X.509 certificate (RFC 5280, section 4.1.2.5).
Nothing is validated here. Never raises.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

from ...model.der import CONTEXT_0, element
from . import cbor

_CHAIN = (33, "x5chain")
_TIMES = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}


def ends(signature: bytes) -> str:
    """When the certificate of the signer runs out, ISO 8601; "" where that cannot be read."""
    try:
        signed = cbor.decode(signature)
        headers = [cbor.decode(signed[0]), signed[1]] if isinstance(signed, tuple) and len(signed) == 4 else []
        for header, key in product(headers, _CHAIN):
            chain = header.get(key) if isinstance(header, dict) else None
            first = chain[0] if isinstance(chain, tuple) and chain else chain
            if isinstance(first, bytes):
                return _not_after(first)
    except (cbor.NotCborError, ValueError, TypeError, IndexError):
        return ""
    return ""


def _not_after(certificate: bytes) -> str:
    """Validity is the fourth part of the certificate's body, behind serial, algorithm and issuer."""
    _, at, _ = element(certificate, 0)
    _, at, _ = element(certificate, at)
    tag, _, after = element(certificate, at)
    if tag == CONTEXT_0:  # the version stands first, where it is stated
        at = after
    for _ in range(3):
        _, _, at = element(certificate, at)
    _, at, _ = element(certificate, at)
    _, _, at = element(certificate, at)
    tag, start, end = element(certificate, at)
    moment = datetime.strptime(certificate[start:end].decode("ascii"), _TIMES.get(tag, "")).replace(tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")
