"""Every payload on every road by which a stranger's text comes into a report: a picture, a set, a file of claims."""

from __future__ import annotations

import ast
import csv
import json
import re
import struct
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
LISTS = (HERE.parent / "report" / "payloads.txt", HERE / "payloads.txt")
ASCII_TAGS = (0x010D, 0x010E, 0x010F, 0x0110, 0x011D, 0x0131, 0x013B, 0x013C, 0x8298)
PLACE = {"lat": 56.01, "lon": 92.85, "radius_km": 20, "level": "city"}
C2PA_TYPE = bytes.fromhex("6332706100110010800000AA00389B71")


def payloads() -> list[str]:
    """The table, with its escapes made into the characters that they stand for."""
    lines = [line for path in LISTS for line in path.read_text(encoding="utf-8").splitlines()]
    return [re.sub(r"\\(?:[rtn]|x[0-9a-f]{2}|u[0-9a-f]{4})", _character, line) for line in lines]


def _character(escaped: re.Match[str]) -> str:
    return ast.literal_eval(f'"{escaped[0]}"')  # type: ignore[no-any-return]


def picture(base: bytes, texts: list[str]) -> bytes:
    """A JPEG that carries each text in EXIF, IPTC, XMP and in a store of manifests (unsigned)."""
    store = _box(b"jumb", _jumd(b"c2pa") + b"".join(_manifest(" / ".join(texts[at::14])) for at in range(14)))
    segments = (
        _segment(0xE1, b"Exif\0\0" + _exif(texts)),
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(texts)),
        _segment(0xED, b"Photoshop 3.0\0" + _iptc(texts)),
        _segment(0xEB, b"JP\0\1\0\0\0\1" + store),
    )
    return base[:2] + b"".join(segments) + base[2:]


def claims(texts: list[str], target: Path) -> Path:
    """A file of claims: three under test with a shadow to test them by, the others statements of others."""
    said = [
        {"id": f"p{number}", "text": text, "by": f"{text} {number}", "url": text, "place": {"name": text, **PLACE}}
        for number, text in enumerate(texts)
    ]
    spoken = [{**one, "kind": "statement", "origin": one["by"], "grade": "C3"} for one in said[3:]]
    tested = [{**one, "time": "2024-11-14"} for one in said[:3]]
    sun = {"id": "sun", "kind": "sun", "by": texts[0], "grade": "B2", "object_px": 100, "shadow_px": 190}
    target.write_text(json.dumps({"claims": tested, "evidence": [*spoken, sun]}), encoding="utf-8")
    return target


def records(name: str, texts: list[str], target: Path) -> None:
    """A records file: one publication of the picture for each text."""
    fields = ("source_url", "publisher", "handle", "post_text", "caption", "credit", "licence", "notes", "origin")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "published", "published_basis", *fields))
        for number, text in enumerate(texts):
            day = f"2024-11-{number % 28 + 1:02}"
            writer.writerow((name, day, "page_date", *(f"{text} {number}" for _ in fields)))


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _exif(texts: list[str]) -> bytes:
    """Big-endian TIFF with one directory; each tag holds every ninth text."""
    values = [" / ".join(texts[at :: len(ASCII_TAGS)]).encode() + b"\0" for at in range(len(ASCII_TAGS))]
    head, at = struct.pack(">2sHIH", b"MM", 42, 8, len(values)), 8 + 2 + 12 * len(values) + 4
    for tag, value in zip(ASCII_TAGS, values, strict=True):
        head += struct.pack(">HHII", tag, 2, len(value), at)
        at += len(value)
    return head + b"\0\0\0\0" + b"".join(values)


def _iptc(texts: list[str]) -> bytes:
    sets = [(1, 90, b"\x1b%G"), *((2, 25, text.encode()) for text in texts)]
    data = b"".join(bytes((0x1C, *at)) + struct.pack(">H", len(value)) + value for *at, value in sets)
    return b"8BIM\4\4\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)


def _xmp(texts: list[str]) -> bytes:
    allowed = ("".join(one for one in text if one in "\t\n" or ord(one) >= 0x20) for text in texts)
    items = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in allowed)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def _jumd(label: bytes) -> bytes:
    return _box(b"jumd", C2PA_TYPE + b"\3" + label + b"\0")


def _manifest(text: str) -> bytes:
    value = text.encode()
    said = b"\xa1\x6fclaim_generator\x79" + struct.pack(">H", len(value)) + value
    return _box(b"jumb", _jumd(b"urn:1") + _box(b"jumb", _jumd(b"c2pa.claim") + _box(b"cbor", said)))
