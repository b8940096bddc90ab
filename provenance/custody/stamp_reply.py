"""What a time-stamp authority's reply shows: a TimeStampResp (RFC 3161) against the request that it answers.

Read by rfc3161-client (the extra `timestamps`), whose signature check takes the time stamped as the time at which the
certificates must have been valid. Nothing is sent, and nothing here looks at a clock.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
import warnings
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

from ..model.limits import STAMP_REPLY_BYTES
from ..model.text import quoted, visible
from .der import in_order
from .timestamp import SHA256, nonce_in

MISSING = "rfc3161-client is not installed; pip install 'provenance-desk[timestamps]'"


_NOBODY_VOUCHES = ("unable to get", "unable to verify the first", "self-signed certificate", "self signed certificate")
"""OpenSSL's words for a chain that ends before a certificate that is trusted (X509_verify_cert_error_string)."""


class StampState(StrEnum):
    """How a reply stands."""

    VOUCHED = "vouched"
    """It answers the request, its signature holds, and a certificate that the desk trusts vouches for the authority."""
    NOT_VOUCHED = "not vouched for"
    """It answers the request, but no certificate that the desk trusts vouches for who signed it, or none was given."""
    REFUSED = "refused"
    """The authority declined, or it is no reply to this request, or it does not hold."""
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """What a reply to a request shows. Fields of the token are empty where it could not be read."""

    state: StampState
    words: str
    """The state in a sentence, with the reason."""
    time: datetime | None = None
    """genTime: when the authority says that the digest was in its hands; UTC."""
    accuracy_s: float | None = None
    """How far its clock may be off by its own word; None: it does not say."""
    policy: str = ""
    """Of the authority, as an object identifier."""
    serial: str = ""
    """Of the token, in hexadecimal, as `openssl ts -reply -text` shows it."""
    authority: str = ""
    """Name in the certificate that signed, as written there: anybody can write any name while nobody vouches for it."""
    chain: str = ""
    """The certificates in the reply as PEM, the signer's first."""


def installed() -> bool:
    """Whether replies can be read here."""
    return find_spec("rfc3161_client") is not None


def check(subject_text: bytes, request_bytes: bytes, reply: bytes, anchors: str = "") -> TimeStamp:
    """What `reply` (a TimeStampResp, DER) shows, asked for with `request_bytes` about `subject_text`. Raises nothing.

    `anchors`: certificates of authorities that the desk trusts, as PEM; they must be valid at the time stamped, not
    now. Checked (RFC 3161, sections 2.2 and 2.4.2): status, digest, nonce, signature, the chain up to an anchor, the
    signer's purpose. Left to `openssl ts -verify`: the token's attribute that names the signer's certificate.
    """
    nonce = nonce_in(request_bytes, subject_text)
    if not nonce:
        return _refused("the request kept is not one for this text")
    if not reply or len(reply) > STAMP_REPLY_BYTES:
        return _refused(f"the reply has {len(reply):,} bytes, where 1 to {STAMP_REPLY_BYTES:,} are read")
    if not installed():
        return TimeStamp(state=StampState.NOT_CHECKED, words=f"not checked: {MISSING}")
    try:
        return _read(hashlib.sha256(subject_text).digest(), nonce, reply, anchors)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader is native code, whose own faults (PanicException) are no Exception
        return _refused(f"the reply is no time-stamp: {visible(str(error), limit=120)}")


def _read(digest: bytes, nonce: int, reply: bytes, anchors: str) -> TimeStamp:
    from rfc3161_client import decode_timestamp_response

    response = decode_timestamp_response(in_order(reply))
    if response.status != 0:
        said = "".join(f", {quoted(text, limit=120)}" for text in response.status_string[:4])
        words = {1: "granted with changes", 2: "rejected", 3: "to wait for"}.get(response.status, "revoked")
        return _refused(f"the request is {words} (status {response.status}{said})")
    token = response.tst_info
    known, signers = _known(response)
    if signers != 1:
        # Certificates are not signed over: a second one with the signer's number could lend the reply its name.
        return _refused(f"{signers} certificates in the reply claim to be the signer's, where one must", known)
    imprint = token.message_imprint
    if imprint.hash_algorithm.dotted_string != SHA256 or imprint.message != digest:
        return _refused("the reply stamps another digest than the one sent", known)
    if token.nonce != nonce:
        return _refused("the reply carries another number (nonce) than the one sent: it may be an old one", known)
    if not anchors:
        words = "the digest and the number are those sent; no certificate was given that vouches for who signed"
        return TimeStamp(state=StampState.NOT_VOUCHED, words=words, **known)
    return _judged(response, digest, nonce, anchors, known)


