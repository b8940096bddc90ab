"""Files of keys that a reader trusts: allowed_signers of OpenSSH (ssh-keygen(1)), or plain .pub files."""

from __future__ import annotations

from . import sshsig

_TYPE = sshsig.KEY_TYPE.decode()
_NAMESPACES = "namespaces="


def read_signers(data: bytes) -> dict[bytes, str]:
    """Public keys (32 bytes) with the names that the file gives them. Raises ValueError when it holds no usable key.

    Used are Ed25519 keys without options, or with a list of namespaces that holds ours. Lines with any other option
    (cert-authority, valid-after, ...) are passed over: whoever set it meant a limit that is not applied here.
    """
    found: dict[bytes, str] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        words = line.split()
        if not words or words[0].startswith("#") or _TYPE not in words[:-1]:
            continue
        at = words.index(_TYPE)
        key = sshsig.key_of_line(words[at + 1])
        if key is not None and _usable(words[1:at]):
            name = words[0] if at else " ".join(words[2:])
            found.setdefault(key, name or "a key without a name")
    if not found:
        raise ValueError("no Ed25519 key stands in it that may sign seals")
    return found


def _usable(options: list[str]) -> bool:
    for option in options:
        if not option.startswith(_NAMESPACES):
            return False
        if sshsig.NAMESPACE not in option.removeprefix(_NAMESPACES).strip('"').split(","):
            return False
    return True
