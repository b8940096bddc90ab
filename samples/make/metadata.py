"""Write EXIF and XMP into the sample pictures without recompressing them: `python metadata.py [--dir DIR]`.

Every picture gets an XMP packet that declares it computer-made.  Reference pictures marked in
`places.SETTINGS`, and the stranger, get EXIF of a fictional camera.  Running it twice changes nothing.
"""

from __future__ import annotations

import argparse
import struct
import zlib
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from places import SETTINGS, Setting

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"
DESCRIPTION = "Computer-rendered sample picture; shows no real event."
XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\x00"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def xmp_packet() -> bytes:
    """The XMP packet shared by all sample pictures."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">\n'
        f"<Iptc4xmpExt:DigitalSourceType>{SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType>\n"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{DESCRIPTION}</rdf:li></rdf:Alt></dc:description>\n'
        "<xmpRights:WebStatement>https://creativecommons.org/publicdomain/zero/1.0/</xmpRights:WebStatement>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _dms(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    value = abs(value)
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    seconds = Fraction((value - degrees) * 3600 - minutes * 60).limit_denominator(100)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(seconds.numerator, seconds.denominator)


def exif_block(setting: Setting, size: tuple[int, int]) -> bytes:
    """EXIF of the fictional camera for one setting."""
    shot = datetime.fromisoformat(setting.when)
    stamp = shot.strftime("%Y:%m:%d %H:%M:%S")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Demo Optical", "DO-1", 1
    exif[0x0132] = stamp
    ifd = exif.get_ifd(0x8769)
    ifd[0x9000], ifd[0x9003], ifd[0x9004] = b"0232", stamp, stamp
    ifd[0xA002], ifd[0xA003] = size
    ifd[0x829A], ifd[0x829D], ifd[0x8827] = IFDRational(1, 320), IFDRational(4, 1), 100
    if setting.offset:
        text = shot.strftime("%z")
        ifd[0x9011] = ifd[0x9012] = f"{text[:3]}:{text[3:]}"
    if setting.gps:
        gps = exif.get_ifd(0x8825)
        gps[0], gps[1], gps[2] = b"\x02\x03\x00\x00", "N" if setting.lat >= 0 else "S", _dms(setting.lat)
        gps[3], gps[4], gps[18] = "E" if setting.lon >= 0 else "W", _dms(setting.lon), "WGS-84"
    return exif.tobytes()


def tag_jpeg(data: bytes, xmp: bytes, exif: bytes | None) -> bytes:
    """Replace the EXIF and XMP segments of a JPEG stream."""
    assert data[:2] == b"\xff\xd8"
    head, kept, pos = [data[:2]], [], 2
    while data[pos] == 0xFF and data[pos + 1] != 0xDA:
        marker, length = data[pos + 1], struct.unpack(">H", data[pos + 2 : pos + 4])[0]
        segment = data[pos : pos + 2 + length]
        if marker == 0xE0:
            head.append(segment)
        elif marker != 0xE1:
            kept.append(segment)
        pos += 2 + length
    new = ([exif] if exif else []) + [XMP_HEAD + xmp]
    return b"".join(head + [b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body for body in new] + kept) + data[pos:]


def tag_png(data: bytes, xmp: bytes) -> bytes:
    """Put the packet into an iTXt chunk right after IHDR and drop other text and time chunks."""
    assert data[:8] == PNG_SIGNATURE
    body = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmp
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    out, pos = [PNG_SIGNATURE], 8
    while pos < len(data):
        length, kind = struct.unpack(">I", data[pos : pos + 4])[0], data[pos + 4 : pos + 8]
        if kind not in (b"iTXt", b"tEXt", b"zTXt", b"tIME", b"eXIf"):
            out.append(data[pos : pos + 12 + length])
        if kind == b"IHDR":
            out.append(chunk)
        pos += 12 + length
    return b"".join(out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path(__file__).resolve().parent.parent)
    args = parser.parse_args()
    for path in sorted([*args.dir.glob("*.jpg"), *args.dir.glob("*.png"), *(args.dir / "reference").glob("*.jpg")]):
        data = path.read_bytes()
        if path.suffix == ".png":
            path.write_bytes(tag_png(data, xmp_packet()))
            continue
        setting = SETTINGS.get(path.stem)
        with Image.open(path) as picture:
            exif = exif_block(setting, picture.size) if setting and setting.exif else None
        path.write_bytes(tag_jpeg(data, xmp_packet(), exif))


if __name__ == "__main__":
    main()
