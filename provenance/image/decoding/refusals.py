"""The words in which a picture's pixels are refused or taken, shared by the decoding process and who asks it."""

from __future__ import annotations

from ...errors import DecodeError

CUT_SHORT = "the file is cut short"
BROKEN = "the pixel data cannot be decoded"
LAID_OVER_WHITE = "transparent parts laid over white"
"""A step of decoding: what was under them, another program may have shown as black."""
ASK_AGAIN = "ask the sender for the file again"
SAVE_AS_PNG = "open it in a program you trust, save it as PNG, and check that copy as well"
ASK_OR_SAVE = f"{ASK_AGAIN}, or {SAVE_AS_PNG}"
SMALLER_COPY = "make a smaller copy in a program you trust, and check that as well"
TOO_COSTLY = "treat the file with suspicion; check a copy saved as PNG by a program you trust"


def cut_short() -> DecodeError:
    """Pixels are missing at the end."""
    return DecodeError(CUT_SHORT, remedy=ASK_AGAIN)


def broken(detail: str) -> DecodeError:
    """The decoder gave up; `detail` is what it said."""
    return DecodeError(f"{BROKEN}: {detail}" if detail else BROKEN, remedy=ASK_OR_SAVE)


def too_many_pixels(size_px: tuple[int, int], limit_px: int) -> DecodeError:
    """More pixels than the limit; width and height where they are known."""
    told = f"{size_px[0]:,} x {size_px[1]:,} pixels are" if size_px[0] else "the picture has"
    return DecodeError(f"{told} more than the limit of {limit_px:,} pixels", remedy=SMALLER_COPY)


def too_many_frames(frames: int, limit: int) -> DecodeError:
    """More frames than the limit."""
    return DecodeError(f"{frames:,} frames are more than the limit of {limit:,}", remedy=SAVE_AS_PNG)


def too_much_memory(limit_bytes: int) -> DecodeError:
    """The address space of the decoding process ran out."""
    return DecodeError(f"decoding needs more than {limit_bytes // 2**20} MiB of memory", remedy=SMALLER_COPY)


def too_slow(limit_s: float, clock: str) -> DecodeError:
    """Decoding ran past its time; `clock` says which."""
    return DecodeError(f"decoding was stopped after {limit_s:g} s of {clock}", remedy=TOO_COSTLY)


def no_decoder(name: str, extra: str = "") -> DecodeError:
    """A format that is recognised but not decoded here."""
    remedy = f"pip install 'provenance-desk[{extra}]'" if extra else SAVE_AS_PNG
    return DecodeError(f"no {name} decoder is installed" if extra else f"{name} is not decoded here", remedy=remedy)
