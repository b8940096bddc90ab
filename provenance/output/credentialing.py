"""A report as a C2PA manifest in a copy of its picture, signed here and read back before it is handed out.

Nothing leaves the machine, and no time-stamp is asked for. The copy is a derivative: the original stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .._version import __version__
from ..custody.given import opened
from ..errors import InputError, KeyStoreError, OutputError, UsageError
from ..model.credentials import Credential, CredentialState
from ..model.outcome import Ran
from ..model.text import visible
from ..sealing.signing import key_folder

if TYPE_CHECKING:
    from ..custody.credential_key import CredentialKey
    from ..model.image import Image
    from ..model.report import Report

GOOD = (CredentialState.VALID_UNTRUSTED, CredentialState.TRUSTED)
ENDINGS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/tiff": "tiff",
    "image/heif": "heif",
    "image/avif": "avif",
}
"""Of the formats into which c2pa-rs writes a manifest (decision 45)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCopy:
    """A copy of a picture with a manifest in it, and what our own reader says of that manifest."""

    data: bytes = field(repr=False)
    state: CredentialState
    signer: str
    new_key: Path | None
    """Where the key was made, when this was its first use."""

    @property
    def words(self) -> str:
        """What a desk has to know of it."""
        listed = (
            "a trust list names the signer"
            if self.state is CredentialState.TRUSTED
            else "no trust list names the signer: others are shown an unknown signer"
        )
        return f"signed as {self.signer!r}, read back: {self.state.value}; {listed}. The original is as it was"


def render_credentials(
    report: Report,
    picture: str | Path,
    *,
    head: str = "",
    key: str | Path | None = None,
    chain: str | Path | None = None,
    keys: str | Path | None = None,
) -> SignedCopy:
    """A copy of the picture of a report, with a C2PA manifest that names the report and `head`, of its case's log.

    `key`, `chain`: PEM files of a key without a passphrase and of its certificates; without them a key is made at
    first use, in `keys` (None: as of `key_in_use`), whose certificates no trust list names. Raises UsageError for a
    format that takes no manifest, InputError for another picture, KeyStoreError, OutputError without c2pa-python.
    """
    from ..image.load import inspect
    from ..metadata.credentials import library, signing
    from ..model.limits import Limits
    from ..report.exports.c2pa_manifest import manifest, parent

    if reason := library.trouble() if library.installed() else library.MISSING:
        raise OutputError(f"the manifest is not made: {reason}", remedy=library.REMEDY)
    image = inspect(Path(picture), Limits())
    if image.original.sha256 != report.original.sha256:
        raise InputError("this is not the picture of the report: its SHA-256 is another", remedy="give that one")
    if image.original.media_type not in ENDINGS:
        told = f"a copy of {visible(image.original.media_type)} takes no C2PA manifest"
        raise UsageError(told, remedy="use another form of --to")
    before = _credential(image)
    if before is not None and before.state is CredentialState.UNREADABLE:
        told = f"the manifest is not made: that of the original cannot be read ({visible(before.reason)})"
        raise OutputError(told, remedy="use another form of --to")
    signer, made_at = _signer(key, chain, keys)
    try:
        made = signing.signed_copy(
            image.data,
            image.original.media_type,
            manifest(report, version=__version__, head=head),
            parent(report),
            key=signer.key,
            chain=signer.chain,
            algorithm=signer.algorithm,
        )
    except ValueError as error:
        raise OutputError(
            f"the manifest is not made: {visible(str(error))}",
            remedy="check the picture, and the certificates if given",
        ) from error
    return _read_back(made, made_at if signer.made else None)


def _signer(
    key: str | Path | None, chain: str | Path | None, keys: str | Path | None
) -> tuple[CredentialKey, Path | None]:
    """The key that was named, else the one made here, with the place of the latter."""
    from ..custody.credential_key import MOST_BYTES, NAME, credential_key, read_credential_key
    from ..custody.events import system_clock

    if (key is None) is not (chain is None):
        raise UsageError(
            "a key signs only together with its certificates", remedy="give both: --c2pa-key and --c2pa-cert"
        )
    if key is None or chain is None:
        folder = key_folder() if keys is None else Path(keys)
        return credential_key(folder, system_clock()), folder / NAME
    data = []
    for path in (Path(key), Path(chain)):
        try:
            with opened(path) as file:
                data.append(file.read(MOST_BYTES))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "no such file"
            raise KeyStoreError(f"{visible(str(path))}: {reason}", remedy="name a PEM file") from None
    return read_credential_key(data[0], data[1], visible(str(key)), now=system_clock()), None


def _read_back(made: bytes, new_key: Path | None) -> SignedCopy:
    """What was made, as the reader of Content Credentials reads it; what does not hold is not handed out."""
    from ..image.load import inspect_bytes
    from ..model.limits import Limits

    found = _credential(inspect_bytes(made, "copy", Limits()))
    if found is None or found.state not in GOOD:
        told = f"{found.state.value}: {visible(found.reason)}" if found else "no manifest"
        raise OutputError(
            f"the manifest was made and does not read back as valid ({told})",
            remedy="nothing was written; check the certificates if given, or use another form of --to",
        )
    return SignedCopy(data=made, state=found.state, signer=found.active.signer if found.active else "", new_key=new_key)


def _credential(image: Image) -> Credential | None:
    """What the check of Content Credentials says of a file; None where it has none."""
    from ..custody.events import system_clock
    from ..metadata.credentials.check import check
    from ..model.context import Context

    outcome = check(image, Context(now=system_clock()))
    items = outcome.evidence if isinstance(outcome, Ran) else ()
    return next((one for one in items if isinstance(one, Credential)), None)
