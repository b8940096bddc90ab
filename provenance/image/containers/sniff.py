"""What kind of picture some bytes are, by their content alone; a file name is never asked."""

from __future__ import annotations

from . import ico, raw_types, tiff_form

JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
GIF = "image/gif"
TIFF = "image/tiff"
BMP = "image/bmp"
HEIF = "image/heif"
AVIF = "image/avif"
PSD = "image/vnd.adobe.photoshop"
JXL = "image/jxl"
JP2 = "image/jp2"
ICO = "image/x-icon"
JXR = "image/jxr"

ENOUGH_BYTES = 512
"""So many bytes from the start of a file settle whether it is a picture; which raw format a TIFF is may need more."""

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG),  # PNG 3rd edition, section 5.2
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),  # TIFF 6.0, section 2
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF: magic 43; the walker notes an offset size other than 8
    (b"MM\x00+", TIFF),
    (b"II\xbc\x01", JXR),  # ITU-T T.832, annex A
    (b"8BPS\x00\x01", PSD),
    (b"8BPS\x00\x02", PSD),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", JXL),  # ISO/IEC 18181-2
    (b"\xff\x0a", JXL),  # bare codestream
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JP2),  # ISO/IEC 15444-1, annex I
    (b"\xff\x4f\xff\x51", JP2),  # bare codestream
)
_ICO_STARTS = (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00")  # Microsoft: icon and cursor
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
# ISO/IEC 23008-12, annexes B and F; "jpeg" and "j2ki" are HEIF with other codecs.
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"heif", b"mif1", b"mif2", b"msf1"}
    | {b"jpeg", b"jpgs", b"j2ki", b"j2is", b"1pic", b"hevi", b"avci", b"avcs", b"vvic", b"vvis", b"miaf", b"MiHB"}
)


def media_type(data: bytes) -> str:
    """The media type of a picture from its first bytes (`ENOUGH_BYTES` suffice); "" when it is no picture known here.

    Known: JPEG, PNG, WebP, GIF, TIFF (and BigTIFF), BMP, HEIF, AVIF. Recognised, not decoded: PSD, JPEG XL, JPEG 2000,
    JPEG XR, and the raw formats of `raw_types`; a TIFF of one of these is told apart by its directories, so it takes
    the bytes up to them.
    """
    if data[:2] == b"\xff\xd8" and data[2:3] in (b"", b"\xff"):
        return JPEG
    for start, name in _STARTS:
        if data.startswith(start):
            return name if name != TIFF else raw_types.raw_type(data) or TIFF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return BMP
    if data[:4] in _ICO_STARTS and ico.is_one(data):
        return ICO
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    return raw_types.raw_type(data) or (TIFF if tiff_form.is_damaged(data) else "")


def _by_brand(data: bytes) -> str:
    """The type from a file-type box (ISO/IEC 14496-12, section 4.3): major brand first, then the compatible ones."""
    end = min(max(int.from_bytes(data[:4], "big"), 12), len(data), ENOUGH_BYTES)
    major = data[8:12]
    if major == b"mif3":  # the low-overhead form: the minor version names the coding (ISO/IEC 23008-12, amendment 1)
        return AVIF if data[12:16] in _AVIF_BRANDS else HEIF
    brands = {major} | {data[at : at + 4] for at in range(16, end - 3, 4)}
    if major == b"jxl ":
        return JXL
    if major == b"crx ":
        return raw_types.CR3
    if major in _AVIF_BRANDS or (brands & _AVIF_BRANDS and (major in _HEIF_BRANDS or not brands & _HEIF_BRANDS)):
        return AVIF
    return HEIF if brands & _HEIF_BRANDS else ""
