"""Pictures signed here and what is done to them, each with the states and flags it may be given."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image as Pillow

from benchmarks.credentials.minting import DOCUMENTS, Authority, Signer, authority, sign
from provenance.image.containers.structure import structure
from provenance.metadata.credentials.manifests import manifests, signature_box
from provenance.metadata.credentials.store import store_bytes
from provenance.model.image import Image, Original, Refusal
from provenance.model.limits import Limits

FORMATS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "tif": "image/tiff",
    "heic": "image/heic",
}
CAMERA = b"BENCHCAMERA"
CHANGED, DAMAGED, UNREADABLE = "content_changed", "manifest_damaged", "unreadable"


@dataclass(frozen=True)
class Case:
    """A file and what is right about it."""

    attack: str
    suffix: str
    data: bytes
    states: tuple[str, ...]
    flags: tuple[str, ...] = ()


def picture(suffix: str, seed: int, *, size: tuple[int, int] = (160, 120)) -> bytes:
    """A noisy synthetic picture with a camera in its EXIF."""
    if suffix == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    chance = random.Random(seed)
    made = Pillow.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
    exif = Pillow.Exif()
    exif[0x0110] = CAMERA.decode()
    out = io.BytesIO()
    name = {"jpg": "JPEG", "tif": "TIFF", "heic": "HEIF"}.get(suffix, suffix.upper())
    made.save(out, name, exif=exif, **({"quality": 85} if suffix not in ("png", "tif") else {}))
    return out.getvalue()


def cases(trusted: Authority, stamps: str, seed: int) -> Iterator[Case]:
    """Every attack on every format in which it can be made."""
    for suffix in FORMATS:
        yield from of_format(trusted, stamps, suffix, seed)


def of_format(trusted: Authority, stamps: str, suffix: str, seed: int) -> Iterator[Case]:
    kind, plain = FORMATS[suffix], picture(suffix, seed)
    good = trusted.signer()
    ok = sign(plain, kind, good, title="untouched-title", stamps=stamps)

    def case(attack: str, data: bytes, *states: str, flags: tuple[str, ...] = ()) -> Case:
        return Case(attack, suffix, data, states, flags)

    yield case("unsigned", plain, "none")
    yield case("untouched", ok, "trusted")
    yield case("untouched, no time-stamp", sign(plain, kind, good), "trusted")
    yield case("certificate for document signing", sign(plain, kind, trusted.signer(usage=DOCUMENTS)), "trusted")
    yield case("saved again", _saved_again(ok, suffix), "none")
    for number, changed in enumerate(_bits(ok, suffix, seed)):
        yield case(f"bit {number + 1} of the picture", changed, CHANGED, UNREADABLE)
    yield case("EXIF changed", ok.replace(CAMERA, b"OTHERCAMERA"), CHANGED)
    yield case("assertion changed", _in_store(ok, b"digitalCapture", b"digitalCopture"), DAMAGED)
    yield case("claim changed", _in_store(ok, b"untouched-title", b"untouched-titlX"), DAMAGED)
    yield case("signature changed", _signature(ok), DAMAGED)
    yield case("cut short", ok[: len(ok) * 6 // 10], *_when_cut(ok))
    yield case("bytes appended", ok + b"appended", CHANGED, UNREADABLE)
    yield from _transplants(ok, suffix, seed, case)
    bad = _bits(ok, suffix, seed)[0]
    parts = ("ancestor_failed",)
    yield case("changed, then signed as an edit", sign(bad, kind, good, parent=bad), "trusted", flags=parts)
    twice = sign(bad, kind, good, parent=bad)
    yield case("and signed once more", sign(twice, kind, good, parent=twice), "trusted", flags=parts)
    unseen = sign(bad, kind, good, parent=bad, validate=False)
    yield case("changed, signed by an importer that did not look", unseen, "trusted")
    if suffix == "jpg":
        yield from _hidden(twice, kind, good, case)
    yield case("edited honestly", sign(ok, kind, good, parent=ok), "trusted")
    leica = authority("Leica Root").signer("Leica M11-P", "Leica Camera AG")
    yield case("name of a maker, own root", sign(plain, kind, leica), "valid_untrusted")
    stranger = authority("Stranger Root").signer("A. Stranger", "Nobody")
    yield case("stranger's root", sign(plain, kind, stranger, stamps=stamps), "valid_untrusted")
    yield case("stranger's, bit changed", _bits(sign(plain, kind, stranger), suffix, seed)[0], CHANGED, UNREADABLE)
    expiring, stamped = trusted.run_out(
        lambda brief: (sign(plain, kind, brief), sign(plain, kind, brief, stamps=stamps))
    )
    yield case("certificate ran out", expiring, "expired_unproven_time")
    yield case("ran out, time-stamped before", stamped, "trusted")
    yield case("ran out, bit changed", _bits(expiring, suffix, seed)[0], CHANGED, UNREADABLE)
    model = sign(plain, kind, good, source_type="trainedAlgorithmicMedia")
    yield case("made by a model", model, "trusted", flags=("ai_declared",))
    yield case("edit of that", sign(model, kind, good, parent=model), "trusted", flags=("ai_declared",))
    yield case("computed, no model", sign(plain, kind, good, source_type="algorithmicMedia"), "trusted")
    yield from _redacted(plain, kind, good, case)
    if suffix in ("jpg", "png", "webp", "tif"):
        remote = sign(plain, kind, good, remote="http://127.0.0.1:9/manifest.c2pa")
        yield case("manifest elsewhere", remote, "remote_reference")


Make = Callable[..., Case]


def _hidden(laundered: bytes, kind: str, good: Signer, case: Make) -> Iterator[Case]:
    """A laundered picture, and a model's, behind so much else that a walk with a limit stops before it."""
    parts = tuple(picture("jpg", 9, size=(8, 8)) for _ in range(70))
    wide, deep = sign(laundered, kind, good, parent=laundered, parts=parts), laundered
    yield case("laundered behind 70 parts", wide, "trusted", flags=("ancestor_failed",))
    for _ in range(17):
        deep = sign(deep, kind, good, parent=deep)
    yield case("laundered, then signed 17 times", deep, "trusted", flags=("ancestor_failed",))
    plain = picture("jpg", 10)
    model = sign(plain, kind, good, source_type="trainedAlgorithmicMedia")
    yield case("a part by a model", sign(plain, kind, good, parts=(model,)), "trusted", flags=("ai_declared",))
    many = tuple({"label": f"org.example.a{each}", "data": {"a": each}} for each in range(2100))
    yield case("2,100 assertions", sign(plain, kind, good, assertions=many), UNREADABLE)


