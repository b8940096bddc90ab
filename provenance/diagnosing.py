"""What is installed and at hand, and what each missing piece leaves unchecked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from .errors import ReferenceSetError
from .metadata.credentials import library
from .model.text import visible

# Distribution and what is not done without it.
REQUIRED = (
    ("pillow", "no picture is decoded"),
    ("imagehash", "no copy is searched by its pixels"),
    ("exifread", "no EXIF tag is read"),
    ("numpy", "no copy is searched by its pixels"),
    ("opencv-python-headless", "no photo inside a screenshot, crop or collage is found"),
    ("defusedxml", "no XMP packet is read"),
    ("PyYAML", "no claims file in YAML is read"),
    ("Jinja2", "no HTML report is made"),
    ("platformdirs", "the user's own folders are not found"),
    ("tqdm", "no progress is shown"),
    ("geographiclib", "no distance is measured"),
    ("cryptography", "no case is sealed, and no signature of one is checked"),
    ("requests", "no time-stamp is asked for, and nothing is fetched or asked outside"),
    ("segno", "no QR code of a case's head is drawn"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One line of the diagnosis."""

    name: str
    there: bool
    words: str
    promised: bool = False
    """Whether the default install promises it."""


def diagnose() -> tuple[Piece, ...]:
    """Look at everything once; a picture of eight pixels is decoded for real."""
    return tuple(_pieces())


def _pieces() -> Iterator[Piece]:
    for name, without in REQUIRED:
        yield _library(name, without)
    yield _decoding()
    heif, avif = find_spec("pillow_heif") is not None, _avif()
    only = "pictures: digest, structure and metadata only, no search"
    yield Piece(
        name="HEIF decoder", there=heif, words="there" if heif else f"HEIC {only}; pip install 'provenance-desk[heif]'"
    )
    yield Piece(name="AVIF decoder", there=avif or heif, words="there" if avif or heif else f"AVIF {only}")
    packed = find_spec("brotli") is not None
    words = "there" if packed else "JPEG XL: packed EXIF and XMP are not read; pip install 'provenance-desk[jxl]'"
    yield Piece(name="Brotli", there=packed, words=words)
    coefficients = find_spec("jpeglib") is not None
    words = (
        "there" if coefficients else "double-jpeg and part of history: not checked; pip install 'provenance-desk[jpeg]'"
    )
    yield Piece(name="jpeglib", there=coefficients, words=words)
    driver = find_spec("psycopg") is not None
    words = (
        "there" if driver else "sets on a PostgreSQL server are not opened; pip install 'provenance-desk[postgresql]'"
    )
    yield Piece(name="psycopg", there=driver, words=words)
    faiss = find_spec("faiss") is not None
    words = "there" if faiss else "searching millions of pictures takes longer; pip install faiss-cpu"
    yield Piece(name="faiss", there=faiss, words=words)
    yield _extra("Dask", "distributed", "fingerprints are made on this machine alone", "dask")
    yield _extra("bcrypt", "bcrypt", "a signing key behind a passphrase is neither made nor opened", "passphrase")
    yield _tesseract()
    missing = library.trouble() if library.installed() else library.MISSING
    without = "Content Credentials: found by structure, not validated; pip install 'provenance-desk[c2pa]'"
    words = f"{missing}: {without}" if missing != library.MISSING else without
    yield Piece(name="C2PA reader", there=not missing, words=words if missing else "there, offline by its settings")
    yield _time_stamps()
    yield _typst()
    yield _own_set()
    yield _cache()


def _time_stamps() -> Piece:
    from .custody.stamp_reply import installed

    there = installed()
    without = "time-stamps: asked for and kept, replies not checked; pip install 'provenance-desk[timestamps]'"
    return Piece(name="rfc3161-client", there=there, words="there" if there else without)


def _typst() -> Piece:
    there = find_spec("typst") is not None
    return Piece(name="Typst", there=there, words="there" if there else "no PDF; pip install 'provenance-desk[pdf]'")


def _extra(name: str, module: str, without: str, extra: str) -> Piece:
    there = find_spec(module) is not None
    return Piece(
        name=name, there=there, words="there" if there else f"{without}; pip install 'provenance-desk[{extra}]'"
    )


def _library(name: str, without: str) -> Piece:
    try:
        return Piece(name=name, there=True, words=version(name), promised=True)
    except PackageNotFoundError:
        remedy = "python3 -m pip install provenance-desk"
        return Piece(name=name, there=False, words=f"without it {without}; {remedy}", promised=True)


def _decoding() -> Piece:
    """Decode a picture of eight pixels in the process that decodes."""
    from .image.decoding.decoder import Decoder
    from .model.image import Refusal
    from .model.limits import Limits

    header = b"BM" + (54 + 32).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    size = (40).to_bytes(4, "little") + (4).to_bytes(4, "little") + (2).to_bytes(4, "little")
    bitmap = header + size + (1).to_bytes(2, "little") + (32).to_bytes(2, "little") + bytes(24) + b"\xff" * 32
    with Decoder() as decoder:
        result = decoder.decode(bitmap, "image/bmp", Limits())
    if isinstance(result, Refusal):
        return Piece(name="decoding", there=False, words=f"no picture is decoded here: {result.reason}", promised=True)
    words = "in a process of its own, with limits on memory, time and pixels"
    return Piece(name="decoding", there=True, words=words, promised=True)


def _tesseract() -> Piece:
    """The program that reads the words on a screen, and the languages it has."""
    from .placetime.screen.tesseract import LANGUAGES, languages

    known = languages()
    lacking = ", ".join(name for name in LANGUAGES if name not in known)
    if not known:
        words = "words in screenshots are not read; install the program tesseract with eng, rus, ukr, kor"
    else:
        words = f"words in screenshots: {', '.join(known)}" + (f"; not there: {lacking}" if lacking else "")
    return Piece(name="Tesseract", there=bool(known), words=words)


def _avif() -> bool:
    from PIL import features

    return bool(features.check("avif"))


def _own_set() -> Piece:
    from .reference.open import open_set
    from .sets.which import default_set

    path, name = default_set(), "desk's own set"
    if not path.exists():
        return Piece(name=name, there=False, words=f"{visible(str(path))}: fill it with: provenance add FOLDER")
    try:
        store = open_set(str(path))
        pictures = store.state().pictures
        store.close()
    except ReferenceSetError as error:
        return Piece(name=name, there=False, words=visible(f"{error}; {error.remedy}"))
    return Piece(name=name, there=True, words=f"{visible(str(path))}, {pictures:,} pictures")


def _cache() -> Piece:
    from .sets.which import cache_folder

    folder = cache_folder()
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    good = os.access(nearest, os.W_OK)
    words = visible(str(folder)) if good else f"{visible(str(folder))} cannot be written: folders are indexed each time"
    return Piece(name="cache", there=good, words=words)
