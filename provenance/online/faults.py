"""What went wrong with TLS between this machine and a host, in words, and what a person can do about it."""

from __future__ import annotations

import ssl

from ..model.text import visible

REACH = "check the address and the connection, or ask again later"
_CLOCK = "check this machine's clock; if it is right, tell whoever runs the server, and do not go round it"
_BETWEEN = "a filter of the network may stand between: ask whoever runs it; else do not trust what answers there"
# The reasons of X509_verify_cert (openssl x509_vfy.h), which names no remedy.
_CERTIFICATES = {
    9: ("its certificate is not valid yet by this machine's clock", _CLOCK),
    10: ("its certificate ran out by this machine's clock", _CLOCK),
    18: ("it vouches for its certificate itself, and nobody else does", _BETWEEN),
    19: ("its certificate goes back to a root that is not trusted here", _BETWEEN),
    20: ("its certificate goes back to nobody who is trusted here", _BETWEEN),
    62: ("its certificate is for another name", "check how the address is spelled; else another server answers there"),
    64: ("its certificate is for another address", "ask it by its name"),
}
_HANDSHAKES = {
    "WRONG_VERSION_NUMBER": ("what it answers is no TLS", "check the port; a server without TLS is asked by http://"),
    "TLSV1_ALERT_PROTOCOL_VERSION": ("it speaks no version of TLS that is safe (1.2 or later)", "ask another source"),
    "UNSUPPORTED_PROTOCOL": ("it speaks no version of TLS that is safe (1.2 or later)", "ask another source"),
    "UNEXPECTED_EOF_WHILE_READING": ("it hung up while TLS was agreed upon", REACH),
}


def of_tls(inner: BaseException) -> tuple[str, str] | None:
    """What an error of TLS is, in a few words, and its remedy; None for another error."""
    if isinstance(inner, ssl.SSLCertVerificationError):
        told = visible(str(inner.verify_message), limit=160)
        words, remedy = _CERTIFICATES.get(inner.verify_code, ("its certificate is refused", _BETWEEN))
        return f"{words} ({told})", remedy
    if isinstance(inner, ssl.SSLError):
        words, remedy = _HANDSHAKES.get(str(inner.reason), ("TLS cannot be agreed upon with it", REACH))
        return f"{words} ({visible(str(inner.reason or inner), limit=120)})", remedy
    return None
