"""The pictures that a case keeps, to be checked again: after something was recorded, or with newer sets and lists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..model.brought import Brought
from ..model.case import CaseFile
from ..sealing.folders import folder_of
from .held import files_of, held, originals
from .reported import reports_in


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture as it was received into a case, with the name under which it was reported on."""

    root: Path
    file: CaseFile
    name: str

    def brought(self) -> Brought:
        """Its bytes, held to the digest in the log. Raises CaseError."""
        return Brought(data=held(self.root, self.file), name=self.name)


def kept_pictures(case: str | Path) -> tuple[KeptPicture, ...]:
    """Every original of a case, in the order in which they came. Raises CaseError, InputError; UsageError for none."""
    root = folder_of(case)
    kept = originals(files_of(root))
    if not kept:
        raise UsageError(f"{root} holds no picture", remedy="give one: provenance check IMAGE --case DIR")
    names: dict[str, str] = {}
    for one in reports_in(root):
        names.setdefault(one.picture.sha256, one.report.original.name)
        if len(names) == len(kept):
            break
    return tuple(
        KeptPicture(root=root, file=file, name=names.get(sha256, Path(file.path).name)) for sha256, file in kept.items()
    )
