"""What went into a report besides the picture, for a case to keep: the claims file, the trust lists that were asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..custody.layout import CLAIMS, TRUST
from ..metadata.credentials.lists import list_bytes
from ..model.credentials import Credential, TrustListUsed
from ..model.text import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model.case import Settings
    from ..model.claims_file import ClaimsFile
    from ..model.context import TrustAnchors
    from ..model.report import Report

_ENDINGS = frozenset({".yaml", ".yml", ".json"})
_NAME_CHARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Files by their path in a case, each named by its SHA-256; those digests; and what the entry says of them."""

    files: dict[str, bytes] = field(repr=False)
    inputs: tuple[str, ...]
    settings: Settings


def given(report: Report, anchors: Sequence[TrustAnchors] = (), claims: ClaimsFile | None = None) -> Given:
    """The lists that the report names and those of the desk's own (`anchors`), and the claims file, as they were used.

    The entry names each list with its day of issue and digest; one without bytes here, of another version, is named
    alone.
    """
    own = {_digest(each.pem.encode("utf-8", "replace")): each for each in anchors}
    asked = {each.sha256: each for item in report.evidence if isinstance(item, Credential) for each in item.lists}
    files: dict[str, bytes] = {}
    settings: Settings = {}
    for sha256 in {**asked, **own}:
        data = own[sha256].pem.encode("utf-8", "replace") if sha256 in own else list_bytes(sha256)
        if data:
            files[f"{TRUST}/{sha256}.pem"] = data
    if asked or own:
        settings["trust_lists"] = [
            *(_told(each) for each in asked.values()),
            *(
                f"{quoted(each.name, limit=_NAME_CHARS)}, given, sha256 {sha256}"
                for sha256, each in own.items()
                if sha256 not in asked
            ),
        ]
    inputs = list(dict.fromkeys((*asked, *own)))
    if claims is not None:
        sha256 = _digest(claims.data)
        ending = PurePath(claims.name).suffix.lower()
        files[f"{CLAIMS}/{sha256}{ending if ending in _ENDINGS else '.txt'}"] = claims.data
        settings["claims"] = f"{quoted(claims.name, limit=_NAME_CHARS)}, sha256 {sha256}"
        inputs.append(sha256)
    return Given(files=files, inputs=tuple(inputs), settings=settings)


def _told(used: TrustListUsed) -> str:
    issued = f", issued {visible(used.issued, limit=40)}" if used.issued else ""
    return f"{visible(used.name, limit=_NAME_CHARS)}{issued}, sha256 {used.sha256}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
