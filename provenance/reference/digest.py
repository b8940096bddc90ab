"""The snapshot id of a set: a digest of what it holds, whatever the order in which that came and the engine.

It is the sum modulo 2**256 of the SHA-256 of every row (a multiset hash by addition: Bellare and Micciancio, "A New
Paradigm for Collision-free Hashing", 1997; Clarke et al., "Incremental Multiset Hash Functions", 2003), so adding and
taking away a row costs one hash. It names a state; it is no seal: who may choose thousands of rows freely can construct
two sets with one sum (Wagner, "A Generalized Birthday Problem", 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from ..model.canonical import LARGEST_EXACT_INTEGER, canonical
from ..model.features import Features
from ..model.record import Fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EMPTY = bytes(32)
_MANY = 32  # of so many the sum is made by columns
_DIGEST = type(sha256()).digest  # called as a function, as there are two of these for each picture
_LAID = 512  # texts that are laid out at a time, 90 KB: room that is there and stays in the processor's cache


def picture_row(image_id: str, size_bytes: int) -> int:
    """Of the picture itself: its digest and size, not where it lay.

    The text is what canonical() writes, put together by hand here and below, as a set holds millions of these.
    """
    if not 0 <= size_bytes <= LARGEST_EXACT_INTEGER:
        return _row("picture", image_id, size_bytes)
    return _number(f'["picture",{encode_basestring(image_id)},{size_bytes}]'.encode("utf-8", "surrogatepass"))


def fingerprint_row(image_id: str, made: Fingerprint) -> int:
    """Of one fingerprint of a picture."""
    begin, end = _around(made.name, searchable=made.searchable)
    text = f'["fingerprint",{encode_basestring(image_id)}{begin}{made.code.hex()}{end}'
    return _number(text.encode("utf-8", "surrogatepass"))


def picture_rows(ids: NDArray[np.uint8], sizes_bytes: NDArray[np.int64]) -> int:
    """The sum over many pictures: ids of shape (pictures, 32), sizes from 0 to what JSON carries exactly."""
    total, digits = 0, 1
    while len(ids):  # texts of one length at a time
        short = sizes_bytes < 10**digits
        if short.all():
            mine, sizes_bytes, ids, rest = sizes_bytes, sizes_bytes[:0], ids[:0], ids
        else:
            mine, rest = sizes_bytes[short], ids[short]
            sizes_bytes, ids = sizes_bytes[~short], ids[~short]
        total += _summed_laid(rest, b'["picture","', b'",', decimal(mine, digits), b"]")
        digits += 1
    return total


def fingerprint_rows(ids: NDArray[np.uint8], name: str, codes: NDArray[np.uint8], *, searchable: bool) -> int:
    """The sum over fingerprints of one name, one of each picture: shapes (pictures, 32) and (pictures, bytes)."""
    begin, end = (part.encode("utf-8", "surrogatepass") for part in _around(name, searchable=searchable))
    return _summed_laid(ids, b'["fingerprint","', b'"' + begin, codes, end, hexadecimal=True)


def decimal(numbers: NDArray[np.int64], digits: int) -> NDArray[np.uint8]:
    """Numbers in so many decimal digits each, shape (numbers, digits)."""
    import numpy as np

    laid = np.full((len(numbers), digits), ord("0"), np.uint8)
    left = numbers.astype(np.uint32) if (numbers < 2**32).all() else numbers  # which are divided faster
    for place in range(digits - 1, -1, -1):
        if not left.any():
            break
        above = left // 10
        laid[:, place] += (left - 10 * above).astype(np.uint8)
        left = above
    return laid


def features_row(image_id: str, kept: Features) -> int:
    """Of the local features of a picture."""
    columns = (kept.words, kept.signatures, kept.places, kept.sizes, kept.angles, kept.thumbnail)
    digests = (sha256(column).hexdigest() for column in columns)
    return _row("features", image_id, kept.name, kept.width_px, kept.height_px, kept.points, *digests)


def appearance_row(image_id: str, record: bytes) -> int:
    """Of one record of a picture, given as its canonical bytes."""
    return _row("appearance", image_id, sha256(record).hexdigest())


def changed(snapshot: bytes, *, added: Iterable[int] = (), removed: Iterable[int] = ()) -> bytes:
    """The snapshot id after rows came and went."""
    return ((int.from_bytes(snapshot, "big") + sum(added) - sum(removed)) % 2**256).to_bytes(32, "big")


def _row(*parts: str | int | bool) -> int:
    return _number(canonical(list(parts)))


def _number(text: bytes) -> int:
    return int.from_bytes(sha256(text).digest(), "big")


def _around(name: str, *, searchable: bool) -> tuple[str, str]:
    """What stands before and behind the code."""
    return f',{encode_basestring(name)},"', f'",{"true" if searchable else "false"}]'


def _hexadecimal(columns: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bytes of shape (rows, bytes) in hexadecimal digits, two each."""
    import numpy as np

    return np.frombuffer(columns.tobytes().hex().encode(), np.uint8).reshape(len(columns), -1)


def _summed_laid(
    ids: NDArray[np.uint8],
    begin: bytes,
    middle: bytes,
    ending: NDArray[np.uint8],
    end: bytes,
    *,
    hexadecimal: bool = False,
) -> int:
    """The sum over texts of one length: some hundred are laid out at a time, as a text by itself costs more to make."""
    import numpy as np

    first, length = len(begin), ending.shape[1] * (2 if hexadecimal else 1)
    whole = b"".join((begin, bytes(2 * ids.shape[1]), middle, bytes(length), end))
    second, total = len(whole) - len(end) - length, 0
    room = np.empty((min(len(ids), _LAID), len(whole)), np.uint8)
    room[:] = np.frombuffer(whole, np.uint8)
    for at in range(0, len(ids), _LAID):
        laid, some = room[: len(ids) - at], ending[at : at + _LAID]
        laid[:, first : first + 2 * ids.shape[1]] = _hexadecimal(ids[at : at + _LAID])
        laid[:, second : second + length] = _hexadecimal(some) if hexadecimal else some
        # As none ends with the zero that NumPy would take away.
        total += _summed(laid.view(f"S{len(whole)}")[:, 0].tolist())
    return total


def _summed(texts: Sequence[bytes]) -> int:
    digests = list(map(_DIGEST, map(sha256, texts)))
    if len(digests) < _MANY:
        return sum(int.from_bytes(one, "big") for one in digests)
    import numpy as np

    words = np.frombuffer(b"".join(digests), ">u4").reshape(len(digests), -1).sum(axis=0, dtype=np.uint64)
    total = 0
    for word in words.tolist():
        total = (total << 32) + word
    return total
