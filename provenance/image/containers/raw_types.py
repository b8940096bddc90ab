"""The raw formats of cameras: what each is called, and which of them a TIFF is by its content.

Most of them are a TIFF (TIFF 6.0, section 2) whose directories hold, beside previews, one picture of sensor values:
photometric interpretation "colour filter array" (TIFF/EP, ISO 12234-2) or "linear raw" (DNG 1.7), or a compression that
only one maker uses. Which maker, the tag Make says, or else such a compression.
"""

from __future__ import annotations

import struct
from types import MappingProxyType

CR2, CR3, CRW = "image/x-canon-cr2", "image/x-canon-cr3", "image/x-canon-crw"
NEF, NRW = "image/x-nikon-nef", "image/x-nikon-nrw"
ARW, DNG, PEF, SRW = "image/x-sony-arw", "image/x-adobe-dng", "image/x-pentax-pef", "image/x-samsung-srw"
RW2, RAW, ORF = "image/x-panasonic-rw2", "image/x-panasonic-raw", "image/x-olympus-orf"
RAF, MRW, X3F = "image/x-fujifilm-raf", "image/x-minolta-mrw", "image/x-sigma-x3f"
HASSELBLAD, PHASE_ONE, EPSON = "image/x-hasselblad-3fr", "image/x-phaseone-iiq", "image/x-epson-erf"
KODAK, KYOCERA = "image/x-kodak-dcr", "image/x-kyocera-raw"

NAMES = MappingProxyType(
    {
        CR2: "Canon's CR2",
        CR3: "Canon's CR3",
        CRW: "Canon's CRW",
        NEF: "Nikon's NEF",
        NRW: "Nikon's NRW",
        ARW: "Sony's ARW",
        DNG: "Adobe's DNG",
        PEF: "Pentax's PEF",
        SRW: "Samsung's SRW",
        RW2: "Panasonic's RW2",
        RAW: "Panasonic's RAW",
        ORF: "Olympus's ORF",
        RAF: "Fujifilm's RAF",
        MRW: "Minolta's MRW",
        X3F: "Sigma's X3F",
        HASSELBLAD: "Hasselblad's 3FR",
        PHASE_ONE: "Phase One's IIQ",
        EPSON: "Epson's ERF",
        KODAK: "Kodak's raw format",
        KYOCERA: "Kyocera's raw format",
    }
)
"""Media type to the name in a sentence."""
LIKE_TIFF = frozenset({CR2, NEF, NRW, ARW, DNG, PEF, SRW, RW2, RAW, ORF, HASSELBLAD, PHASE_ONE, EPSON, KODAK})
"""Those that are directories as in a TIFF, some under another magic number."""
PLAIN_TIFF = LIKE_TIFF - {RW2, RAW, ORF}
"""Those whose magic number is that of a TIFF, so that a reader of TIFF opens them."""

# Magic numbers of TIFFs that other readers refuse, and headers behind the magic number that name the format.
STARTS = (
    (b"IIRO", ORF),
    (b"IIRS", ORF),
    (b"MMOR", ORF),
    (b"FUJIFILMCCD-RAW ", RAF),
    (b"\0MRM", MRW),
    (b"FOVb", X3F),
    (b"II\x1a\0\0\0HEAPCCDR", CRW),
    (b"MM\0\0\0\x1aHEAPCCDR", CRW),
)
_PANASONIC, _PANASONIC_RW2 = b"IIU\0", bytes.fromhex("88e774d8f8251d4d947a6e77822b5d6a")
_KYOCERA = b"ARECOYK"  # the maker's name backwards, at byte 25
_BEHIND_OFFSET = ((b"CR\x02\0", CR2), (b"IIIICwaR", PHASE_ONE), (b"IIIITwaR", PHASE_ONE), (b"MMMMRawT", PHASE_ONE))
_MAKERS = (
    ("NIKON", NEF),
    ("SONY", ARW),
    ("PENTAX", PEF),
    ("RICOH", PEF),
    ("SAMSUNG", SRW),
    ("HASSELBLAD", HASSELBLAD),
    ("EPSON", EPSON),
    ("SEIKO EPSON", EPSON),
    ("KODAK", KODAK),
    ("EASTMAN KODAK", KODAK),
)
_SUBFILE, _COMPRESSION, _PHOTOMETRIC, _MAKE, _SUB_DIRECTORIES, _DNG_VERSION = 254, 259, 262, 271, 330, 50706
_COLOUR_FILTER_ARRAY, _LINEAR_RAW = 32803, 34892
_RAW_COMPRESSIONS = frozenset({32767, 32769, 32770, 32772, 32867, 34713, 65000, 65535})
_COMPRESSION_OF = MappingProxyType({32767: ARW, 32770: SRW, 34713: NEF, 65535: PEF})
"""Compressions that one maker alone uses: they tell the format where an editor wrote another Make."""
_OLD_JPEG, _REDUCED = 6, 1
_BIG_TIFF = (b"+\0", b"\0+")
_MOST_ENTRIES, _MOST_SUBS, _MAKE_BYTES = 400, 8, 64

