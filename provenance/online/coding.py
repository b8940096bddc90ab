"""A reply's body out of its transfer form, never larger than allowed: a kilobyte of gzip may hold a megabyte of zeros.

Nothing is asked for in a coded form (`Accept-Encoding: identity`); servers send some all the same.
"""

from __future__ import annotations

import zlib

from ..errors import FetchError
from ..model.text import quoted

MOST_MEMBERS = 64
"""Members of one gzip stream; each costs a copy of what follows it."""
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def decoded(body: bytes, coding: str, most_bytes: int) -> bytes:
    """The body without the one content coding (RFC 9110, section 8.4) that its header names. Raises FetchError.

    gzip and deflate (zlib) are read; a chain of codings, which multiplies what a bomb yields, and every other are not.
    """
    named = coding.strip().lower()
    if named in ("", "identity"):
        return body
    if named not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(
            f"the reply is coded as {quoted(coding, limit=40)}, which was not asked for", remedy="ask another source"
        )
    whole = bytearray()
    for _ in range(MOST_MEMBERS):
        inflating = zlib.decompressobj(_GZIP_OR_ZLIB)
        try:
            whole += inflating.decompress(body, most_bytes + 1 - len(whole))
        except zlib.error:
            raise FetchError("the reply's compression is damaged", remedy="ask again later") from None
        if len(whole) > most_bytes:
            raise FetchError(
                f"the reply grows past {most_bytes:,} bytes when it is unpacked", remedy="nothing of it is used"
            )
        if not inflating.eof:
            raise FetchError("the reply's compression ends too early", remedy="ask again later")
        body = inflating.unused_data  # a further member of the same gzip stream (RFC 1952, section 2.2)
        if not body:
            return bytes(whole)
    raise FetchError("the reply's compression is in too many pieces", remedy="nothing of it is used")
