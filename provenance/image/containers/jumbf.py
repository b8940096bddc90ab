"""Tells a C2PA manifest store from other JUMBF boxes (ISO/IEC 19566-5), by its description box alone."""

from __future__ import annotations

_C2PA_TYPE = bytes.fromhex("6332706100110010800000AA00389B71")  # C2PA specification 2.1, section 11.1.4.1


def is_c2pa(data: bytes, offset: int) -> bool:
    """Whether the JUMBF superbox at `offset` describes itself as a C2PA manifest store, by type or by label."""
    header_bytes = 16 if data[offset : offset + 4] == b"\x00\x00\x00\x01" else 8
    description = offset + header_bytes
    if data[offset + 4 : offset + 8] != b"jumb" or data[description + 4 : description + 8] != b"jumd":
        return False
    content = description + 8
    return data[content : content + 16] == _C2PA_TYPE or data[content + 17 : content + 22] == b"c2pa\x00"