_Tags = dict[int, tuple[int, int, int]]


def raw_type(data: bytes) -> str:
    """Which raw format some bytes are; "" for none, an ordinary TIFF among them.

    The first bytes settle it for those that have a magic number of their own; the others need their directories.
    """
    for start, name in STARTS:
        if data.startswith(start):
            return name
    if data.startswith(_PANASONIC):
        return RW2 if data.startswith(_PANASONIC_RW2, 8) else RAW
    if data[25:32] == _KYOCERA:
        return KYOCERA
    if data[2:4] in _BIG_TIFF:
        return DNG if _DNG_VERSION in _big_directory(data) else ""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 10:
        return ""
    for start, name in _BEHIND_OFFSET:
        if data.startswith(start, 8):
            return name
    return _by_directories(data, order)


def _by_directories(data: bytes, order: str) -> str:
    first = _directory(data, order, struct.unpack_from(f"{order}I", data, 4)[0])
    if _DNG_VERSION in first:
        return DNG
    _, length, at = first.get(_MAKE, (0, 0, 0))
    make = data[at : at + min(length, _MAKE_BYTES)].split(b"\0")[0].decode("latin-1").strip().upper()
    name = next((name for start, name in _MAKERS if make.startswith(start)), "")
    subs = [_directory(data, order, offset) for offset in _subs(data, order, first)]
    if not name:
        compressions = (_short(data, order, tags, _COMPRESSION) for tags in (first, *subs))
        return next((_COMPRESSION_OF[one] for one in compressions if one in _COMPRESSION_OF), "")
    if not any(_holds_raw(data, order, tags) for tags in (first, *subs)):
        preview_alone = name == ARW and _short(data, order, first, _COMPRESSION) == _OLD_JPEG
        if not (preview_alone and _short(data, order, first, _SUBFILE) & _REDUCED):
            return ""
    return NRW if name == NEF and _short(data, order, first, _COMPRESSION) == _OLD_JPEG else name


def _holds_raw(data: bytes, order: str, tags: _Tags) -> bool:
    photometric = _short(data, order, tags, _PHOTOMETRIC)
    return (
        photometric in (_COLOUR_FILTER_ARRAY, _LINEAR_RAW)
        or _short(data, order, tags, _COMPRESSION) in _RAW_COMPRESSIONS
    )


def _directory(data: bytes, order: str, start: int) -> _Tags:
    """The entries of a directory: type, count, and where the value stands; empty where there is none."""
    if not 8 <= start <= len(data) - 2:
        return {}
    (count,) = struct.unpack_from(f"{order}H", data, start)
    count = min(count, _MOST_ENTRIES, (len(data) - start - 2) // 12)
    found: _Tags = {}
    for index in range(count):
        at = start + 2 + 12 * index
        tag, kind, length, value = struct.unpack_from(f"{order}HHII", data, at)
        small = length * {1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 13: 4}.get(kind, 8) <= 4
        found.setdefault(tag, (kind, length, at + 8 if small else value))
    return found


def _big_directory(data: bytes) -> frozenset[int]:
    """The tags of the first directory of a BigTIFF, whose entries take 20 bytes."""
    order = "<" if data[:2] == b"II" else ">"
    start = struct.unpack_from(f"{order}Q", data, 8)[0] if len(data) >= 16 else 0
    if not 16 <= start <= len(data) - 8:
        return frozenset()
    count = min(struct.unpack_from(f"{order}Q", data, start)[0], _MOST_ENTRIES, (len(data) - start - 8) // 20)
    return frozenset(struct.unpack_from(f"{order}H", data, start + 8 + 20 * index)[0] for index in range(count))


def _short(data: bytes, order: str, tags: _Tags, tag: int) -> int:
    kind, _, at = tags.get(tag, (0, 0, 0))
    code = {3: "H", 4: "I"}.get(kind)
    if code is None or at + struct.calcsize(code) > len(data):
        return 0
    return int(struct.unpack_from(order + code, data, at)[0])


def _subs(data: bytes, order: str, tags: _Tags) -> tuple[int, ...]:
    kind, length, at = tags.get(_SUB_DIRECTORIES, (0, 0, 0))
    count = min(length, _MOST_SUBS, max(0, len(data) - at) // 4) if kind in (4, 13) else 0
    return struct.unpack_from(f"{order}{count}I", data, at) if count else ()
