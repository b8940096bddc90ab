"""A PEM file of certificates -> a trust list of the desk's own, asked beside those of the package and never merged."""

from __future__ import annotations

import re
from pathlib import Path

from ..model.context import TrustAnchors
from ..model.limits import Limits
from .yaml_reader import problem, read_text

# RFC 7468, section 5: textual encoding of certificates.
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def read_trust_list(path: Path, limits: Limits | None = None) -> TrustAnchors:
    """The certificates of a file, called by the file's name. Raises StatementsError where there is none, or a key."""
    text = read_text(path, limits or Limits())
    if _KEY.search(text):
        raise problem(str(path), None, "holds a private key", "give certificates alone, and keep the key apart")
    found = _CERTIFICATE.findall(text)
    if not found:
        raise problem(str(path), None, "holds no certificate in PEM", "convert it: openssl x509 -inform DER -in FILE")
    return TrustAnchors(name=path.name, pem="\n".join(found) + "\n")
