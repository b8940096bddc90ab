"""Brings a set up to the fingerprints and local features of this version, from the files its pictures came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..fingerprint.local.detect import REFERENCE_POINTS
from ..image.decoding.decoder import Decoder
from ..image.load import decoded, inspect
from ..model.image import Image
from ..model.limits import Limits
from ..model.record import Entry
from ..reference.reference_set import ReferenceSet
from .entries import entry_of, names
from .taking import BATCH_FILES
from .wanted import Progress, Refused, reason_of

_PAGE = 500
GONE = "no file of the picture is there any more"
CHANGED = "the file holds another picture now"
UNDECODED = "the file was read and not decoded, and no reason is known"
_REMEDY = "put the file back, or add the picture again from elsewhere; what the set kept of it stays as it was"


@dataclass(slots=True)
class Reindexed:
    """What became of the pictures whose fingerprints or features were not of this version."""

    renewed: int = 0
    left: list[Refused] = field(default_factory=list)
    """Pictures that stay as they were, by the place that was last tried."""
    mended: str = ""
    """What became of a change that was cut off between two servers, in a sentence; "" where there was none."""
    unsealed: str = ""
    """Why the segments beside the set could not be made, when they could not: answers then come slower."""


def reindex(
    store: ReferenceSet,
    decoder: Decoder,
    limits: Limits,
    progress: Progress | None = None,
    *,
    points: int = REFERENCE_POINTS,
) -> Reindexed:
    """Make anew what is lacking, in batches that are kept at once: run it again after an interruption.

    A file counts as the picture's only when its SHA-256 is the picture's. Segments that lack or are damaged are made
    anew, too. `points`: the most that are kept of a picture. Raises ReferenceSetError.
    """
    done, batch = Reindexed(mended=store.finish()), list[Entry]()
    wanted = store.count_lacking(names())
    for number, image_id in enumerate(_lacking(store), 1):
        made = _made(store, decoder, limits, image_id, points)
        if isinstance(made, Refused):
            done.left.append(made)
        else:
            batch.append(made)
        if len(batch) >= BATCH_FILES:
            done.renewed += _keep(store, batch)
        if progress is not None:
            progress(number, max(wanted, number), image_id[:12])
    done.renewed += _keep(store, batch)
    done.unsealed = store.seal(whole=True)
    return done


def _lacking(store: ReferenceSet) -> Iterator[str]:
    """Pictures that lack something, page by page in the order of their digests."""
    after = ""
    while page := store.lacking(names(), after=after, limit=_PAGE):
        yield from page
        after = page[-1]


def _keep(store: ReferenceSet, batch: list[Entry]) -> int:
    """Put a batch into the set, as far as its pictures were not removed meanwhile; empties the batch."""
    there = store.add(batch, known_only=True).already_there if batch else 0
    batch.clear()
    return there


def _made(store: ReferenceSet, decoder: Decoder, limits: Limits, image_id: str, points: int) -> Entry | Refused:
    """The picture's entry from the first of its files that still holds it."""
    refused = Refused(path=image_id, reason=GONE, remedy=_REMEDY)
    for path in store.places(image_id):
        try:
            image = inspect(Path(path), limits)
        except (InputError, OSError, ValueError) as error:
            if not _is_gone(path):
                refused = Refused(path=path, reason=reason_of(error, path), remedy=_REMEDY)
            elif refused.reason == GONE:
                refused = Refused(path=path, reason=GONE, remedy=_REMEDY)
            continue
        if image.original.sha256 != image_id:
            refused = Refused(path=path, reason=CHANGED, remedy=_REMEDY)
            continue
        made = _described(image, decoder, limits, points)
        if isinstance(made, Entry):
            return made
        refused = made
    return refused


def _is_gone(path: str) -> bool:
    """Whether no file has that name any more; one that may not be looked at has another reason."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _described(image: Image, decoder: Decoder, limits: Limits, points: int) -> Entry | Refused:
    original = image.original
    image = decoded(image, decoder, limits)
    if image.working_copy is None:
        reason, remedy = (image.refusal.reason, image.refusal.remedy) if image.refusal else (UNDECODED, _REMEDY)
        return Refused(path=original.path, reason=reason, remedy=remedy)
    # Where the picture lies is known; a path given here could take the place of it.
    return entry_of(image, image.working_copy, path="", points=points)
