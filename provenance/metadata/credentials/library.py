"""The one place that calls c2pa-python: offline by every setting it has, one list at a time, each error a refusal.

Settings: c2pa-rs 0.91, sdk/src/settings. By default the library asks the network as soon as a file names a place there
(docs/adr/0011-content-credentials.md).
"""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version as distributed
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ...model.limits import Limits
from .lists import TrustList, stamps

if TYPE_CHECKING:
    from c2pa import Context as Library

MISSING = "c2pa is not installed"
REMEDY = "pip install 'provenance-desk[c2pa]'"
_VERSION = "0.38."
"""The library whose words this package reads; another says the same in other words, or not at all."""
REMOTE = "must fetch remote manifests from url "
# Extended key usages that the certificate of a signer or a time-stamp authority may have (C2PA 2.2, section 14.5.1).
# Without them the library takes certificates for document signing for unfit.
_KEY_USAGES = (
    "1.3.6.1.5.5.7.3.4",  # e-mail protection
    "1.3.6.1.5.5.7.3.36",  # document signing
    "1.3.6.1.5.5.7.3.8",  # time-stamping
    "1.3.6.1.5.5.7.3.9",  # OCSP signing
    "1.3.6.1.4.1.311.76.59.1.9",  # Microsoft C2PA signing
    "1.3.6.1.4.1.62558.2.1",  # C2PA claim signing
)
OFFLINE: dict[str, dict[str, object]] = {
    "core": {"decode_identity_assertions": False, "allowed_network_hosts": [], "allow_redirects": False},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_reading": True, "verify_trust": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the library says under one list: its validation results and the manifests, as parsed JSON."""

    trust_list: TrustList
    active: str
    manifests: dict[str, Any] = field(repr=False)
    results: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReading:
    """Why there is nothing: `remote` names the address of a manifest elsewhere, `unsupported` a foreign format."""

    reason: str
    remote: str = ""
    unsupported: bool = False
    late: bool = False
    """The time ran out: nothing is known, under this list or another."""


def installed() -> bool:
    """Whether the library is at hand; imports nothing. A folder that happens to be called so is none."""
    try:
        found = find_spec("c2pa")
    except (ImportError, ValueError, AttributeError):
        return False
    return found is not None and found.origin is not None


def trouble() -> str:
    """Why the installed library cannot be asked; "" where it can. This speaks of the installation, never of a file."""
    try:
        from c2pa import Context, Reader, sdk_version

        found = distributed("c2pa-python")
        if not (callable(Reader.try_create) and callable(Context.from_dict) and sdk_version()):
            return "c2pa cannot be loaded: it is another library of that name"
    except Exception as error:  # a broken native part raises whatever its loader pleases
        return f"c2pa cannot be loaded: {type(error).__name__}: {str(error)[:200]}"
    return "" if found.startswith(_VERSION) else f"c2pa cannot be loaded: version {found[:40]} is not {_VERSION}x"


def version() -> str:
    """The library by name and version, with that of the native part."""
    import c2pa

    return f"c2pa-python {distributed('c2pa-python')} (c2pa-rs {c2pa.sdk_version()})"


def read(
    data: bytes, media_type: str, trust_list: TrustList, limits: Limits, within_s: float
) -> Reading | NoReading | None:
    """The manifest store of a file as the library reads it under one list; None when it finds none. Never raises.

    Native code cannot be interrupted: past `within_s` its thread is left behind and ends by itself, for what it was
    given is bounded (store.py counts before anybody reads); what is larger is read in a process (apart.py).
    """
    answers: list[Reading | NoReading | None] = []

    def work() -> None:
        answers.append(ask(data, media_type, trust_list, limits))

    worker = threading.Thread(target=work, name="c2pa", daemon=True)
    worker.start()
    worker.join(max(0.0, within_s))
    if answers:
        return answers[0]
    return late(limits)


def late(limits: Limits) -> NoReading:
    """What is said of a reading whose time ran out."""
    return NoReading(reason=f"validation took longer than {limits.credential_wall_s:g} s", late=True)


def ask(data: bytes, media_type: str, trust_list: TrustList, limits: Limits) -> Reading | NoReading | None:
    """The same without a clock: it takes what time it takes."""
    from c2pa import Reader

    try:
        library = _library(trust_list, limits.credential_bytes)
        reader = Reader.try_create(media_type, io.BytesIO(data), context=library)
        if reader is None:
            return None
        with reader:
            return _reading(reader.detailed_json(), trust_list, limits)
    except MemoryError:
        return NoReading(reason="the library ran out of memory")
    except Exception as error:  # whatever a hostile file makes of it is an answer about the file
        return _refused(str(error))


def _reading(text: str, trust_list: TrustList, limits: Limits) -> Reading | NoReading:
    if len(text) > limits.credential_bytes:
        return NoReading(reason="the library's description of the manifest store is larger than the limit")
    form = json.loads(text)
    results = form.get("validation_results") or {}
    if not results.get("activeManifest") or not isinstance(form.get("manifests"), dict):
        return NoReading(reason="the library names no active manifest")
    return Reading(
        trust_list=trust_list,
        active=str(form.get("active_manifest", "")),
        manifests=form["manifests"],
        results=results,
    )


def _refused(words: str) -> NoReading:
    _, found, address = words.partition(REMOTE)
    unsupported = "NotSupported" in words or "unsupported type" in words.lower()
    return NoReading(reason=words[:300], remote=address.strip() if found else "", unsupported=unsupported)


@cache
def _library(trust_list: TrustList, most_bytes: int) -> Library:
    """A context of the library, made once a list: 150 certificates take as long to parse as a file to read."""
    from c2pa import Context

    trust = {
        "trust_anchors": trust_list.anchors,
        "user_anchors": "\n".join((stamps().anchors, *filter(_can_be_read, trust_list.times))),
        "trust_config": "\n".join(_KEY_USAGES),
        **({"allowed_list": trust_list.allowed} if trust_list.allowed else {}),
    }
    core = {**OFFLINE["core"], "max_decompressed_manifest_size_in_mb": max(1, most_bytes >> 20)}
    return Context.from_dict({"version": 1, "trust": trust, **OFFLINE, "core": core})


def _can_be_read(anchors: str) -> bool:
    """Whether the library takes a list of the desk's: one that it refuses takes nothing from the others."""
    from c2pa import Context

    try:
        Context.from_dict({"version": 1, "trust": {"trust_anchors": anchors}, **OFFLINE})
    except Exception:  # the library's error for a broken list
        return False
    return True
