"""An XMP packet as text, under limits. A packet with a document type is refused, for none needs one."""

from __future__ import annotations

from ...model.limits import Limits
from ..inflate import inflated


def packet_text(packet: bytes, limits: Limits) -> tuple[str, str]:
    """The packet as text and, when it was refused, the reason; a compressed one is inflated under the limit.

    Bytes that are not UTF-8 stand in the text as lone surrogates (Python's "surrogateescape").
    """
    if packet[:1] == b"\x78":
        unpacked = inflated(packet, limits.metadata_bytes)
        if unpacked is None:
            return (
                "",
                f"The XMP packet is broken or inflates to more than {limits.metadata_bytes:,} bytes; it was refused.",
            )
        packet = unpacked
    if len(packet) > limits.metadata_bytes:
        return "", f"The XMP packet is longer than {limits.metadata_bytes:,} bytes; it was refused."
    encoding = _encoding(packet)
    text = packet.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "", "The XMP packet declares a document type or entities, which no XMP needs; it was refused."
    return text, ""


def _encoding(packet: bytes) -> str:
    """UTF-16 or UTF-32 by the byte-order mark or the zero bytes around the first "<"; otherwise UTF-8."""
    for start, encoding in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if packet.startswith(start):
            return encoding
    return "utf-8"
