"""A picture for the eye that no check and no answer knows of, written when somebody asks for it."""

from __future__ import annotations

from pathlib import Path

from ..custody.folder import write_folder
from ..errors import DecodeError
from ..image.decoding.decoder import Decoder
from ..image.load import load
from ..model.limits import Limits


def write_error_levels(picture: str | Path, folder: Path, *, limits: Limits | None = None) -> tuple[Path, str]:
    """Write the error levels of a picture into a folder; the file, and what must be said beside it.

    Raises InputError, DecodeError where there are no pixels, and OutputError; an existing file is never replaced.
    """
    from ..report.figures.error_levels import NAME, SAID, error_levels

    with Decoder() as decoder:
        image = load(Path(picture), decoder, limits or Limits())
    if image.working_copy is None:
        refusal = image.refusal
        raise DecodeError(
            f"{image.original.name}: {refusal.reason if refusal else 'not decoded'}",
            remedy=refusal.remedy if refusal else "",
        )
    write_folder(folder, {NAME: error_levels(image.working_copy.pixels)})
    return folder / NAME, SAID
