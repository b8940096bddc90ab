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

from ..model.canonical import LARGEST_EXACT_INTEGER, canonical
from ..model.features import Features
from ..model.record import Fingerprint

EMPTY = bytes(32)
_MANY = 32  # of so many the sum is made by columns


def picture_row(image_id: str, size_bytes: int) -> int:
    """Of the picture itself: its digest and size, not where it lay.

    The text is what canonical() writes, put together by hand here and below, as a set holds millions of these.
    """
    if not 0 <= size_bytes <= LARGEST_EXACT_INTEGER:
        return _row("picture", image_id, size_bytes)
    return _summed([f'["picture",{encode_basestring(image_id)},{size_bytes}]'.encode("utf-8", "surrogatepass")])


def fingerprint_row(image_id: str, made: Fingerprint) -> int:
    """Of one fingerprint of a picture."""
    begin, end = _around(made.name, searchable=made.searchable)
    text = f'["fingerprint",{encode_basestring(image_id)}{begin}{made.code.hex()}{end}'
    return _summed([text.encode("utf-8", "surrogatepass")])


def picture_rows(image_ids: Iterable[str], sizes_bytes: Iterable[int]) -> int:
    """The sum over many pictures. Ids are hexadecimal digits, and no size is beyond what JSON carries exactly."""
    rows = zip(image_ids, sizes_bytes, strict=True)
    return _summed([f'["picture","{image_id}",{size}]'.encode() for image_id, size in rows])


def fingerprint_rows(image_ids: Iterable[str], name: str, codes: Iterable[bytes], *, searchable: bool) -> int:
    """The sum over fingerprints of one name, one of each picture."""
    begin, end = _around(name, searchable=searchable)
    rows = zip(image_ids, codes, strict=True)
    return _summed(
        [
            f'["fingerprint","{image_id}"{begin}{code.hex()}{end}'.encode("utf-8", "surrogatepass")
            for image_id, code in rows
        ]
    )


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
    return int.from_bytes(sha256(canonical(list(parts))).digest(), "big")


def _around(name: str, *, searchable: bool) -> tuple[str, str]:
    """What stands before and behind the code."""
    return f',{encode_basestring(name)},"', f'",{"true" if searchable else "false"}]'


def _summed(texts: Sequence[bytes]) -> int:
    digests = [sha256(text).digest() for text in texts]
    if len(digests) < _MANY:
        return sum(int.from_bytes(one, "big") for one in digests)
    import numpy as np

    words = np.frombuffer(b"".join(digests), ">u4").reshape(len(digests), -1).sum(axis=0, dtype=np.uint64)
    total = 0
    for word in words.tolist():
        total = (total << 32) + word
    return total