def _judged(response: Any, digest: bytes, nonce: int, anchors: str, known: dict[str, Any]) -> TimeStamp:
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        roots = load_pem_x509_certificates(anchors.encode())
    except ValueError:
        return TimeStamp(state=StampState.NOT_CHECKED, words="not checked: a certificate given is damaged", **known)
    try:
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify(response, digest)
    except VerificationError as error:
        text = str(error)
        if any(reason in text for reason in _NOBODY_VOUCHES):
            words = "the digest and the number are those sent; no certificate given vouches for who signed"
            return TimeStamp(state=StampState.NOT_VOUCHED, words=words, **known)
        return _refused(_reason(text), known)
    words = "the digest and the number are those sent, and a certificate given vouches for who signed"
    return TimeStamp(state=StampState.VOUCHED, words=words, **known)


def _reason(text: str) -> str:
    """The library's and OpenSSL's reason, in words."""
    if "has expired" in text:
        return "a certificate in its chain had run out at the time stamped"
    if "not yet valid" in text:
        return "a certificate in its chain was not valid yet at the time stamped"
    if "EKU" in text or "purpose" in text:
        return "the certificate that signed is not one for time-stamps"
    if "digest failure" in text or ("signature" in text.lower() and "verify error" not in text):
        return "the signature does not hold"
    found = re.search(r"Verify error: ([^\"]{1,100})", text)
    return f"it does not hold: {visible(found[1] if found else text, limit=120)}"


def _known(response: Any) -> tuple[dict[str, Any], int]:
    """What the token says, before anything of it is judged, and how many certificates claim to be the signer's."""
    from cryptography import x509

    token, signed = response.tst_info, response.signed_data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about oddities of certificates; what matters of them is checked
        certificates = {der: x509.load_der_x509_certificate(der) for der in sorted(signed.certificates)}
        signers = [(signer.issuer, signer.serial_number) for signer in signed.signer_infos]
        ours = [der for der, found in certificates.items() if (found.issuer, found.serial_number) in signers]
    ordered = _upwards(ours, certificates)
    accuracy = token.accuracy
    return {
        "time": token.gen_time,
        "accuracy_s": None if accuracy is None else _seconds(accuracy),
        "policy": token.policy.dotted_string,
        "serial": f"{token.serial_number:X}",
        "authority": certificates[ours[0]].subject.rfc4514_string() if ours else "",
        "chain": "".join(map(_pem, ordered)),
    }, len(ours)


def _upwards(first: list[bytes], certificates: dict[bytes, Any]) -> list[bytes]:
    """The signer's certificate, then each issuer that is there, then what is left."""
    ordered = first[:1]
    left = [der for der in certificates if der not in ordered]
    while ordered and left:
        issuer = certificates[ordered[-1]].issuer
        following = next((der for der in left if certificates[der].subject == issuer), None)
        if following is None:
            break
        ordered.append(following)
        left.remove(following)
    return ordered + left


def _seconds(accuracy: Any) -> float:
    return float((accuracy.seconds or 0) + (accuracy.millis or 0) / 1e3 + (accuracy.micros or 0) / 1e6)


def _pem(der: bytes) -> str:
    lines = "\n".join(textwrap.wrap(b64encode(der).decode(), 64))  # RFC 7468, section 2
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"


def _refused(reason: str, known: dict[str, Any] | None = None) -> TimeStamp:
    return TimeStamp(state=StampState.REFUSED, words=reason, **(known or {}))
