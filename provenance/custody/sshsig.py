"""Signatures as OpenSSH writes them (PROTOCOL.sshsig), with Ed25519 keys (RFC 8032) only.

`ssh-keygen -Y verify` checks what `armoured` writes. What is read must be spelled exactly as OpenSSH and we spell it:
one armour, one line length, no spare bit, so that no bit of a signature file is free.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

NAMESPACE = "provenance-seal"
"""What the signature is for: one made for mail or for git cannot pass for a seal."""
KEY_NAMESPACE = "provenance-key"
"""Likewise for the statement that one key takes the place of another."""
KEY_TYPE = b"ssh-ed25519"
_MAGIC, _VERSION, _HASH = b"SSHSIG", 1, b"sha512"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_LINE = 70  # characters, as ssh-keygen breaks them


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """An SSHSIG taken apart: the 32 bytes of the public key and the 64 bytes of the signature."""

    key: bytes
    value: bytes
    namespace: str


def key_blob(key: bytes) -> bytes:
    """A public key of 32 bytes in SSH's wire form (RFC 8709, section 4)."""
    return _string(KEY_TYPE) + _string(key)


def fingerprint(key: bytes) -> str:
    """As `ssh-keygen -lf` prints it: SHA256: and base64 without padding."""
    digest = hashlib.sha256(key_blob(key)).digest()
    return "SHA256:" + base64.b64encode(digest).rstrip(b"=").decode()


def public_line(key: bytes) -> str:
    """The key as it stands in a .pub file: its type and its base64."""
    return f"{KEY_TYPE.decode()} {base64.b64encode(key_blob(key)).decode()}"


def key_of_line(encoded: str) -> bytes | None:
    """The 32 bytes of a public key from its base64; None for anything but an Ed25519 key."""
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        return None
    key = blob[-32:]
    return key if blob == key_blob(key) else None


def signed_bytes(message: bytes, namespace: str = NAMESPACE) -> bytes:
    """What is really signed: magic, namespace, reserved, hash name, SHA-512 of the message."""
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def sign(message: bytes, key: bytes, sign_with: Callable[[bytes], bytes], namespace: str = NAMESPACE) -> bytes:
    """The armoured signature over `message`; `sign_with` makes the 64 bytes with the private key of `key`."""
    value = sign_with(signed_bytes(message, namespace))
    return armoured(Signature(key=key, value=value, namespace=namespace))


def armoured(signature: Signature) -> bytes:
    """The signature file."""
    blob = (
        _MAGIC
        + _VERSION.to_bytes(4, "big")
        + _string(key_blob(signature.key))
        + _string(signature.namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(_string(KEY_TYPE) + _string(signature.value))
    )
    text = base64.b64encode(blob)
    lines = [text[start : start + _LINE] + b"\n" for start in range(0, len(text), _LINE)]
    return _BEGIN + b"".join(lines) + _END


def read(data: bytes) -> Signature:
    """Take a signature file apart. Raises ValueError with what is wrong, in words that follow "seal.json.sig "."""
    if not (data.startswith(_BEGIN) and data.endswith(_END)):
        raise ValueError("is no SSH signature")
    try:
        blob = base64.b64decode(data[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except (ValueError, binascii.Error):
        raise ValueError("is no SSH signature: its base64 is broken") from None
    start = len(_MAGIC) + 4
    fields = _strings(blob[start:])
    if len(fields) != 5:
        raise ValueError("is no SSH signature: its fields are broken")
    inner = _strings(fields[4])
    if inner[:1] != [KEY_TYPE] or len(inner) != 2 or len(inner[1]) != 64:
        raise ValueError("is made with a kind of key that is not read here; only Ed25519 is")
    signature = Signature(key=fields[0][-32:], value=inner[1], namespace=fields[1].decode("utf-8", "replace"))
    if armoured(signature) != data:
        raise ValueError("is not spelled as such signatures are")
    return signature


def holds(signature: Signature, message: bytes, namespace: str = NAMESPACE) -> bool:
    """Whether the key signed the message for this purpose. Raises ImportError where the library for it is missing."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(signature.key).verify(signature.value, signed_bytes(message, namespace))
    except (InvalidSignature, ValueError):
        return False
    return signature.namespace == namespace


def _string(data: bytes) -> bytes:
    """A string of RFC 4251, section 5: four bytes of length, then the bytes."""
    return len(data).to_bytes(4, "big") + data


def _strings(blob: bytes) -> list[bytes]:
    """All strings of a blob; [] when their lengths do not fit it."""
    found, position = [], 0
    while position < len(blob):
        length = int.from_bytes(blob[position : position + 4], "big")
        position += 4
        if position + length > len(blob):
            return []
        found.append(blob[position : position + length])
        position += length
    return found
