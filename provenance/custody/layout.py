"""Names in a case folder, and what a path in one may look like."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..model.report_files import SUMS

LOG = "data/log.jsonl"
PAYLOAD = "data"
ORIGINALS, REPORTS, DERIVATIVES = "data/originals", "data/reports", "data/derivatives"
INDEXES = "data/indexes"
RECORDED, CLAIMS, TRUST = "data/recorded", "data/claims", "data/trust"
FETCHED, ASKED = "data/fetched", "data/asked"
SEAL, SIGNATURE = "seal.json", "seal.json.sig"
SIGNERS, INSTRUCTIONS = "allowed_signers", "VERIFY.txt"
BAG, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAG_FILES = frozenset({SIGNERS, INSTRUCTIONS, BAG, BAG_INFO, MANIFEST, TAG_MANIFEST})
"""What each seal writes into the root and lists."""
CRATE, GRAPH = "ro-crate-metadata.json", "case.jsonld"
DESCRIPTIONS = frozenset({CRATE, GRAPH})
"""What a seal may write there besides, for other programs; of a use that only a room above knows."""
SEALED_FILES = TAG_FILES | DESCRIPTIONS
ROOT_FILES = SEALED_FILES | {SEAL, SIGNATURE}

PART = ".part-"
"""Before the number of the entry to come, while its files are being written; or before the name of a tag file."""
SEALS, KEYS, STAMPS = "data/seals", "data/keys", "data/stamps"
OLD_SIGNATURE, NEW_SIGNATURE = ".old.sig", ".new.sig"
"""Behind the name of a statement that one key takes the place of another."""

_PART_OF_PATH = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_PATH = re.compile(rf"{_PART_OF_PATH}(?:/{_PART_OF_PATH}){{0,7}}")


def original(sha256: str, extension: str) -> str:
    """Where an original lies; `extension` without its dot."""
    return f"{ORIGINALS}/{sha256}.{extension}" if extension else f"{ORIGINALS}/{sha256}"


def is_payload_path(path: str) -> bool:
    """Whether an entry may name this path: below data/, ASCII, no "..", nothing hidden, and not the log."""
    return _PATH.fullmatch(path) is not None and path.startswith("data/") and path != LOG


def is_report_folder(names: Collection[str]) -> bool:
    """Whether these names in a folder are those of a report that lies in no case, and of no part of a case."""
    return not {PAYLOAD, BAG}.intersection(names) and not {SUMS, SEAL}.isdisjoint(names)
