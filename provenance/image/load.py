"""From a path to an Image: read once under limits, digest, sniff, walk, decode."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from ..errors import InputError
from ..model.image import Image, Original, Refusal, Structure, WorkingCopy
from ..model.limits import Limits
from ..model.text import visible
from . import no_picture, previews
from .containers import listing, sniff
from .containers.structure import payload, structure
from .decoding import refusals
from .decoding.decoder import Decoder

_TURNING = ("irot", "imir")  # ISO/IEC 23008-12, section 6.5.10 and 6.5.12; the decoder obeys them
_KNOWN = "JPEG, PNG, WebP, GIF, TIFF, BMP, HEIF or AVIF"
_PART_BYTES = 2**20
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def load(path: Path, decoder: Decoder, limits: Limits, *, timeout_s: float | None = None) -> Image:
    """Read, digest, sniff, walk and decode one picture file.

    Raises InputError when it is missing, unreadable, empty, too large, no regular file, or no picture by its content.
    Pixels that cannot be had are no error: the Image then carries a refusal.
    """
    return load_bytes(_read(path, limits), path.name, decoder, limits, timeout_s=timeout_s, path=str(path))


def load_bytes(
    data: bytes, name: str, decoder: Decoder, limits: Limits, *, timeout_s: float | None = None, path: str = ""
) -> Image:
    """The same for bytes already at hand; `path` is kept for the report only. Raises InputError."""
    return decoded(inspect_bytes(data, name, limits, path=path), decoder, limits, timeout_s=timeout_s)


def decoded(inspected: Image, decoder: Decoder, limits: Limits, *, timeout_s: float | None = None) -> Image:
    """What `inspect` gave, with its pixels or why there are none: nothing is digested or walked again."""
    data, walked = inspected.data, inspected.structure
    size_px = (walked.width_px, walked.height_px)
    found: WorkingCopy | Refusal
    if inspected.original.media_type in previews.RAWS:
        found = previews.examined(
            data, walked, limits, lambda part, kind: decoder.decode(part, kind, limits, timeout_s)
        )
    elif size_px[0] * size_px[1] > limits.pixels_px:
        error = refusals.too_many_pixels(size_px, limits.pixels_px)
        found = Refusal(reason=str(error), remedy=error.remedy)
    else:
        found = decoder.decode(data, inspected.original.media_type, limits, timeout_s)
    if isinstance(found, Refusal):
        return replace(inspected, refusal=_explained(found, walked), working_copy=None)
    turned = tuple(f"turned upright ({name})" for name in _TURNING if _turns(data, walked, name))
    return replace(inspected, working_copy=replace(found, steps=found.steps + turned), refusal=None)


def inspect(path: Path, limits: Limits) -> Image:
    """Read, digest, sniff and walk without decoding. Raises InputError."""
    return inspect_bytes(_read(path, limits), path.name, limits, path=str(path))


def inspect_bytes(data: bytes, name: str, limits: Limits, *, path: str = "") -> Image:
    """The same for bytes already at hand. Raises InputError."""
    original = _original(data, name, path, limits)
    refusal = Refusal(reason="the pixels were not decoded: only the file itself was asked for")
    return Image(original=original, data=data, structure=structure(data, limits), refusal=refusal)


def _original(data: bytes, name: str, path: str, limits: Limits) -> Original:
    if not data:
        raise InputError(f"{visible(path or name)}: the file is empty", remedy=refusals.ASK_AGAIN)
    if len(data) > limits.file_bytes:
        raise _too_large(visible(path or name), len(data), limits)
    media_type = sniff.media_type(data)
    if not media_type:
        what, remedy = no_picture.told(data[: sniff.ENOUGH_BYTES])
        by_content = f"not a picture by its content{f', but {what}' if what else ''}"
        raise InputError(f"{visible(path or name)}: {by_content}", remedy=remedy or f"give a {_KNOWN} file")
    digest = hashlib.sha256(data).hexdigest()
    return Original(name=name, path=path, sha256=digest, size_bytes=len(data), media_type=media_type)


def _turns(data: bytes, walked: Structure, name: str) -> bool:
    """Whether a HEIF or AVIF has a property that turns (irot, other than by 0) or mirrors (imir) its picture."""
    block = next((block for block in walked.blocks if block.kind == name), None)
    return block is not None and (name == "imir" or payload(data, block) not in (b"", b"\x00"))


def _explained(refusal: Refusal, walked: Structure) -> Refusal:
    """A decoder that gave up on a file that the walker found cut short gave up because of that."""
    cut = any(problem.startswith(listing.CUT_SHORT) for problem in walked.problems)
    if cut and refusal.reason.startswith(refusals.BROKEN):
        return replace(refusal, reason=refusals.CUT_SHORT, remedy=refusals.ASK_AGAIN)
    return refusal


def _read(path: Path, limits: Limits) -> bytes:
    """All bytes of a regular file. Raises InputError."""
    told = visible(str(path))
    try:
        # Looked at before it is opened, since opening alone can act on a device, and again behind the open, since the
        # name may have changed hands. Without blocking: a named pipe would wait for a writer for ever.
        _require_regular(path.stat().st_mode, told)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            _require_regular(status.st_mode, told)
            if status.st_size > limits.file_bytes:
                raise _too_large(told, status.st_size, limits)
            data = os.read(descriptor, status.st_size + 1)
            if len(data) != status.st_size:  # it grew, its size is no size, as in /proc, or the drive gives it in parts
                data += _rest(descriptor, limits.file_bytes + 1 - len(data))
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise InputError(f"{told}: no such file", remedy="check the name and the folder") from None
    except PermissionError:
        raise InputError(f"{told}: no permission to read it", remedy="ask its owner for read permission") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{told}: cannot be read ({reason})", remedy="check the name and the drive") from error
    if len(data) > limits.file_bytes:
        raise _too_large(told, len(data), limits)
    return data


def _rest(descriptor: int, most_bytes: int) -> bytes:
    """What follows in an open file, at most so many bytes."""
    parts = []
    while most_bytes > 0 and (part := os.read(descriptor, min(most_bytes, _PART_BYTES))):
        parts.append(part)
        most_bytes -= len(part)
    return b"".join(parts)


def _require_regular(mode: int, told: str) -> None:
    if stat.S_ISREG(mode):
        return
    for is_kind, words in _KINDS:
        if is_kind(mode):
            raise InputError(f"{told}: this is {words}, not a file", remedy="give a picture file")


def _too_large(told: str, size_bytes: int, limits: Limits) -> InputError:
    size = f"{size_bytes:,} bytes are more than the limit of {limits.file_bytes:,}"
    return InputError(f"{told}: too large ({size})", remedy=refusals.SMALLER_COPY)
