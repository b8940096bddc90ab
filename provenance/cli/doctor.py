"""`doctor`: what is installed, and what each missing piece leaves unchecked."""

from __future__ import annotations

import argparse
import platform

from ..model.text import visible
from .terminal import Verbs, add_verb

REQUIRED = ("pillow", "ImageHash", "ExifRead", "numpy", "PyYAML", "Jinja2", "platformdirs", "tqdm", "geographiclib")


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    add_verb(
        verbs,
        "doctor",
        "show what is installed, and what each missing piece leaves unchecked",
        "provenance doctor",
        run,
    )


def run(_asked: argparse.Namespace) -> int:
    """Print one line a piece; 0 when everything that the default install promises is there."""
    from .. import __version__

    print(f"provenance {__version__}, Python {platform.python_version()}, {platform.platform()}")
    lines = [_library(name) for name in REQUIRED] + [_decoding(), _heif(), _avif(), _own_set(), _cache()]
    for good, name, words in lines:
        print(f"  {'ok     ' if good else 'missing'}  {name:<16} {words}")
    return 0 if all(good for good, name, _ in lines if name in REQUIRED or name == "decoding") else 1


Line = tuple[bool, str, str]


def _library(name: str) -> Line:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return True, name, version(name)
    except PackageNotFoundError:
        return False, name, "install it with: python3 -m pip install provenance-desk"


def _importable(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def _decoding() -> Line:
    """Decode a picture of eight pixels in the child process, for real."""
    import io

    from PIL import Image

    from ..image.decode import Decoder
    from ..model.image import Refusal
    from ..model.limits import Limits

    buffer = io.BytesIO()
    Image.new("RGB", (4, 2), "white").save(buffer, "PNG")
    with Decoder() as decoder:
        result = decoder.decode(buffer.getvalue(), "image/png", Limits())
    if isinstance(result, Refusal):
        return False, "decoding", f"pictures cannot be decoded here: {result.reason}"
    return True, "decoding", "in a process of its own, with limits on memory, time and pixels"


def _heif() -> Line:
    there = _importable("pillow_heif")
    missing = "HEIC pictures: digest, structure and metadata only; pip install 'provenance-desk[heif]'"
    return there, "HEIF decoder", "pillow-heif is there" if there else missing


def _avif() -> Line:
    from PIL import features

    there = bool(features.check("avif")) or _importable("pillow_heif")
    return there, "AVIF decoder", "there" if there else "AVIF pictures: digest, structure and metadata only"


def _own_set() -> Line:
    from ..errors import ReferenceSetError
    from ..reference.open import open_set
    from ..sets import default_set

    path = default_set()
    if not path.exists():
        return False, "desk's own set", f"{visible(str(path))} is not there yet; fill it with: provenance add FOLDER"
    try:
        store = open_set(str(path))
        state = store.state()
        store.close()
    except ReferenceSetError as error:
        return False, "desk's own set", visible(f"{error}; {error.remedy}")
    return True, "desk's own set", f"{visible(str(path))}, {state.pictures} pictures"


def _cache() -> Line:
    import os

    from ..sets import cache_folder

    folder = cache_folder()
    parent = next(place for place in (folder, *folder.parents) if place.exists())
    good = os.access(parent, os.W_OK)
    words = visible(str(folder)) if good else f"{visible(str(folder))} cannot be written: folders are indexed each time"
    return good, "cache", words