def _redacted(plain: bytes, kind: str, good: object, case: Make) -> Iterator[Case]:
    """A parent with a place, and an edit that takes the place out of it."""
    assert isinstance(good, Signer)
    place = {
        "label": "cawg.metadata",
        "data": {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "1,2N"},
    }
    parent = sign(plain, kind, good, assertions=(place,))
    label = manifests(store_bytes(image := as_image(parent), [b for b in image.structure.blocks if b.kind == "c2pa"]))[
        -1
    ].label
    uri = f"self#jumbf=/c2pa/{label}/c2pa.assertions/cawg.metadata"
    yield case("place redacted", sign(parent, kind, good, parent=parent, redact=uri), "trusted", flags=("redacted",))


def _when_cut(data: bytes) -> tuple[str, ...]:
    """A store at the end of a file goes with it."""
    stores = [block for block in as_image(data).structure.blocks if block.kind == "c2pa"]
    lost = any(block.offset_bytes + block.length_bytes > len(data) * 6 // 10 for block in stores)
    return (CHANGED, UNREADABLE, *(("none",) if lost else ()))


def _saved_again(data: bytes, suffix: str) -> bytes:
    out = io.BytesIO()
    name = {"jpg": "JPEG", "tif": "TIFF", "heic": "HEIF"}.get(suffix, suffix.upper())
    with Pillow.open(io.BytesIO(data)) as opened:
        opened.convert("RGB").save(out, name)
    return out.getvalue()


def _bits(data: bytes, suffix: str, seed: int) -> list[bytes]:
    """Three copies, each with one bit of the picture's own data flipped."""
    chance = random.Random(f"{seed}{suffix}")
    places = _picture_places(data)
    found = []
    for _ in range(3):
        start, end = chance.choice(places)
        at, bit = chance.randrange(start, end), chance.randrange(8)
        found.append(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    return found


def _picture_places(data: bytes) -> list[tuple[int, int]]:
    """Where coded picture data lies."""
    image = as_image(data)
    blocks = image.structure.blocks
    own = [b for b in blocks if b.kind in ("SOS", "IDAT", "VP8", "VP8L", "mdat")]
    if own:
        return [(b.offset_bytes + b.length_bytes // 4, b.offset_bytes + b.length_bytes - 16) for b in own]
    return [(512, min(b.offset_bytes for b in blocks if b.kind in ("IFD", "c2pa")) - 512)]  # TIFF: strips stand first


def _in_store(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) >= 1 and len(old) == len(new)
    return data.replace(old, new)


def _signature(data: bytes) -> bytes:
    """One bit of the signature itself, which ends its COSE structure, flipped."""
    image = as_image(data)
    store = store_bytes(image, [block for block in image.structure.blocks if block.kind == "c2pa"])
    box = signature_box(store, manifests(store)[-1].label)
    at = data.find(box[-40:]) + 20
    assert at > 20
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


def _transplants(ok: bytes, suffix: str, seed: int, case: Make) -> Iterator[Case]:
    """The manifest of one picture put into another."""
    other = picture(suffix, seed + 1)
    blocks = [block for block in as_image(ok).structure.blocks if block.kind == "c2pa"]
    parts = b"".join(ok[block.offset_bytes : block.offset_bytes + block.length_bytes] for block in blocks)
    if suffix == "jpg":
        at = blocks[0].offset_bytes
        yield case("manifest of another picture", other[:at] + parts + other[at:], CHANGED)
        exif = b"\xff\xe1" + struct.pack(">H", 40) + b"Exif\0\0" + b"\0" * 32
        yield case("EXIF put in", ok[:2] + exif + ok[2:], CHANGED)
    if suffix == "png":
        yield case("manifest of another picture", other[:33] + parts + other[33:], CHANGED)
        text = b"tEXt" + b"Comment\0put in"
        chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
        yield case("text put in", ok[:33] + chunk + ok[33:], CHANGED, UNREADABLE)


def as_image(data: bytes) -> Image:
    """The bytes as an Image, not decoded."""
    walked = structure(data, Limits())
    original = Original(name="x", path="x", sha256="0" * 64, size_bytes=len(data), media_type=walked.media_type)
    return Image(original=original, data=data, structure=walked, refusal=Refusal(reason="not asked for"))
