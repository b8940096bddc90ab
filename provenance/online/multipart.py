"""One file as multipart/form-data (RFC 7578), the same bytes each time."""

from __future__ import annotations

import hashlib


def form_with(field: str, data: bytes, media_type: str) -> tuple[bytes, str]:
    """Body and Content-Type. The boundary comes from the content, so that equal pictures make equal requests."""
    boundary = f"----{hashlib.sha256(data).hexdigest()}"
    while boundary.encode() in data:
        boundary += "-"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="picture"\r\n'
        f"Content-Type: {media_type or 'application/octet-stream'}\r\n\r\n"
    )
    return head.encode() + data + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
